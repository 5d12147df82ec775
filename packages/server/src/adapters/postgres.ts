// PostgreSQL as the Database port: a bounded pool; each transaction commits by itself, with synchronous_commit.
import { Refusal } from "@homeroom/protocol";
import { type DatabaseConnection, type Driver, Kysely, PostgresDialect } from "kysely";
import type { MigrationProvider } from "kysely/migration";
import pg from "pg";
import type { Database } from "../kit/ports.ts";
import type { Tables } from "../kit/tables.ts";
import { migrate } from "./migrate.ts";

// Every integer of ours fits into a double: ids, seqs, milliseconds, counts.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export interface PostgresOptions {
  url: string;
  durability: "full" | "relaxed";
  poolSize?: number;
}

const UNIQUE_VIOLATION = "23505";
const SERIALIZATION = "40001";
const DEADLOCK = "40P01";
const DISK_FULL = "53100";
const isConflict = (error: unknown) => [UNIQUE_VIOLATION, SERIALIZATION, DEADLOCK].includes(codeOf(error));
const codeOf = (error: unknown): string => (error as { code?: string } | null)?.code ?? "";

export const openPostgres = ({ url, durability, poolSize = 10 }: PostgresOptions): Database => {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 2_000,
    // A call fails within two seconds, and is told so while somebody still waits for it.
    query_timeout: 2_000,
    options: `-c synchronous_commit=${durability === "full" ? "on" : "off"} -c statement_timeout=1900`,
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on("error", () => undefined);
  // The pool listens only to those at rest; one that breaks at work fails its query, which is told there.
  pool.on("connect", (client) => client.on("error", () => undefined));
  const db = new Kysely<Tables>({ dialect: new RefusingDialect({ pool }) });
  return {
    dialect: "postgres",
    read: db,
    write: async (work) => {
      try {
        return await db.transaction().execute(work);
      } catch (error) {
        throw asRefusal(error);
      }
    },
    isConflict,
    ping: async () => void (await pool.query("select 1")),
    migrate: (steps) => migratePatiently(url, steps),
    close: () => db.destroy(),
  };
};

/** A step may take as long as a big table needs, and a node that starts meanwhile waits for it. */
const migratePatiently = async (url: string, steps: MigrationProvider): Promise<string[]> => {
  const pool = new pg.Pool({ connectionString: url, max: 2, connectionTimeoutMillis: 2_000 });
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  const db = new Kysely<Tables>({ dialect: new RefusingDialect({ pool }) });
  try {
    return await migrate(db, steps);
  } finally {
    await db.destroy();
  }
};

/** Tells in the contract's words what went wrong with the database itself, whether it was read or written. */
class RefusingDialect extends PostgresDialect {
  override createDriver(): Driver {
    const driver = super.createDriver();
    const known = new WeakSet<DatabaseConnection>();
    const acquire = driver.acquireConnection.bind(driver);
    driver.acquireConnection = async (options) => {
      const connection = await acquire(options).catch((error: unknown) => {
        throw unavailable(error);
      });
      if (!known.has(connection)) {
        known.add(connection);
        const execute = connection.executeQuery.bind(connection);
        connection.executeQuery = <R>(...asked: Parameters<typeof execute>) =>
          execute<R>(...asked).catch((error: unknown) => {
            throw asRefusal(error);
          });
      }
      return connection;
    };
    return driver;
  }
}

const unavailable = (cause: unknown): Refusal => Object.assign(new Refusal("unavailable"), { cause });

/** Classes 08 (connection), 53 (resources), 57 (shut down) and what never reached the server: it is away. */
const asRefusal = (error: unknown): unknown => {
  if (error instanceof Refusal) return error;
  const code = codeOf(error);
  if (code === DISK_FULL) return new Refusal("storage_full");
  const away =
    /^(08|53|57)/.test(code) || /^E[A-Z]+$/.test(code) || /timeout|terminated|Connection/i.test(String(error));
  return away && !isConflict(error) ? unavailable(error) : error;
};
