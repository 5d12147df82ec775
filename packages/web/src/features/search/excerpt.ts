// The part of a found message that is shown: one line, around the first word that was looked for.
import { findTerms, type Term } from "./found-words.ts";

/** Characters before the first found word, and in all. */
const BEFORE = 40;
const LENGTH = 220;

export interface Piece {
  text: string;
  isFound: boolean;
}

const BREAK = /[\s\p{P}]/u;

/** The beginning of a word at or after a place, so that no word is cut in two; never far. */
function wordStart(text: string, from: number): number {
  for (let at = from; at < Math.min(from + 20, text.length); at += 1) {
    if (BREAK.test(text[at - 1] ?? " ")) return at;
  }
  return from;
}

/** Never between the halves of one character. */
const whole = (text: string, at: number): number =>
  /[\uDC00-\uDFFF]/.test(text[at] ?? "") && /[\uD800-\uDBFF]/.test(text[at - 1] ?? "") ? at - 1 : at;

/** In the order of the text; those that were found can be marked. */
export function excerptOf(content: string, terms: readonly Term[]): Piece[] {
  const text = content.replaceAll(/\s+/g, " ").trim();
  const found = findTerms(terms, text) ?? [];
  const first = found[0]?.[0] ?? 0;
  const start = first > BEFORE * 2 ? whole(text, wordStart(text, first - BEFORE)) : 0;
  const end = text.length - start > LENGTH ? whole(text, start + LENGTH) : text.length;
  const pieces: Piece[] = [];
  const add = (from: number, to: number, isFound: boolean) => {
    if (to > from) pieces.push({ text: text.slice(from, to), isFound });
  };
  let at = start;
  for (const [from, to] of found) {
    if (from >= end) break;
    add(at, from, false);
    add(from, Math.min(to, end), true);
    at = Math.max(at, to);
  }
  add(at, end, false);
  const [head] = pieces;
  if (start > 0 && head && !head.isFound) head.text = `…${head.text.trimStart()}`;
  else if (start > 0) pieces.unshift({ text: "…", isFound: false });
  if (end < text.length) pieces.push({ text: "…", isFound: false });
  return pieces;
}
