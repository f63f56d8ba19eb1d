// Reads the data file of the finder and the comparison, once for all visits of a page.

const VERSION = 1;
const FROM_CLASS = ["cautions", "bleeding", "limits", "harms", "settings", "windows", "risk", "cost"];
const LISTS = ["abbreviations", "fits", "against", "badges", ...FROM_CLASS];
const known = new Map();

/** @param {string} address @param {string} root the way from the page to the root of the site */
export async function load(address, root) {
  const url = new URL(address, document.baseURI).href;
  if (!known.has(url)) {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${answer.status} for ${address}`);
    const data = await answer.json();
    if (data?.version !== VERSION) throw new Error(`version ${data?.version} of the data, ${VERSION} is needed`);
    known.set(url, prepare(data));
  }
  return { ...known.get(url), root };
}

/** Every list of every technique is there, and what its class says stands after its own, marked `of_class`. */
export function prepare(data) {
  const byId = new Map(data.techniques.map((technique) => [technique.id, technique]));
  const whole = (technique) => {
    const given = byId.get(technique.of_class) ?? {};
    const found = { ...technique };
    for (const name of LISTS) found[name] = technique[name] ?? [];
    for (const name of FROM_CLASS) {
      const own = new Set(found[name].map((item) => item.text));
      const more = (given[name] ?? []).filter((item) => !item.variant && !(item.text && own.has(item.text)));
      found[name] = [...found[name], ...more.map((item) => ({ ...item, of_class: true }))];
    }
    return found;
  };
  const techniques = data.techniques.filter((technique) => !technique.retired).map(whole);
  return {
    ...data,
    techniques,
    byId,
    sites: new Map(data.sites.map((site) => [site.id, { ...site, below: new Set(site.below) }])),
    causes: new Map(data.causes.map((cause) => [cause.id, cause])),
    prognosis: new Map(data.prognosis.map((band) => [band.id, band])),
    grades: new Map(Object.entries(data.grades)),
    gradeNames: data.grades,
  };
}
