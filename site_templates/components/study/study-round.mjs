// Which questions a round asks, and in which order: functions of the bank, the choice and what was known.

/** In chance order. @param {() => number} chance */
export function shuffled(items, chance = Math.random) {
  const found = [...items];
  for (let place = found.length - 1; place > 0; place -= 1) {
    const other = Math.floor(chance() * (place + 1));
    [found[place], found[other]] = [found[other], found[place]];
  }
  return found;
}

/** @param {{what: string, kind: string}} choice `what` is "group:id", "technique:id" or empty */
export function fitting(bank, { what, kind }) {
  const [sort, id] = what.split(":");
  const within = {
    group: (question) => bank.techniques[question.technique].group === id,
    // Which technique it is would be no question here.
    technique: (question) => question.technique === id && !question.options?.includes(bank.techniques[id].name),
  }[sort];
  return bank.questions.filter((question) => (!within || within(question)) && (!kind || question.kind === kind));
}

/** A round: what was not known or never asked comes first. @param {Map<string, boolean>} known */
export function round(questions, most, known, chance = Math.random) {
  const order = shuffled(questions, chance).sort((one, other) => Number(known.get(one.id) ?? false) - Number(known.get(other.id) ?? false));
  return shuffled(order.slice(0, most || order.length), chance);
}
