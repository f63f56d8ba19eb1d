// Ticks on this device: only where the reader chose it, under one name, gone when it is taken back. A browser that
// refuses storage is no error; `keep` then says no.

const NAME = "referral-checklist";

/** The answers that were kept; undefined if none were. */
export function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(NAME));
    return found && typeof found === "object" && !Array.isArray(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

/** @returns {boolean} whether they lie there now */
export function keep(answers) {
  try {
    localStorage.setItem(NAME, JSON.stringify(answers));
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
