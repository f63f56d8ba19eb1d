// The finder as an element: the body and the lists choose, the address keeps the choice, the results follow. Nothing is
// stored or sent; the only request is for the data file of this site.
import { NOTHING, query } from "./finder-query.mjs";
import { entry, inWords, leftOut } from "./finder-result.mjs";
import * as fragment from "./fragment.mjs";
import { fill, fold, make } from "./make.mjs";
import { Tool } from "./tool.mjs";
import { WORDS } from "./words.mjs";

const FACETS = ["site", "mechanism", "cause", "prognosis", "setting"];
const AT_ONCE = { stated: 15, open: 15, silent: 15, weak: 15, out: 30 };
const FIRST = 5; // drawn before the browser paints, the rest right after
const MOST_COMPARED = 4;
const UNDER_HEADER = 80; // px that the header may cover
const ABOVE_OR_IN_SIGHT = "1000000px 0px -30% 0px";
const SETTLING = 12; // frames in which results that come into sight take their real size
const GROUPS = {
  stated: ["Described for every choice", "", true],
  open: ["Silent or not clear on a choice", "On at least one of your choices the sources say nothing about these, nothing with a clear limit, or differ. That is neither for nor against.", true],
  silent: [`For no stated ${WORDS.complaint}`, "Their records name no site, mechanism or cause that could be compared with your choice. Most are classes, whose members stand by themselves.", false],
  weak: ["Only reported, or known from a title", "For at least one choice a source only reports the use, or only the title of a cited paper names it. That is no indication.", false],
  out: ["Filtered out", "Each with the reason. A filter sorts what sources say; it does not decide.", false],
};

export class AtlasFinder extends Tool {
  #choice = NOTHING;
  #compared = [];
  #whole = new Set();
  #later = [];
  #returning = false;

