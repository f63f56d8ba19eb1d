// Where the index of the pages is read from: its own files, or, where a browser opens the site from a folder and would
// refuse them, one data file that holds them all (`offline.json`, only in the downloadable zip).

/** Pagefind's module, ready to read the index in a folder. @param {URL} folder @param {(name: string) => Promise<any>} read */
export async function openIndex(folder, read) {
  if (location.protocol !== "file:") return import(new URL("pagefind.js", folder).href);
  const files = await read("offline.json");
  const bytes = (name) => Uint8Array.from(atob(files[name]), (letter) => letter.charCodeAt(0));
  const elsewhere = globalThis.fetch;
  globalThis.fetch = (request, options) => {
    const [address] = new URL(request.url ?? request, location.href).href.split("?"); // Pagefind may leave out "file://"
    const name = address.startsWith(folder.href) ? address.slice(folder.href.length) : "";
    return name in files ? Promise.resolve(new Response(bytes(name))) : elsewhere(request, options);
  };
  return import(URL.createObjectURL(new Blob([bytes("pagefind.js")], { type: "text/javascript" })));
}
