// Which questions the reader knew, on this device: only where the reader chose it, under one name, gone when it is taken
// back. A browser that refuses storage is no error; `keep` then says no.

const NAME = "study-progress";

/** Question id to whether it was known; undefined if nothing is kept. */
export function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(NAME));
    if (!found || typeof found !== "object" || Array.isArray(found)) return undefined;
    return new Map(Object.entries(found).map(([id, known]) => [id, known === 1]));
  } catch {
    return undefined;
  }
}

/** @param {Map<string, boolean>} known @returns {boolean} whether it lies there now */
export function keep(known) {
  try {
    localStorage.setItem(NAME, JSON.stringify(Object.fromEntries([...known].map(([id, yes]) => [id, yes ? 1 : 0]))));
    return true;
  } catch {
    return false;
  }
}

export function forget() {
  try {
    localStorage.removeItem(NAME);
  } catch {
    // Storage is switched off: nothing lies there.
  }
}
