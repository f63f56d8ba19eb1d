// Words of a search: folded alike on both sides, spelt in every way, one or two letters wrong forgiven. No page, no network.

/** Small letters without accents, single spaces; the generator folds names in the same way. @param {string} text */
export function folded(text) {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** Letters to insert, drop, change or swap to make one word of the other; more than `most` is not counted. */
export function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let [before, last] = [[], Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[other.length];
}

/** The known word that is nearest; "" when none is near enough. Four letters forgive one, eight forgive two. */
export function nearest(word, known) {
  const most = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
  let [found, least] = ["", most + 1];
  for (const candidate of known) {
    const far = distance(word, candidate, Math.min(most, least));
    // Of equally near words, one with the same first letter, then the longer.
    const closer = far < least || (far === least && far <= most && better(candidate, found, word));
    if (closer) [found, least] = [candidate, far];
  }
  return found;
}

function better(candidate, found, word) {
  const starts = (text) => text[0] === word[0];
  return starts(candidate) === starts(found) ? candidate.length > found.length : starts(candidate);
}

/** What the generator says about words. */
export class Lexicon {
  constructor(data) {
    this.spellings = data.spellings;
    this.saidAs = data.saidAs;
    this.unimportant = new Set(data.unimportant);
    this.mistaken = data.mistaken;
    this.first = new Set(data.first);
    this.sorted = data.words.split(" ");
    this.words = new Set(this.sorted);
    this.inNames = data.inNames.split(" ");
  }

  /** The words that matter; all of them when none does. @param {string} query folded */
  important(query) {
    const words = query.split(" ");
    const left = words.filter((word) => !this.unimportant.has(word));
    return left.length ? left : words;
  }

  /** The query itself, other spellings of it, and what the sources say for it; at most six. */
  alternatives(query) {
    let found = [""];
    for (const word of query.split(" ")) {
      found = found.flatMap((start) => this.spelt(word).map((way) => (start ? `${start} ${way}` : way))).slice(0, 4);
    }
    for (const [asked, means] of this.saidAs) {
      const padded = ` ${query} `;
      if (padded.includes(` ${asked} `)) found.push(padded.replace(` ${asked} `, ` ${means} `).trim());
    }
    const words = query.split(" ");
    for (let at = 1; at < words.length; at += 1) {
      const joined = words[at - 1] + words[at];
      if (this.words.has(joined)) found.push([...words.slice(0, at - 1), joined, ...words.slice(at + 1)].join(" "));
    }
    return [...new Set(found)].slice(0, 6);
  }

  /** All spellings of a word, its own first. */
  spelt(word) {
    for (const ways of this.spellings) {
      const own = ways.find((way) => word.startsWith(way));
      if (own) return [word, ...ways.filter((way) => way !== own).map((way) => way + word.slice(own.length))];
    }
    return [word];
  }

  /** Whether a word, its other spelling, its plural or a longer word that starts with it is used anywhere. */
  knows(word) {
    if (word.length < 4 || /\d/.test(word)) return true; // not counted among the words
    return this.spelt(word).some((way) => this.words.has(way) || this.words.has(way.replace(/e?s$/, "")) || this.begins(way));
  }

  /** Two known words that were written as one. */
  parted(word) {
    for (let at = 4; at <= word.length - 4; at += 1) {
      const [one, other] = [word.slice(0, at), word.slice(at)];
      if (this.words.has(one) && this.words.has(other)) return `${one} ${other}`;
    }
    return "";
  }

  begins(start) {
    let [low, high] = [0, this.sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sorted[middle] < start) low = middle + 1;
      else high = middle;
    }
    return this.sorted[low]?.startsWith(start) ?? false;
  }

  /** The query with words that no page has put right or left out. */
  corrected(query) {
    const missing = [];
    const words = query.split(" ").flatMap((word) => {
      if (this.knows(word)) return [word];
      const near = nearest(word, this.inNames) || nearest(word, this.words) || this.parted(word);
      if (!near) missing.push(word);
      return near ? [near] : [];
    });
    return { query: words.join(" "), missing };
  }
}
