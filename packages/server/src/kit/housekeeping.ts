// Clears away what is of no use any more: when the server starts, and then once a day. Knows not what it is.
import type { Kit } from "./kit.ts";
import type { Db } from "./tables.ts";

const DAY_MS = 24 * 60 * 60_000;
/** So many rows at most go in one transaction: whoever writes meanwhile hardly waits. */
const ROWS_AT_ONCE = 500;

interface RowChore {
  /** For the server's log. */
  readonly what: string;
  /** Removes at most so many rows that are of no use at that instant. Answers how many it found. */
  readonly clear: (tx: Db, now: number, rows: number) => Promise<number>;
}

interface LongChore {
  readonly what: string;
  /** For what is not only rows: goes on in steps of its own until it is done or stopped. Answers how much it removed. */
  readonly run: (kit: Kit, rows: number, isStopped: () => boolean) => Promise<number>;
}

export type Chore = RowChore | LongChore;

const clearAll = async (kit: Kit, { clear }: RowChore, isStopped: () => boolean): Promise<number> => {
  let removed = 0;
  for (let found = ROWS_AT_ONCE; found >= ROWS_AT_ONCE && !isStopped(); removed += found) {
    found = await kit.db.write((tx) => clear(tx, kit.clock.now(), ROWS_AT_ONCE));
  }
  return removed;
};

/** Runs each chore until it finds nothing more. */
export const sweep = async (kit: Kit, chores: readonly Chore[], isStopped = () => false): Promise<void> => {
  for (const chore of chores) {
    if (isStopped()) return;
    const removed = await ("run" in chore ? chore.run(kit, ROWS_AT_ONCE, isStopped) : clearAll(kit, chore, isStopped));
    if (removed > 0) kit.logger.info({ removed }, `cleared away: ${chore.what}`);
  }
};

/** Keeps no process alive. What fails is written down and tried again the next day. Answers how to stop it. */
export const startHousekeeping = (kit: Kit, chores: readonly Chore[]): (() => Promise<void>) => {
  let stopped = false;
  let sweeping = Promise.resolve();
  const run = () => {
    sweeping = sweeping
      .then(() => sweep(kit, chores, () => stopped))
      .catch((error: unknown) => kit.logger.error({ err: error }, "clearing away failed"));
  };
  run();
  const timer = setInterval(run, DAY_MS).unref();
  return () => {
    stopped = true;
    clearInterval(timer);
    return sweeping;
  };
};
