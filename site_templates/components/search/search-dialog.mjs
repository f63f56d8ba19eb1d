// The search as a dialog over any page.
import { makePanel } from "./search-panel.mjs";
import { WORDS } from "./words.mjs";

let dialog;
let panel;

function make() {
  dialog = document.createElement("dialog");
  dialog.className = "search-dialog";
  dialog.setAttribute("aria-label", `Search the ${WORDS.work}`);
  panel = makePanel({ inDialog: true, onLeave: () => dialog.close() });
  dialog.append(panel.element);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
}

/** Shows it, with the words of the last search chosen. */
export async function open() {
  if (!dialog) make();
  if (!dialog.isConnected) document.body.append(dialog);
  await panel.styled;
  if (!dialog.open) dialog.showModal();
  panel.focus();
}
