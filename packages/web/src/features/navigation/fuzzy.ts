// Finding names by a few of their letters: the beginning of a word counts most, then initials, then letters in order.

export interface Match {
  /** Higher is better. */
  readonly score: number;
  /** The matched characters of the name, as [from, to) pairs. */
  readonly ranges: readonly (readonly [number, number])[];
}

/** Lower case without accents, one character for each of the text's, so that places stay the same. */
export const folded = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => {
    const [base = ""] = (text[at] ?? "").normalize("NFD").toLowerCase();
    return base;
  }).join("");

const WORD = /[\p{L}\p{N}]/u;

/** Where the words of a text begin. */
const startsOf = (text: string): number[] =>
  Array.from(text, (_, at) => at).filter((at) => WORD.test(text[at] ?? "") && !WORD.test(text[at - 1] ?? ""));

const merged = (places: readonly number[]): [number, number][] => {
  const ranges: [number, number][] = [];
  for (const place of places) {
    const last = ranges.at(-1);
    if (last?.[1] === place) last[1] = place + 1;
    else ranges.push([place, place + 1]);
  }
  return ranges;
};

function inOrder(query: string, text: string): Match | null {
  const places: number[] = [];
  let from = 0;
  for (const letter of query.replaceAll(/\s/g, "")) {
    const at = text.indexOf(letter, from);
    if (at < 0) return null;
    places.push(at);
    from = at + 1;
  }
  const ranges = merged(places);
  // Letters strewn over a name are hardly what was meant.
  return ranges.length > Math.max(2, places.length / 2) ? null : { score: 20 - ranges.length, ranges };
}

function byInitials(query: string, text: string, starts: readonly number[]): Match | null {
  if (query.length < 2 || query.length > starts.length) return null;
  const initials = starts.map((at) => text[at]).join("");
  const at = initials.indexOf(query);
  return at < 0 ? null : { score: 60 - at, ranges: merged(starts.slice(at, at + query.length)) };
}

/** How well a query names a text; null where it does not. An empty query names everything alike. */
export function matchOf(query: string, text: string): Match | null {
  const wanted = folded(query.trim());
  if (!wanted) return { score: 0, ranges: [] };
  const name = folded(text);
  const starts = startsOf(name);
  const word = starts.find((at) => name.startsWith(wanted, at));
  if (word !== undefined) return { score: 100 - starts.indexOf(word), ranges: [[word, word + wanted.length]] };
  const initials = byInitials(wanted, name, starts);
  if (initials) return initials;
  const inside = wanted.length > 1 ? name.indexOf(wanted) : -1;
  if (inside >= 0) return { score: 40, ranges: [[inside, inside + wanted.length]] };
  return wanted.length > 2 ? inOrder(wanted, name) : null;
}

/** What matches, best first; where two match alike, in the order given. */
export function ranked<T>(query: string, items: readonly T[], textOf: (item: T) => string) {
  return items
    .map((item) => ({ item, match: matchOf(query, textOf(item)) }))
    .filter((found): found is { item: T; match: Match } => found.match !== null)
    .toSorted((a, b) => b.match.score - a.match.score);
}
