// The fields of a comparison: for each technique a cell of terms or of statements. A cell's `key` says what it states, so
// that two cells can be told apart.
import { badge, notRated } from "./said.mjs";
import { WORDS } from "./words.mjs";

const unique = (values) => [...new Set(values.filter(Boolean))];
const STRENGTHS = { absolute: "absolute", relative: "relative", "not-stated": "strength not stated", caution: "" };
const LIMITS = { floor: "Prognosis: floor", ceiling: "Prognosis: ceiling", words: "Prognosis: in words", similar: "Prognosis: in words", reference: "Prognosis: reference point", harm: "Prognosis: late harm" };

/** A statement of a record file in the form of the finder's data. */
function stated(item, more = {}) {
  return { text: item.text, cite: item.citations.map((key) => (item.locators[key] ? `${key}, ${item.locators[key]}` : key)), ...more };
}

function terms(name, of) {
  return { name, cell: (atlas, technique, record) => ({ terms: unique(of(atlas, technique, record)) }) };
}

/** Statements, each with a label in front; `key` tells them apart by label alone where the label is the fact. */
function statements(name, of, byLabel = false) {
  return { name, cell: (atlas, technique, record) => ({ statements: of(atlas, technique, record), byLabel }) };
}

/** Statements of a field of the record file, then those of its class. */
function own(name, field, label = () => "") {
  return statements(name, (atlas, technique, record) => [
    ...record[field].map((item) => ({ label: label(item, atlas), item: stated(item) })),
    ...(record.from_class[field] ?? []).map((item) => ({ label: label(item, atlas), item: stated(item, { of_class: true }) })),
  ]);
}

const firm = (technique) => technique.fits.filter((fit) => !fit.standing);
const graded = (name, field, names) => statements(name, (atlas, technique) => technique[field].map((item) => ({ label: names(atlas)[item.is], item })), true);
const listed = (items, label = () => "") => items.map((item) => ({ label: label(item), item }));

function levels(record) {
  return record.anatomy.levels.map((level) => `${[level.from, level.to].filter(Boolean).join("–")} ${level.structure} (${level.role})`);
}

function numbers(result) {
  const more = [result.outcome, result.time, result.design, result.n !== null && `n = ${result.n}`, result.population, result.comparator && `against: ${result.comparator}`];
  return { label: result.value, note: more.filter(Boolean).join("; "), item: stated(result) };
}

/** One row for each body that rates one of the techniques: values of different scales never share a row. */
function ratings(atlas, techniques) {
  const bodies = Object.keys(atlas.bodies).filter((body) => techniques.some((technique) => technique.badges.some((item) => item.body === body)));
  return bodies.map((body) => ({
    name: `Evidence: ${atlas.bodies[body].source}`,
    cell: (_, technique) => {
      const items = technique.badges.filter((item) => item.body === body);
      return { badges: items.map((item) => ({ item, badge: badge(atlas, technique, item) })), absent: items.length ? null : notRated };
    },
  }));
}

/** Floors, ceilings and words each have a row of their own. */
function windows(techniques) {
  const names = unique(Object.entries(LIMITS).map(([limit, name]) => techniques.some((technique) => technique.windows.some((item) => item.limit === limit)) && name));
  const rows = names.map((name) =>
    statements(name, (_, technique) => technique.windows.filter((item) => LIMITS[item.limit] === name).map((item) => ({ label: item.limit === "words" ? "" : item.label, item }))),
  );
  return rows.length ? rows : [statements("Prognosis", () => [])];
}

/** All rows, in the order of a technique's page. */
export function fields(atlas, techniques) {
  return [
    terms("Group and kind", (_, technique, record) => [technique.group, record.kind]),
    statements("In short", (_, technique, record) => [{ item: stated(record.summary) }]),
    terms(WORDS.sites, (_, technique) => firm(technique).flatMap((fit) => (fit.sites ?? []).map((id) => atlas.sites.get(id).name))),
    terms("Mechanisms", (_, technique) => firm(technique).flatMap((fit) => (fit.mechanisms ?? []).map((id) => atlas.mechanisms[id]))),
    terms(WORDS.causes, (_, technique) => firm(technique).flatMap((fit) => (fit.causes ?? []).map((id) => atlas.causes.get(id).name))),
    statements("Described for", (_, technique) => listed(firm(technique))),
    statements("Only reported, or from a title", (_, technique) => listed(technique.fits.filter((fit) => fit.standing))),
    statements("Not for", (_, technique) => listed(technique.against)),
    ...ratings(atlas, techniques),
    statements("Target", (_, technique, record) => (record.anatomy.target ? [{ item: stated(record.anatomy.target) }] : [])),
    terms("Levels", (_, technique, record) => levels(record)),
    terms("Guidance", (_, technique, record) => record.approach.guidance.map((item) => atlas.guidance[item.guidance])),
    statements("Position", (_, technique, record) => record.approach.position.map((item) => ({ item: stated(item) }))),
    statements("Way to the target", (_, technique, record) => record.approach.route.map((item) => ({ item: stated(item) }))),
    statements("Agents and implants", (_, technique, record) => record.approach.agents.map((item) => ({ item: stated(item) }))),
    terms("Approaches and variants", (_, technique, record) => record.variants.map((variant) => variant.name)),
    graded("Setting", "settings", () => atlas.settings),
    ...windows(techniques),
    graded("Procedural risk", "risk", () => atlas.gradeNames),
    graded("Cost", "cost", () => atlas.gradeNames),
    own("Advantages", "advantages"),
    own("Limitations", "limitations"),
    statements("Complications", (_, technique) => listed(technique.harms, (item) => item.how ?? "")),
    statements("Contraindications", (_, technique) => cautions(atlas, technique, (item) => item.strength !== "caution")),
    statements("Cautions", (_, technique) => cautions(atlas, technique, (item) => item.strength === "caution")),
    statements("Bleeding risk", (_, technique, record) => record.bleeding_risk.map((item) => ({ label: `${item.tier}, ${atlas.bodies[item.body].source}`, item: stated(item) }))),
    statements("Results", (_, technique, record) => record.results.map(numbers)),
  ];
}

function cautions(atlas, technique, wanted) {
  return listed(technique.cautions.filter(wanted), (item) => [atlas.cautions[item.kind], STRENGTHS[item.strength]].filter(Boolean).join(", "));
}

/** What a cell states, to tell it from another. */
export function keyOf(cell) {
  if (cell.terms) return JSON.stringify([...cell.terms].sort());
  if (cell.badges) return JSON.stringify(cell.badges.map(({ item }) => [item.value, item.scope ?? ""]).sort());
  return JSON.stringify(cell.statements.map(({ label, item }) => (cell.byLabel ? label : [label ?? "", item.text])).sort());
}

/** Whether a cell says nothing. */
export function isSilent(cell) {
  return !(cell.terms ?? cell.badges ?? cell.statements).length;
}
