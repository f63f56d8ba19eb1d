// Makes elements; text stays text.

/** @param {string} tag @param {Object} attributes those that are false, null or undefined are left out */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child || child === 0));
  return element;
}

const unfilled = new WeakMap();

/** A fold whose content is made when it is first opened. @param {() => Node[]} content */
export function fold(attributes, words, content) {
  const element = make("details", attributes, make("summary", {}, words));
  unfilled.set(element, content);
  element.addEventListener("toggle", () => fill(element));
  element.firstChild.addEventListener("click", () => fill(element));
  return element;
}

/** Make the content of a fold now. */
export function fill(element) {
  const content = unfilled.get(element);
  if (!content) return;
  unfilled.delete(element);
  element.append(...content());
}

/** An element of a drawing. */
export function draw(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Parts with a word between them: a, b, c. */
export function between(parts, word = ", ") {
  return parts.flatMap((part, index) => (index ? [word, part] : [part]));
}
