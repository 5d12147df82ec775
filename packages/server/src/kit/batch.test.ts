// Actions that are carried out together: what goes into one transaction, and what becomes of the others when one fails.
import { Refusal } from "@homeroom/protocol";
import { expect, test } from "vitest";
import { type Batch, batched, type Outcome } from "./batch.ts";
import type { Kit } from "./kit.ts";
import type { Budget, Database } from "./ports.ts";
import type { Db } from "./tables.ts";

interface Asked {
  readonly who: string;
  readonly what: "good" | "refused" | "broken";
}

/** Transactions take a turn of the event loop each; `away` is thrown by them instead of a commit. */
const kitWith = (away?: Refusal) => {
  const transactions: Asked[][] = [];
  const taken: Budget[] = [];
  const db = {
    isConflict: () => false,
    write: async (work: (tx: Db) => Promise<unknown>) => {
      await new Promise((resolve) => setImmediate(resolve));
      const result = await work({} as Db);
      if (away) throw away;
      return result;
    },
  } as Partial<Database> as Database;
  const kit = {
    db,
    clock: { now: () => 0 },
    fanout: { publish: () => undefined },
    throttle: { take: (...budgets: Budget[]) => void taken.push(...budgets) },
  } as unknown as Kit;
  const batch: Batch<Asked, string> = {
    line: () => "one",
    apart: ({ who }) => who,
    work: (_turn, asks) => {
      transactions.push(asks.map(({ asked }) => asked));
      for (const { asked, take } of asks) take(["send_user", asked.who]);
      if (asks.some(({ asked }) => asked.what === "broken")) return Promise.reject(new Error("broken"));
      return Promise.resolve(
        asks.map(
          ({ asked }): Outcome<string> =>
            asked.what === "good" ? { value: asked.who } : { refusal: new Refusal("forbidden") },
        ),
      );
    },
  };
  return { ask: batched(kit, batch), transactions, taken };
};

const good = (who: string): Asked => ({ who, what: "good" });

test("what comes while one transaction is under way is the next one, whole", async () => {
  const { ask, transactions } = kitWith();
  const answers = await Promise.all(["a", "b", "c"].map((who) => ask(good(who))));
  expect(answers).toEqual(["a", "b", "c"]);
  expect(transactions.map((some) => some.map(({ who }) => who))).toEqual([["a"], ["b", "c"]]);
});

test("a refusal stops nobody else", async () => {
  const { ask, transactions } = kitWith();
  const asked: Asked[] = [good("a"), { who: "b", what: "refused" }, good("c")];
  const answers = await Promise.allSettled(asked.map(ask));
  expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(transactions).toHaveLength(2);
});

test("where something breaks, each is tried alone, and counted once", async () => {
  const { ask, transactions, taken } = kitWith();
  const asked: Asked[] = [good("a"), good("b"), { who: "c", what: "broken" }, good("d")];
  const answers = await Promise.allSettled(asked.map(ask));
  expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
  expect(transactions.map((some) => some.length)).toEqual([1, 3, 1, 1, 1]);
  expect(taken).toHaveLength(4);
});

test("one person's follow each other in the order in which they were asked", async () => {
  const { ask, transactions } = kitWith();
  await Promise.all(["a", "b", "b", "c", "b"].map((who) => ask(good(who))));
  expect(transactions.map((some) => some.map(({ who }) => who).join(""))).toEqual(["a", "bc", "b", "b"]);
});

test("a database that is away is asked once for all of them", async () => {
  const { ask, transactions } = kitWith(new Refusal("unavailable"));
  const answers = await Promise.allSettled(["a", "b", "c"].map((who) => ask(good(who))));
  expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  expect(transactions.map((some) => some.length)).toEqual([1, 2]);
});
