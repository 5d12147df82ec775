// When a page says that nobody looks at it.
import { expect, test } from "vitest";
import { createFakeClock } from "../kit/fake-clock.ts";
import { createAway } from "./away.ts";

const page = () => {
  const clock = createFakeClock();
  const said: string[] = [];
  return { clock, said, away: createAway(clock, (state) => said.push(state)) };
};

test("50: a page that is hidden is away after five seconds and a grace, and online again when it is shown", () => {
  const { clock, said, away } = page();
  away.hidden();
  clock.advance(29_999);
  expect(said).toEqual([]);
  clock.advance(1);
  expect(said).toEqual(["away"]);
  clock.advance(3_600_000);
  away.shown();
  expect(said).toEqual(["away", "online"]);
});

test("who was away for a moment only has said nothing", () => {
  const { clock, said, away } = page();
  for (let turn = 0; turn < 10; turn++) {
    away.hidden();
    clock.advance(20_000);
    away.shown();
    clock.advance(1_000);
  }
  clock.advance(60_000);
  expect(said).toEqual([]);
});

test("a page that comes back to the server while hidden says again that it is; one that is shown says nothing", () => {
  const { clock, said, away } = page();
  away.connected();
  away.hidden();
  away.connected();
  clock.advance(30_000);
  away.connected();
  expect(said).toEqual(["away", "away"]);
  away.shown();
  away.connected();
  expect(said).toEqual(["away", "away", "online"]);
});
