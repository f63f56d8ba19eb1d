// Opens the search: by its links, by "/" and by Ctrl+K. Nothing of the search is loaded before the reader asks for it.
// It listens on the document, which outlives a change of page without a reload.

// A field of a dialog that has just closed may keep the focus for a moment: what is not shown is not typed into.
const typing = (element) => element?.closest?.("input, textarea, select, [contenteditable]")?.checkVisibility();
let started = false;
let failed = false;

/** @param {HTMLAnchorElement} [link] what leads to the search page, should the dialog not come */
async function open(link) {
  const field = document.querySelector("atlas-search input");
  if (field) return field.focus(); // the search page itself
  try {
    (await import("./search-dialog.mjs")).open();
  } catch (error) {
    console.error(error);
    failed = true;
    link?.click();
  }
}

export function start() {
  if (started) return;
  started = true;
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-open-search]");
    if (!link || failed || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(link);
  });
  document.addEventListener("keydown", (event) => {
    const command = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k";
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target);
    if (event.defaultPrevented || !(command || slash)) return;
    event.preventDefault();
    open();
  });
  customElements.define(
    "atlas-search",
    class extends HTMLElement {
      connectedCallback() {
        import("./search-panel.mjs")
          .then((panel) => panel.fillPage(this))
          .catch(console.error) // the lists for readers without a script stay
          .finally(() => { this.dataset.ready = ""; });
      }
    },
  );
}
