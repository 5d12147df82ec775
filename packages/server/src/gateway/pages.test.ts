// Pages of the past: who gets which, and when one that was kept may be used again.
import type { ServerFrame } from "@homeroom/protocol";
import { beforeEach, expect, test } from "vitest";
import type { Stamp } from "../kit/call.ts";
import { logRef } from "../kit/ports.ts";
import { Pages, type Part } from "./pages.ts";

const ROOM = logRef("room", 1);
const THREAD = logRef("thread", 2);

let head: number;
/** What stands in every frame. */
let words: string;
let reads: number[];
let looks: number;
/** Reads wait for this. */
let gate: Promise<void>;
let pages: Pages;

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const pong = (seq: number) => ({ type: "pong", ref: `${seq} ${words}` }) as ServerFrame;
const stampOf = (): Stamp => ({ head, cards: new Map([[1, words]]) });

beforeEach(() => {
  head = 150;
  words = "first";
  reads = [];
  looks = 0;
  gate = Promise.resolve();
  pages = new Pages({
    past: async (log, after, limit) => {
      reads.push(after);
      const stamp = log.kind === "room" ? stampOf() : null;
      const count = Math.max(0, Math.min(limit, head - after));
      const events = Array.from({ length: count }, (_, i) => ({ seq: after + i + 1, frame: pong(after + i + 1) }));
      await gate;
      return { events, stamp };
    },
    isPastStill: (_log, { head: then, cards }) => {
      looks++;
      return Promise.resolve(then === head && cards.get(1) === words);
    },
  });
});

/** The frames of a part, as the client reads them. */
const framesIn = ({ pieces }: Part): string[] => {
  const found: string[] = [];
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; ) {
      const short = piece.readUInt8(at + 1);
      const [length, from] = short < 126 ? [short, at + 2] : [piece.readUInt16BE(at + 2), at + 4];
      found.push((JSON.parse(piece.toString("utf8", from, from + length)) as { ref: string }).ref);
      at = from + length;
    }
  }
  return found;
};
const due = (after: number, to: number, said = words) =>
  Array.from({ length: to - after }, (_, i) => `${after + i + 1} ${said}`);

test("those who ask at the same time are served by one reading, each from where they are", async () => {
  const afters = [120, 120, 100, 149, 150];
  const parts = await Promise.all(afters.map((after) => pages.read(ROOM, after)));
  expect(reads).toEqual([100]);
  for (const [i, part] of parts.entries()) {
    expect(framesIn(part)).toEqual(due(afters[i] ?? 0, 150));
    expect(part).toMatchObject({ last: 150, isEnd: true });
  }
  expect(parts[0]?.pieces[0]).toBe(parts[1]?.pieces[0]);
});

test("who asks while a page is being read gets what was read afterwards", async () => {
  let open = () => {};
  gate = new Promise((resolve) => (open = resolve));
  const early = pages.read(ROOM, 140);
  await turn();
  words = "later";
  const late = pages.read(ROOM, 140);
  await turn();
  expect(reads).toEqual([140]);
  open();
  expect(framesIn(await early)).toEqual(due(140, 150, "first"));
  expect(framesIn(await late)).toEqual(due(140, 150, "later"));
  expect(reads).toEqual([140, 140]);
});

test("a page is used again only after a look that found nothing changed", async () => {
  await pages.read(ROOM, 140);
  expect(framesIn(await pages.read(ROOM, 140))).toEqual(due(140, 150));
  expect([reads.length, looks]).toEqual([1, 1]);
  words = "renamed";
  expect(framesIn(await pages.read(ROOM, 140))).toEqual(due(140, 150, "renamed"));
  head = 151;
  expect(framesIn(await pages.read(ROOM, 140))).toEqual(due(140, 151));
  expect([reads.length, looks]).toEqual([3, 3]);
});

test("of what nothing tells whether it is old, nothing is kept", async () => {
  await pages.read(THREAD, 140);
  words = "changed";
  expect(framesIn(await pages.read(THREAD, 140))).toEqual(due(140, 150, "changed"));
  expect([reads.length, looks]).toEqual([2, 0]);
});

test("who missed much and who missed little both get there, page by page", async () => {
  head = 1_000;
  const all = async (from: number) => {
    const got: string[] = [];
    for (let after = from; ; ) {
      const part = await pages.read(ROOM, after);
      got.push(...framesIn(part));
      after = part.last;
      if (part.isEnd) return got;
    }
  };
  const froms = [0, 990, 450, 1_000, 3, 800];
  const got = await Promise.all(froms.map(all));
  for (const [i, from] of froms.entries()) expect(got[i], `from ${from}`).toEqual(due(from, 1_000));
});

test("a page of long messages comes in pieces that end between frames", async () => {
  words = "long ".repeat(10_000);
  const part = await pages.read(ROOM, 0);
  expect(part.pieces.length).toBeGreaterThan(10);
  expect(Math.max(...part.pieces.map(({ length }) => length))).toBeLessThan(350_000);
  expect(framesIn(part)).toEqual(due(0, 150));
});

test("a reading that fails is told to those who waited for it, and to nobody else", async () => {
  let fail = () => {};
  gate = new Promise((_, reject) => (fail = () => reject(new Error("the disk"))));
  const waiting = [pages.read(ROOM, 1), pages.read(ROOM, 140)];
  await turn();
  fail();
  for (const one of waiting) await expect(one).rejects.toThrow("the disk");
  gate = Promise.resolve();
  expect(framesIn(await pages.read(ROOM, 149))).toEqual(due(149, 150));
});
