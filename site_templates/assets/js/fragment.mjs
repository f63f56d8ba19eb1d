// The state of a tool in the fragment of the address (`#site=perineum&mechanism=neuropathic`), so that a view can be
// shared. It is never sent to a server and never about a person.

/** Names and values; a fragment without `=` is a place on the page, and no state. */
export function read() {
  const text = location.hash.slice(1);
  return new URLSearchParams(text.includes("=") ? text : "");
}

/** @param {Object<string, string | string[]>} state empty values are left out */
export function format(state) {
  return Object.entries(state)
    .map(([name, value]) => [name, [value].flat().filter(Boolean).map(encodeURIComponent).join(",")])
    .filter(([, value]) => value)
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

/** Puts the state in the address without a new step of the history. */
export function write(state) {
  const text = format(state);
  const address = location.pathname + location.search + (text ? `#${text}` : "");
  if (address !== location.pathname + location.search + location.hash) history.replaceState(history.state, "", address);
}
