// The logic of the referral criteria: pure functions of a condition and the answers. They list; they neither count nor
// decide.

/** Whether a condition holds. */
export function holds(condition, answers) {
  switch (condition.form) {
    case "finding":
      return answers[condition.name] === true;
    case "rating":
      return typeof answers[condition.name] === "number" && answers[condition.name] >= condition.atLeast;
    case "all":
      return condition.parts.every((part) => holds(part, answers));
    default:
      return condition.parts.some((part) => holds(part, answers));
  }
}

/** The criteria that the answers meet, in their order. */
export function met(criteria, answers) {
  return criteria.filter((criterion) => holds(criterion.condition, answers));
}

/** The findings of a condition, in their order. */
export function findings(condition) {
  return condition.parts ? condition.parts.flatMap(findings) : [condition];
}

/** Criteria with an answer that does not meet them. */
export function begun(criteria, answers) {
  return criteria.filter(
    ({ condition }) => !holds(condition, answers) && findings(condition).some(({ name }) => answers[name] !== undefined),
  );
}

/** What is still open of a condition: a list of findings, each in words. */
export function open(condition, answers) {
  if (holds(condition, answers)) return [];
  if (condition.form === "all") return condition.parts.flatMap((part) => open(part, answers));
  return [inWords(condition)];
}

function inWords({ form, parts, label, atLeast }) {
  if (form === "rating") return `${label}, ${atLeast} or more`;
  if (form === "finding") return label;
  return parts.map(inWords).join(form === "all" ? " and " : " or ");
}

/** '1', '1 and 5', '1, 5 and 8' */
export function listed(items) {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
