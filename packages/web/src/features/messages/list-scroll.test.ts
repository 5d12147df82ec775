// Who reads the end of a list, and who has left it.
import { expect, it } from "vitest";
import { isStaying } from "./list-scroll.ts";

const box = (scrollTop: number, scrollHeight: number) => ({ scrollTop, scrollHeight, clientHeight: 500 });

it("who is near the end is at the end", () => {
  expect(isStaying(false, 0, box(420, 1_000))).toBe(true);
  expect(isStaying(false, 0, box(419, 1_000))).toBe(false);
});

it("who goes up leaves the end", () => {
  expect(isStaying(true, 500, box(300, 1_000))).toBe(false);
});

it("what grows below before the scroll is heard of takes nobody away from the end", () => {
  expect(isStaying(true, 0, box(3, 660))).toBe(true);
  expect(isStaying(true, 3, box(3, 660))).toBe(true);
});

it("who has left the end and comes down a little has not come back", () => {
  expect(isStaying(false, 100, box(200, 1_000))).toBe(false);
});
