// Statements with their sources, and evidence badges, from the data of the finder (`finder-data.mjs`).
import { between, draw, make } from "./make.mjs";

/** The address of a technique's page, or of a place on it. */
export function page(root, technique, anchor = "") {
  return `${root}techniques/${technique}/${anchor && `#${anchor}`}`;
}

/** A statement, its sources, and for which class or variant it was said. */
export function said(atlas, technique, item) {
  const parts = [item.text, sources(atlas, technique, item)];
  if (item.tag) parts.push(make("span", { class: "said__tag" }, item.tag));
  if (item.variant) parts.push(make("span", { class: "said__tag" }, `as ${technique.variants[item.variant]}`));
  if (item.of_class) parts.push(make("span", { class: "said__tag" }, `of the class ${atlas.byId.get(technique.of_class).name}`));
  return between(parts, " ");
}

/** Each source by author and year, leading to its entry on the technique's page. */
export function sources(atlas, technique, item) {
  const links = (item.cite ?? []).map((place) => {
    const comma = place.indexOf(",");
    const key = comma < 0 ? place : place.slice(0, comma);
    const link = make("a", { href: page(atlas.root, technique.id, `ref-${key}`) }, atlas.references[key] ?? key);
    return comma < 0 ? link : make("span", {}, link, place.slice(comma));
  });
  return make("span", { class: "said__sources" }, "[", ...between(links, "; "), "]");
}

function bar(state, index, count) {
  const height = Math.round(150 * (0.28 + (0.72 * index) / Math.max(count - 1, 1))) / 10;
  if (state === "0") return draw("rect", { class: "meter__off", x: index * 6 + 0.5, y: 13.8, width: 4.4, height: 1.7 });
  const look = state === "r" ? "meter__range" : "meter__on";
  return draw("rect", { class: look, x: index * 6 + 1, y: 15 - height, width: 3.6, height });
}

const PLAIN = {
  words: [24, "meter__line", "M1 3.5h20M1 8h20M1 12.5h13"],
  none: [24, "meter__none", "M1 14.5h4m2 0h4m2 0h4m2 0h4"],
};

function meter(form, bars) {
  const width = PLAIN[form]?.[0] ?? bars.length * 6;
  const drawing = draw("svg", { class: `meter meter--${form}`, viewBox: `0 0 ${width} 16`, width, height: 16, "aria-hidden": "true", focusable: "false" });
  if (form in PLAIN) drawing.append(draw("path", { class: PLAIN[form][1], d: PLAIN[form][2] }));
  else drawing.append(...[...bars].map((state, index) => bar(state, index, bars.length)));
  return drawing;
}

/** The badge of a rating, in its body's own words. */
export function badge(atlas, technique, rating) {
  const body = atlas.bodies[rating.body];
  const ofClass = rating.form === "class" || rating.of_class;
  const shared = rating.together ? `, ${rating.together} techniques together` : "";
  const title = `Evidence: ${rating.value}, ${body.name}${ofClass ? ", given to the class" : ""}`;
  return shape(rating.form, rating.bars ?? "", rating.value, `· ${body.source}${ofClass ? ", class" : ""}${shared}`, title, rating.scope);
}

/** What stands where no body rates. */
export function notRated() {
  return shape("none", "", "Not rated", "· named in the sources", "No body in these sources rates this technique.");
}

function shape(form, bars, value, source, title, scope) {
  const words = [make("b", { class: "badge__value" }, value), " ", make("span", { class: "badge__source" }, source)];
  if (scope) words.push(" ", make("span", { class: "badge__scope" }, `for ${scope}`));
  return make("span", { class: `badge badge--${form}`, title }, meter(form, bars), make("span", { class: "badge__words" }, ...words));
}
