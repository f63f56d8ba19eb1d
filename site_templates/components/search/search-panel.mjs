// The field, what narrows it, and the results: the same in the dialog and on the search page. What is typed stays in the
// browser; on the search page it stands behind the # of the address, which is never sent.
import { Search, place } from "./search-engine.mjs";
import { WORDS } from "./words.mjs";

const search = new Search();
const FACETS = { group: "Group", site: WORDS.site, mechanism: "Mechanism", evidence: "Rating by a body" };
const PLURAL = { Technique: "Techniques", [WORDS.site]: WORDS.sites, Guide: "Guides", "Tool or list": "Tools and lists", Glossary: "Glossary terms", Reference: "References" };
const SINGULAR = { Technique: "Technique", [WORDS.site]: WORDS.site, Guide: "Guide", "Tool or list": "Tool or list", Glossary: "Glossary term", Reference: "Reference" };
const PAUSE = 120;
let styled;

/** The search's style sheet, asked for with the first panel. */
function loadStyle() {
  styled ??= new Promise((done) => {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = new URL("../search.css", import.meta.url).href;
    sheet.onload = sheet.onerror = () => done();
    document.head.append(sheet);
  });
  return styled;
}

function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** An excerpt with its marks; everything else in it is text. */
function excerpt(text) {
  const plain = (part) => part.replace(/<\/?mark>/g, "").replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  const parts = text.split(/(<mark>.*?<\/mark>)/s).filter(Boolean);
  return make("p", { className: "hit__excerpt" }, ...parts.map((part) => (part.startsWith("<mark>") ? make("mark", {}, plain(part)) : plain(part))));
}

function sections(item) {
  const rows = (item.sections ?? []).map((part) =>
    make("li", {}, make("a", { href: place(part.address) }, part.title), excerpt(part.excerpt)),
  );
  return rows.length ? [make("ul", { className: "hit__sections", role: "list" }, ...rows)] : [];
}

function row(item) {
  const parts = [make("a", { className: "hit__title", href: place(item.address) }, item.title)];
  if (item.note) parts.push(make("p", { className: "hit__note" }, item.note));
  const inside = sections(item);
  if (item.excerpt && !inside.length) parts.push(excerpt(item.excerpt));
  return make("li", { className: "hit" }, ...parts, ...inside);
}

function group(found) {
  const list = make("ul", { className: "hits__list", role: "list" }, ...found.results.map(row));
  const box = make("section", { className: "hits", "data-kind": found.kind }, make("h2", {}, PLURAL[found.kind]), list);
  if (found.total > found.results.length) {
    const more = make("button", { type: "button", className: "button button--plain hits__more" }, `All ${found.total} in ${PLURAL[found.kind].toLowerCase()}`);
    more.addEventListener("click", async () => {
      const shown = list.children.length;
      const everything = await found.all();
      list.replaceChildren(...everything.map(row));
      more.remove();
      list.children[Math.min(shown, list.children.length - 1)]?.querySelector("a")?.focus();
    });
    box.append(more);
  }
  return box;
}

function links(pairs) {
  return make("ul", { role: "list" }, ...pairs.map(([name, kind, address]) => make("li", {}, make("a", { href: place(address) }, name), ` ${kind}`)));
}

/** What was put right, left out, or can be mistaken, said before the results. */
function remarks(found, again) {
  const said = [];
  if (found.corrected) {
    const literal = make("button", { type: "button", className: "button button--plain" }, `Search for ${found.asked} as typed`);
    literal.addEventListener("click", again);
    said.push(make("p", { className: "remark" }, "Showing results for ", make("b", {}, found.query), ". ", literal));
  }
  if (found.missing.length) said.push(make("p", { className: "remark" }, `No page has ${found.missing.map((word) => `“${word}”`).join(", ")}${found.query ? `; showing results for ${found.query}.` : "."}`));
  if (found.partly) said.push(make("p", { className: "remark" }, "No page has all of these words. These have some of them."));
  for (const { word, say, meanings } of found.mistaken) {
    const head = `${word.toUpperCase()} can ${meanings.length > 1 ? "mean different things" : "be mistaken"}`;
    said.push(make("div", { className: "remark remark--mistaken" }, make("b", {}, head), ...say.map((text) => make("p", {}, text)), links(meanings)));
  }
  return said;
}

function nothing() {
  const lists = [["All techniques", "techniques/"], [WORDS.allSites, "pain-sites/"], ["Glossary", "glossary/"], ["References", "references/"]];
  return make("div", { className: "search__nothing" }, make("p", {}, "Nothing is found for these words. Fewer or other words may help; or start from a list:"), make("ul", { role: "list" }, ...lists.map(([name, address]) => make("li", {}, make("a", { href: place(address) }, name)))));
}

