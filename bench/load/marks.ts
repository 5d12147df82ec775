// A mark in a message's text says when it was sent, so that whoever finds it in a frame knows how old it is. It is
// looked for in the bytes: making a string of each delivery would cost more than all the rest of counting it.

const AT = 0x40;
const T = 0x54;
const ZERO = 0x30;
const DIGITS = 16;
export const MARK_LENGTH = 2 + DIGITS;

/** `ns` is a whole number of nanoseconds since whenever; two marks are never the same. */
export const markText = (ns: number): string => `@T${String(ns).padStart(DIGITS, "0")}`;

/** Where the last one stood in its frame: in the next frame it mostly stands there too. */
let likely = 0;

/** The first mark between `from` and `to`, or -1. */
export const readMark = (bytes: Buffer, from: number, to: number): number => {
  const there = digitsAt(bytes, from + likely, to);
  if (there >= 0) return there;
  for (let at = from; at + MARK_LENGTH <= to; at++) {
    if (bytes[at] !== AT) continue;
    const ns = digitsAt(bytes, at, to);
    if (ns < 0) continue;
    likely = at - from;
    return ns;
  }
  return -1;
};

const digitsAt = (bytes: Buffer, at: number, to: number): number => {
  if (at + MARK_LENGTH > to || bytes[at] !== AT || bytes[at + 1] !== T) return -1;
  let ns = 0;
  for (let i = at + 2; i < at + MARK_LENGTH; i++) {
    const digit = (bytes[i] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    ns = ns * 10 + digit;
  }
  return ns;
};
