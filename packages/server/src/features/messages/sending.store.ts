// What sending reads and writes. Nothing here changes its text from call to call.
import { sql } from "kysely";
import { inWords } from "../../kit/json-rows.store.ts";
import type { Dialect } from "../../kit/ports.ts";
import { prepared, preparedOne } from "../../kit/prepared.ts";
import type { Db } from "../../kit/tables.ts";
import type { MessageRow } from "./messages.store.ts";

export const findByClientId = preparedOne<{ sender_id: number; client_id: string }, MessageRow>(
  (db, { sender_id, client_id }) =>
    db.selectFrom("messages").selectAll().where("sender_id", "=", sender_id).where("client_id", "=", client_id),
);

const lastId = preparedOne<object, { seq: number }>((db) =>
  inWords(db, sql<{ seq: number }>`select seq from sqlite_sequence where name = 'messages'`),
);
const nextIds = prepared<{ count: number }, { id: number }>((db, { count }) =>
  inWords(
    db,
    sql<{ id: number }>`
      select nextval(pg_get_serial_sequence('messages', 'id')) as id from generate_series(1, cast(${count} as integer))`,
  ),
);

/**
 * Ids for so many new messages, rising. Known before the rows are there, so that nobody waits for the rows before they
 * write what names them. Who writes in SQLite writes alone: there the ids that nobody used are the next one's.
 */
export const takeIds = async (tx: Db, dialect: Dialect, count: number): Promise<number[]> => {
  if (dialect === "postgres") return (await nextIds(tx, { count })).map(({ id }) => id).toSorted((a, b) => a - b);
  const last = (await lastId(tx, {}))?.seq ?? 0;
  return Array.from({ length: count }, (_, i) => last + 1 + i);
};

const insert = prepared<MessageRow, unknown>((tx, row) =>
  tx.insertInto("messages").values({
    id: row.id,
    log_id: row.log_id,
    seq: row.seq,
    sender_id: row.sender_id,
    client_id: row.client_id,
    first_digest: row.first_digest,
    content: row.content,
    reply_to: row.reply_to,
    thread_root: row.thread_root,
    also_in_room: row.also_in_room,
    created_at: row.created_at,
    files: row.files,
  }),
);

/** New ones, to which nothing has happened yet. */
export const insertMessages = async (tx: Db, rows: readonly MessageRow[]): Promise<void> => {
  await insert.each(tx, rows);
};

/** When this person last wrote in the log; none for never. */
export const lastSent = (db: Db, log_id: number, sender_id: number) =>
  db
    .selectFrom("messages")
    .select("created_at")
    .where("log_id", "=", log_id)
    .where("sender_id", "=", sender_id)
    .orderBy("seq", "desc")
    .limit(1);

export const findLastSent = preparedOne<{ log_id: number; sender_id: number }, { created_at: number }>(
  (db, { log_id, sender_id }) => lastSent(db, log_id, sender_id),
);
