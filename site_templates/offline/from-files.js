// Only in the downloadable zip. Browsers refuse modules, fetch and workers on file://, so this plain script starts the
// site's modules from blobs, answers `fetch` with the data scripts that lie beside the data files, starts workers from
// blobs, and leads links to the file of a page. On a server it does nothing that the site would not do by itself.
(() => {
  const root = new URL("../../", document.currentScript.src);
  const waiting = new Map();
  const texts = new Map();

  /** What a data script calls. */
  self.atlasFile = (name, text) => texts.set(name, text);

  const nameOf = (address) => decodeURIComponent(address.href.split(/[?#]/)[0].slice(root.href.length));
  const inside = (address) => address.href.startsWith(root.href);

  function file(name) {
    if (!waiting.has(name)) {
      waiting.set(name, new Promise((resolve) => {
        const script = document.createElement("script");
        script.src = new URL(`${name}.js`, root).href;
        script.onload = () => resolve(texts.get(name));
        script.onerror = () => resolve(undefined);
        document.head.append(script);
      }));
    }
    return waiting.get(name);
  }

  const elsewhere = self.fetch.bind(self);
  self.fetch = async (request, options) => {
    const address = new URL(request.url ?? request, document.baseURI);
    if (address.protocol !== "file:" || !inside(address)) return elsewhere(request, options);
    const name = nameOf(address);
    const text = await file(name);
    if (text === undefined) return new Response("", { status: 404, statusText: "Not in this copy" });
    return new Response(text, { headers: { "Content-Type": name.endsWith(".json") ? "application/json" : "text/plain" } });
  };

  const blob = (text) => URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  const made = new Map();
  const IMPORT = /((?:\bfrom|\bimport)\s*\(?\s*["'])\.\/([\w.-]+\.mjs)(["'])/g;

  function moduleUrl(name) {
    if (!made.has(name)) {
      const source = self.atlasModules[name]
        .replace(IMPORT, (whole, before, other, after) => (other in self.atlasModules ? before + moduleUrl(other) + after : whole))
        .replaceAll("import.meta.url", JSON.stringify(new URL(`assets/js/${name}`, root).href));
      made.set(name, blob(source));
    }
    return made.get(name);
  }

  const PlainWorker = self.Worker;
  self.Worker = class extends PlainWorker {
    constructor(address, options) {
      const name = nameOf(new URL(address, document.baseURI));
      const known = name.startsWith("assets/js/") ? self.atlasModules[name.slice("assets/js/".length)] : undefined;
      super(known === undefined ? address : blob(known), options);
    }
  };

  // A link that a script made leads to a folder; a browser would list its files.
  const lead = (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || link.protocol !== "file:" || !link.pathname.endsWith("/")) return;
    const address = new URL(link.href);
    address.pathname += "index.html";
    link.href = address.href;
  };
  for (const kind of ["click", "auxclick"]) document.addEventListener(kind, lead, true);

  import(moduleUrl("main.mjs"));
})();
