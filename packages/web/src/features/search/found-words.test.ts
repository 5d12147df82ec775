// What is looked for is found in a text as the server finds it, and marked where it stands as it was written.
import { describe, expect, test } from "vitest";
import { excerptOf } from "./excerpt.ts";
import { findTerms, isTooShort, termsOf, wordsOf } from "./found-words.ts";

/** The text with what would be marked in brackets. */
const marked = (typed: string, text: string) => {
  const found = findTerms(termsOf(typed), text);
  return found && found.toReversed().reduce((t, [a, b]) => `${t.slice(0, a)}[${t.slice(a, b)}]${t.slice(b)}`, text);
};
const shown = (typed: string, text: string) =>
  excerptOf(text, termsOf(typed))
    .map(({ text, isFound }) => (isFound ? `[${text}]` : text))
    .join("");

describe("words of a text", () => {
  test.each([
    ["Café, STRASSE und straße", ["cafe", "strasse", "und", "strasse"]],
    ["well-known don’t", ["well", "known", "don", "t"]],
    ["東京 tower 👍🏽", ["東", "京", "tower", "👍"]],
    ["ﬁle ½", ["file", "1", "2"]],
    ["a\u200bb \u202eabc", ["ab", "abc"]],
    ["İstanbul Σίσυφος", ["istanbul", "σισυφοσ"]],
  ])("%s", (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });
});

describe("what is marked", () => {
  test.each([
    ["photo", "Photosynthesis and photos", "[Photo]synthesis and [photo]s"],
    ["light photo", "Photosynthesis needs light", "[Photo]synthesis needs [light]"],
    ["photo light", "photosynthesis needs light", null],
    ["'cell' wall", "the cell has walls", "the [cell] has [wall]s"],
    ['"cell wall"', "The cell wall, not a cell with walls", "The [cell wall], not a cell with walls"],
    ['"cell wall"', "The cell has a wall", null],
    ["well-known", "well known and well-knowns", "[well known] and [well-known]s"],
    ["cafe", "Le café, le cafe\u0301", "Le [café], le [cafe\u0301]"],
    ["strass", "Straße", "[Straß]e"],
    ["京", "東京", "東[京]"],
    ["a ab", "a abc", "[a] [ab]c"],
    ["<b>", "<b>bold</b>", "<[b]>[b]old</[b]>"],
  ])("%s in %s", (typed, text, expected) => {
    expect(marked(typed, text)).toBe(expected);
  });

  test("an unseen character inside a word neither hides it nor moves the marks", () => {
    expect(marked("light", "more li\u200bght, please")).toBe("more [li\u200bght], please");
  });
});

test("one letter is too short, unless it is a word by itself, closed, or one of several", () => {
  for (const typed of ["", "!", "x", "“", "é"]) expect([typed, isTooShort(termsOf(typed))]).toEqual([typed, true]);
  for (const typed of ["xy", '"x"', "x y", "京", "7", "👍"])
    expect([typed, isTooShort(termsOf(typed))]).toEqual([typed, false]);
});

describe("an excerpt", () => {
  test("is the whole of a short message, on one line", () => {
    expect(shown("wall", "The cell\n\n has  a wall.")).toBe("The cell has a [wall].");
  });

  test("begins a little before the first found word of a long one, with a whole word", () => {
    const text = `${"lorem ipsum ".repeat(30)}the wall is here ${"dolor sit ".repeat(40)}`;
    expect(shown("wall", text)).toMatch(/^…(lorem|ipsum) .{10,40}the \[wall\] is here dolor.+…$/);
  });

  test("never cuts a character in two, and marks nothing beyond its end", () => {
    const text = `${"😀".repeat(300)} wall ${"😀".repeat(300)} wall`;
    const pieces = excerptOf(text, termsOf("wall"));
    for (const { text } of pieces) expect(text.isWellFormed()).toBe(true);
    expect(pieces.filter(({ isFound }) => isFound)).toHaveLength(1);
  });
});
