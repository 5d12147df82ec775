// Runs a suite over both databases, each time on an empty one that has all migrations.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe } from "vitest";
import { openPostgres } from "../../packages/server/src/adapters/postgres.ts";
import { openSqlite } from "../../packages/server/src/adapters/sqlite.ts";
import type { Database } from "../../packages/server/src/kit/ports.ts";
import { migrationsFor } from "../../packages/server/src/migrations/index.ts";
import { freshDatabase } from "./postgres.ts";

/** A migrated database of the test's own; `drop` closes it and removes every trace. */
export interface OpenDatabase {
  db: Database;
  drop: () => Promise<void>;
}

const sqlite = async (): Promise<OpenDatabase> => {
  const folder = mkdtempSync(join(tmpdir(), "homeroom-db-"));
  const db = openSqlite({ file: join(folder, "test.db"), durability: "relaxed" });
  await db.migrate(migrationsFor("sqlite"));
  return {
    db,
    drop: async () => {
      await db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const postgres = async (): Promise<OpenDatabase> => {
  const fresh = await freshDatabase();
  const db = openPostgres({ url: fresh.url, durability: "relaxed" });
  await db.migrate(migrationsFor("postgres"));
  return {
    db,
    drop: async () => {
      await db.close();
      await fresh.drop();
    },
  };
};

/** An empty one of each kind. PostgreSQL only where the run started one. */
export const freshDatabases = { sqlite, postgres };

/** Declares the suite once per database. `open` gives an empty one each time. */
export const eachDatabase = (suite: (open: () => Promise<OpenDatabase>, name: "sqlite" | "postgres") => void): void => {
  describe("on SQLite", () => {
    suite(sqlite, "sqlite");
  });
  describe("on PostgreSQL", () => {
    suite(postgres, "postgres");
  });
};
