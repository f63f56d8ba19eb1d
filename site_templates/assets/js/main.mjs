// Starts every behaviour of a page. Each stands alone: one that fails takes no other with it, and
// without any of them the page is complete.
import * as card from "./card.mjs";
import * as contents from "./contents.mjs";
import * as evidencemap from "./evidencemap.mjs";
import * as filter from "./filter.mjs";
import * as fold from "./fold.mjs";
import * as overdue from "./overdue.mjs";
import * as palette from "./palette.mjs";
import * as search from "./search.mjs";
import * as sheet from "./sheet.mjs";

const coming = [];

function attempt(part) {
  try {
    coming.push(part.start());
  } catch (error) {
    console.error(error);
  }
}

// A former version has no search and no copy of its own: its links lead to those of the site.
const pinned = document.querySelector("[data-pinned]") !== null;
for (const part of [palette, contents, sheet, card, fold, ...(pinned ? [] : [search]), overdue]) attempt(part);

// Tools have a place of their own on a page. They start where it appears, also when a theme swaps pages; the script of
// an element, and of what few pages have, is fetched then.
const tools = [
  ["[data-filter-scope]", filter],
  ["[data-checklist]", { start: () => import("./checklist.mjs").then(attempt).catch(console.error) }],
  ["[data-evmap]", evidencemap],
];
const started = new WeakSet();
const elements = new Map([
  ["atlas-finder", () => import("./finder.mjs")],
  ["atlas-compare", () => import("./compare.mjs")],
  ["atlas-study", () => import("./study.mjs")],
]);

function appear() {
  for (const [selector, part] of tools) {
    const place = document.querySelector(selector);
    if (!place || started.has(place)) continue;
    started.add(place);
    attempt(part);
  }
  for (const [name, load] of elements) {
    if (!document.getElementsByTagName(name).length) continue;
    elements.delete(name);
    coming.push(load().catch(console.error));
  }
}

appear();
new MutationObserver(appear).observe(document.body, { childList: true, subtree: true });

// Addresses of single statements and sections: wherever a section can be linked to.
if (document.querySelector(".atlas .headerlink")) {
  coming.push(import("./anchor.mjs").then(attempt).catch(console.error));
}

if (document.querySelector("[data-citation]")) coming.push(import("./cite.mjs").then(attempt).catch(console.error));

// A copy on the device: on its page, where one is kept, and in the installed app.
const asApp = window.matchMedia("(display-mode: standalone), (display-mode: minimal-ui)").matches;
if (!pinned && (asApp || navigator.serviceWorker?.controller || document.querySelector("[data-offline]"))) {
  import("./offline.mjs").then((offline) => offline.start(asApp)).catch(console.error);
}
if (document.querySelector("[data-teaching]")) coming.push(import("./teaching.mjs").then(attempt).catch(console.error));
Promise.all(coming).then(() => { document.documentElement.dataset.started = ""; });
