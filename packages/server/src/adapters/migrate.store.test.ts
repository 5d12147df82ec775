// Steps of the database are taken whole or not at all, and in their own time.
import { type Kysely, sql } from "kysely";
import type { MigrationProvider } from "kysely/migration";
import { afterEach, beforeEach, expect, test } from "vitest";
import { eachDatabase, type OpenDatabase } from "../../../../tests/kit/databases.ts";
import { migrationsFor } from "../migrations/index.ts";

eachDatabase((open, name) => {
  let opened: OpenDatabase;
  beforeEach(async () => void (opened = await open()));
  afterEach(() => opened.drop());

  /** All that there are, and one more. */
  const andThen = (up: (db: Kysely<unknown>) => Promise<unknown>): MigrationProvider => ({
    getMigrations: async () => ({
      ...(await migrationsFor(name).getMigrations()),
      "9999-next": { up: async (db) => void (await up(db)) },
    }),
  });

  test("one that is broken off leaves nothing behind, and is taken when the server starts again", async () => {
    const { db } = opened;
    const half = (last: string) =>
      andThen(async (tx) => {
        await sql`create table half (n integer)`.execute(tx);
        await sql.raw(last).execute(tx);
      });
    await expect(db.migrate(half("select * from nowhere"))).rejects.toThrow(/nowhere/);
    expect(await db.migrate(half("alter table users add column half integer"))).toEqual(["9999-next"]);
    expect(await db.migrate(half("select * from nowhere"))).toEqual([]);
  });

  test.runIf(name === "postgres")(
    "one may take longer than any call, and who starts meanwhile waits for it",
    async () => {
      const slow = andThen((tx) => sql`select pg_sleep(2.5)`.execute(tx));
      const both = await Promise.all([opened.db.migrate(slow), opened.db.migrate(slow)]);
      expect(both.flat()).toEqual(["9999-next"]);
    },
  );
});
