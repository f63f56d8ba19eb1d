// The question behind the finder, without a page: which techniques the sources describe for the choices, on which
// choices they are silent, and why the others are left out. Silence is never counted as a yes or a no.

/** What is chosen: ids, or empty. */
export const NOTHING = { site: "", mechanism: "", cause: "", prognosis: "", setting: "", cautions: [], order: "name" };

const FIELD = { site: "sites", mechanism: "mechanisms", cause: "causes" };

/**
 * Techniques in five groups: `stated` for every choice, `open` (silent or not clear on a choice), `silent` (on every
 * site, mechanism and cause, so that nothing could be compared with what is chosen of these), `weak` (a choice is
 * met only by a report or a title), `out`. Each with its answer to every choice.
 */
export function query(atlas, choice) {
  const groups = { stated: [], open: [], silent: [], weak: [], out: [] };
  for (const technique of atlas.techniques) {
    const answers = answersOf(atlas, technique, choice);
    groups[groupOf(technique, answers)].push({ technique, answers });
  }
  for (const group of Object.values(groups)) sort(group, atlas, choice);
  return groups;
}

function groupOf(technique, answers) {
  const has = (...states) => answers.some((answer) => states.includes(answer.state));
  if (has("no", "against", "contraindicated")) return "out";
  if (technique.named_only || has("weak")) return "weak";
  const facts = answers.filter((answer) => FIELD[answer.facet]);
  if (facts.length && facts.every((answer) => answer.state === "silent")) return "silent";
  return answers.some((answer) => answer.facet !== "caution" && ["silent", "unclear", "differ"].includes(answer.state)) ? "open" : "stated";
}

/** The answer of a technique's record to each choice, with the statements behind it. */
export function answersOf(atlas, technique, choice) {
  const answers = [];
  for (const facet of ["site", "mechanism", "cause"]) {
    if (choice[facet]) answers.push(described(technique, facet, wanted(atlas, facet, choice[facet])));
  }
  if (choice.prognosis) answers.push(prognosis(technique, atlas.prognosis.get(choice.prognosis)));
  if (choice.setting) answers.push(setting(technique, choice.setting));
  answers.push(...exclusions(atlas, technique, choice, answers));
  answers.push(...choice.cautions.map((kind) => caution(technique, kind, atlas.bleeding?.includes(kind) ? technique.bleeding : [])));
  return answers;
}

/** The values that meet a choice: a site is met by every site that lies in it. */
function wanted(atlas, facet, value) {
  return facet === "site" ? atlas.sites.get(value).below : new Set([value]);
}

function described(technique, facet, values) {
  const named = (fit) => fit[FIELD[facet]] ?? [];
  const meets = technique.fits.filter((fit) => named(fit).some((value) => values.has(value)));
  const firm = meets.filter((fit) => !fit.standing);
  if (firm.length) return { facet, state: "match", said: firm };
  if (meets.length) return { facet, state: "weak", said: meets };
  const others = [...new Set(technique.fits.filter((fit) => !fit.standing).flatMap(named))];
  return { facet, state: others.length ? "no" : "silent", said: [], others };
}

function setting(technique, value) {
  const said = technique.settings.filter((item) => item.is === value);
  if (said.length) return { facet: "setting", state: "match", said };
  const others = [...new Set(technique.settings.map((item) => item.is))];
  return { facet: "setting", state: others.length ? "no" : "silent", said: technique.settings, others };
}

/** How one limit stands to the chosen stretch of months: met, missed, or inside it. A printed range has two edges. */
export function edge(window, band) {
  const [low, high] = [window.months[0], window.months.at(-1)];
  const end = band.to ?? Infinity;
  if (window.limit === "floor") return band.from >= high ? "met" : end <= low ? "missed" : "inside";
  return end <= low ? "met" : band.from >= high ? "missed" : "inside";
}

