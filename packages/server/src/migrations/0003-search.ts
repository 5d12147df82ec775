// The words of all messages, for search. Both databases take the same rows: a message's id and its words, folded.
import { type Kysely, sql } from "kysely";
import { indexMessages } from "../kit/message-words.store.ts";
import type { Dialect } from "../kit/ports.ts";
import type { Tables } from "../kit/tables.ts";

/** Even of the longest messages so many are indexed well within the time that one statement has. */
const AT_ONCE = 200;

export async function up(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  // So that the words can be made anew by the same step, should they be taken apart otherwise one day.
  await sql`drop table if exists message_words`.execute(db);
  await (dialect === "sqlite" ? onSqlite(db) : onPostgres(db));
  await indexAll(db);
  // Until it knows the table, PostgreSQL guesses, and searches it the slow way.
  if (dialect === "postgres") await sql`analyze message_words`.execute(db);
}

/**
 * Only the index, not the text once more. The words are folded already: `ascii` takes every other character for a part of
 * a word, and knows no Unicode of its own that might differ. Beginnings of one or two letters, which very many words have,
 * are kept as well: gathered at the moment of the search they would keep everybody's reading waiting.
 */
const onSqlite = async (db: Kysely<unknown>): Promise<void> => {
  await sql`create virtual table message_words using fts5(
    words, content='', contentless_delete=1, prefix='1 2', tokenize="ascii tokenchars '_'"
  )`.execute(db);
};

/**
 * The words are numbered here, past PostgreSQL's own parser, which would take web addresses and the like apart by rules
 * of its own. Without fastupdate no search and no vacuum has to clear up after many sends.
 */
const onPostgres = async (db: Kysely<unknown>): Promise<void> => {
  await sql`create or replace function homeroom_document(words text) returns tsvector
    language sql immutable strict parallel safe as $$
      select coalesce(string_agg('''' || word || ''':' || least(place, 16383), ' '), '')::tsvector
      from unnest(string_to_array(words, ' ')) with ordinality as t(word, place)
    $$`.execute(db);
  await sql`create table message_words (
    rowid bigint primary key references messages(id),
    words text not null,
    document tsvector not null generated always as (homeroom_document(words)) stored
  )`.execute(db);
  await sql`create index message_words_document on message_words using gin (document) with (fastupdate = off)`.execute(
    db,
  );
};

/** What was written before there was an index. */
const indexAll = async (db: Kysely<Tables>): Promise<void> => {
  for (let last = 0; ; ) {
    const rows = await db
      .selectFrom("messages")
      .select(["id", "log_id", "sender_id", "content"])
      .where("id", ">", last)
      .where("deleted_at", "is", null)
      .orderBy("id")
      .limit(AT_ONCE)
      .execute();
    await indexMessages(db, rows);
    const newest = rows.at(-1);
    if (!newest) return;
    last = newest.id;
  }
};
