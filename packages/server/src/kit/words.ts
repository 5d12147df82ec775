// Text as it is searched: folded to words of letters and digits that look the same however they were typed. What is
// stored in the index and what somebody types go through this one door, so that nothing else of either gets in. Whoever
// changes what a word is makes the index anew, with a migration like 0003.

/** Longer ones are cut, in the index and in what is looked for alike. */
const WORD_LENGTH = 64;

/** Accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic, how a picture is drawn, and what nobody sees. */
const UNSEEN = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\p{Variation_Selector}\p{Cf}]/gu;

/** Letters that Unicode takes for their own, and people for a way to write another one. */
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
const ALIKE_LETTERS = new RegExp(`[${Object.keys(ALIKE).join("")}]`, "gu");

/** They put no spaces between words. */
const UNSPACED = String.raw`\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}`;
/** Each letter of theirs is a word, and so is each emoji. */
const WORDS = new RegExp(
  String.raw`(?:[[\p{L}\p{N}]&&[${UNSPACED}]]|\p{Extended_Pictographic})\p{M}*|[[\p{L}\p{N}\p{M}]--[${UNSPACED}]]+`,
  "gv",
);

const fold = (text: string): string =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(UNSEEN, "")
    .replace(ALIKE_LETTERS, (letter) => ALIKE[letter] ?? letter);

const cut = (word: string): string => (word.length <= WORD_LENGTH ? word : [...word].slice(0, WORD_LENGTH).join(""));

/** In their order. Letters, digits and marks only: never a quote, a sign, a space or an underscore. */
export const wordsOf = (text: string): string[] => (fold(text).match(WORDS) ?? []).map(cut);
