// The copy that a reader keeps on the device: asked for on /offline/, or by opening the installed app. Nothing is stored
// without that. A line on top of the page says when it comes from the copy, and when a newer one is ready.

import { WORDS } from "./words.mjs";

const ROOT = new URL("../../", import.meta.url);
const WORKER = new URL("service-worker.js", ROOT);

const possible = () => "serviceWorker" in navigator && location.protocol !== "file:" && window.isSecureContext;
const find = () => navigator.serviceWorker.getRegistration(ROOT.href);
const register = () => navigator.serviceWorker.register(WORKER, { scope: ROOT.href, updateViaCache: "none" });

/** What a worker says of its edition. @param {ServiceWorker} worker */
function ask(worker) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => resolve(event.data);
    worker.postMessage("state", [port2]);
  });
}

/** Resolves once a worker is installed, or with false when it could not be. */
function installed(worker) {
  return new Promise((resolve) => {
    const look = () => {
      if (["installed", "activating", "activated"].includes(worker.state)) resolve(true);
      if (worker.state === "redundant") resolve(false);
    };
    worker.addEventListener("statechange", look);
    look();
  });
}

function bar(page, old, ...content) {
  const article = page.querySelector("article");
  let line = page.querySelector(".copybar");
  if (!line) {
    line = page.createElement("p");
    line.setAttribute("role", "status");
    article.prepend(line);
  }
  line.className = `copybar${old ? " copybar--old" : ""}`;
  line.replaceChildren(...content);
}

function strong(text) {
  const element = document.createElement("b");
  element.textContent = text;
  return element;
}

const edition = ({ words, version }) => `Content of ${words}, version ${version}.`;

/** The edition that the page itself belongs to. */
async function own(registration) {
  const worker = navigator.serviceWorker.controller ?? registration.active;
  const state = worker ? await ask(worker) : undefined;
  if (state?.fromCopy) return state;
  try {
    const answer = await fetch(new URL("version.json", ROOT), { cache: "no-store" });
    return { ...(await answer.json()), fromCopy: false };
  } catch {
    return state ? { ...state, fromCopy: true } : undefined;
  }
}

async function ready(page, registration, mine) {
  const worker = registration.waiting;
  if (!worker || !registration.active) return;
  const next = await ask(worker);
  if (next.version === mine?.version) return worker.postMessage("activate"); // this page is of it already
  const load = page.createElement("button");
  load.type = "button";
  load.className = "button";
  load.textContent = "Load it";
  load.addEventListener("click", () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    worker.postMessage("activate");
  });
  bar(page, true, strong("There is a newer version."), ` ${edition(next)} `, mine ? ` This page: ${edition(mine)} ` : "", load);
}

async function follow(page, registration) {
  const mine = await own(registration);
  if (mine?.fromCopy) {
    bar(page, false, strong("No connection: you read the copy on this device."), ` ${edition(mine)}`);
  }
  registration.addEventListener("updatefound", async () => {
    const worker = registration.installing;
    if (worker && registration.active && (await installed(worker))) await ready(page, registration, mine);
  });
  await ready(page, registration, mine);
  const look = () => registration.update().catch(() => {});
  look();
  window.addEventListener("online", look);
  page.addEventListener("visibilitychange", () => { if (page.visibilityState === "visible") look(); });
}

/** What is said where the worker gave no reason in time: it may have ended before its message came. */
function unknown() {
  return new Promise((resolve) => { setTimeout(resolve, 1000, "the copy was not complete"); });
}

/** The controls of the page /offline/. */
function controls(page, scope) {
  const part = (name) => scope.querySelector(`[data-offline-${name}]`);
  const [say, named, progress, start, stop] = ["say", "edition", "progress", "start", "stop"].map(part);

  async function show() {
    const registration = possible() ? await find() : undefined;
    const worker = registration?.active;
    start.classList.remove("awaited");
    start.hidden = !possible() || Boolean(worker);
    stop.hidden = !registration;
    progress.hidden = true;
    named.hidden = !worker;
    if (!possible()) say.textContent = "This browser, or the way this page was opened, does not allow a copy. Use the zip below.";
    else if (!worker) say.textContent = "This browser keeps no copy.";
    else {
      say.textContent = "This browser keeps a copy of the whole atlas.";
      const state = await ask(worker);
      named.textContent = `${edition(state)} ${state.files} files.`;
    }
  }

  start.addEventListener("click", async () => {
    start.hidden = true;
    progress.hidden = false;
    say.textContent = `Keeping the ${WORDS.work} …`;
    let fail;
    const reason = new Promise((resolve) => { fail = resolve; });
    const heard = (event) => {
      if (event.data?.kind === "progress") {
        progress.max = event.data.total;
        progress.value = event.data.done;
      }
      if (event.data?.kind === "failed") fail(event.data.reason);
    };
    navigator.serviceWorker.addEventListener("message", heard);
    navigator.serviceWorker.startMessages();
    try {
      const registration = await register();
      const worker = registration.installing ?? registration.waiting ?? registration.active;
      if (!(await installed(worker))) throw new Error(await Promise.race([reason, unknown()]));
      await navigator.serviceWorker.ready;
      await show();
      stop.focus();
      follow(page, registration);
    } catch (error) {
      await (await find())?.unregister();
      await show();
      say.textContent = `The copy could not be kept: ${error.message}. Try again with a connection.`;
    } finally {
      navigator.serviceWorker.removeEventListener("message", heard);
    }
  });
  stop.addEventListener("click", async () => {
    await (await find())?.unregister();
    for (const name of await caches.keys()) if (name.startsWith("atlas-")) await caches.delete(name);
    await show();
    say.textContent = "The copy is removed. This browser keeps nothing of it.";
    start.focus();
  });
  return show();
}

async function begin(page, asApp) {
  const scope = page.querySelector("[data-offline]");
  if (scope) await controls(page, scope);
  if (!possible()) return;
  const registration = (await find()) ?? (asApp ? await register() : undefined);
  if (registration) await follow(page, registration);
}

/** @param {boolean} asApp whether the site was opened as an installed app @param {Document} page */
export function start(asApp, page = document) {
  begin(page, asApp).catch(console.error);
}
