// The mark beside a statement or a section that gives its address: one click copies it, and a small menu offers what
// else can be done with that one statement. There is one mark; it goes where the reader points, taps or tabs. An anchor
// of a statement has a full stop in it (`complications.3f09c`), so nothing in the page has to name it.
import { make } from "./make.mjs";

const STATEMENTS = ':is(.atlas [id*="."]):not([id^="ref-"], [id^="cite-"]), .terms__term[id], .criterion[id]';
const ICON =
  '<svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true" focusable="false"><path d="M8.4 11.6a3.4 3.4 0 0 0 4.8 0l2.9-2.9a3.4 3.4 0 0 0-4.8-4.8l-1 1m1.3 3.5a3.4 3.4 0 0 0-4.8 0l-2.9 2.9a3.4 3.4 0 0 0 4.8 4.8l1-1" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"/></svg>';

/**
 * A place with an address of its own.
 * @typedef {{kind: "statement" | "section", id: string, url: string, text: string, element: Element}} Target
 * An entry of the menu. `choose` may show something below it with `show(...nodes)`; one that `leads` on, to a dialog of
 * its own, closes the menu first, so that the reader comes back from there to the mark.
 * @typedef {{label: string, leads?: boolean, fits?: (target: Target) => boolean, choose: (target: Target, show: (...nodes: Node[]) => void) => void}} Entry
 */

/** @type {Entry[]} */
const entries = [];
let mark;
let menu;
let opener;

/** Adds an entry to the menu of every statement and section. @param {Entry} entry */
export function offer(entry) {
  entries.push(entry);
}

/** The words of a statement, without the numbers of its citations and without the mark. */
function words(element) {
  const twin = element.cloneNode(true);
  for (const part of twin.querySelectorAll(".cite, .headerlink, .anchor, .anchor-menu, .tag, .of-class, svg, .vh")) part.remove();
  return twin.textContent.replace(/[\s\u2060]+/g, " ").replace(/ ([.,;:)])/g, "$1").trim();
}

/** @returns {Target} */
function target(element) {
  const kind = /^H[1-6]$/.test(element.tagName) ? "section" : "statement";
  const url = new URL(location.href);
  url.search = "";
  url.hash = element.id;
  return { kind, id: element.id, url: url.href, text: words(kind === "section" ? element : seat(element)), element };
}

/** Where in a statement its mark stands: after its words. */
function seat(element) {
  if (element.matches("tr")) return element.querySelector(".said > div") ?? element.lastElementChild;
  if (element.matches(".windows__item")) return element.lastElementChild;
  return element.querySelector(".labelled__text, .bodies__why > p, .result__text, .criterion__statement, dd > p") ?? element;
}

function settle(element, event) {
  if (menu && !menu.hidden) return;
  // Pages also scroll under a pointer that rests: that takes the mark from nobody who has come to it by keyboard.
  if (mark.matches(":focus-visible") && event.type === "pointerover" && !event.movementX && !event.movementY) return;
  if (mark.dataset.of === element.id && mark.isConnected) return;
  mark.dataset.of = element.id;
  mark.href = `#${element.id}`;
  seat(element).append(mark);
}

function close(back) {
  if (!menu || menu.hidden) return;
  menu.hidden = true;
  opener?.setAttribute("aria-expanded", "false");
  if (back) opener?.focus();
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // from files, or refused: the address is there to copy by hand
  }
}

function build() {
  menu = make("div", { class: "anchor-menu", id: "anchor-menu", role: "dialog", "aria-label": "This statement", hidden: true });
  document.body.append(menu);
}

async function open(element, from) {
  if (!menu) build();
  opener = from;
  const place = target(element);
  const said = make("p", { class: "anchor-menu__said", role: "status" });
  const address = make("input", { class: "anchor-menu__address", readonly: true, value: place.url, "aria-label": `Address of this ${place.kind}` });
  const shown = make("div", { class: "anchor-menu__shown" });
  const show = (...nodes) => {
    shown.replaceChildren(...nodes);
    move(from);
  };
  const rows = entries
    .filter((entry) => entry.fits?.(place) ?? true)
    .map((entry) => {
      const button = make("button", { type: "button", class: "anchor-menu__entry" }, entry.label);
      button.addEventListener("click", () => {
        if (entry.leads) close(true);
        entry.choose(place, show);
      });
      return make("li", {}, button);
    });
  address.addEventListener("focus", () => address.select());
  menu.setAttribute("aria-label", `This ${place.kind}`);
  menu.replaceChildren(said, address, ...(rows.length ? [make("ul", { role: "list" }, rows)] : []), shown);
  menu.hidden = false;
  from.setAttribute("aria-expanded", "true");
  move(from);
  history.replaceState(history.state, "", `#${place.id}`);
  const done = await copied(place.url);
  said.textContent = done ? `Link to this ${place.kind} copied` : `Link to this ${place.kind}, to copy`;
  if (!done) address.focus();
}

function move(from) {
  const at = from.getBoundingClientRect();
  const box = menu.getBoundingClientRect();
  const room = document.documentElement.clientWidth;
  const left = Math.max(8, Math.min(at.left, room - box.width - 8));
  const below = at.bottom + 8;
  const over = below + box.height > window.innerHeight - 70 && at.top > box.height + 80;
  menu.style.left = `${left + window.scrollX}px`;
  menu.style.top = `${(over ? at.top - box.height - 8 : below) + window.scrollY}px`;
}

/** The statement in which something happens, if it is one. */
function around(node) {
  return node.closest?.(STATEMENTS) ?? null;
}

/** @param {Document} page */
export function start(page = document) {
  mark = make("a", { class: "anchor", role: "button", "aria-label": "Link to this statement", title: "Link to this statement", "aria-haspopup": "dialog", "aria-expanded": "false", "aria-controls": "anchor-menu" });
  mark.innerHTML = ICON;
  const come = (event) => {
    const element = around(event.target);
    if (element) settle(element, event);
  };
  page.addEventListener("pointerover", come);
  page.addEventListener("focusin", come);
  page.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.anchor, a.headerlink");
    if (link) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const again = menu && !menu.hidden && opener === link;
      close(false);
      const element = page.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (!again && element) open(element, link);
      return;
    }
    if (!event.target.closest?.(".anchor-menu")) close(false);
    come(event);
  });
  page.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close(true);
    if (event.key === " " && event.target === mark) {
      event.preventDefault();
      mark.click();
    }
    if (event.key === "Tab" && !event.shiftKey && menu && !menu.hidden && page.activeElement === opener) {
      event.preventDefault();
      menu.querySelector("button, input").focus();
    }
  });
  page.addEventListener("focusin", (event) => {
    if (menu && !menu.hidden && event.target !== opener && !menu.contains(event.target)) close(false);
  });
}