/** Floors and ceilings are held apart: each kind is met or missed by itself. Words have no edge and decide nothing. */
function prognosis(technique, band) {
  const found = { floor: [], ceiling: [], words: [] };
  for (const window of technique.windows) {
    if (window.limit === "floor" || window.limit === "ceiling") found[window.limit].push({ window, edge: edge(window, band) });
    else if (window.limit === "words" || window.limit === "similar") found.words.push(window);
  }
  const limits = [...found.floor, ...found.ceiling];
  const missed = (kind) => found[kind].length > 0 && found[kind].every((item) => item.edge === "missed");
  const said = [...limits.map((item) => item.window), ...found.words];
  const edges = limits.map((item) => item.edge);
  if (missed("floor") || missed("ceiling")) return { facet: "prognosis", state: "no", said, edges };
  if (limits.some((item) => item.edge !== "met")) return { facet: "prognosis", state: "unclear", said, edges };
  if (limits.length) return { facet: "prognosis", state: "match", said, edges };
  return { facet: "prognosis", state: found.words.length ? "unclear" : "silent", said, edges };
}

/** What a source speaks against, where it names a chosen one. A wider place that is spoken against holds for those in it. */
function exclusions(atlas, technique, choice, answers) {
  const found = [];
  for (const item of technique.against) {
    const facets = [];
    if (item.sites) facets.push(["site", choice.site, choice.site && item.sites.some((site) => touches(atlas, site, choice.site))]);
    if (item.mechanisms) facets.push(["mechanism", choice.mechanism, item.mechanisms.includes(choice.mechanism)]);
    const chosen = facets.filter(([, value]) => value);
    if (!chosen.length || chosen.some(([, , hit]) => !hit)) continue;
    const also = chosen.every(([facet]) => answers.find((answer) => answer.facet === facet).state === "match");
    const state = chosen.length < facets.length ? "partly" : also ? "differ" : "against";
    found.push({ facet: "exclusion", state, said: [item] });
  }
  return found;
}

function touches(atlas, site, chosen) {
  return atlas.sites.get(chosen).below.has(site) || atlas.sites.get(site).below.has(chosen);
}

/**
 * What a source calls absolute leaves a technique out, and so does a contraindication of unstated strength where no
 * source is milder. Where one calls it relative, or only a caution, sources differ, and all of it is to be weighed. So is
 * a bleeding-risk tier, where the choice is about bleeding.
 */
function caution(technique, kind, tiers) {
  const said = technique.cautions.filter((item) => item.kind === kind);
  const has = (strength) => said.some((item) => item.strength === strength);
  const bars = has("absolute") || (has("not-stated") && !has("relative") && !has("caution"));
  return { facet: "caution", kind, state: bars ? "contraindicated" : said.length || tiers.length ? "weigh" : "silent", said, tiers };
}

/**
 * The ratings that hold for the chosen site, each look once. As on the site's own page, one in a scale and for this site
 * stands first, those of the class last.
 */
export function badgesFor(atlas, technique, site) {
  const below = site && atlas.sites.get(site).below;
  const seen = new Set();
  const found = technique.badges.filter((badge) => {
    if (below && badge.sites && !badge.sites.some((place) => below.has(place))) return false;
    const look = [badge.form, badge.value, badge.body, badge.scope, badge.bars].join("|");
    return !seen.has(look) && seen.add(look);
  });
  const far = (badge) => (badge.of_class ? 2 : 0) + (badge.sites && badge.form !== "words" ? 0 : 1);
  return below ? found.sort((a, b) => far(a) - far(b)) : found;
}

/** By evidence the strongest rating in the one chosen scale comes first; by risk the lowest. Unknown stays last. */
function sort(group, atlas, choice) {
  if (choice.order === "name") return; // the order of the file
  const grades = [...atlas.grades.keys()];
  const scale = choice.order.replace(/^evidence-/, "");
  const key = ({ technique }) => {
    const values =
      choice.order === "risk"
        ? technique.risk.map((item) => grades.indexOf(item.is))
        : badgesFor(atlas, technique, choice.site).filter((badge) => badge.scale === scale).map((badge) => -badge.step);
    const worst = choice.order === "risk" ? Math.max : Math.min;
    return values.length ? worst(...values) : Infinity;
  };
  const keys = new Map(group.map((item) => [item, key(item)]));
  group.sort((a, b) => (keys.get(a) === keys.get(b) ? 0 : keys.get(a) - keys.get(b)));
}
