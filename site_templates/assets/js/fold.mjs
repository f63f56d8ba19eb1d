// On a phone, closes what stands open elsewhere (`fold--phone`), so that the page stays short; opens it again for a link
// that leads inside, and for paper.

/** @param {Document} page */
export function start(page = document) {
  const folds = [...page.querySelectorAll("details.fold--phone")];
  if (window.matchMedia("(max-width: 760px)").matches) {
    for (const fold of folds) fold.open = false;
  }
  const reveal = () => {
    const target = location.hash && page.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let fold = target?.closest?.("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    target?.scrollIntoView?.();
  };
  if (location.hash) reveal();
  window.addEventListener("hashchange", reveal);
  // A link to a place that is folded away: open first, so that the browser can go there.
  page.addEventListener("click", (event) => {
    if (event.defaultPrevented) return;
    const hash = event.target.closest?.('a[href^="#"]')?.hash;
    const target = hash && page.getElementById(decodeURIComponent(hash.slice(1)));
    for (let fold = target?.closest?.("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) fold.open = true;
  });
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = [...page.querySelectorAll(".atlas details:not([open], .ref__back, .ref__cited, .fold--asked)")];
    for (const fold of closed) fold.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const fold of closed) fold.open = false;
  });
}
