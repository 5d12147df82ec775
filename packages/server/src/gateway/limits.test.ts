// The counting behind the limits: exact bursts, exact waits, all budgets or none, and a clock that never goes back.
import { Refusal } from "@homeroom/protocol";
import { describe, expect, it } from "vitest";
import type { BudgetName } from "../kit/ports.ts";
import { BUDGETS, noThrottle, RateLimiter } from "./limits.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** The promise to operators: so many in the long run, so many at once. */
const PROMISED: readonly [BudgetName, count: number, perMs: number, burst: number][] = [
  ["send_room", 1, SECOND, 10],
  ["send_room_staff", 3, SECOND, 30],
  ["send_user", 3, SECOND, 40],
  ["send_to_room", 50, SECOND, 200],
  ["reactions_in_room", 50, SECOND, 200],
  ["frames", 120, MINUTE, 30],
  ["frames_flood", 360, MINUTE, 90],
  ["rest_user", 200, MINUTE, 200],
  ["files_user", 1_200, MINUTE, 600],
  ["search", 60, MINUTE, 30],
  ["rest_address", 300, MINUTE, 300],
  ["join_requests_minute", 5, MINUTE, 5],
  ["join_requests_day", 20, 24 * 60 * MINUTE, 20],
];

const limiterAt = (start = 0) => {
  const clock = { now: start };
  return { clock, limiter: new RateLimiter(() => clock.now) };
};

/** Milliseconds to wait, or null where it was taken. */
const waitOf = (limiter: RateLimiter, ...budgets: [BudgetName, string][]): number | null => {
  try {
    limiter.take(...budgets);
    return null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    expect([error.key, error.status]).toEqual(["rate_limited", 429]);
    return error.extra.retry_after_ms ?? Number.NaN;
  }
};

/** How many are taken before the first refusal. */
const burstOf = (limiter: RateLimiter, name: BudgetName, key = "a"): number => {
  for (let taken = 0; ; taken++) if (waitOf(limiter, [name, key]) !== null) return taken;
};

describe("budgets", () => {
  it("are those of the contract, and there is no other", () => {
    expect(Object.keys(BUDGETS).toSorted()).toEqual(PROMISED.map(([name]) => name).toSorted());
    for (const [name, count, perMs, burst] of PROMISED) {
      expect([name, BUDGETS[name].burst]).toEqual([name, burst]);
      expect(BUDGETS[name].every * count).toBeCloseTo(perMs, 6);
    }
  });
});

describe.each(PROMISED)("%s", (name, count, perMs, burst) => {
  const every = perMs / count;

  it("lets through exactly its burst at once", () => {
    expect(burstOf(limiterAt().limiter, name)).toBe(burst);
  });

  it("says how long to wait, and that is long enough and not a moment longer than needed", () => {
    const { clock, limiter } = limiterAt(5_000);
    burstOf(limiter, name);
    const wait = waitOf(limiter, [name, "a"]) ?? 0;
    expect(Number.isInteger(wait)).toBe(true);
    expect(wait).toBeGreaterThanOrEqual(Math.floor(every));
    expect(wait).toBeLessThanOrEqual(Math.ceil(every) + 1);
    clock.now += wait - 2;
    expect(waitOf(limiter, [name, "a"])).not.toBeNull();
    clock.now += 2;
    expect(waitOf(limiter, [name, "a"])).toBeNull();
    expect(waitOf(limiter, [name, "a"])).not.toBeNull();
  });

  it("refills one by one, never above its burst", () => {
    const { clock, limiter } = limiterAt();
    burstOf(limiter, name);
    clock.now += every * 3 + 0.6;
    expect(burstOf(limiter, name)).toBe(Math.min(3, burst));
    clock.now += every * burst * 10;
    expect(burstOf(limiter, name)).toBe(burst);
  });

  it("holds its rate in the long run", () => {
    const { clock, limiter } = limiterAt();
    let taken = 0;
    for (let step = 0; step < burst * 8; step++) {
      if (waitOf(limiter, [name, "a"]) === null) taken++;
      clock.now += every / 4;
    }
    // What was at once, and what grew back while they asked four times too often.
    expect(taken).toBeGreaterThanOrEqual(burst + burst * 2 - 3);
    expect(taken).toBeLessThanOrEqual(burst + burst * 2 + 1);
  });
});

describe("keys and budgets", () => {
  it("count apart for each key and each budget", () => {
    const { limiter } = limiterAt();
    expect(burstOf(limiter, "send_room", "1:1")).toBe(10);
    expect(burstOf(limiter, "send_room", "1:2")).toBe(10);
    expect(burstOf(limiter, "send_user", "1:1")).toBe(40);
  });

  it("take from all budgets or from none", () => {
    const { limiter } = limiterAt();
    burstOf(limiter, "join_requests_minute");
    for (let i = 0; i < 100; i++) {
      expect(waitOf(limiter, ["join_requests_day", "a"], ["join_requests_minute", "a"])).not.toBeNull();
    }
    expect(burstOf(limiter, "join_requests_day")).toBe(20);
  });

  it("take from none wherever the empty one stands", () => {
    const { limiter } = limiterAt();
    burstOf(limiter, "send_room");
    for (const order of [0, 1]) {
      const both: [BudgetName, string][] = [
        ["send_room", "a"],
        ["send_user", "a"],
      ];
      expect(waitOf(limiter, ...(order === 0 ? both : both.toReversed()))).not.toBeNull();
    }
    expect(burstOf(limiter, "send_user")).toBe(40);
  });

  it("name the limit that was crossed", () => {
    const { limiter } = limiterAt();
    burstOf(limiter, "send_room");
    expect(() => limiter.take(["send_user", "a"], ["send_room", "a"])).toThrow(
      expect.objectContaining({ extra: { retry_after_ms: 1_000, limit: 10 } }),
    );
  });

  it("are not made worse by asking again and again", () => {
    const { clock, limiter } = limiterAt();
    burstOf(limiter, "send_room");
    const waits = Array.from({ length: 50 }, () => waitOf(limiter, ["send_room", "a"]));
    expect(new Set(waits)).toEqual(new Set([1_000]));
    clock.now += 1_000;
    expect(waitOf(limiter, ["send_room", "a"])).toBeNull();
  });

  it("forget nobody who still has to wait when the whole ones are swept away", () => {
    const { clock, limiter } = limiterAt();
    burstOf(limiter, "join_requests_day", "eager");
    for (let i = 0; i < 1_000; i++) limiter.take(["send_room", `other ${i}`]);
    clock.now += 2 * MINUTE;
    limiter.take(["send_room", "somebody"]);
    expect(waitOf(limiter, ["join_requests_day", "eager"])).not.toBeNull();
    expect(burstOf(limiter, "send_room", "other 1")).toBe(10);
  });

  it("wherever the monotonic clock begins, the same is let through", () => {
    for (const start of [0, 1, 123.456, 1e9, 1e12]) expect(burstOf(limiterAt(start).limiter, "send_room")).toBe(10);
  });

  it("with LIMITS=off nothing is counted", () => {
    const takeMany = () => {
      for (let i = 0; i < 10_000; i++) noThrottle.take(["send_room", "a"]);
    };
    expect(takeMany).not.toThrow();
  });
});
