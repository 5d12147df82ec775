// Crowds: a little in each turn of the event loop, in order, and nobody forgotten.
import { expect, test } from "vitest";
import { Pace, Turns } from "./pace.ts";

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
/** As long as a real handshake, about. */
const work = () => {
  for (const end = performance.now() + 0.5; performance.now() < end; );
};

test("a crowd is let in in order, over several turns", async () => {
  const pace = new Pace();
  const done: number[] = [];
  for (let i = 0; i < 50; i++) {
    pace.soon(() => {
      work();
      done.push(i);
    });
  }
  await turn();
  expect(done.length).toBeLessThan(50);
  while (done.length < 50) await turn();
  expect(done).toEqual(Array.from({ length: 50 }, (_, i) => i));
});

test("while more of them come, one is let in in a turn", async () => {
  const pace = new Pace();
  const done: number[] = [];
  for (let i = 0; i < 10; i++) pace.soon(() => void done.push(i));
  pace.press();
  await turn();
  expect(done).toEqual([0]);
  while (done.length < 10) await turn();
});

test("so much goes on in one turn, and what waits goes on in order", async () => {
  const turns = new Turns();
  const gone: number[] = [];
  const go = async (i: number) => {
    const room = turns.room();
    if (room) await room;
    gone.push(i);
  };
  const all = Array.from({ length: 200 }, (_, i) => go(i));
  expect(gone.length).toBe(64);
  await turn();
  expect(gone.length).toBe(128);
  const late = go(200);
  expect(gone.length).toBe(128);
  await Promise.all([...all, late]);
  expect(gone).toEqual(Array.from({ length: 201 }, (_, i) => i));
});

test("a turn that was full is no reason to wait in a later one", async () => {
  const turns = new Turns();
  for (let i = 0; i < 128; i++) void turns.room();
  await turn();
  await turn();
  expect(turns.room()).toBeNull();
});
