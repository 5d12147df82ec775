// How both databases go about a search: from the caller's rooms, by the index, never through all messages.
import { CompiledQuery, sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fill } from "../../../../../tests/kit/fill.ts";
import { eachDatabase, type OpenDatabase } from "../../../../../tests/kit/databases.ts";
import { type FeaturesKit, featuresKit } from "../../../../../tests/kit/features.ts";
import { termsOf } from "./query.ts";
import { findMessages, onPostgres, onSqlite } from "./search.store.ts";

/** M: by the match, <: from the cursor down. */
const PLANS = {
  sqlite: /^SCAN message_words VIRTUAL TABLE INDEX \d+:M\d+<$/,
  postgres: /Bitmap Index Scan on message_words_document/,
};

eachDatabase((open, name) => {
  let opened: OpenDatabase;
  let kit: FeaturesKit;
  beforeAll(async () => {
    opened = await open();
    kit = featuresKit(opened);
    const host = await kit.user("teacher");
    for (let i = 0; i < 4; i++) await fill(kit.kit, (await kit.room(host)).id, host.id, 2_000, (n) => `lesson ${n}`);
    if (name === "postgres") await sql`analyze`.execute(opened.db.read);
  });
  afterAll(() => opened.drop());

  const wanted = { terms: termsOf("lesson 17"), logIds: [1, 2], senderId: undefined, before: 5_000, rows: 51 };
  const explained = async (prefix: string, query: { compile(): CompiledQuery }) => {
    const { sql: text, parameters } = query.compile();
    const asked = CompiledQuery.raw(`${prefix} ${text}`, [...parameters]);
    const { rows } = await opened.db.read.executeQuery<Record<string, string>>(asked);
    return rows.map((row) => row.detail ?? row["QUERY PLAN"]).join("\n");
  };

  test("the index is asked for the words and the rooms; on SQLite in its own order, from the cursor down", async () => {
    const { read } = opened.db;
    const plan = await (name === "sqlite"
      ? explained("explain query plan", onSqlite(read, wanted))
      : explained("explain", onPostgres(read, wanted)));
    expect(plan).toMatch(PLANS[name]);
    expect(plan).not.toMatch(/TEMP B-TREE|Seq Scan on message_words/);
  });

  test("somebody with very many rooms and chats finds the same, and waits no longer for it", async () => {
    const { read, dialect } = opened.db;
    const few = await findMessages(read, dialect, wanted);
    expect(few).toHaveLength(51);
    // PostgreSQL would not be done within the two seconds that it has, if it held each row against each place.
    const others = Array.from({ length: 2_000 }, (_, i) => 10_000 + i);
    expect(await findMessages(read, dialect, { ...wanted, logIds: [...wanted.logIds, ...others] })).toEqual(few);
  });
});
