// A clock for tests: time passes only when it is told to.
import type { Clock } from "./clock.ts";

export interface FakeClock extends Clock {
  /** Lets time pass and runs what falls due, in order. */
  advance(ms: number): void;
}

export function createFakeClock(start = Date.parse("2026-03-02T08:00:00.000Z"), chance = 0.5): FakeClock {
  let time = start;
  let timers: { at: number; work: () => void }[] = [];
  return {
    now: () => time,
    random: () => chance,
    after(ms, work) {
      const timer = { at: time + ms, work };
      timers.push(timer);
      return () => {
        timers = timers.filter((t) => t !== timer);
      };
    },
    advance(ms) {
      const end = time + ms;
      for (;;) {
        const next = timers.filter((t) => t.at <= end).toSorted((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers = timers.filter((t) => t !== next);
        time = Math.max(time, next.at);
        next.work();
      }
      time = end;
    },
  };
}
