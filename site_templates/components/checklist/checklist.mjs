// Joins the referral checklist: what the ticks meet beside the source's own rule, pages to read next, the summary as
// text, print and FHIR file. Nothing is sent; nothing is stored unless the reader chooses it.
import { answersOf, formOf, keepAlone, setAnswers } from "./referral-form.mjs";
import { letter } from "./referral-letter.mjs";
import { begun, listed, met, open } from "./referral-logic.mjs";
import { response } from "./referral-response.mjs";
import { forget, keep, kept } from "./referral-store.mjs";

const FILE = "referral-checklist-response.json";

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** Leads to a criterion without writing it into the address. @param {Element} place */
function lead(place) {
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: "start" });
}

/** Links of the criteria and topics in which something is ticked, each page once. */
function pagesFor(page) {
  const found = new Map();
  for (const part of page.querySelectorAll("[data-criterion], [data-topic]")) {
    const ticked = [...part.querySelectorAll("input:checked")].filter((input) => input.value !== "");
    if (ticked.length === 0) continue;
    for (const input of ticked.filter((input) => input.dataset.page)) {
      found.set(input.dataset.page, input.parentElement.textContent.trim());
    }
    for (const link of part.querySelectorAll("[data-next] a")) {
      if (!found.has(link.getAttribute("href"))) found.set(link.getAttribute("href"), link.textContent);
    }
  }
  return found;
}

async function copyText(text, source) {
  try {
    await navigator.clipboard.writeText(text);
    return "Copied.";
  } catch {
    getSelection().selectAllChildren(source);
    return "This browser does not let the page copy. The text is selected: copy it with your keyboard or menu.";
  }
}

function download(data) {
  const href = URL.createObjectURL(new Blob([JSON.stringify(data, null, 1)], { type: "application/fhir+json" }));
  element("a", { href, download: FILE }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

function join(page) {
  const part = (name) => page.querySelector(`[data-${name}]`);
  const form = formOf(page);
  let answers = {};

  function showCriteria() {
    const full = met(form.criteria, answers);
    const partly = begun(form.criteria, answers);
    for (const { id, condition } of form.criteria) {
      const node = page.querySelector(`[data-criterion="${id}"]`);
      const state = node.querySelector("[data-state]");
      const left = partly.some((item) => item.id === id) ? open(condition, answers) : [];
      node.classList.toggle("criterion--met", full.some((item) => item.id === id));
      state.hidden = left.length === 0;
      state.textContent = left.length ? `Still open: ${left.join("; ")}` : "";
    }
    part("none").hidden = full.length > 0;
    part("met").replaceChildren(
      ...full.map(({ id, number, title }) => {
        const link = element("button", { type: "button", className: "rule__go", textContent: title });
        link.addEventListener("click", () => lead(page.querySelector(`[data-criterion="${id}"]`)));
        return element("li", {}, element("b", { textContent: number }), link);
      }),
    );
    part("open").hidden = partly.length === 0;
    part("open").textContent = partly.length
      ? `Begun, not all of its findings ticked: ${listed(partly.map(({ number }) => number))}.`
      : "";
    const numbers = listed(full.map(({ number }) => number));
    const words = numbers ? `Your ticks meet: ${numbers}` : "Your ticks meet no criterion.";
    if (part("status").textContent !== words) part("status").textContent = words;
    part("dock").hidden = numbers === "";
    part("dock-text").textContent = numbers ? words : "";
  }

  function showPages() {
    const links = [...pagesFor(page)].map(([href, textContent]) => element("a", { href, textContent }));
    part("pages").hidden = links.length === 0;
    part("pages-list").replaceChildren(...links.flatMap((link, index) => (index ? [" · ", link] : [link])));
  }

  function show() {
    answers = answersOf(page);
    showCriteria();
    showPages();
    part("letter-text").textContent = letter(form, answers);
    part("said").textContent = "";
    if (part("keep").checked && !keep(answers)) {
      part("keep").checked = false;
      part("said").textContent = "This browser does not let the page keep anything on the device.";
    }
    part("kept").hidden = !part("keep").checked;
  }

  function stopKeeping() {
    forget();
    part("keep").checked = false;
    part("kept").hidden = true;
  }

  function clear() {
    const had = kept() !== undefined;
    stopKeeping();
    setAnswers(page, {});
    show();
    part("said").textContent = had ? "Cleared, on this page and on this device." : "Cleared.";
    part("status").textContent = part("said").textContent;
  }

  const actions = {
    clear,
    print: () => window.print(),
    forget: () => {
      stopKeeping();
      part("said").textContent = "Removed from this device. The ticks on this page stay until you leave it.";
      part("keep").focus();
    },
    copy: async () => {
      part("said").textContent = await copyText(letter(form, answers), part("letter-text"));
    },
    download: () => {
      download(response(form, answers, new Date().toISOString(), letter(form, answers)));
      part("said").textContent = `Saved as ${FILE}. It holds your ticks and the time, and no name.`;
    },
  };
  for (const [name, act] of Object.entries(actions)) {
    for (const button of page.querySelectorAll(`button[data-${name}]`)) button.addEventListener("click", act);
  }
  page.addEventListener("change", ({ target }) => {
    if (target === part("keep") && !target.checked) forget();
    if (target.closest("[data-form]")) keepAlone(target);
    if (target === part("keep") || target.closest("[data-form]")) show();
  });

  const before = kept();
  if (before) {
    setAnswers(page, before);
    part("keep").checked = true;
  }
  show();
  if (before) part("said").textContent = "Your ticks were kept on this device and are shown again.";
}

/** @param {Document} page */
export function start(page = document) {
  const list = page.querySelector("[data-checklist]");
  if (list) join(list.closest("article"));
}
