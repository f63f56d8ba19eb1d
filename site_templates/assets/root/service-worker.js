// Keeps the whole site on a device whose reader asked for it (see /offline/). Pages come from the network while there is
// one, so that nobody reads an old page unknowing; without one, from the copy, and the page says so.
// `precache.js` lists every file with the hash of its bytes. A file is kept under its address and hash: an update fetches
// only what changed, and the old copy stays whole until the new one is.
importScripts("precache.js");

const { version, date, words, files } = self.ATLAS;
const STORE = "atlas-files";
const PATIENCE = 6000;
const AT_ONCE = 6;
const fromCopy = new Set();

const addressOf = (name) => new URL(name, registration.scope).href;
const keyOf = (name) => `${addressOf(name)}?${files[name]}`;

/** The listed file that an address asks for. */
function nameOf(address) {
  const url = new URL(address);
  if (!url.href.startsWith(registration.scope)) return undefined;
  const path = decodeURIComponent(url.href.split(/[?#]/)[0].slice(registration.scope.length));
  const name = path === "" || path.endsWith("/") ? `${path}index.html` : path;
  return Object.hasOwn(files, name) ? name : undefined;
}

async function tell(message) {
  for (const client of await clients.matchAll({ includeUncontrolled: true })) client.postMessage(message);
}

async function hashOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, 16);
}

async function keep(store, name) {
  if (await store.match(keyOf(name))) return;
  const answer = await fetch(addressOf(name), { cache: "no-cache", credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  const bytes = await answer.arrayBuffer();
  // A file of another edition, because the site changed meanwhile: this copy would not be whole.
  if ((await hashOf(bytes)) !== files[name]) throw new Error(`${name} is not the file that was listed`);
  const type = answer.headers.get("Content-Type") ?? "";
  await store.put(keyOf(name), new Response(bytes, { headers: { "Content-Type": type } }));
}

async function install() {
  const store = await caches.open(STORE);
  const waiting = Object.keys(files);
  const total = waiting.length;
  let done = 0;
  const work = async () => {
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      await keep(store, name);
      done += 1;
      if (done % 25 === 0 || done === total) await tell({ kind: "progress", done, total });
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } catch (error) {
    waiting.length = 0;
    await tell({ kind: "failed", reason: String(error.message ?? error) });
    throw error;
  }
}

async function activate() {
  const store = await caches.open(STORE);
  const wanted = new Set(Object.keys(files).map(keyOf));
  for (const request of await store.keys()) if (!wanted.has(request.url)) await store.delete(request);
  await clients.claim();
}

async function kept(name) {
  return (await caches.open(STORE)).match(keyOf(name));
}

function late() {
  return new Promise((_, reject) => setTimeout(() => reject(new Error("no answer in time")), PATIENCE));
}

async function answer(event) {
  const name = nameOf(event.request.url);
  const navigation = event.request.mode === "navigate";
  const network = fetch(event.request);
  if (name === undefined && !navigation) return network;
  try {
    return await Promise.race([network, late()]);
  } catch {
    const copy = await kept(name ?? "404.html");
    if (!copy) return network;
    network.catch(() => {});
    if (navigation) fromCopy.add(event.resultingClientId);
    return name === undefined ? new Response(copy.body, { status: 404, headers: copy.headers }) : copy;
  }
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && event.request.url.startsWith(registration.scope)) event.respondWith(answer(event));
});
self.addEventListener("message", (event) => {
  if (event.data === "activate") skipWaiting();
  if (event.data === "state") {
    event.ports[0].postMessage({ version, date, words, files: Object.keys(files).length, fromCopy: fromCopy.has(event.source?.id) });
  }
});
