// Chance with a seed: a test that fails says it, and SEED= gives the same run again (as far as the clock allows).
export interface Chance {
  readonly seed: number;
  /** From 0 up to but not including 1. */
  next(): number;
  /** A whole number from 0 to n - 1. */
  below(n: number): number;
  between(low: number, high: number): number;
}

/** Mulberry32: small, and good enough to shuffle people. */
export const chanceOf = (seed = Number(process.env["SEED"] ?? Date.now() % 1_000_000)): Chance => {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    seed,
    next,
    below: (n) => Math.floor(next() * n),
    between: (low, high) => low + next() * (high - low),
  };
};
