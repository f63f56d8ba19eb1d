// The comparison as an element: the address keeps which techniques, their record files are read, a table shows them field
// by field. Nothing is stored or sent.
import { fields, isSilent, keyOf } from "./compare-fields.mjs";
import * as fragment from "./fragment.mjs";
import { between, make } from "./make.mjs";
import { page, said } from "./said.mjs";
import { Tool } from "./tool.mjs";

const MOST = 4;
const records = new Map();

async function readRecord(address) {
  const url = new URL(address, document.baseURI).href;
  if (!records.has(url)) {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${answer.status} for ${address}`);
    records.set(url, await answer.json());
  }
  return records.get(url);
}

export class AtlasCompare extends Tool {
  #turn = 0;

  listen(signal) {
    this.part("print").addEventListener("click", () => window.print(), { signal });
    this.part("copy").addEventListener("click", () => this.#copy(), { signal });
  }

  fail(error) {
    super.fail(error);
    this.part("results").replaceChildren();
    this.part("count").textContent = "";
  }

  get #lists() {
    return [...this.part("form").querySelectorAll("select")];
  }

  restore() {
    const given = fragment.read();
    const ids = [...new Set((given.get("ids") ?? "").split(","))].filter((id) => this.atlas.byId.has(id)).slice(0, MOST);
    this.#lists.forEach((list, index) => {
      list.value = ids[index] ?? "";
    });
    this.part("form").elements.namedItem("only").checked = given.get("only") === "1";
    return this.changed();
  }

  async changed() {
    const turn = ++this.#turn;
    const ids = [...new Set(this.#lists.map((list) => list.value).filter(Boolean))];
    const only = this.part("form").elements.namedItem("only").checked;
    fragment.write({ ids, only: only ? "1" : "" });
    for (const list of this.#lists) {
      for (const option of list.options) option.disabled = option.value !== "" && option.value !== list.value && ids.includes(option.value);
    }
    this.part("failed").hidden = true;
    if (ids.length < 2) {
      this.part("results").replaceChildren();
      this.part("count").textContent = ids.length ? "Choose a second technique." : "Choose two to four techniques.";
      return;
    }
    const techniques = ids.map((id) => this.atlas.techniques.find((technique) => technique.id === id));
    try {
      const read = await Promise.all(ids.map((id) => readRecord(`${this.dataset.records}${id}.json`)));
      if (turn === this.#turn) this.#fill(techniques, read, only);
    } catch (error) {
      if (turn === this.#turn) this.fail(error);
    }
  }

  #fill(techniques, read, only) {
    const rows = fields(this.atlas, techniques).map(({ name, cell }) => {
      const cells = techniques.map((technique, index) => cell(this.atlas, technique, read[index]));
      return { name, cells, same: new Set(cells.map(keyOf)).size === 1 };
    });
    const differ = rows.filter((row) => !row.same).length;
    const names = between(techniques.map((technique) => technique.name)).join("");
    this.part("count").textContent = `${names}: ${differ} of ${rows.length} rows differ${only ? "; the others are hidden" : ""}.`;
    const head = make("tr", {}, make("th", { scope: "col" }, "Field"), ...techniques.map((technique) => make("th", { scope: "col" }, make("a", { href: page(this.atlas.root, technique.id) }, technique.name))));
    const body = rows.filter((row) => !only || !row.same).map((row) => this.#row(techniques, row));
    const table = make(
      "table",
      { class: `table table--fold table--sticky compare__table compare__table--${techniques.length}` },
      make("caption", {}, make("span", { class: "caption" }, "In bold: terms that only this one has. “Nothing in the sources” is silence, not a no.")),
      make("thead", {}, head),
      make("tbody", {}, ...body),
    );
    this.part("results").replaceChildren(table);
  }

  #row(techniques, { name, cells, same }) {
    const alone = (term) => cells.filter((cell) => cell.terms?.includes(term)).length === 1;
    return make(
      "tr",
      { class: same ? "compare__same" : "compare__differs" },
      make("th", { scope: "row" }, name, same && make("span", { class: "sub" }, cells.every(isSilent) ? "Silent in all" : "Same in all")),
      ...cells.map((cell, index) => make("td", { "data-l": techniques[index].name }, make("div", {}, ...this.#cell(techniques[index], cell, alone)))),
    );
  }

  #cell(technique, cell, alone) {
    if (cell.absent) return [cell.absent()];
    if (isSilent(cell)) return [make("span", { class: "silent" }, "nothing in the sources")];
    if (cell.terms) return between(cell.terms.map((term) => (alone(term) ? make("b", {}, term) : term)));
    const items = cell.badges
      ? cell.badges.map(({ item, badge }) => [badge, make("p", { class: "sub" }, ...said(this.atlas, technique, item))])
      : cell.statements.map(({ label, note, item }) => [label && [make("b", {}, `${label}:`), " "], note && `${note}. `, ...said(this.atlas, technique, item)].flat().filter(Boolean));
    return [make("ul", { class: "compare__list", role: "list" }, ...items.map((item) => make("li", {}, ...item)))];
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(location.href);
      this.part("count").textContent = "The link to this comparison is copied.";
    } catch {
      this.part("count").textContent = `The link to this comparison is the address of this page: ${location.href}`;
    }
  }
}

if (!customElements.get("atlas-compare")) customElements.define("atlas-compare", AtlasCompare);
