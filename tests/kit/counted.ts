// Counts what a piece of work asks of the database: queries outside transactions, transactions, statements inside them.
import type { KyselyPlugin } from "kysely";
import type { Database } from "../../packages/server/src/kit/ports.ts";
import type { DirectAdapter } from "../../packages/server/src/kit/prepared.ts";
import type { Db } from "../../packages/server/src/kit/tables.ts";

export interface Counts {
  reads: number;
  transactions: number;
  /** Inside the transactions; what begins and commits them is not counted. */
  statements: number;
}

/** What goes past Kysely's executor is counted at the adapter, which all of a connection's queries have in common. */
const noteDirect = (db: Db, note: (count: number) => void): void => {
  const adapter = db.getExecutor().adapter as Partial<DirectAdapter>;
  const ask = adapter.askEach?.bind(adapter);
  if (!ask) return;
  adapter.askEach = (sql, sets) => {
    note(sets.length);
    return ask(sql, sets);
  };
};

/** Every other query that was answered. */
const answered = (note: () => void): KyselyPlugin => ({
  transformQuery: ({ node }) => node,
  transformResult: ({ result }) => {
    note();
    return Promise.resolve(result);
  },
});

export interface CountedDatabase {
  /** The same database, counted. */
  db: Database;
  /** What the work asked of it. Nothing else may be under way. */
  count: (work: () => Promise<unknown>) => Promise<Counts>;
}

export const counted = (db: Database): CountedDatabase => {
  const counts: Counts = { reads: 0, transactions: 0, statements: 0 };
  const inside = answered(() => void counts.statements++);
  noteDirect(db.read, (count) => void (counts.reads += count));
  let isNoted = false;
  return {
    db: {
      ...db,
      read: db.read.withPlugin(answered(() => void counts.reads++)),
      write: (work) => {
        counts.transactions++;
        return db.write((tx) => {
          if (!isNoted) noteDirect(tx, (count) => void (counts.statements += count));
          isNoted = true;
          return work(tx.withPlugin(inside));
        });
      },
    },
    count: async (work) => {
      Object.assign(counts, { reads: 0, transactions: 0, statements: 0 });
      await work();
      return { ...counts };
    },
  };
};
