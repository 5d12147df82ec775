// The load's own reader of frames, its marks and its histogram: a wrong count there would be a wrong figure everywhere.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Arena, clientFrame, FrameReader, OPCODE } from "./frames.ts";
import { Histogram } from "./histogram.ts";
import { MARK_LENGTH, markText, readMark } from "./marks.ts";

const serverFrame = (text: string, opcode: number = OPCODE.text): Buffer => {
  const body = Buffer.from(text);
  const head =
    body.length < 126
      ? Buffer.from([0x80 | opcode, body.length])
      : body.length < 65_536
        ? Buffer.from([0x80 | opcode, 126, body.length >> 8, body.length & 255])
        : Buffer.from([
            0x80 | opcode,
            127,
            0,
            0,
            0,
            0,
            0,
            body.length >> 16,
            (body.length >> 8) & 255,
            body.length & 255,
          ]);
  return Buffer.concat([head, body]);
};

/** As one socket: each piece lands where every read lands, over what the one before left there. */
const read = (pieces: readonly Buffer[]): string[] => {
  const arena = new Arena();
  const seen: string[] = [];
  const reader = new FrameReader(arena, (opcode, bytes, from, to) => {
    seen.push(`${opcode}:${bytes.toString("utf8", from, to)}`);
  });
  for (const piece of pieces) {
    arena.bytes.fill(0xff);
    piece.copy(arena.landing);
    reader.feed(arena.start, arena.start + piece.length);
  }
  return seen;
};

const cutAt = (bytes: Buffer, places: readonly number[]): Buffer[] => {
  const cuts = [...new Set(places.map((place) => place % (bytes.length + 1)))].toSorted((a, b) => a - b);
  return [...cuts, bytes.length]
    .map((end, i) => bytes.subarray(cuts[i - 1] ?? 0, end))
    .filter((piece) => piece.length > 0);
};

test("frames come out whole and in order, however the network cuts and joins them", () => {
  const text = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.constantFrom("x".repeat(125), "x".repeat(126), "é".repeat(300), "y".repeat(65_535), "z".repeat(70_000)),
  );
  const frame = fc.record({ opcode: fc.constantFrom<number>(OPCODE.text, OPCODE.ping, OPCODE.binary), text });
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 8 }), fc.array(fc.nat(), { maxLength: 12 }), (frames, cuts) => {
      const bytes = Buffer.concat(frames.map(({ opcode, text }) => serverFrame(text, opcode)));
      const pieces = cutAt(bytes, cuts).flatMap((piece) =>
        piece.length > 200_000 ? cutAt(piece, [200_000]) : [piece],
      );
      expect(read(pieces.filter((piece) => piece.length <= 256 * 1024))).toEqual(
        frames.map(({ opcode, text }) => `${opcode}:${text}`),
      );
    }),
    { numRuns: 60 },
  );
});

test("frames that come a byte at a time come out too", () => {
  const bytes = Buffer.concat([serverFrame("one"), serverFrame("", OPCODE.ping), serverFrame("w".repeat(200))]);
  const pieces = Array.from(bytes, (byte) => Buffer.from([byte]));
  expect(read(pieces)).toEqual(["1:one", "9:", `1:${"w".repeat(200)}`]);
});

test("a frame that we send is masked, with its length in as many bytes as it needs", () => {
  for (const [length, wide, head] of [
    [0, 0, 6],
    [125, 125, 6],
    [126, 126, 8],
    [65_535, 126, 8],
    [65_536, 127, 14],
  ] as const) {
    const text = "a".repeat(length);
    const frame = clientFrame(text);
    expect([...frame.subarray(0, 2)]).toEqual([0x81, 0x80 | wide]);
    expect(frame.subarray(head).toString()).toBe(text);
  }
});

test("a mark is found wherever it stands, within its frame only", () => {
  const mark = markText(12_345);
  expect(mark).toHaveLength(MARK_LENGTH);
  for (const before of ["", "@", "@T12", `${"x".repeat(50)}@`]) {
    const bytes = Buffer.from(`${before}${mark} and more`);
    expect(readMark(bytes, 0, bytes.length)).toBe(12_345);
    expect(readMark(bytes, 0, before.length + MARK_LENGTH - 1)).toBe(-1);
  }
});

test("what the histogram reads back is at most 1.6 % too large, and never too small", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 60_000_000 }), { minLength: 1, maxLength: 200 }), (us) => {
      const histogram = new Histogram();
      for (const value of us) histogram.addMs(value / 1000);
      const sorted = us.toSorted((a, b) => a - b);
      for (const share of [0.5, 0.99, 1]) {
        const exact = (sorted[Math.ceil(share * us.length) - 1] ?? 0) / 1000;
        expect(histogram.quantile(share)).toBeGreaterThanOrEqual(exact - 1e-9);
        expect(histogram.quantile(share)).toBeLessThanOrEqual(exact * 1.016 + 1e-9);
      }
    }),
  );
});
