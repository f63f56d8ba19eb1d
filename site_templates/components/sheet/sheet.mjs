// A sheet: a dialog that rises from the foot of a phone's screen. Links marked `data-sheet="id"` open a copy of
// the list with that id; without a script they lead to it.

let dialog;

function make() {
  dialog = document.createElement("dialog");
  dialog.className = "sheet";
  dialog.innerHTML =
    '<div class="sheet__box"><div class="sheet__head"><h2 class="sheet__title" id="sheet-title"></h2>' +
    '<button type="button" class="sheet__close" aria-label="Close"><svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">' +
    '<path d="m4 4 12 12M16 4 4 16" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"/></svg></button></div>' +
    '<div class="sheet__body"></div></div>';
  dialog.setAttribute("aria-labelledby", "sheet-title");
  dialog.querySelector(".sheet__close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest(".sheet__body a:not([download])")) dialog.close();
  });
  document.body.append(dialog);
}

/** @param {string} title @param {Node[]} content */
export function open(title, content) {
  if (!dialog) make();
  dialog.querySelector(".sheet__title").textContent = title;
  dialog.querySelector(".sheet__body").replaceChildren(...content);
  if (!dialog.open) dialog.showModal();
  dialog.querySelector(".sheet__body").scrollTop = 0;
}

/** A copy without ids, so that no id stands twice. @param {Element} element */
export function copy(element) {
  const twin = element.cloneNode(true);
  twin.removeAttribute("id");
  for (const part of twin.querySelectorAll("[id]")) part.removeAttribute("id");
  return twin;
}

/** @param {Document} page */
export function start(page = document) {
  for (const link of page.querySelectorAll("a[data-sheet]")) {
    const source = page.getElementById(link.dataset.sheet);
    const list = source?.querySelector("ul, ol");
    if (!list) continue;
    link.setAttribute("role", "button");
    link.setAttribute("aria-haspopup", "dialog");
    link.addEventListener("click", (event) => {
      event.preventDefault();
      open(source.querySelector("h2").textContent, [copy(list)]);
    });
  }
}
