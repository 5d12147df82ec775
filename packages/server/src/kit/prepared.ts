// Queries whose text never changes: Kysely makes it once for each connection, and only the values differ afterwards.
// Making the text costs several times what the database needs to answer it.
import type { Compilable, CompiledQuery } from "kysely";
import type { Db } from "./tables.ts";
import { together } from "./together.ts";

/** Stands in the text for a value that comes later. */
class Slot {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** Every name answers its slot, which has the type of the value it stands for. */
const slots = <V extends object>(): V =>
  new Proxy({} as V, { get: (_none, name) => (typeof name === "string" ? new Slot(name) : undefined) });

/** A database that can be asked without Kysely's executor, which costs as much again as the question. */
export interface DirectAdapter {
  /**
   * Runs a statement with each set of values, in order, and after what was asked in this way before. It may overtake
   * what goes through the executor and was not waited for. Answers the rows of each.
   */
  askEach(sql: string, sets: readonly (readonly unknown[])[]): Promise<unknown[][]>;
}

/** Whether prepared queries are answered in the order in which they are asked, also when nobody waits in between. */
export const answersInOrder = (db: Db): boolean => "askEach" in db.getExecutor().adapter;

export interface Prepared<V, R> {
  (db: Db, values: V): Promise<R[]>;
  /** Once for each of the values, in order; where the database can, in one go. Rejects with the first failure. */
  each(db: Db, all: readonly V[]): Promise<R[][]>;
}

/**
 * `build` is called once for each database connection, with a stand-in for each value: it may put values into the query
 * and must not look at them (no conditions, no spread, no lists of changing length). A value that is null is bound as
 * null: compare with `=` only what is never null. Rejects as the query itself would.
 */
export const prepared = <V extends object, R>(build: (db: Db, value: V) => Compilable<R>): Prepared<V, R> => {
  // By the adapter: a connection and its transactions have one in common, two databases never do.
  const made = new WeakMap<object, CompiledQuery<R>>();
  const madeFor = (db: Db, adapter: object): CompiledQuery<R> => {
    let query = made.get(adapter);
    if (!query) {
      query = build(db, slots<V>()).compile();
      made.set(adapter, query);
    }
    return query;
  };
  const each = async (db: Db, all: readonly V[]): Promise<R[][]> => {
    if (all.length === 0) return [];
    const { adapter } = db.getExecutor();
    const query = madeFor(db, adapter);
    const sets = all.map((values) => query.parameters.map((p) => (p instanceof Slot ? values[p.name as keyof V] : p)));
    if ("askEach" in adapter) return (await (adapter as DirectAdapter).askEach(query.sql, sets)) as R[][];
    const answers = await together(sets.map((parameters) => db.executeQuery<R>({ ...query, parameters })));
    return answers.map(({ rows }) => rows);
  };
  return Object.assign(async (db: Db, values: V) => (await each(db, [values]))[0] ?? [], { each });
};

/** The same where one row at most is the answer. */
export const preparedOne = <V extends object, R>(build: (db: Db, value: V) => Compilable<R>) => {
  const ask = prepared(build);
  return Object.assign(async (db: Db, values: V): Promise<R | null> => (await ask(db, values))[0] ?? null, {
    each: async (db: Db, all: readonly V[]): Promise<(R | null)[]> =>
      (await ask.each(db, all)).map(([row]) => row ?? null),
  });
};
