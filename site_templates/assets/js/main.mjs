// Starts every behaviour of a page. Each stands alone: one that fails takes no other with it, and
// without any of them the page is complete.
import * as card from "./card.mjs";
import * as checklist from "./checklist.mjs";
import * as contents from "./contents.mjs";
import * as evidencemap from "./evidencemap.mjs";
import * as filter from "./filter.mjs";
import * as fold from "./fold.mjs";
import * as overdue from "./overdue.mjs";
import * as palette from "./palette.mjs";
import * as search from "./search.mjs";
import * as sheet from "./sheet.mjs";

function attempt(part) {
  try {
    part.start();
  } catch (error) {
    console.error(error);
  }
}

// A former version has no search and no copy of its own: its links lead to those of the site.
const pinned = document.querySelector("[data-pinned]") !== null;
for (const part of [palette, contents, sheet, card, fold, ...(pinned ? [] : [search]), overdue]) attempt(part);

// Tools have a place of their own on a page. They start where it appears, also when a theme swaps pages; the script of
// an element is fetched then.
const tools = [
  ["[data-filter-scope]", filter],
  ["[data-checklist]", checklist],
  ["[data-evmap]", evidencemap],
];
const started = new WeakSet();
const elements = new Map([
  ["atlas-finder", () => import("./finder.mjs")],
  ["atlas-compare", () => import("./compare.mjs")],
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
    load().catch(console.error);
  }
}

appear();
new MutationObserver(appear).observe(document.body, { childList: true, subtree: true });

// Addresses of single statements and sections: wherever a section can be linked to.
if (document.querySelector(".atlas .headerlink")) {
  import("./anchor.mjs").then((anchor) => anchor.start()).catch(console.error);
}

// A copy on the device: on its page, where one is kept, and in the installed app.
const asApp = window.matchMedia("(display-mode: standalone), (display-mode: minimal-ui)").matches;
if (!pinned && (asApp || navigator.serviceWorker?.controller || document.querySelector("[data-offline]"))) {
  import("./offline.mjs").then((offline) => offline.start(asApp)).catch(console.error);
}
if (document.querySelector("[data-teaching]")) {
  import("./teaching.mjs").then((teaching) => teaching.start()).catch(console.error);
}
document.documentElement.dataset.started = "";
