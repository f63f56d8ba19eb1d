// The reader's ticks as plain text for a letter. A pure function.
import { begun, findings, met, open } from "./referral-logic.mjs";

const NOTHING = "Nothing is ticked yet. The summary appears here as you tick.";

function ticked(condition, answers) {
  return findings(condition)
    .filter(({ name }) => answers[name] !== undefined)
    .map(({ form, name, label, outOf }) => (form === "rating" ? `${label}: ${answers[name]} out of ${outOf}` : label));
}

function criterionLines(form, answers) {
  const lines = met(form.criteria, answers).map(
    ({ number, title, condition }) => `${number}. ${title}: ${ticked(condition, answers).join("; ")}`,
  );
  const part = begun(form.criteria, answers).map(
    ({ number, title, condition }) =>
      `${number}. ${title}: ${ticked(condition, answers).join("; ")}. Not ticked: ${open(condition, answers).join("; ")}`,
  );
  const said = lines.length ? ["Criteria met by the ticks", ...lines] : ["No criterion is met by the ticks."];
  return part.length ? [...said, "", "Begun, not met", ...part] : said;
}

function topicLines(form, answers) {
  const lines = [];
  const silent = [];
  for (const { title, questions } of form.topics) {
    const said = questions
      .filter(({ name }) => answers[name])
      .map(({ name, label, answers: options }) => {
        const chosen = options.filter(({ code }) => answers[name].includes(code)).map((option) => option.label);
        return questions.length > 1 ? `${label}: ${chosen.join(", ")}` : chosen.join(", ");
      });
    if (said.length) lines.push(`${title}: ${said.join("; ")}`);
    else silent.push(title);
  }
  return silent.length ? [...lines, `Not stated: ${silent.join("; ")}`] : lines;
}

/** @returns {string} */
export function letter(form, answers) {
  if (Object.keys(answers).length === 0) return NOTHING;
  const { title, site, review, rule, source, checked, reviewed } = form.published;
  return [
    title,
    "",
    ...criterionLines(form, answers),
    "",
    rule,
    `Source: ${source}`,
    "",
    form.groups.topics.text.toUpperCase(),
    ...topicLines(form, answers),
    "",
    "What is not listed was not ticked; it may still be so. This summary is no score and no decision.",
    `${site}, content checked ${checked}, ${review[0].toLowerCase()}${review.slice(1)}: ${reviewed}.`,
  ].join("\n");
}
