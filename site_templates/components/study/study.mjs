// The self-test as an element: reads the question bank of this site, asks, shows what the records say. What was known is
// forgotten with the page unless the reader ticks the box.
import { between, make } from "./make.mjs";
import { fitting, round, shuffled } from "./study-round.mjs";
import * as store from "./study-store.mjs";

const VERSION = 1;

export class AtlasStudy extends HTMLElement {
  #bank;
  #known = new Map();
  #asked = [];
  #place = 0;
  #listening;

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const kept = store.kept();
    if (kept) this.#known = kept;
    this.part("keep").checked = Boolean(kept);
    this.part("clear").hidden = !kept;
    this.part("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#start();
    }, { signal });
    this.part("keep").addEventListener("change", () => this.#keepOrNot(), { signal });
    this.part("clear").addEventListener("click", () => this.#clear(), { signal });
    this.ready = this.#load(); // for whoever waits until it can be used
  }

  disconnectedCallback() {
    this.#listening.abort();
  }

  part(name) {
    return this.querySelector(`[data-${name}]`);
  }

  async #load() {
    try {
      const answer = await fetch(new URL(this.dataset.source, document.baseURI).href);
      if (!answer.ok) throw new Error(`${answer.status} for ${this.dataset.source}`);
      const bank = await answer.json();
      if (bank?.version !== VERSION) throw new Error(`version ${bank?.version} of the questions, ${VERSION} is needed`);
      this.#bank = bank;
    } catch (error) {
      console.info(error);
      this.part("failed").hidden = false;
      for (const part of this.querySelectorAll(".awaited")) part.classList.remove("awaited");
      return;
    }
    this.part("form").hidden = false;
    this.part("keeping").hidden = false;
    this.dataset.ready = "";
  }

  #start(questions) {
    const { what, kind, most } = Object.fromEntries(new FormData(this.part("form")));
    const fit = questions ?? fitting(this.#bank, { what, kind });
    this.#asked = round(fit, questions ? 0 : Number(most), this.#known).map((question) => ({ question, known: undefined }));
    this.#place = 0;
    this.part("said").textContent = "";
    this.part("round").hidden = false;
    if (this.#asked.length) this.#ask();
    else this.part("round").replaceChildren(make("p", {}, "No question of this kind is asked here. Choose another kind, or all techniques."));
  }

  #ask() {
    const { question } = this.#asked[this.#place];
    const head = make("p", { class: "study__count" }, `Question ${this.#place + 1} of ${this.#asked.length} · ${this.#bank.kinds[question.kind]}`);
    const ask = make("p", { class: "study__ask", tabindex: "-1" }, question.ask);
    const answer = make("div", { "data-answer": true });
    const box = this.part("round");
    if (question.options) {
      const order = shuffled(question.options.keys());
      const list = make("ul", { class: "study__options", role: "list" }, order.map((place) => {
        const button = make("button", { class: "study__option", type: "button", "data-option": String(place) }, question.options[place]);
        button.addEventListener("click", () => this.#choose(question, place));
        return make("li", {}, button);
      }));
      box.replaceChildren(head, ask, list, answer);
    } else {
      const show = make("button", { class: "button", type: "button", "data-show": true }, "Show the answer");
      show.addEventListener("click", () => this.#show(question));
      answer.append(make("div", { class: "study__buttons" }, show));
      box.replaceChildren(head, ask, answer);
    }
    ask.focus({ preventScroll: this.#place === 0 });
  }

  #choose(question, place) {
    const known = place === question.right;
    for (const button of this.part("round").querySelectorAll("[data-option]")) {
      button.disabled = true;
      if (Number(button.dataset.option) === question.right) button.classList.add("study__option--right");
      else if (Number(button.dataset.option) === place) button.classList.add("study__option--wrong");
    }
    this.#note(question, known);
    const verdict = make("p", { class: "study__verdict", role: "status" }, known ? "That is what the record says." : `Not what the record says. It says: ${question.options[question.right]}`);
    this.part("answer").replaceChildren(verdict, this.#says(question), this.#next());
    this.part("next").focus();
  }

  #show(question) {
    const judge = (words, known) => {
      const button = make("button", { class: "button", type: "button", "data-judge": known ? "known" : "not" }, words);
      button.addEventListener("click", () => {
        this.#note(question, known);
        this.#forward();
      });
      return button;
    };
    this.part("answer").replaceChildren(this.#says(question), make("div", { class: "study__buttons" }, judge("I knew it", true), judge("Not yet", false)));
    this.part("judge").focus();
  }

  #says(question) {
    return make("ul", { class: "study__says" }, question.says.map((said) => {
      const sources = between(said.cite.map((place) => this.#source(question, place)), "; ");
      return make("li", {}, said.lead && make("b", {}, `${said.lead}: `), said.text, said.note && ` (${said.note})`, " ", make("span", { class: "study__sources" }, "[", ...sources, "]"));
    }));
  }

  #source(question, place) {
    const comma = place.indexOf(",");
    const key = comma < 0 ? place : place.slice(0, comma);
    const link = make("a", { href: `${this.dataset.root}study/${question.technique}/#ref-${key}` }, this.#bank.references[key] ?? key);
    return comma < 0 ? link : make("span", {}, link, place.slice(comma));
  }

  #next() {
    const last = this.#place + 1 === this.#asked.length;
    const button = make("button", { class: "button button--main", type: "button", "data-next": true }, last ? "How it went" : "Next question");
    button.addEventListener("click", () => this.#forward());
    return make("div", { class: "study__buttons" }, button);
  }

  #note(question, known) {
    this.#asked[this.#place].known = known;
    this.#known.set(question.id, known);
    if (this.part("keep").checked) this.#keep();
  }

  #forward() {
    this.#place += 1;
    if (this.#place < this.#asked.length) this.#ask();
    else this.#end();
  }

  #end() {
    const missed = this.#asked.filter(({ known }) => !known).map(({ question }) => question);
    const count = this.#asked.length - missed.length;
    const words = make("p", { class: "study__ask", tabindex: "-1" }, `You knew ${count} of ${this.#asked.length}.`);
    const buttons = make("div", { class: "study__buttons" });
    const button = (text, name, questions) => {
      const found = make("button", { class: "button", type: "button", [`data-${name}`]: true }, text);
      found.addEventListener("click", () => this.#start(questions));
      buttons.append(found);
    };
    if (missed.length) button("Ask again what I did not know", "again", missed);
    button("Another round", "more");
    this.part("round").replaceChildren(words, buttons);
    words.focus();
  }

  #keepOrNot() {
    if (this.part("keep").checked) this.#keep("Kept on this device, and nowhere else.");
    else this.#clear("Nothing is kept any more.");
  }

  #keep(words = "") {
    const done = store.keep(this.#known);
    this.part("keep").checked = done;
    this.part("clear").hidden = !done;
    this.part("said").textContent = done ? words : "This browser does not let the page keep anything on the device.";
  }

  #clear(words = "Cleared, on this page and on this device.") {
    store.forget();
    this.#known = new Map();
    this.part("keep").checked = false;
    this.part("clear").hidden = true;
    this.part("said").textContent = words;
  }
}

if (!customElements.get("atlas-study")) customElements.define("atlas-study", AtlasStudy);
