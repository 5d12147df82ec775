// Time, timers and chance as things that are handed in, so that a test needs no tricks.

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `work` once, later; the answer calls it off. */
  after(ms: number, work: () => void): () => void;
  /** 0 ≤ n < 1. */
  random(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};
