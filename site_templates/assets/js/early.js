// Before the first paint: that scripts run, and the palette the reader chose or the system asks for. Waits for nothing.
(() => {
  document.documentElement.classList.replace("no-js", "js");
  let chosen = null;
  try {
    chosen = localStorage.getItem("atlas.palette");
  } catch {
    // Storage is closed: the system decides.
  }
  const dark = chosen ? chosen === "slate" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.body.dataset.mdColorScheme = dark ? "slate" : "default";
})();
