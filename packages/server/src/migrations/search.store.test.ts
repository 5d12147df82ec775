// A school that has written for years gets its index when it upgrades: what is there is found, what was deleted is not.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Kysely } from "kysely";
import type { MigrationProvider } from "kysely/migration";
import { afterEach, describe, expect, test } from "vitest";
import { freshDatabase } from "../../../../tests/kit/postgres.ts";
import { openPostgres } from "../adapters/postgres.ts";
import { openSqlite } from "../adapters/sqlite.ts";
import { termsOf } from "../features/search/query.ts";
import { findMessages } from "../features/search/search.store.ts";
import type { Database, Dialect } from "../kit/ports.ts";
import * as step from "./0003-search.ts";
import { migrationsFor } from "./index.ts";

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const one of undo.splice(0).toReversed()) await one();
});

const emptyDatabase = async (dialect: Dialect): Promise<Database> => {
  const folder = mkdtempSync(join(tmpdir(), "homeroom-upgrade-"));
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  const fresh = dialect === "postgres" ? await freshDatabase() : null;
  if (fresh) undo.push(() => fresh.drop());
  const db = fresh
    ? openPostgres({ url: fresh.url, durability: "relaxed" })
    : openSqlite({ file: join(folder, "old.sqlite"), durability: "relaxed" });
  undo.push(() => db.close());
  return db;
};

/** As the database was before the step. */
const before = (dialect: Dialect, limit: string): MigrationProvider => ({
  getMigrations: async () =>
    Object.fromEntries(Object.entries(await migrationsFor(dialect).getMigrations()).filter(([name]) => name < limit)),
});

/** Somebody, one log, and messages in it, by the columns of then. */
const oldSchool = (db: Database, contents: readonly string[]) =>
  db.write(async (tx) => {
    const account = { username: "ada", username_key: "ada", display_name: "Ada", password_hash: "", role: "teacher" };
    const at = { created_at: 1 };
    const user = await tx
      .insertInto("users")
      .values({ ...account, ...at, is_active: 1 })
      .returning("id")
      .executeTakeFirstOrThrow();
    const log = await tx
      .insertInto("logs")
      .values({ kind: "room", epoch: "e", head: 0 })
      .returning("id")
      .executeTakeFirstOrThrow();
    const rows = contents.map((content, i) => ({
      ...at,
      content,
      log_id: log.id,
      seq: i + 1,
      sender_id: user.id,
      first_digest: "",
      also_in_room: 0 as const,
      deleted_at: content.includes("deleted") ? 1 : null,
    }));
    await tx.insertInto("messages").values(rows).execute();
    return log.id;
  });

describe.each(["sqlite", "postgres"] as const)("on %s", (dialect) => {
  test("messages that were there before the index are found after it, also if the step was broken off", async () => {
    const db = await emptyDatabase(dialect);
    await db.migrate(before(dialect, "0003"));
    const logId = await oldSchool(db, [
      ...Array.from({ length: 1_200 }, (_, i) => `Erdkunde ${i + 1}`),
      "Erdkunde deleted",
    ]);
    expect(await db.migrate(migrationsFor(dialect))).toContain("0003-search");
    const find = (q: string) =>
      findMessages(db.read, dialect, {
        terms: termsOf(q),
        logIds: [logId],
        senderId: undefined,
        before: undefined,
        rows: 2_000,
      });
    const check = async () => {
      expect(await find("erdkunde")).toHaveLength(1_200);
      expect(await find('"erdkunde 1200"')).toHaveLength(1);
      expect(await find("deleted")).toEqual([]);
    };
    await check();
    await db.write((tx) => step.up(tx as unknown as Kysely<unknown>, dialect));
    await check();
  });
});
