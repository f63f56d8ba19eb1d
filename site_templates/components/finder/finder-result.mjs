// How a technique that was found, or left out, looks. Every line is a statement of the record with its sources, or says
// that the sources are silent.
import { between, fold, make } from "./make.mjs";
import { badge, notRated, page, said } from "./said.mjs";
import { badgesFor } from "./finder-query.mjs";

const NAMES = { site: "Site", mechanism: "Mechanism", cause: "Cause", prognosis: "Prognosis", setting: "Setting" };
const OTHERS = { site: "sites", mechanism: "mechanisms", cause: "causes", setting: "settings" };
const STRENGTHS = { absolute: "absolute contraindication", relative: "relative contraindication", "not-stated": "contraindication, strength not stated", caution: "caution" };
const STANDINGS = { reported: "only reported", title: "from the title of a cited paper only" };
const EDGES = { met: "your choice lies within it", missed: "your choice lies outside it", inside: "the limit lies inside your choice" };
const MOST = { fits: 2, limits: 2, harms: 3, badges: 4 };

/** A list entry with the icon of its kind. */
function line(icons, icon, ...content) {
  return make("li", { class: `found__line found__line--${icon}` }, icons(icon), make("span", {}, ...content));
}

function label(text) {
  return [make("b", {}, `${text}:`), " "];
}

function fitWords(atlas, technique, fit) {
  const words = said(atlas, technique, fit);
  return fit.standing && fit.standing !== "title" ? [...words, " ", make("span", { class: "said__tag" }, STANDINGS[fit.standing])] : words;
}

/** The lines under "Why it is listed": each statement once, with the choices that it meets. */
function why(atlas, icons, { technique, answers }) {
  const lines = [];
  const meets = new Map();
  const facts = answers.filter((answer) => ["site", "mechanism", "cause"].includes(answer.facet));
  for (const answer of facts.filter((item) => item.state === "match" || item.state === "weak")) {
    for (const item of answer.said) meets.set(item, [...(meets.get(item) ?? []), answer.facet]);
  }
  const ranked = [...meets].sort((a, b) => b[1].length - a[1].length);
  const count = {};
  const shown = ranked.filter(([, facets]) => facets.some((facet) => (count[facet] = (count[facet] ?? 0) + 1) <= MOST.fits));
  for (const [item, facets] of shown) {
    lines.push(line(icons, "tick", ...label(facets.map((facet) => NAMES[facet]).join(", ")), ...fitWords(atlas, technique, item)));
  }
  if (!facts.length) {
    for (const item of technique.fits.filter((fit) => !fit.standing).slice(0, MOST.fits)) lines.push(line(icons, "tick", ...fitWords(atlas, technique, item)));
  }
  const more = (facts.length ? ranked : technique.fits).length - lines.length;
  if (more > 0) lines.push(make("li", { class: "found__more" }, make("a", { href: page(atlas.root, technique.id, "indications") }, `and ${more} more on its page`)));
  if (facts.length > 1 && facts.every((item) => item.state === "match") && ranked[0][1].length < facts.length) {
    lines.push(line(icons, "ring", "No one statement names all of these together."));
  }
  for (const answer of answers) {
    if (answer.facet === "prognosis") lines.push(...prognosisLines(atlas, icons, technique, answer));
    else if (answer.facet === "setting" && answer.state === "match") lines.push(line(icons, "tick", ...label("Setting"), ...said(atlas, technique, answer.said[0])));
    else if (NAMES[answer.facet] && answer.state === "silent") lines.push(line(icons, "ring", ...label(NAMES[answer.facet]), silence(technique)));
  }
  if (!lines.length) lines.push(line(icons, "ring", "No source that was read describes an indication of its own."));
  return lines;
}

function silence(technique) {
  return technique.kind === "class" && !technique.fits.length ? "not stated for the class; its members stand by themselves." : "not stated for it in the sources.";
}

