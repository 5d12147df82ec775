// How long to wait before the next attempt: doubling, with chance in it, so that a class does not return as one.
import { CLOSE } from "@homeroom/protocol/kit/close-codes.ts";

export interface Backoff {
  /** Milliseconds to wait; each one is about twice the last. */
  next(): number;
  /** The same, at least this long. */
  atLeast(ms: number): number;
  reset(): void;
}

const FIRST_MS = 500;
const LAST_MS = 30_000;

export function createBackoff(random: () => number): Backoff {
  let failures = 0;
  const next = () => {
    const full = Math.min(LAST_MS, FIRST_MS * 2 ** failures);
    failures += 1;
    return full / 2 + (random() * full) / 2;
  };
  return {
    next,
    atLeast: (ms) => Math.max(next(), ms * (1 + random() / 2)),
    reset: () => {
      failures = 0;
    },
  };
}

/** What a close code asks for. A restarting server may name a time, to spread its clients: digits in its reason. */
export function waitAfter(code: number, reason: string, backoff: Backoff): number {
  const named = /\d+/.exec(reason)?.[0];
  if (code === CLOSE.RESTARTING && named) return Math.max(backoff.next(), Math.min(Number(named), LAST_MS));
  if (code === CLOSE.OVERLOADED) return backoff.atLeast(2_000);
  if (code === CLOSE.TOO_MANY) return backoff.atLeast(20_000);
  return backoff.next();
}