  listen(signal) {
    this.addEventListener("click", (event) => this.#clicked(event), { signal });
    this.addEventListener("click", (event) => event.target.closest("a[href]") && this.#keepPlace(), { signal });
    document.addEventListener("scrollend", () => this.#keepPlace(), { signal });
    window.addEventListener("pagehide", () => this.#keepPlace(), { signal });
    const seen = new IntersectionObserver((entries) => this.#showDock(entries.at(-1)), { rootMargin: ABOVE_OR_IN_SIGHT });
    seen.observe(this.part("title"));
    signal.addEventListener("abort", () => seen.disconnect());
  }

  started() {
    this.part("found").hidden = false;
    for (const link of this.querySelectorAll(".bodymap a")) {
      const site = link.getAttribute("href").split("/").filter(Boolean).at(-1);
      link.dataset.site = site;
      link.setAttribute("href", `#site=${site}`);
    }
  }

  // --- the choice ---------------------------------------------------------------------------------

  /** Takes the choice from the address; what the data do not know is dropped. */
  restore() {
    const given = fragment.read();
    const form = this.part("form");
    for (const name of [...FACETS, "order"]) {
      const list = form.elements.namedItem(name);
      if (!list) continue;
      const value = given.get(name) ?? "";
      list.value = [...list.options].some((option) => option.value === value) ? value : list.options[0].value;
    }
    const cautions = (given.get("cautions") ?? "").split(",");
    for (const box of form.querySelectorAll("[name=cautions]")) box.checked = cautions.includes(box.value);
    const ids = new Set((given.get("compare") ?? "").split(","));
    this.#compared = [...ids].filter((id) => this.atlas.byId.has(id)).slice(0, MOST_COMPARED);
    const place = history.state?.finder;
    this.#choose(place?.whole);
    if (place) this.#returnTo(place);
  }

  changed() {
    this.#choose();
  }

  #choose(whole = []) {
    const form = this.part("form");
    const value = (name) => form.elements.namedItem(name)?.value ?? "";
    this.#choice = {
      ...Object.fromEntries(FACETS.map((name) => [name, value(name)])),
      cautions: [...form.querySelectorAll("[name=cautions]:checked")].map((box) => box.value),
      order: value("order"),
    };
    this.#whole = new Set(whole);
    this.#remember();
    this.#show();
  }

  #remember() {
    const { order, ...choice } = this.#choice;
    fragment.write({ ...choice, order: order === "name" ? "" : order, compare: this.#compared });
  }

  #clicked(event) {
    const target = event.target.closest("[data-site], [data-drop], [data-clear], [data-whole], [data-to-results]");
    if (!target || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const form = this.part("form");
    event.preventDefault();
    if (target.dataset.site) {
      const list = form.elements.namedItem("site");
      list.value = list.value === target.dataset.site ? "" : target.dataset.site;
      this.changed();
    } else if (target.dataset.whole) {
      this.#whole.add(target.dataset.whole);
      const before = this.querySelectorAll(`[data-group=${target.dataset.whole}] .found`).length;
      this.#show();
      this.#finish();
      this.querySelectorAll(`[data-group=${target.dataset.whole}] .found`)[before]?.querySelector("a").focus();
    } else if (target.dataset.toResults !== undefined) {
      this.part("title").focus();
      this.part("title").scrollIntoView();
    } else this.#drop(target.dataset.drop ?? "");
  }

  /** Drops one choice (`mechanism`, `cautions=position`), or all; the focus goes to what is left. */
  #drop(what) {
    const form = this.part("form");
    const [name, value] = what.split("=");
    for (const list of form.querySelectorAll("select")) {
      if (what ? list.name === name : list.name !== "order") list.value = "";
    }
    for (const box of form.querySelectorAll("[name=cautions]")) {
      if (!what || box.value === value) box.checked = false;
    }
    this.changed();
    (this.part("chips").querySelector("button") ?? form.elements.namedItem("site")).focus();
  }

  // --- the place of who comes back ------------------------------------------------------------------

  /** Notes in the history which result is read, since results not yet laid out have no place to scroll back to. */
  #keepPlace() {
    if (!this.atlas || this.#returning) return;
    const read = [...this.querySelectorAll(".found")].find((item) => item.getBoundingClientRect().bottom > UNDER_HEADER);
    const top = read?.getBoundingClientRect().top;
    const place = top < innerHeight && scrollY > 0 ? { technique: read.dataset.technique, top, open: this.#open(), whole: [...this.#whole] } : null;
    history.scrollRestoration = place ? "manual" : "auto";
    if (place || history.state?.finder) history.replaceState({ ...history.state, finder: place }, "");
  }

  #returnTo({ technique, top, open }) {
    for (const name of open) {
      const group = this.querySelector(`details[data-group=${name}]`);
      if (!group) continue;
      group.open = true;
      fill(group);
    }
    this.#finish();
    const result = this.querySelector(`.found[data-technique="${CSS.escape(technique)}"]`);
    if (!result) return;
    this.#returning = true;
    let left = SETTLING;
    const align = () => {
      scrollBy({ top: result.getBoundingClientRect().top - top, behavior: "instant" });
      if (left--) requestAnimationFrame(align);
      else this.#returning = false;
    };
    align();
  }

  /** The groups that are unfolded. */
  #open() {
    return [...this.querySelectorAll("details[data-group][open]")].map((group) => group.dataset.group);
  }

  // --- the results --------------------------------------------------------------------------------

  #show() {
    const groups = query(this.atlas, this.#choice);
    const words = inWords(this.atlas, this.#choice);
    this.part("title").textContent = words || "All techniques";
    const count = (name, what) => (groups[name].length ? [`${groups[name].length} ${what}`] : []);
    const found = [
      `${groups.stated.length} ${words ? "described for every choice" : "techniques"}`,
      ...count("open", "silent or not clear on a choice"),
      ...count("silent", `for no stated ${WORDS.complaint}`),
      ...count("weak", "only reported or known from a title"),
      ...count("out", "filtered out"),
    ].join(", ");
    this.part("count").textContent = `${found}.`;
    this.part("order-note").textContent = this.#orderNote();
    this.part("silence").hidden = this.#choice.cautions.length === 0;
    const open = new Set(this.#open());
    this.#later = [];
    this.part("results").replaceChildren(...Object.keys(GROUPS).flatMap((name) => this.#group(name, groups[name], words, open)));
    this.#showChips();
    this.#showAnywhere();
    this.#showBody();
    this.#showCompared();
    this.part("dock-count").textContent = words ? `${groups.stated.length} described, ${groups.open.length} unclear` : "";
    this.part("dock").hidden = !words;
    this.part("results").setAttribute("aria-busy", "true");
    setTimeout(() => this.#finish());
  }

  unfold() {
    super.unfold();
    this.#finish();
    super.unfold(); // the folds inside those that were just made
  }

  /** Draws what was left for later. */
  #finish() {
    for (const draw of this.#later.splice(0)) draw();
    this.part("results").removeAttribute("aria-busy");
  }

  #orderNote() {
    const { order } = this.#choice;
    if (order === "name") return "In alphabetical order, which is not an order of preference.";
    if (order === "risk") return "By procedural risk as the sources grade it, low first; what no source grades stands last.";
    return `By the strongest rating in one scale only (${this.atlas.scales[order.replace("evidence-", "")]}); scales are not comparable, and what is not rated in it stands last. Read what each rating is for.`;
  }

  #group(name, results, words, open) {
    const [title, note, shown] = GROUPS[name];
    if (!results.length && (name !== "stated" || !words)) return [];
    const heading = words || name !== "stated" ? `${title} (${results.length})` : `Techniques (${results.length})`;
    const caption = name === "stated" ? null : make("p", { class: "caption" }, note);
    if (shown) {
      const body = results.length ? this.#entries(name, results) : [make("p", { class: "absent" }, "No source that was read describes a technique for all of these choices together.")];
      return [make("section", { class: "finder__group", "data-group": name }, make("h3", {}, heading), caption ?? "", ...body)];
    }
    const element = fold({ class: "fold finder__group", "data-group": name }, make("h3", { class: "fold__word" }, heading), () => {
      const content = make("div", {}, caption, ...this.#entries(name, results));
      setTimeout(() => this.#finish());
      return [content];
    });
    if (open.has(name)) {
      element.open = true;
      fill(element);
    }
    return [element];
  }

  #entries(name, results) {
    const most = this.#whole.has(name) ? results.length : AT_ONCE[name];
    const drawn = this.part("icons").content;
    const icons = (icon) => drawn.querySelector(`.icon--${icon}`)?.cloneNode(true) ?? "";
    const draw = (result) => (name === "out" ? leftOut(this.atlas, icons, result) : entry(this.atlas, icons, result, this.#choice, this.#picker(result.technique)));
    const list = make("ul", { class: "finder__list", role: "list" }, ...results.slice(0, FIRST).map(draw));
    this.#later.push(() => list.append(...results.slice(FIRST, most).map(draw)));
    const parts = [list];
    if (results.length > most) parts.push(make("button", { type: "button", class: "button", "data-whole": name }, `Show the other ${results.length - most}`));
    return parts;
  }

  #showChips() {
    const { cautions, order, ...facets } = this.#choice;
    const form = this.part("form");
    const chips = Object.entries(facets)
      .filter(([, value]) => value)
      .map(([name]) => [name, form.elements.namedItem(name).selectedOptions[0].text.replace(/^(– )+/, "")]);
    chips.push(...cautions.map((kind) => [`cautions=${kind}`, this.atlas.cautions[kind]]));
    const cross = () => make("span", { "aria-hidden": "true" }, "×");
    const items = chips.map(([what, text]) => make("li", {}, make("button", { type: "button", class: "drop", "data-drop": what, "aria-label": `Drop ${text}` }, text, " ", cross())));
    if (chips.length > 1) items.push(make("li", {}, make("button", { type: "button", class: "button button--plain", "data-clear": true }, "Clear all")));
    this.part("chips").replaceChildren(...items);
    const cause = facets.cause && this.atlas.causes.get(facets.cause);
    const sites = (cause?.sites ?? []).map((id) => this.atlas.sites.get(id)).filter((site) => site.id !== facets.site);
    this.part("cause-sites").hidden = !sites.length;
    this.part("cause-sites").replaceChildren(`${WORDS.sites} that go with it: `, ...sites.map((site) => make("button", { type: "button", class: "drop drop--plain", "data-site": site.id }, site.name)));
  }

  /** What lies in no place, unless the chosen site lies in it. */
  #showAnywhere() {
    const { site } = this.#choice;
    const hint = this.part("anywhere");
    if (!hint) return;
    hint.hidden = !site;
    for (const button of hint.querySelectorAll("button")) button.hidden = !site || this.atlas.sites.get(button.dataset.site).below.has(site);
  }

  /** The region that is chosen, or in which the chosen site lies. */
  #showBody() {
    const site = this.#choice.site;
    for (const link of this.querySelectorAll(".bodymap a")) {
      const region = this.atlas.sites.get(link.dataset.site);
      const lies = Boolean(site) && (region?.below.has(site) ?? false);
      link.classList.toggle("bodymap__region--selected", lies && link.matches(".bodymap__region"));
      link.classList.toggle("bodymap__label--selected", lies && link.matches(".bodymap__label"));
      if (link.dataset.site === site) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  /** Who reads the list needs no way to it. */
  #showDock({ isIntersecting }) {
    this.part("dock").classList.toggle("dock--arrived", isIntersecting);
  }

  // --- the comparison -----------------------------------------------------------------------------

  #picker(technique) {
    const box = make("input", { type: "checkbox", name: "compared", value: technique.id });
    box.checked = this.#compared.includes(technique.id);
    box.addEventListener("change", () => {
      this.#compared = this.#compared.filter((id) => id !== technique.id);
      if (box.checked) this.#compared.push(technique.id);
      this.#remember();
      this.#showCompared();
    });
    return make("label", { class: "found__pick screen-only" }, box, " Compare", make("span", { class: "vh" }, ` ${technique.name}`));
  }

  #showCompared() {
    const bar = this.part("compared");
    const names = this.#compared.map((id) => this.atlas.byId.get(id).name);
    bar.hidden = !names.length;
    const link = bar.querySelector("a");
    link.href = `${this.dataset.compare}#${fragment.format({ ids: this.#compared })}`;
    link.hidden = names.length < 2;
    bar.querySelector("[data-names]").textContent = names.length < 2 ? `${names.join("")}: choose another one to compare` : names.join(", ");
    const full = names.length >= MOST_COMPARED;
    for (const box of this.querySelectorAll("[name=compared]")) box.disabled = full && !box.checked;
  }
}

if (!customElements.get("atlas-finder")) customElements.define("atlas-finder", AtlasFinder);
