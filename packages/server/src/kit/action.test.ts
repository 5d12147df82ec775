// Actions that the database makes run again: what happens once, however often it is tried.
import { expect, test } from "vitest";
import { readConfig } from "../config.ts";
import { act } from "./action.ts";
import type { Kit } from "./kit.ts";
import type { Budget, Database, Effect } from "./ports.ts";
import type { Db } from "./tables.ts";

const conflict = new Error("two at once");

/** A kit whose first transactions so many times meet another one at their commit. */
const kitWith = (conflicts: number) => {
  const taken: Budget[] = [];
  const published: Effect[] = [];
  let left = conflicts;
  const db = {
    isConflict: (error: unknown) => error === conflict,
    write: async (work: (tx: Db) => Promise<unknown>) => {
      const result = await work({} as Db);
      if (left-- > 0) throw conflict;
      return result;
    },
  } as Partial<Database> as Database;
  const quiet = () => undefined;
  const kit = {
    db,
    clock: { now: () => 0 },
    config: readConfig({}),
    fanout: { publish: (effects) => void published.push(...effects), whisper: quiet, isOnline: () => false },
    throttle: { take: (...budgets) => void taken.push(...budgets) },
    logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  } as Partial<Kit> as Kit;
  return { kit, taken, published };
};

test("an action that is tried three times takes from the rate budgets once, and is announced once", async () => {
  const { kit, taken, published } = kitWith(2);
  let tries = 0;
  await act(kit, (turn) => {
    tries += 1;
    turn.take(["send_user", "7"], ["send_to_room", "3"]);
    turn.effect({ do: "end-sessions", sessionIds: [] });
    return Promise.resolve();
  });
  expect(tries).toBe(3);
  expect(taken).toEqual([
    ["send_user", "7"],
    ["send_to_room", "3"],
  ]);
  expect(published).toHaveLength(1);
});

test("a budget that is used up stops the action", async () => {
  const { kit } = kitWith(0);
  const full: Kit = {
    ...kit,
    throttle: {
      take: () => {
        throw new Error("used up");
      },
    },
  };
  await expect(
    act(full, (turn) => {
      turn.take(["send_user", "7"]);
      return Promise.resolve();
    }),
  ).rejects.toThrow("used up");
});
