// How both databases go about a search: from the caller's rooms, by the index, never through all messages.
import { CompiledQuery, sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fill } from "../../../../../tests/kit/fill.ts";
import { eachDatabase, type OpenDatabase } from "../../../../../tests/kit/databases.ts";
import { type FeaturesKit, featuresKit } from "../../../../../tests/kit/features.ts";
import { termsOf } from "./query.ts";
import { onPostgres, onSqlite } from "./search.store.ts";

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

  if (name === "sqlite") {
    test("the index is asked for the words, the rooms and the cursor, in its own order", async () => {
      const plan = await explained("explain query plan", onSqlite(opened.db.read, wanted));
      // M: by the match, <: from the cursor down.
      expect(plan).toMatch(/^SCAN message_words VIRTUAL TABLE INDEX \d+:M\d+<$/);
      expect(plan).not.toMatch(/TEMP B-TREE/);
    });
  } else {
    test("the index is asked for the words and the rooms", async () => {
      const plan = await explained("explain", onPostgres(opened.db.read, wanted));
      expect(plan).toMatch(/Bitmap Index Scan on message_words_document/);
      expect(plan).not.toMatch(/Seq Scan on message_words/);
    });
  }
});
