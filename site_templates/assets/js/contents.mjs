// Marks in the list of contents beside the text where the reader is, and keeps that line in view.

/** @param {Document} page */
export function start(page = document) {
  const box = page.querySelector(".md-sidebar--secondary:not([hidden])");
  const links = [...(box?.querySelectorAll("a[href^='#']") ?? [])];
  const places = links.map((link) => page.getElementById(decodeURIComponent(link.hash.slice(1))));
  let here = null;
  let waiting = false;

  function mark() {
    waiting = false;
    const line = parseFloat(getComputedStyle(page.documentElement).scrollPaddingTop) + 24; // a little below where a link to a section lands
    const passed = places.filter((place) => place && place.getBoundingClientRect().top <= line).length;
    const next = links[passed - 1] ?? null;
    if (next === here) return;
    here?.removeAttribute("aria-current");
    next?.setAttribute("aria-current", "location");
    here = next;
    if (!here) return;
    const [top, bottom] = [here.offsetTop - 40, here.offsetTop + here.offsetHeight + 40];
    if (top < box.scrollTop) box.scrollTop = top;
    else if (bottom > box.scrollTop + box.clientHeight) box.scrollTop = bottom - box.clientHeight;
  }

  if (!links.length) return;
  window.addEventListener("scroll", () => {
    if (waiting || !box.isConnected) return;
    waiting = true;
    requestAnimationFrame(mark);
  }, { passive: true });
}
