// From what somebody typed to what is looked for, in the words of both databases. Everything typed is words: what an
// operator or a wildcard is made of never gets through.
import { wordsOf } from "../../kit/words.ts";

/** Words that stand next to each other, in their order; often only one. */
export interface Term {
  readonly words: readonly string[];
  /** The last of them may go on. */
  readonly unfinished: boolean;
}

/** Marks for where and by whom: one of the places (none: the store looks at them itself), and the sender if there is one. */
export interface Marks {
  readonly places: readonly string[];
  readonly sender: string | null;
}

const QUOTES = /[“”„‟«»＂]/gu;
const CHUNK = /"([^"]*)"|[^\s"]+/gu;

/**
 * "…" is a phrase, and so is what stands together without a space (`well-known`). The last word may be unfinished, but
 * not in a phrase that was closed. None where nothing typed is a word.
 */
export const termsOf = (typed: string): Term[] => {
  const chunks = [...typed.replace(QUOTES, '"').matchAll(CHUNK)];
  return chunks
    .map(
      ([chunk, phrase], i): Term => ({
        words: wordsOf(phrase ?? chunk),
        unfinished: phrase === undefined && i === chunks.length - 1,
      }),
    )
    .filter(({ words }) => words.length > 0);
};

/** For FTS5: every word in quotes, in which nothing has a meaning. */
export const toFts5 = (terms: readonly Term[], { places, sender }: Marks): string =>
  [
    `(${places.map((mark) => `"${mark}"`).join(" OR ")})`,
    ...(sender === null ? [] : [`"${sender}"`]),
    ...terms.map(({ words, unfinished }) => `"${words.join(" ")}"${unfinished ? " *" : ""}`),
  ].join(" AND ");

/** For PostgreSQL's `tsquery`: the same. */
export const toTsquery = (terms: readonly Term[], { places, sender }: Marks): string =>
  [
    ...(places.length === 0 ? [] : [`(${places.map((mark) => `'${mark}'`).join(" | ")})`]),
    ...(sender === null ? [] : [`'${sender}'`]),
    ...terms.map(({ words, unfinished }) => `(${words.map((w) => `'${w}'`).join(" <-> ")}${unfinished ? ":*" : ""})`),
  ].join(" & ");
