// Looking into the index of words: ids of messages, newest first. Where one may look is decided before.
import { sql } from "kysely";
import { placeMark, senderMark } from "../../kit/message-words.store.ts";
import type { Dialect } from "../../kit/ports.ts";
import type { Db } from "../../kit/tables.ts";
import { type Term, toFts5, toTsquery } from "./query.ts";

export interface Wanted {
  terms: readonly Term[];
  /** Only in these. */
  logIds: readonly number[];
  senderId: number | undefined;
  /** Only messages older than this one. */
  before: number | undefined;
  rows: number;
}

export const findMessages = async (db: Db, dialect: Dialect, wanted: Wanted): Promise<number[]> => {
  if (wanted.terms.length === 0 || wanted.logIds.length === 0) return [];
  const found: { rowid: number }[] = await (dialect === "sqlite"
    ? onSqlite(db, wanted)
    : onPostgres(db, wanted)
  ).execute();
  return found.map(({ rowid }) => rowid);
};

const marksOf = ({ logIds, senderId }: Wanted) => ({
  places: logIds.map(placeMark),
  sender: senderId === undefined ? null : senderMark(senderId),
});

/** FTS5 goes through the rooms' own messages from the newest down, and stops when the page is full. */
export const onSqlite = (db: Db, wanted: Wanted) => {
  const match = toFts5(wanted.terms, marksOf(wanted));
  let query = db.selectFrom("message_words").select("rowid").where(sql<boolean>`message_words match ${match}`);
  if (wanted.before !== undefined) query = query.where("rowid", "<", wanted.before);
  return query.orderBy("rowid", "desc").limit(wanted.rows);
};

/**
 * Marks of more places than this make PostgreSQL believe that almost everything matches: it would then read the whole
 * table, and hold every row against every mark.
 */
export const MOST_MARKS = 100;

export const onPostgres = (db: Db, wanted: Wanted) =>
  wanted.logIds.length > MOST_MARKS ? inManyPlaces(db, wanted) : inFewPlaces(db, wanted);

/** The places are a condition of their own here, so that PostgreSQL can weigh them against the words. */
const inManyPlaces = (db: Db, wanted: Wanted) => {
  const match = toTsquery(wanted.terms, { ...marksOf(wanted), places: [] });
  let query = db
    .selectFrom("messages")
    .innerJoin("message_words", "message_words.rowid", "messages.id")
    .select("messages.id as rowid")
    .where(sql<boolean>`message_words.document @@ ${match}::tsquery`)
    .where(sql<boolean>`messages.log_id = any(${wanted.logIds}::bigint[])`);
  if (wanted.before !== undefined) query = query.where("messages.id", "<", wanted.before);
  return query.orderBy("messages.id", "desc").limit(wanted.rows);
};

/** The index answers first, and what it found is put in order: never a walk through all messages from the newest down. */
const inFewPlaces = (db: Db, wanted: Wanted) => {
  const match = toTsquery(wanted.terms, marksOf(wanted));
  return db
    .with(
      (cte) => cte("hits").materialized(),
      (cte) => {
        const query = cte
          .selectFrom("message_words")
          .select("rowid")
          .where(sql<boolean>`document @@ ${match}::tsquery`);
        return wanted.before === undefined ? query : query.where("rowid", "<", wanted.before);
      },
    )
    .selectFrom("hits")
    .select("rowid")
    .orderBy("rowid", "desc")
    .limit(wanted.rows);
};
