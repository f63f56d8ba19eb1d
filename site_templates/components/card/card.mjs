// Cards over citations and glossary terms. With a pointer or the keyboard: a card beside the mark that stays while it
// is pointed at and closes with Escape. By touch: a sheet. The content is the page's own list of references.
import { copy, open } from "./sheet.mjs";

const OPEN_AFTER = 140;
const CLOSE_AFTER = 220;

let card;
let anchor;
let timer;

function narrow() {
  return window.matchMedia("(max-width: 760px)").matches;
}

function later(action, delay) {
  clearTimeout(timer);
  timer = setTimeout(action, delay);
}

function hide() {
  clearTimeout(timer);
  anchor?.removeAttribute("aria-describedby");
  anchor = undefined;
  if (card) card.hidden = true;
}

/** A mark with the hidden members of its range; all marks of the bracket for a sheet. */
function group(mark, whole) {
  const all = [...mark.closest(".cite").querySelectorAll(".cite__mark, .cite__hidden")];
  if (whole) return all;
  const hidden = (part) => part?.matches(".cite__hidden");
  let first = all.indexOf(mark);
  let last = first;
  if (hidden(all[last + 1])) do last += 1; while (hidden(all[last]));
  else if (hidden(all[first - 1])) do first -= 1; while (hidden(all[first]));
  return all.slice(first, last + 1);
}

/** The references of one mark, in order. */
function cited(mark, whole) {
  return group(mark, whole).map((part) => {
    const target = part.getAttribute("href") ?? part.dataset.href;
    const entry = document.getElementById(decodeURIComponent(target.slice(1)));
    const box = document.createElement("div");
    box.className = "card__ref";
    if (!entry) return box;
    const number = document.createElement("span");
    number.className = "card__number";
    number.textContent = entry.dataset.number;
    const body = copy(entry.querySelector("[data-card]"));
    const more = document.createElement("p");
    if (part.dataset.locator) more.append(`Place: ${part.dataset.locator}. `);
    const link = document.createElement("a");
    link.href = target;
    link.textContent = "In the list below";
    more.append(link);
    body.append(more);
    box.append(number, body);
    return box;
  });
}

function defined(term) {
  const box = document.createElement("div");
  box.className = "card__term";
  const text = document.createElement("p");
  text.textContent = term.dataset.definition;
  const more = document.createElement("p");
  const link = document.createElement("a");
  link.href = term.getAttribute("href");
  link.textContent = "In the glossary";
  more.append(link);
  box.append(text, more);
  return [box];
}

function contentOf(element, whole = false) {
  return element.matches(".term") ? defined(element) : cited(element, whole);
}

function titleOf(element) {
  if (element.matches(".term")) return element.textContent;
  return element.closest(".cite").querySelectorAll(".cite__mark, .cite__hidden").length > 1 ? "References" : "Reference";
}

function show(element) {
  clearTimeout(timer);
  if (element === anchor) return;
  hide();
  if (!card) {
    card = document.createElement("div");
    card.className = "card";
    card.id = "card";
    card.addEventListener("pointerenter", () => clearTimeout(timer));
    card.addEventListener("pointerleave", () => later(hide, CLOSE_AFTER));
    card.addEventListener("click", (event) => event.target.closest("a") && hide());
    document.body.append(card);
  }
  anchor = element;
  card.replaceChildren(...contentOf(element));
  card.hidden = false;
  const mark = element.getBoundingClientRect();
  const box = card.getBoundingClientRect();
  const room = document.documentElement.clientWidth;
  const left = Math.max(8, Math.min(mark.left - 12, room - box.width - 8));
  const below = mark.bottom + 8;
  const top = below + box.height > window.innerHeight && mark.top > box.height + 70 ? mark.top - box.height - 8 : below;
  card.style.left = `${left + window.scrollX}px`;
  card.style.top = `${top + window.scrollY}px`;
  element.setAttribute("aria-describedby", "card");
}

/** A way back from the entry to the place the reader came from. */
function leave(mark) {
  if (!mark.matches(".cite__mark")) return;
  for (const old of document.querySelectorAll(".ref__return")) old.remove();
  const entry = document.getElementById(decodeURIComponent(mark.hash.slice(1)));
  const back = document.createElement("a");
  back.className = "ref__return";
  back.href = `#${mark.id}`;
  back.textContent = "↑ Back to where you were";
  entry?.querySelector(".ref__back")?.prepend(back);
}

/** @param {Document} page */
export function start(page = document) {
  for (const term of page.querySelectorAll("a.term[title]")) {
    term.dataset.definition = term.title;
    term.removeAttribute("title");
  }
  const found = (event) => event.target.closest?.("a.cite__mark, a.term[data-definition]");
  let touched = false;
  page.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch";
  });
  page.addEventListener("pointerover", (event) => {
    const element = found(event);
    if (element && event.pointerType !== "touch") later(() => show(element), OPEN_AFTER);
  });
  page.addEventListener("pointerout", (event) => {
    if (found(event) && event.pointerType !== "touch") later(hide, CLOSE_AFTER);
  });
  page.addEventListener("focusin", (event) => {
    const element = found(event);
    if (element?.matches(":focus-visible") && !touched && !narrow()) show(element);
  });
  page.addEventListener("focusout", (event) => {
    if (found(event)) later(hide, CLOSE_AFTER);
  });
  page.addEventListener("click", (event) => {
    const element = found(event);
    if (!element) return;
    if (touched || narrow()) {
      event.preventDefault();
      hide();
      open(titleOf(element), contentOf(element, true));
    } else {
      hide();
      leave(element);
    }
  });
  page.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && anchor) hide();
  });
}
