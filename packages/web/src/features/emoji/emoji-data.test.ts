// Tests of finding emoji, of the file that the build writes, and of what is remembered.
import { expect, test } from "vitest";
import { emojiRows } from "../../../emoji-data.ts";
import { emojiNamed, entryOf, findEmoji, readEmojiRows, toned } from "./emoji-data.ts";
import { createEmojiMemory } from "./emoji-memory.ts";
import { drawableVersions } from "./emoji-support.ts";

const entries = readEmojiRows(JSON.parse(emojiRows()));
const found = (query: string) => findEmoji(entries, query, 8).map(({ emoji }) => emoji);

test("every emoji offered is one that the server takes as a reaction", () => {
  expect(entries.length).toBeGreaterThan(1800);
  const one = /^\p{RGI_Emoji}$/v;
  const refused = entries.flatMap(({ emoji, tones }) => [emoji, ...tones]).filter((emoji) => !one.test(emoji));
  // what is newer than this Node's Unicode tables
  expect(refused.filter((emoji) => (entryOf(entries, emoji)?.version ?? 0) < 17)).toEqual([]);
});

test("a whole shortcode comes first, then those that begin so, then words", () => {
  expect(found("tada")[0]).toBe("🎉");
  expect(found("+1")[0]).toBe("👍");
  expect(found("smile")[0]).toBe("😄");
  expect(found("heart")[0]).toBe("❤️");
  expect(found("thumbs_u")[0]).toBe("👍");
  expect(found("microsc")).toContain("🔬");
  expect(found("zzzzzz")).toEqual([]);
});

test("skin tones are the same emoji", () => {
  const wave = emojiNamed(entries, "wave");
  expect(wave && toned(wave, "medium")).toBe("👋🏽");
  expect(wave && toned(wave, "none")).toBe("👋");
  expect(entryOf(entries, "👋🏽")).toBe(wave);
  const tada = emojiNamed(entries, "tada");
  expect(tada && toned(tada, "dark")).toBe("🎉");
});

test("a file that is something else is refused", () => {
  expect(() => readEmojiRows({ error: "no" })).toThrow("no emoji data");
  expect(() => readEmojiRows([])).toThrow("no emoji data");
  expect(() => readEmojiRows([["😀"]])).toThrow("no emoji data");
});

test("what the device cannot draw is not offered: new versions, and flags of countries", () => {
  const old = drawableVersions(entries, (emoji) => emoji === "😀" || (entryOf(entries, emoji)?.version ?? 99) < 13);
  expect(old.some(({ version }) => version >= 13)).toBe(false);
  const noFlags = drawableVersions(entries, (emoji) => !/^\p{RI}/u.test(emoji));
  expect(noFlags.some(({ emoji }) => emoji === "🇩🇪")).toBe(false);
  expect(noFlags.some(({ emoji }) => emoji === "🏁")).toBe(true);
});

test("the latest picks come first, for each person, and survive a broken shelf", () => {
  const shelf = new Map<string, string>();
  const storage = {
    getItem: (key: string) => shelf.get(key) ?? null,
    setItem: (key: string, value: string) => void shelf.set(key, value),
  };
  const memory = createEmojiMemory(storage, 1);
  for (const emoji of ["🎉", "👍", "🎉"]) memory.notePicked(emoji);
  memory.setTone("medium");
  const again = createEmojiMemory(storage, 1);
  expect(again.recent()).toEqual(["🎉", "👍"]);
  expect(again.tone()).toBe("medium");
  expect(createEmojiMemory(storage, 2).recent()).toEqual([]);
  shelf.set("homeroom.emoji.1.recent", "{broken");
  expect(createEmojiMemory(storage, 1).recent()).toEqual([]);
});
