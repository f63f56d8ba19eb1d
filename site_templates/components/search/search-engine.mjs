// Finds: names at once from small lists, everything else by Pagefind's index of the pages. Files are fetched as a search
// needs them, from this site only.
import { openIndex } from "./search-files.mjs";
import { Lexicon, folded } from "./search-words.mjs";
import { WORDS } from "./words.mjs";

const ROOT = new URL("../../", import.meta.url);
const FOLDER = new URL("search/", ROOT);
const KINDS = ["Technique", WORDS.site, "Guide", "Tool or list", "Glossary", "Reference"];
// How far a kind may stand behind another of the same score: a source is looked up less often than what it is cited for.
const WEIGHT = { Technique: 1, [WORDS.site]: 1, Guide: 0.65, "Tool or list": 0.65, Glossary: 0.6, Reference: 0.2 };
const RANKING = { termSimilarity: 2, metaWeights: { title: 6, alias: 5, place: 0.5 } };
const AT_FIRST = 3;
const EXACT = 1000;
const BEGINS = 30; // a name that only begins with the words stands among the scores of the index

/** The address of a place of the site; from a file system a folder needs its page's name. */
export function place(address) {
  const url = new URL(address.replace(/^\//, ""), ROOT);
  if (url.protocol === "file:" && url.pathname.endsWith("/")) url.pathname += "index.html";
  return url.href;
}

async function read(name) {
  const answer = await fetch(new URL(name, FOLDER));
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.json();
}

export class Search {
  #ready;
  #shelves = new Map();

  /** Loads what every search needs, once; after a failure the next search tries again. */
  ready() {
    this.#ready ??= this.#load().catch((error) => {
      this.#ready = undefined;
      throw error;
    });
    return this.#ready;
  }

  async #load() {
    const base = new URL("pagefind/", FOLDER);
    const [module, words] = await Promise.all([openIndex(base, read), read("words.json")]);
    const pages = module.createInstance({ basePath: base.href, baseUrl: "/", noWorker: true, ranking: RANKING, excerptLength: 24 });
    await pages.init();
    return { pages, lexicon: new Lexicon(words) };
  }

  /** Values of every facet with the number of pages that have it. */
  async facets() {
    return (await this.ready()).pages.filters();
  }

  /**
   * Everything found for a text, by kind.
   * @param {string} text @param {Record<string, string>} chosen facets @param {boolean} literally without corrections
   */
  async find(text, chosen = {}, literally = false) {
    const { lexicon } = await this.ready();
    const asked = folded(text);
    if (!asked && !Object.keys(chosen).length) return null;
    let query = asked;
    let missing = [];
    let names = await this.#names(lexicon, query, chosen);
    if (!literally && !names.some((name) => name.score >= EXACT)) ({ query, missing } = lexicon.corrected(asked));
    if (query !== asked) names = await this.#names(lexicon, query, chosen);
    const wanted = query ? lexicon.alternatives(lexicon.important(query).join(" ")) : [null];
    let groups = query || !asked ? await this.#groups(wanted, chosen, names) : [];
    let partly = false;
    const words = query ? lexicon.important(query) : [];
    if (!groups.length && words.length > 1) {
      partly = true;
      groups = await this.#groups(words.flatMap((word) => lexicon.spelt(word)), chosen, names);
    }
    return {
      asked,
      query,
      corrected: query !== asked && Boolean(query) && !missing.length,
      missing,
      partly,
      mistaken: query.split(" ").flatMap((word) => (Object.hasOwn(lexicon.mistaken, word) ? [{ word, ...lexicon.mistaken[word] }] : [])),
      groups,
    };
  }

  /** What bears the query as its name, or begins with it. */
  async #names(lexicon, query, chosen) {
    if (!query || Object.keys(chosen).length) return [];
    const best = new Map();
    for (const words of lexicon.alternatives(query)) {
      const shelf = words.codePointAt(0).toString(16);
      if (!lexicon.first.has(shelf)) continue;
      if (!this.#shelves.has(shelf)) this.#shelves.set(shelf, read(`names-${shelf}.json`));
      for (const [name, kind, title, address, note] of await this.#shelves.get(shelf)) {
        if (!name.startsWith(words) || (name !== words && words.length < 3)) continue;
        // Its name before a synonym, a synonym before what it only goes with.
        const own = folded(title) === name ? 2 : note ? 0 : 1;
        const score = (name === words ? EXACT : BEGINS * (1 + words.length / name.length)) + own;
        if (!(best.get(address)?.score >= score)) best.set(address, { kind, title, address, note, score });
      }
    }
    return [...best.values()].sort((a, b) => b.score - a.score).slice(0, 12);
  }

  async #groups(queries, chosen, names) {
    const { pages } = await this.ready();
    const groups = await Promise.all(KINDS.map((kind) => this.#group(pages, kind, queries, chosen, names)));
    return groups.filter((group) => group.total).sort((a, b) => b.score - a.score);
  }

  async #group(pages, kind, queries, chosen, names) {
    const filters = { kind, ...chosen };
    const found = new Map();
    for (const [nth, query] of queries.entries()) {
      for (const result of (await pages.search(query, { filters })).results) {
        // A page found by several words or spellings gains a little by each.
        const before = found.get(result.id);
        const score = result.score * (nth ? 0.95 : 1);
        if (!before) found.set(result.id, { result, score, from: nth });
        else before.score = Math.max(before.score, score) + Math.min(before.score, score) * 0.3;
      }
    }
    const ranked = [...found.values()].sort((a, b) => b.score - a.score);
    const named = names.filter((name) => name.kind === kind);
    const first = await Promise.all(ranked.slice(0, Math.max(AT_FIRST, Math.min(named.length, 6))).map(hit));
    const byAddress = new Map(first.map((item) => [item.address, item]));
    const pinned = named.map((name) => ({ ...byAddress.get(name.address), ...name }));
    const taken = new Set(pinned.map((item) => item.address));
    const rest = first.filter((item) => !taken.has(item.address));
    const top = ranked.length ? ranked[0].score * WEIGHT[kind] : 0;
    return {
      kind,
      score: Math.max(named.length ? named[0].score * WEIGHT[kind] : 0, top),
      total: ranked.length + pinned.filter((item) => !byAddress.has(item.address)).length,
      results: [...pinned, ...rest].slice(0, Math.max(AT_FIRST, Math.min(pinned.length, 5))),
      /** All results of this kind. */
      all: async () => {
        const everything = await Promise.all(ranked.slice(0, 50).map(hit));
        return [...pinned, ...everything.filter((item) => !taken.has(item.address))];
      },
    };
  }
}

/** A result with its excerpt and the sections in which the words stand. */
async function hit({ result }) {
  const data = await result.data();
  const address = (data.meta.place ?? data.raw_url).replace(/^\//, ""); // a term or reference is a place on a page
  const strength = (part) => part.weighted_locations.reduce((sum, at) => sum + at.balanced_score, 0);
  const sections = data.sub_results
    .filter((part) => part.anchor?.id && part.anchor.text)
    .sort((a, b) => strength(b) - strength(a))
    .slice(0, 3)
    .sort((a, b) => a.anchor.location - b.anchor.location)
    .map((part) => ({ title: part.anchor.text, address: `${address}#${part.anchor.id}`, excerpt: part.excerpt }));
  return { title: data.meta.title, address, note: "", excerpt: data.excerpt, sections, score: 0 };
}
