// One SQLite thread as a Kysely dialect.
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type LimitNode,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import type { DirectAdapter } from "../kit/prepared.ts";
import { asRefusal, type SqliteThread } from "./sqlite-thread.ts";

class ThreadConnection implements DatabaseConnection {
  readonly #thread: SqliteThread;
  constructor(thread: SqliteThread) {
    this.#thread = thread;
  }
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, changes, lastId } = await this.#thread.run(query.sql, query.parameters).catch((error: unknown) => {
      throw asRefusal(error);
    });
    return { rows: rows as R[], numAffectedRows: BigInt(changes), insertId: BigInt(lastId) };
  }
  // oxlint-disable-next-line require-yield -- never called: every list here is a bounded page
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error("streaming is not used");
  }
}

class ThreadAdapter extends SqliteAdapter implements DirectAdapter {
  readonly #thread: SqliteThread;

  constructor(thread: SqliteThread) {
    super();
    this.#thread = thread;
  }

  /** Nobody has to wait for a connection: there is one, and it takes what it is asked in order. */
  async askEach(sql: string, sets: readonly (readonly unknown[])[]): Promise<unknown[][]> {
    const results = await this.#thread.runPrepared(sql, sets).catch((error: unknown) => {
      throw asRefusal(error);
    });
    return results.map(({ rows }) => rows);
  }

  /** The thread keeps the order of what it is asked: nobody waits for somebody else's answer before they ask. */
  override get supportsMultipleConnections(): boolean {
    return true;
  }
  /** SQLite does take changes of tables back: a step that is broken off leaves nothing behind, and is begun again. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/**
 * A bound number after `limit` is planned with: SQLite makes the statement anew for each value that is bound, which costs
 * several times what running it does. What is calculated is not looked at beforehand.
 */
class SteadyCompiler extends SqliteQueryCompiler {
  protected override visitLimit(node: LimitNode): void {
    this.append("limit cast(");
    this.visitNode(node.limit);
    this.append(" as integer)");
  }
}

/** Transactions are the database adapter's business, except for Kysely's own (migrations, one after the other). */
export const threadDialect = (thread: SqliteThread): Dialect => {
  const connection = new ThreadConnection(thread);
  const exec = (sql: string) => async () => void (await thread.run(sql));
  const driver: Driver = {
    init: () => Promise.resolve(),
    acquireConnection: () => Promise.resolve(connection),
    beginTransaction: async () => {
      // The thread carries nothing out after a transaction that could not be begun, until it is told that this is known.
      await thread.run("BEGIN IMMEDIATE").catch(async (error: unknown) => {
        await thread.run("ROLLBACK").catch(() => undefined);
        throw error;
      });
    },
    commitTransaction: exec("COMMIT"),
    rollbackTransaction: exec("ROLLBACK"),
    releaseConnection: () => Promise.resolve(),
    destroy: () => Promise.resolve(),
  };
  return {
    createAdapter: () => new ThreadAdapter(thread),
    createDriver: () => driver,
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SteadyCompiler(),
  };
};
