// How the page is cited. Where the makers of the site do not know its address, the texts get that of the reader's page.
// The dialog with one click to copy or download is fetched when it is asked for, for the page or for one statement.
import { offer } from "./anchor.mjs";

/** The address of the page: the published one, or the one at which it is read. From files there is none. */
function address(citation) {
  const known = citation.querySelector("[data-cite-address]").textContent;
  if (citation.hasAttribute("data-known") || !location.protocol.startsWith("http")) return known;
  return location.origin + location.pathname;
}

/** @param {Element} citation @param {{id: string, text: string}} [statement] */
async function open(citation, statement) {
  try {
    await (await import("./cite-dialog.mjs")).open(citation, address(citation), statement);
  } catch (error) {
    console.error(error);
    citation.scrollIntoView();
  }
}

/** @param {Document} page */
export function start(page = document) {
  const citation = page.querySelector("[data-citation]");
  const here = address(citation);
  for (const place of citation.querySelectorAll("[data-cite-address]")) place.textContent = here;
  page.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-cite-open]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(citation);
  });
  offer({ label: "Cite this statement", leads: true, fits: (place) => place.kind === "statement", choose: (place) => open(citation, place) });
  offer({ label: "Cite this section", leads: true, fits: (place) => place.kind === "section", choose: (place) => open(citation, place) });
}
