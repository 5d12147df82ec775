// Queries whose text never changes: Kysely makes it once for each connection, and only the values differ afterwards.
// Making the text costs several times what the database needs to answer it.
import type { Compilable, CompiledQuery } from "kysely";
import type { Db } from "./tables.ts";

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

/**
 * `build` is called once for each database connection, with a stand-in for each value: it may put values into the query
 * and must not look at them (no conditions, no spread, no lists of changing length). A value that is null is bound as
 * null: compare with `=` only what is never null. Rejects as the query itself would.
 */
export const prepared = <V extends object, R>(build: (db: Db, value: V) => Compilable<R>) => {
  // By the adapter: a connection and its transactions have one in common, two databases never do.
  const made = new WeakMap<object, CompiledQuery<R>>();
  return async (db: Db, values: V): Promise<R[]> => {
    const { adapter } = db.getExecutor();
    let query = made.get(adapter);
    if (!query) {
      query = build(db, slots<V>()).compile();
      made.set(adapter, query);
    }
    const parameters = query.parameters.map((p) => (p instanceof Slot ? values[p.name as keyof V] : p));
    return (await db.executeQuery<R>({ ...query, parameters })).rows;
  };
};

/** The same where one row at most is the answer. */
export const preparedOne = <V extends object, R>(build: (db: Db, value: V) => Compilable<R>) => {
  const ask = prepared(build);
  return async (db: Db, values: V): Promise<R | null> => (await ask(db, values))[0] ?? null;
};
