// Which words of a message were looked for: read as the server's index reads them (folded to letters and digits), with
// their places in the text as it was written, so that they can be marked there.

/** As in the index: longer words are cut. */
const WORD_LENGTH = 64;

const UNSEEN = /^[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\p{Variation_Selector}\p{Cf}]$/u;
const ALIKE: Readonly<Record<string, string>> = {
  ß: "ss",
  ı: "i",
  ς: "σ",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  ł: "l",
  ħ: "h",
  ŧ: "t",
  þ: "th",
};

/** They put no spaces between words, so each letter of theirs is one. */
const UNSPACED = String.raw`[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]`;
const SIGN = String.raw`(?:(?=${UNSPACED})[\p{L}\p{N}]|\p{Extended_Pictographic})\p{M}*`;
const WORDS = new RegExp(String.raw`${SIGN}|(?:(?!${UNSPACED})[\p{L}\p{N}\p{M}])+`, "gu");
const ONE_LETTER = new RegExp(String.raw`^(?!${UNSPACED})\p{L}$`, "u");

/** What the index makes of one character: nothing, one, or more. */
const foldCharacter = (character: string): string =>
  character < "\u0080" ? character.toLowerCase() : foldOther(character);

const foldOther = (character: string): string =>
  Array.from(character.normalize("NFKD").toLowerCase())
    .filter((part) => !UNSEEN.test(part))
    .map((part) => ALIKE[part] ?? part)
    .join("");

interface Folded {
  text: string;
  /** For each unit of the folded text, where the character that it came from begins and ends. */
  from: number[];
  to: number[];
}

function foldWithPlaces(text: string): Folded {
  const folded: Folded = { text: "", from: [], to: [] };
  let at = 0;
  for (const character of text) {
    const end = at + character.length;
    const made = foldCharacter(character);
    // What nobody sees belongs to the letter before it.
    if (made === "" && folded.to.length > 0) folded.to[folded.to.length - 1] = end;
    for (let unit = 0; unit < made.length; unit += 1) {
      folded.from.push(at);
      folded.to.push(end);
    }
    folded.text += made;
    at = end;
  }
  return folded;
}

interface Word {
  /** As the index has it. */
  readonly word: string;
  /** Where it stands in the folded text. */
  readonly start: number;
  readonly end: number;
}

const cut = (word: string): string => (word.length <= WORD_LENGTH ? word : [...word].slice(0, WORD_LENGTH).join(""));

const wordsIn = (folded: string): Word[] =>
  Array.from(folded.matchAll(WORDS), ({ 0: word, index }) => ({
    word: cut(word),
    start: index,
    end: index + word.length,
  }));

/** The words of a text as the index has them. */
export const wordsOf = (text: string): string[] => wordsIn(foldWithPlaces(text).text).map(({ word }) => word);

/** Words that stand next to each other, in their order; often only one. */
export interface Term {
  readonly words: readonly string[];
  /** The last of them may go on. */
  readonly unfinished: boolean;
}

const QUOTES = /[“”„‟«»＂]/gu;
const CHUNK = /"([^"]*)"|[^\s"]+/gu;

/** What is looked for: "…" is a phrase, and the last word may be unfinished where nothing closes it. */
export function termsOf(typed: string): Term[] {
  const chunks = [...typed.replace(QUOTES, '"').matchAll(CHUNK)];
  return chunks
    .map(([chunk, phrase], i) => ({
      words: wordsOf(phrase ?? chunk),
      unfinished: phrase === undefined && i === chunks.length - 1,
    }))
    .filter(({ words }) => words.length > 0);
}

/** Nothing to look for yet: no word, or the first letter of one. */
export const isTooShort = (terms: readonly Term[]): boolean =>
  terms.every(({ words, unfinished }) => unfinished && words.length === 1 && ONE_LETTER.test(words[0] ?? ""));

/** A stretch of a text, from up to (and without) to. */
export type Stretch = readonly [from: number, to: number];

const isAt = (term: Term, words: readonly Word[], at: number): boolean =>
  term.words.every((wanted, step) => {
    const word = words[at + step]?.word;
    const mayGoOn = term.unfinished && step === term.words.length - 1;
    return mayGoOn ? word?.startsWith(wanted) === true : word === wanted;
  });

/** Where a term stands, in the folded text; of an unfinished word only what was typed. */
function placesOf(term: Term, words: readonly Word[]): Stretch[] {
  return words.flatMap(({ start }, at): Stretch[] => {
    const last = words[at + term.words.length - 1];
    if (!last || !isAt(term, words, at)) return [];
    return [[start, term.unfinished ? last.start + (term.words.at(-1)?.length ?? 0) : last.end]];
  });
}

function merged(stretches: readonly Stretch[]): Stretch[] {
  const all: [number, number][] = [];
  for (const [from, to] of stretches.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = all.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else all.push([from, to]);
  }
  return all;
}

/** Where the terms stand in a text, in its order; null where one of them is missing. */
export function findTerms(terms: readonly Term[], text: string): Stretch[] | null {
  const folded = foldWithPlaces(text);
  const words = wordsIn(folded.text);
  const places = terms.map((term) => placesOf(term, words));
  if (places.some((found) => found.length === 0)) return null;
  return merged(places.flat().map(([from, to]): Stretch => [folded.from[from] ?? 0, folded.to[to - 1] ?? 0]));
}
