// Wrong passwords: a lock per account that doubles, and a ceiling per address that a whole class behind one never meets.
import { Refusal } from "@homeroom/protocol";
import type { Clock } from "../../kit/ports.ts";

const MINUTE = 60_000;
const FREE_FAILURES = 5;
const FIRST_LOCK_MS = 5_000;
const LONGEST_LOCK_MS = 15 * MINUTE;
/** An account without a wrong password for this long starts anew. */
const FORGET_MS = 24 * 60 * MINUTE;
const ADDRESS_FAILURES = 200;
const ADDRESS_WINDOW_MS = 15 * MINUTE;
/** Entries kept of each kind; the ones that were not touched for longest go first. */
const MOST_ENTRIES = 50_000;

/** Who tries, and from where. `account` is one name for one account, whatever was typed. */
export interface Attempt {
  readonly account: string;
  readonly address: string;
}

export interface LoginLimits {
  /**
   * Throws `login_locked`. Ask before the password is verified, and again after: guesses that were sent all at once
   * would otherwise be answered before the first of them counts.
   */
  check(attempt: Attempt): void;
  failed(attempt: Attempt): void;
  succeeded(attempt: Attempt): void;
}

interface Failures {
  count: number;
  since: number;
  until: number;
}

const nothing: LoginLimits = { check: () => {}, failed: () => {}, succeeded: () => {} };

/** The clock must never jump: one that is set back would lock people out for as long as it was set back. */
export const loginLimits = (clock: Clock, isOn: boolean): LoginLimits => {
  if (!isOn) return nothing;
  const accounts = new Recent<Failures>(MOST_ENTRIES);
  const addresses = new Recent<Failures>(MOST_ENTRIES);
  const usual = new Recent<true>(MOST_ENTRIES);

  // Where an account signed in before it has a count of its own, so that strangers cannot lock its owner out.
  const accountKey = (attempt: Attempt) => {
    const here = `${attempt.account} @ ${network(attempt.address)}`;
    return usual.get(here) ? here : attempt.account;
  };
  const refuseUntil = (failures: Failures | undefined) => {
    const left = (failures?.until ?? 0) - clock.now();
    if (left > 0) throw new Refusal("login_locked", { retry_after_ms: left });
  };
  return {
    check: (attempt) => {
      refuseUntil(addresses.get(network(attempt.address)));
      refuseUntil(accounts.get(accountKey(attempt)));
    },
    failed: (attempt) => {
      const now = clock.now();
      const key = accountKey(attempt);
      accounts.set(key, oneMoreOfAccount(accounts.get(key), now));
      const address = network(attempt.address);
      addresses.set(address, oneMoreOfAddress(addresses.get(address), now));
    },
    succeeded: (attempt) => {
      accounts.delete(accountKey(attempt));
      usual.set(`${attempt.account} @ ${network(attempt.address)}`, true);
    },
  };
};

const oneMoreOfAccount = (before: Failures | undefined, now: number): Failures => {
  const isFresh = !before || now - before.since > FORGET_MS;
  const count = isFresh ? 1 : before.count + 1;
  const lock = count < FREE_FAILURES ? 0 : Math.min(FIRST_LOCK_MS * 2 ** (count - FREE_FAILURES), LONGEST_LOCK_MS);
  return { count, since: now, until: now + lock };
};

const oneMoreOfAddress = (before: Failures | undefined, now: number): Failures => {
  const isFresh = !before || now - before.since >= ADDRESS_WINDOW_MS;
  const { count, since } = isFresh ? { count: 1, since: now } : { count: before.count + 1, since: before.since };
  return { count, since, until: count < ADDRESS_FAILURES ? 0 : since + ADDRESS_WINDOW_MS };
};

/** One household or attacker owns a whole /64 of IPv6: its addresses count as one. */
const network = (address: string): string => {
  if (!address.includes(":") || address.includes(".")) return address;
  const [head = "", tail = ""] = address.toLowerCase().split("::");
  const [left, right] = [head.split(":").filter(Boolean), tail.split(":").filter(Boolean)];
  const zeros = address.includes("::") ? Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0") : [];
  return [...left, ...zeros, ...right].slice(0, 4).join(":");
};

/** A map that forgets what was not set for longest. */
class Recent<T> {
  readonly #entries = new Map<string, T>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get(key: string): T | undefined {
    return this.#entries.get(key);
  }

  set(key: string, value: T): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.#most && oldest !== undefined) this.#entries.delete(oldest);
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }
}
