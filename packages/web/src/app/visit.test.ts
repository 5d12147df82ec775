// What is kept beside the state goes with the person it is of.
import { expect, it } from "vitest";
import { beginVisit, perVisit } from "./visit.ts";

it("keeps one value for a visit, and begins anew with the next", () => {
  const seenOf = perVisit(() => new Set<number>());
  const [core, other] = [{}, {}];
  seenOf(core).add(1);
  expect([...seenOf(core)]).toEqual([1]);
  expect(seenOf(other).size).toBe(0);
  beginVisit(core);
  expect(seenOf(core).size).toBe(0);
});
