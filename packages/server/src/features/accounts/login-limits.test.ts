// Wrong passwords: who is held up, for how long, and who is not.
import { Refusal } from "@homeroom/protocol";
import { beforeEach, describe, expect, test } from "vitest";
import { type LoginLimits, loginLimits } from "./login-limits.ts";

let now = 0;
let limits: LoginLimits;

const at = (account: string, address = "10.0.0.1") => ({ account, address });
/** How long it is locked, ms; 0 for not at all. */
const lock = (attempt: { account: string; address: string }): number => {
  try {
    limits.check(attempt);
    return 0;
  } catch (error) {
    if (error instanceof Refusal && error.key === "login_locked") return error.extra.retry_after_ms ?? -1;
    throw error;
  }
};
const fail = (times: number, attempt: { account: string; address: string }) => {
  for (let i = 0; i < times; i++) limits.failed(attempt);
};

beforeEach(() => {
  now = 1_000_000;
  limits = loginLimits({ now: () => now }, true);
});

describe("an account", () => {
  test("stays open for four wrong passwords and is locked by the fifth", () => {
    fail(4, at("a"));
    expect(lock(at("a"))).toBe(0);
    fail(1, at("a"));
    expect(lock(at("a"))).toBe(5_000);
    expect(lock(at("b"))).toBe(0);
  });

  test("is locked twice as long each time, up to a quarter of an hour", () => {
    fail(4, at("a"));
    const locks: number[] = [];
    for (let i = 0; i < 10; i++) {
      fail(1, at("a"));
      locks.push(lock(at("a")) / 1000);
      now += lock(at("a"));
    }
    expect(locks).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
    expect(lock(at("a"))).toBe(0);
  });

  test("starts anew after a right password", () => {
    fail(4, at("a"));
    limits.succeeded(at("a"));
    fail(4, at("a"));
    expect(lock(at("a"))).toBe(0);
  });

  test("starts anew after a day without a wrong password", () => {
    fail(8, at("a"));
    now += 24 * 3600 * 1000 + 1;
    fail(1, at("a"));
    expect(lock(at("a"))).toBe(0);
  });

  test("stays open where its owner signed in before, while strangers guess from everywhere", () => {
    limits.succeeded(at("a", "192.168.1.5"));
    for (let i = 0; i < 1000; i++) fail(10, at("a", `10.1.${i >> 8}.${i & 255}`));
    expect(lock(at("a", "192.168.1.5"))).toBe(0);
    expect(lock(at("a", "10.9.9.9"))).toBe(900_000);
    fail(5, at("a", "192.168.1.5"));
    expect(lock(at("a", "192.168.1.5"))).toBe(5_000);
  });
});

describe("an address", () => {
  test("is refused after 200 wrong passwords in a quarter of an hour, whatever the account", () => {
    for (let i = 0; i < 199; i++) fail(1, at(`user ${i}`));
    expect(lock(at("somebody"))).toBe(0);
    fail(1, at("user 199"));
    expect(lock(at("somebody"))).toBe(15 * 60_000);
    expect(lock(at("somebody", "10.0.0.2"))).toBe(0);
    now += 15 * 60_000;
    expect(lock(at("somebody"))).toBe(0);
  });

  test("is never held up by right passwords: a class signs in at once", () => {
    for (let i = 0; i < 400; i++) {
      expect(lock(at(`pupil ${i}`))).toBe(0);
      limits.succeeded(at(`pupil ${i}`));
    }
  });

  test("counts with its whole network in IPv6", () => {
    for (let i = 0; i < 200; i++) fail(1, at(`user ${i}`, `2001:db8:1:2:${i.toString(16)}::1`));
    expect(lock(at("somebody", "2001:DB8:1:2::ffff"))).toBeGreaterThan(0);
    expect(lock(at("somebody", "2001:db8:1:3::1"))).toBe(0);
    expect(lock(at("somebody", "::1"))).toBe(0);
  });
});

test("the memory stays bounded, and what is forgotten first is what is oldest", () => {
  fail(5, at("first"));
  for (let i = 0; i < 50_000; i++) limits.failed(at(`user ${i}`, `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`));
  expect(lock(at("first", "10.200.0.1"))).toBe(0);
});

test("with LIMITS=off nobody is held up", () => {
  limits = loginLimits({ now: () => now }, false);
  fail(1000, at("a"));
  expect(lock(at("a"))).toBe(0);
});
