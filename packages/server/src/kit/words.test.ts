// Folding: what is the same to people is the same word, and nothing but words comes out.
import { describe, expect, test } from "vitest";
import { wordsOf } from "./words.ts";

describe("words of a text", () => {
  test.each([
    ["Café CAFÉ cafe\u0301", ["cafe", "cafe", "cafe"]],
    ["Straße STRASSE STRAẞE", ["strasse", "strasse", "strasse"]],
    ["İstanbul ILIK ılık", ["istanbul", "ilik", "ilik"]],
    ["Smørrebrød Łódź œuvre", ["smorrebrod", "lodz", "oeuvre"]],
    ["ΣΊΣΥΦΟΣ σίσυφος", ["σισυφοσ", "σισυφοσ"]],
    ["Ёлка مُحَمَّد שָׁלוֹם", ["елка", "محمد", "שלום"]],
    ["ＦＵＬＬ ﬁne 𝐁old", ["full", "fine", "bold"]],
    ["pho\u00adto\u200bsynthesis", ["photosynthesis"]],
    ["a_b well-known don't 3.14 c++", ["a", "b", "well", "known", "don", "t", "3", "14", "c"]],
    ["光合作用 が 🎉❤️👍🏽", ["光", "合", "作", "用", "か\u3099", "🎉", "❤", "👍"]],
    ["हिन्दी", ["हिन्दी"]],
    ["", []],
    [" \n\t…!?*\"'`^:()%\\ ", []],
  ])("%j", (text, expected) => {
    expect(wordsOf(text)).toEqual(expected.map((word) => word.normalize("NFKD")));
  });

  test("a word without an end is cut, and never through a character", () => {
    expect(wordsOf("x".repeat(10_000))).toEqual(["x".repeat(64)]);
    expect(wordsOf("𐐷".repeat(10_000)).every((word) => word.isWellFormed())).toBe(true);
  });

  test("whatever is typed, only letters, digits, marks and emoji are left", () => {
    const every = Array.from({ length: 0x10ffff }, (_, i) => i).filter((i) => i < 0xd800 || i > 0xdfff);
    const text = String.fromCodePoint(...every.slice(0, 60_000));
    const rest = [...wordsOf(text).join("")].filter((c) => !/[\p{L}\p{N}\p{M}\p{Extended_Pictographic}]/u.test(c));
    expect(rest).toEqual([]);
    expect(wordsOf(text).some((word) => /[\s_"'\\:*&|!<>()-]/.test(word))).toBe(false);
  });
});
