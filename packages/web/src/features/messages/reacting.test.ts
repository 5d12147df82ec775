import { expect, test } from "vitest";
import { isMine, withMine } from "./reacting.ts";

const thumbs = { emoji: "👍", count: 2, user_ids: [1, 2] };
const party = { emoji: "🎉", count: 1, user_ids: [3] };

test("my reaction joins those of others, a new one comes last", () => {
  expect(withMine([thumbs, party], "👍", 9, true)).toEqual([{ emoji: "👍", count: 3, user_ids: [1, 2, 9] }, party]);
  expect(withMine([thumbs], "❄️", 9, true)).toEqual([thumbs, { emoji: "❄️", count: 1, user_ids: [9] }]);
});

test("taken back it is as before, and an emoji that nobody uses goes", () => {
  const with9 = withMine([thumbs, party], "👍", 9, true);
  expect(withMine(with9, "👍", 9, false)).toEqual([thumbs, party]);
  expect(withMine([thumbs, party], "🎉", 3, false)).toEqual([thumbs]);
});

test("twice is once", () => {
  expect(withMine([thumbs], "👍", 1, true)).toEqual([thumbs]);
  expect(withMine([thumbs], "👍", 9, false)).toEqual([thumbs]);
  expect(isMine([thumbs], "👍", 1)).toBe(true);
});
