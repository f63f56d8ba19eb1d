// The checklist as plain data, read from the page, and the reader's answers in it. An answer is `true` for a finding,
// a number for a rating, a list of codes for a question; what is not answered has no entry.

const words = (element) => element.textContent.replace(/\s+/g, " ").trim();

/** A node of a criterion's logic. @param {Element} node */
function conditionOf(node) {
  const { form, name, atLeast, outOf } = node.dataset;
  if (form === "finding" || form === "rating") {
    const condition = { form, name, label: words(node.querySelector("[data-label]")) };
    return form === "finding" ? condition : { ...condition, atLeast: Number(atLeast), outOf: Number(outOf) };
  }
  return { form, parts: [...node.children].filter((child) => child.dataset.form).map(conditionOf) };
}

function questionOf(node) {
  const answers = [...node.querySelectorAll("input")]
    .filter((input) => input.value !== "")
    .map((input) => ({ code: input.value, label: words(input.parentElement) }));
  return { name: node.dataset.name, label: words(node.querySelector("[data-label]")), form: node.dataset.form, answers };
}

/** Criteria, topics and what is published of them. @param {ParentNode} page */
export function formOf(page) {
  const group = (part) => page.querySelector(part).closest("[data-group]").dataset;
  const criteria = [...page.querySelectorAll("[data-criterion]")].map((node) => ({
    id: node.dataset.criterion,
    number: node.dataset.number,
    title: node.dataset.title,
    text: node.dataset.text,
    condition: conditionOf(node.querySelector("[data-form]")),
  }));
  const topics = [...page.querySelectorAll("[data-topic]")].map((node) => ({
    id: node.dataset.topic,
    title: node.dataset.text,
    questions: [...node.querySelectorAll("[data-form]")].map(questionOf),
  }));
  const { title, site, review, rule, source, checked, reviewed, questionnaire, answers } = page.querySelector("[data-letter]").dataset;
  return {
    criteria,
    topics,
    groups: { criteria: group("[data-criterion]"), topics: group("[data-topic]") },
    published: { title, site, review, rule, source, checked, reviewed, questionnaire, answers },
  };
}

const fields = (page) => page.querySelectorAll("[data-form][data-name]");

/** @param {ParentNode} page */
export function answersOf(page) {
  const answers = {};
  for (const node of fields(page)) {
    const { form, name } = node.dataset;
    const values = [...node.querySelectorAll("input:checked")].map((input) => input.value).filter((value) => value !== "");
    if (values.length === 0) continue;
    if (form === "finding") answers[name] = true;
    else answers[name] = form === "rating" ? Number(values[0]) : values;
  }
  return answers;
}

/** Ticks exactly these answers; what the page does not know is left out. @param {ParentNode} page */
export function setAnswers(page, answers) {
  for (const node of fields(page)) {
    const answer = answers[node.dataset.name];
    const chosen = answer === undefined ? [""] : [answer].flat().map(String);
    for (const input of node.querySelectorAll("input")) {
      input.checked = node.dataset.form === "finding" ? answer === true : chosen.includes(input.value);
    }
    const first = node.querySelector('input[type="radio"][value=""]');
    if (first && !node.querySelector("input:checked")) first.checked = true;
  }
}

/** 'None known' and its like exclude the other answers of a question. @param {HTMLInputElement} input */
export function keepAlone(input) {
  if (input.type !== "checkbox" || !input.checked) return;
  for (const other of input.closest("[data-form]").querySelectorAll("input:checked")) {
    if (other !== input && ("alone" in other.dataset || "alone" in input.dataset)) other.checked = false;
  }
}
