// Rate limits: how much of what, and the counting. One instant per key is all that is remembered.
import { Refusal } from "@homeroom/protocol";
import type { BudgetName, Throttle } from "../kit/ports.ts";

interface Budget {
  /** One every so many milliseconds in the long run … */
  every: number;
  /** … and so many at once. */
  burst: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

export const BUDGETS: Readonly<Record<BudgetName, Budget>> = {
  send_room: { every: SECOND, burst: 10 },
  send_room_staff: { every: SECOND / 3, burst: 30 },
  send_user: { every: SECOND / 3, burst: 40 },
  send_to_room: { every: SECOND / 50, burst: 200 },
  // Not of what may be sent: a whole school that likes one message silences nobody. Each tells everybody of all of them.
  reactions_in_room: { every: SECOND / 50, burst: 200 },
  rest_user: { every: MINUTE / 200, burst: 200 },
  // A page of pictures is many requests at once.
  files_user: { every: MINUTE / 1_200, burst: 600 },
  search: { every: MINUTE / 60, burst: 30 },
  rest_address: { every: MINUTE / 300, burst: 300 },
  frames: { every: MINUTE / 120, burst: 30 },
  frames_flood: { every: MINUTE / 360, burst: 90 },
  join_requests_minute: { every: MINUTE / 5, burst: 5 },
  join_requests_day: { every: (24 * 60 * MINUTE) / 20, burst: 20 },
};

/**
 * The generic cell rate algorithm: a key's only state is the instant at which its budget will be whole again. Exact,
 * no timers, and a refused call costs nothing. The clock must be monotonic, so that a jump of the wall clock locks
 * nobody out.
 */
export class RateLimiter implements Throttle {
  readonly #whole = new Map<string, number>();
  readonly #now: () => number;
  #nextSweep = 0;

  constructor(monotonicMs: () => number) {
    this.#now = monotonicMs;
  }

  take(...budgets: ReadonlyArray<readonly [BudgetName, string]>): void {
    const now = this.#now();
    this.#sweep(now);
    const next = budgets.map(([name, key]): [string, number] => {
      const { every, burst } = BUDGETS[name];
      const id = `${name}:${key}`;
      const whole = Math.max(now, this.#whole.get(id) ?? now) + every;
      const wait = whole - now - every * burst;
      // Half a millisecond of rounding is nobody's fault.
      if (wait > 0.5) throw new Refusal("rate_limited", { retry_after_ms: Math.ceil(wait), limit: burst });
      return [id, whole];
    });
    for (const [id, whole] of next) this.#whole.set(id, whole);
  }

  /** Whole budgets need no memory. */
  #sweep(now: number): void {
    if (now < this.#nextSweep) return;
    this.#nextSweep = now + MINUTE;
    for (const [id, whole] of this.#whole) if (whole <= now) this.#whole.delete(id);
  }
}

/** For benchmarks: `LIMITS=off`. */
export const noThrottle: Throttle = { take: () => undefined };