function prognosisLines(atlas, icons, technique, answer) {
  if (!answer.said.length) return [line(icons, "ring", ...label("Prognosis"), "no window in the sources.")];
  return answer.said.map((window, index) => {
    const edge = answer.edges[index];
    const name = { floor: "Prognosis, floor", ceiling: "Prognosis, ceiling" }[window.limit] ?? "Prognosis, in words";
    const means = edge ? `${window.label}: ${EDGES[edge]}.` : "No limit that could be compared with your choice.";
    return line(icons, edge === "met" ? "tick" : edge === "missed" ? "minus" : "ring", ...label(name), `${means} `, ...said(atlas, technique, window));
  });
}

function cautionWords(atlas, technique, item) {
  const kind = item.kind ? `${atlas.cautions[item.kind]}, ` : "";
  return [make("b", {}, `${kind}${STRENGTHS[item.strength]}:`), " ", ...said(atlas, technique, item)];
}

function tierWords(atlas, technique, item) {
  return [make("b", {}, `Bleeding risk ${item.tier} (${atlas.bodies[item.body].source}), no clearance:`), " ", ...said(atlas, technique, item)];
}

function harmWords(atlas, technique, item) {
  const words = said(atlas, technique, item);
  return item.how ? [...words, " ", make("span", { class: "said__tag" }, item.how)] : words;
}

/** The lines under "What speaks against it": what concerns the choices first, then limits and harms, the rest folded. */
function against(atlas, icons, { technique, answers }) {
  const chosen = new Set(answers.filter((answer) => ["exclusion", "caution"].includes(answer.facet)).flatMap((answer) => answer.said));
  const first = [];
  for (const answer of answers) {
    if (answer.facet === "exclusion") {
      const note = answer.state === "differ" ? "Sources differ; one speaks against it here" : "A source speaks against it";
      first.push(line(icons, "against", ...label(note), ...said(atlas, technique, answer.said[0])));
    } else if (answer.facet === "caution") {
      for (const item of answer.tiers) first.push(line(icons, "harm", ...tierWords(atlas, technique, item)));
      for (const item of answer.said) first.push(line(icons, "harm", ...cautionWords(atlas, technique, item)));
      if (answer.state === "silent") first.push(line(icons, "ring", ...label(atlas.cautions[answer.kind]), "no source that was read names it here. That is silence, not safety."));
    }
  }
  const exclusions = technique.against.filter((item) => !chosen.has(item)).map((item) => () => line(icons, "against", ...label("Not for"), ...said(atlas, technique, item)));
  const limits = technique.limits.map((item) => () => line(icons, "minus", ...said(atlas, technique, item)));
  const harms = technique.harms.map((item) => () => line(icons, "harm", ...harmWords(atlas, technique, item)));
  const cautions = technique.cautions.filter((item) => !chosen.has(item)).map((item) => () => line(icons, "minus", ...cautionWords(atlas, technique, item)));
  const next = [...exclusions.slice(0, 1), ...limits.slice(0, MOST.limits), ...harms.slice(0, MOST.harms)];
  const rest = [...exclusions.slice(1), ...limits.slice(MOST.limits), ...harms.slice(MOST.harms), ...cautions];
  if (!first.length && !next.length) next.push(...rest.splice(0, MOST.harms));
  const shown = [...first, ...next.map((draw) => draw())];
  if (!shown.length) shown.push(line(icons, "ring", "Nothing is named in the sources. That is silence, not safety."));
  const list = make("ul", { class: "found__lines", role: "list" }, ...shown);
  if (!rest.length) return [list];
  const words = make("span", { class: "fold__word" }, `and ${rest.length} more: limits, harms, contraindications, cautions`);
  return [list, fold({ class: "fold found__rest" }, words, () => [make("ul", { class: "found__lines", role: "list" }, ...rest.map((draw) => draw()))])];
}

