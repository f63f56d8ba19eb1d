// In the live preview only: loads the page again when it changed, and shows the author's errors above it.
// Connected only while the page is in view: a browser keeps few connections to one host.
(() => {
  const { seen } = document.currentScript.dataset;
  const asked = new URLSearchParams({ page: location.pathname, seen });
  let events = null;

  const host = document.createElement("div");
  const shadow = host.attachShadow({ mode: "open" });
  const style = new CSSStyleSheet(); // which the policy of the page allows
  style.replaceSync(`
    section { position: fixed; z-index: 9999; inset: auto 0 0; max-height: 60vh; overflow: auto; padding: 1rem 1.25rem 1.25rem;
      background: #fff; color: #1b1b1b; border-top: 4px solid #b3261e; box-shadow: 0 -4px 24px rgb(0 0 0 / .25); font: 16px/1.5 system-ui, sans-serif; }
    h2 { margin: 0 0 .25rem; font-size: 1.1rem; color: #b3261e; }
    p { margin: 0 0 .5rem; }
    pre { margin: 0; white-space: pre-wrap; font: 14px/1.5 ui-monospace, monospace; }
    button { position: absolute; top: .75rem; right: 1rem; font: inherit; padding: .25rem .75rem; }
  `);
  shadow.adoptedStyleSheets = [style];
  shadow.innerHTML = `<section role="alert" hidden><h2>Errors in the sources</h2>
  <p>The page above is the last good one. It comes up to date when these are mended.</p><pre></pre><button type="button">Close</button></section>`;
  const panel = shadow.querySelector("section");
  shadow.querySelector("button").addEventListener("click", () => { panel.hidden = true; });

  const show = (text) => {
    shadow.querySelector("pre").textContent = text;
    panel.hidden = !text;
    if (!host.isConnected) document.body.append(host);
  };

  const connect = () => {
    if (events || document.hidden) return;
    events = new EventSource(`/_preview/events?${asked}`);
    events.addEventListener("reload", () => location.reload());
    events.addEventListener("findings", (event) => show(event.data));
  };
  const disconnect = () => {
    events?.close();
    events = null;
  };

  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);
  connect();
})();
