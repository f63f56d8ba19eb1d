// Arrow keys, Page keys, space, Home and End lead from slide to slide. Without a script they scroll.
const slides = [...document.querySelectorAll(".deck__slide")];
const here = () => slides.findIndex((slide) => slide.getBoundingClientRect().bottom > innerHeight / 3);
const steps = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };
addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  let next = event.key === "Home" ? 0 : event.key === "End" ? slides.length - 1 : NaN;
  if (event.key in steps) next = here() + (event.shiftKey && event.key === " " ? -1 : steps[event.key]);
  if (Number.isNaN(next)) return;
  event.preventDefault();
  const slide = slides[Math.min(Math.max(next, 0), slides.length - 1)];
  slide.scrollIntoView({ behavior: "instant" });
  slide.focus({ preventScroll: true });
});
