// The reader's ticks as a FHIR R4 QuestionnaireResponse to the Questionnaire that the site publishes. A pure function;
// nothing in it names a person.
import { findings } from "./referral-logic.mjs";

const SPECIAL = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function group({ linkId, text }, item) {
  return item.length ? [{ linkId, text, item }] : [];
}

function findingItem({ form, name, label }, answers) {
  if (answers[name] === undefined) return [];
  const answer = form === "rating" ? { valueInteger: answers[name] } : { valueBoolean: true };
  return [{ linkId: name, text: label, answer: [answer] }];
}

function questionItem(system, { name, label, answers: options }, answers) {
  const chosen = options.filter(({ code }) => answers[name]?.includes(code));
  if (chosen.length === 0) return [];
  const answer = chosen.map(({ code, label: display }) => ({ valueCoding: { system, code, display } }));
  return [{ linkId: name, text: label, answer }];
}

/** @param {string} authored moment of answering, as an ISO date and time @param {string} words the same in plain text */
export function response(form, answers, authored, words) {
  const { questionnaire, answers: system } = form.published;
  const criteria = form.criteria.flatMap(({ id, text, condition }) =>
    group({ linkId: id, text }, findings(condition).flatMap((finding) => findingItem(finding, answers))),
  );
  const topics = form.topics.flatMap(({ id, title, questions }) =>
    group({ linkId: id, text: title }, questions.flatMap((question) => questionItem(system, question, answers))),
  );
  const item = [
    ...group({ linkId: form.groups.criteria.group, text: form.groups.criteria.text }, criteria),
    ...group({ linkId: form.groups.topics.group, text: form.groups.topics.text }, topics),
  ];
  const escaped = words.replace(/[&<>"]/g, (character) => SPECIAL[character]);
  return {
    resourceType: "QuestionnaireResponse",
    language: "en",
    text: { status: "generated", div: `<div xmlns="http://www.w3.org/1999/xhtml"><pre>${escaped}</pre></div>` },
    questionnaire,
    status: "completed",
    authored,
    ...(item.length ? { item } : {}),
  };
}
