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

/** Is told of what was answered, and waited for before whoever asked learns the answer. */
type Note = (count: number) => void | Promise<void>;

/** What goes past Kysely's executor is seen at the adapter, which all of a connection's queries have in common. */
export const noteDirect = (db: Db, note: Note): void => {
  const adapter = db.getExecutor().adapter as Partial<DirectAdapter>;
  const ask = adapter.askEach?.bind(adapter);
  if (!ask) return;
  adapter.askEach = async (sql, sets) => {
    const answers = await ask(sql, sets);
    await note(sets.length);
    return answers;
  };
};

/** Every other query. */
export const noteOthers = (note: Note): KyselyPlugin => ({
  transformQuery: ({ node }) => node,
  transformResult: async ({ result }) => {
    await note(1);
    return result;
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
  const noteRead = (count: number) => void (counts.reads += count);
  const noteStatement = (count: number) => void (counts.statements += count);
  noteDirect(db.read, noteRead);
  let isNoted = false;
  return {
    db: {
      ...db,
      read: db.read.withPlugin(noteOthers(noteRead)),
      write: (work) => {
        counts.transactions++;
        return db.write((tx) => {
          if (!isNoted) noteDirect(tx, noteStatement);
          isNoted = true;
          return work(tx.withPlugin(noteOthers(noteStatement)));
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