/** @param {{inDialog: boolean, onLeave?: () => void, onQuery?: (text: string) => void}} settings */
export function makePanel({ inDialog, onLeave, onQuery }) {
  const field = make("input", { type: "text", className: "field search__field", id: inDialog ? "search-words" : "search-page-words", autocomplete: "off", spellcheck: false, inputMode: "search", enterKeyHint: "search" });
  field.setAttribute("autocapitalize", "off");
  field.setAttribute("autocorrect", "off");
  const label = make("label", { className: inDialog ? "vh" : "search__label", htmlFor: field.id }, WORDS.ask);
  if (inDialog) field.placeholder = WORDS.ask;
  const form = make("form", { className: "search__form", role: "search" }, label, field);
  if (inDialog) {
    const close = make("button", { type: "button", className: "button button--plain search__close" }, "Close");
    close.addEventListener("click", onLeave);
    form.append(close);
  }
  const status = make("p", { className: "search__status", role: "status" });
  const results = make("div", { className: "search__results" });
  const choices = make("div", { className: "search__choices" });
  const narrow = make("details", { className: "search__narrow" }, make("summary", {}, "Narrow by group, site, mechanism or rating"), choices);
  const element = make("div", { className: `search${inDialog ? " search--dialog" : ""}` }, form, narrow, status, results);
  let turn = 0;
  let timer;

  const chosen = () => Object.fromEntries([...choices.querySelectorAll("select")].filter((select) => select.value).map((select) => [select.name, select.value]));

  async function show(literally = false) {
    const mine = (turn += 1);
    const slow = setTimeout(() => mine === turn && (status.textContent = "Searching …"), 400);
    try {
      const found = await search.find(field.value, chosen(), literally);
      if (mine !== turn) return;
      if (!found) {
        status.textContent = "";
        results.replaceChildren();
        results.dataset.asked = "";
        return;
      }
      results.dataset.asked = field.value;
      const total = found.groups.reduce((sum, part) => sum + part.total, 0);
      const again = () => { show(true); field.focus(); };
      results.replaceChildren(...remarks(found, again), ...found.groups.map(group), ...(total ? [] : [nothing()]));
      const counts = found.groups.map((part) => `${part.total} ${(part.total === 1 ? SINGULAR : PLURAL)[part.kind].toLowerCase()}`);
      const heard = found.corrected ? [make("span", { className: "vh" }, `Showing results for ${found.query}. `)] : [];
      status.replaceChildren(...heard, total ? counts.join(", ") : "Nothing found");
      results.scrollTop = 0;
    } catch (error) {
      if (mine !== turn) return;
      console.error(error);
      status.textContent = "The search could not be loaded. These lists lead to every page.";
      results.replaceChildren(nothing());
    } finally {
      clearTimeout(slow);
    }
  }

  async function fillChoices() {
    if (choices.childElementCount) return;
    const values = await search.facets();
    for (const [name, title] of Object.entries(FACETS)) {
      const id = `${field.id}-${name}`;
      const select = make("select", { className: "field", id, name }, make("option", { value: "" }, "All"), ...Object.keys(values[name] ?? {}).sort((a, b) => a.localeCompare(b)).map((value) => make("option", { value }, value)));
      choices.append(make("div", {}, make("label", { htmlFor: id }, title), select));
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => { onQuery?.(field.value); show(); }, PAUSE);
  });
  field.addEventListener("focus", () => search.ready().catch(() => {}), { once: true });
  choices.addEventListener("change", () => show());
  narrow.addEventListener("toggle", () => narrow.open && fillChoices().catch(console.error));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    onQuery?.(field.value);
    await show();
    results.querySelector(".hit__title")?.click();
  });
  element.addEventListener("keydown", (event) => {
    if (event.target.matches("select") || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    const stops = [field, ...results.querySelectorAll("a, button")];
    const next = stops[stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  if (onLeave) results.addEventListener("click", (event) => event.target.closest("a") && !event.ctrlKey && !event.metaKey && !event.shiftKey && onLeave());
  return {
    element,
    styled: loadStyle(),
    focus() { field.focus(); field.select(); },
    ask(text) { field.value = text; show(); },
  };
}

/** The search page: the words stand behind the # of its address. @param {HTMLElement} page */
export async function fillPage(page) {
  const asked = () => new URLSearchParams(location.hash.slice(1)).get("q") ?? "";
  const panel = makePanel({
    inDialog: false,
    onQuery: (text) => history.replaceState(history.state, "", text ? `#${new URLSearchParams({ q: text })}` : location.pathname),
  });
  await panel.styled;
  page.replaceChildren(panel.element);
  if (asked()) panel.ask(asked());
  window.addEventListener("hashchange", () => page.isConnected && panel.ask(asked()));
}
