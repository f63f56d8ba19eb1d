// The switch of the palette. Only a choice is stored; until then the system decides, also when it changes its mind.

const NAME = "atlas.palette";
const LABEL = { default: "Switch to dark colours", slate: "Switch to light colours" };

function stored() {
  try {
    return localStorage.getItem(NAME);
  } catch {
    return null;
  }
}

/** @param {Document} page */
export function start(page = document) {
  const button = page.querySelector("[data-palette]");
  if (!button) return;
  const show = (scheme) => {
    page.body.dataset.mdColorScheme = scheme;
    button.title = LABEL[scheme];
    button.setAttribute("aria-label", LABEL[scheme]);
  };
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const wanted = () => stored() ?? (system.matches ? "slate" : "default");
  show(wanted());
  button.addEventListener("click", () => {
    const scheme = page.body.dataset.mdColorScheme === "slate" ? "default" : "slate";
    show(scheme);
    try {
      localStorage.setItem(NAME, scheme);
    } catch {
      // Storage is closed: the choice holds on this page.
    }
  });
  system.addEventListener("change", () => show(wanted()));
  window.addEventListener("pageshow", (event) => event.persisted && show(wanted()));
}