function facts(atlas, technique) {
  const names = (items, terms) => [...new Set(items.map((item) => terms[item.is]))].join(", ");
  const own = (items) => (items.length && items.every((item) => item.of_class) ? " (of the class)" : "");
  const windows = technique.windows.filter((item) => ["floor", "ceiling", "words", "similar"].includes(item.limit));
  const words = windows.map((item) => (item.limit === "words" ? item.text.replace(/\.$/, "") : item.label)).join("; ");
  const rows = [
    ["Window", words && words + own(windows)],
    ["Setting", names(technique.settings, atlas.settings) + own(technique.settings)],
    ["Risk", names(technique.risk, atlas.gradeNames) + own(technique.risk)],
    ["Cost", names(technique.cost, atlas.gradeNames) + own(technique.cost)],
  ];
  return make(
    "dl",
    { class: "found__facts" },
    ...rows.map(([name, text]) => make("div", {}, make("dt", {}, name), make("dd", text ? {} : { class: "silent" }, text || "not stated"))),
  );
}

/** The title: name, abbreviations, and what kind of entry it is. */
function title(atlas, technique, level) {
  const more = [...technique.abbreviations, technique.kind, technique.named_only && "named only"].filter(Boolean).join(" · ");
  return make(level, { class: "found__name" }, make("a", { href: page(atlas.root, technique.id) }, technique.name), more && " ", more && make("span", { class: "found__kind" }, more));
}

/** A technique that is listed. @param {(name: string) => Node} icons @param {Node} pick the control that adds it to a comparison */
export function entry(atlas, icons, result, choice, pick) {
  const { technique } = result;
  const ratings = badgesFor(atlas, technique, choice.site);
  const badges = (ratings.length ? ratings.slice(0, MOST.badges).map((item) => badge(atlas, technique, item)) : [notRated()]).map((item) => make("li", {}, item));
  const more = ratings.length - MOST.badges;
  if (more > 0) badges.push(make("li", {}, make("a", { href: page(atlas.root, technique.id, "evidence") }, `and ${more} more, with scopes`)));
  return make(
    "li",
    { class: "found", "data-technique": technique.id },
    make("div", { class: "found__head" }, title(atlas, technique, "h4"), pick),
    make("ul", { class: "badges found__badges", role: "list" }, ...badges),
    make(
      "div",
      { class: "found__sides" },
      make("div", {}, make("h5", {}, "Why it is listed"), make("ul", { class: "found__lines", role: "list" }, ...why(atlas, icons, result))),
      make("div", {}, make("h5", {}, "What speaks against it"), ...against(atlas, icons, result)),
    ),
    facts(atlas, technique),
  );
}

/** Why a technique was left out, one line for each choice that it does not meet. */
function reasons(atlas, icons, { technique, answers }) {
  const terms = { site: (id) => atlas.sites.get(id).name, mechanism: (id) => atlas.mechanisms[id], cause: (id) => atlas.causes.get(id).name, setting: (id) => atlas.settings[id] };
  return answers.flatMap((answer) => {
    if (answer.state === "contraindicated") return answer.said.map((item) => line(icons, "harm", ...cautionWords(atlas, technique, item)));
    if (answer.state === "against") return [line(icons, "against", ...label("A source speaks against it"), ...said(atlas, technique, answer.said[0]))];
    if (answer.state !== "no") return [];
    if (answer.facet === "prognosis") return prognosisLines(atlas, icons, technique, answer);
    return [line(icons, "minus", ...label(NAMES[answer.facet]), `the sources name other ${OTHERS[answer.facet]}: ${answer.others.map(terms[answer.facet]).join(", ")}.`)];
  });
}

/** A technique that was filtered out, with the reason. */
export function leftOut(atlas, icons, result) {
  const list = make("ul", { class: "found__lines", role: "list" }, ...reasons(atlas, icons, result));
  return make("li", { class: "found found--out", "data-technique": result.technique.id }, title(atlas, result.technique, "h4"), list);
}

/** What was chosen, in words, for headings and announcements. */
export function inWords(atlas, choice) {
  const parts = [
    choice.site && atlas.sites.get(choice.site).name,
    choice.mechanism && atlas.mechanisms[choice.mechanism],
    choice.cause && atlas.causes.get(choice.cause).name,
    choice.prognosis && atlas.prognosis.get(choice.prognosis).name,
    choice.setting && atlas.settings[choice.setting],
    ...choice.cautions.map((kind) => `caution: ${atlas.cautions[kind].toLowerCase()}`),
  ];
  return between(parts.filter(Boolean)).join("");
}
