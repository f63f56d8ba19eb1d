// What the finder and the comparison share: an element over a page that is complete without it. Its form makes a choice,
// the address keeps it, the data file of this site is its only request.
import { load } from "./finder-data.mjs";
import { fill } from "./make.mjs";

/** Subclasses give `listen(signal)`, `restore()`, which takes the choice from the address, and `changed()`, for the form. */
export class Tool extends HTMLElement {
  /** The data, once they are there. */
  atlas;
  #listening;
  #early = false;

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const form = this.part("form");
    form.addEventListener("input", () => (this.atlas ? this.changed() : (this.#early = true)), { signal });
    form.addEventListener("submit", (event) => event.preventDefault(), { signal });
    window.addEventListener("hashchange", () => this.#again(), { signal });
    window.addEventListener("pageshow", (event) => event.persisted && this.#again(), { signal });
    window.addEventListener("beforeprint", () => this.unfold(), { signal });
    this.listen(signal);
    this.ready = this.#start(); // for whoever waits until the results stand
  }

  disconnectedCallback() {
    this.#listening.abort();
  }

  part(name) {
    return this.querySelector(`[data-${name}]`);
  }

  /** Makes the content of every fold, for paper. */
  unfold() {
    this.querySelectorAll("details").forEach(fill);
  }

  /** Called once, when the data are there. */
  started() {}

  fail(error) {
    console.info(error);
    this.part("failed").hidden = false;
  }

  async #start() {
    try {
      this.atlas = await load(this.dataset.source, this.dataset.root);
    } catch (error) {
      this.part("form").hidden = true;
      this.fail(error);
      return;
    }
    this.part("form").hidden = false;
    this.started();
    await (this.#early ? this.changed() : this.restore()); // what was chosen before the data came stays chosen
  }

  #again() {
    if (this.atlas) this.restore();
  }
}
