// What sending reads and writes. Nothing here changes its text from call to call.
import type { Db } from "../../kit/tables.ts";
import { prepared, preparedOne } from "../../kit/prepared.ts";
import type { MessageRow } from "./messages.store.ts";

export const findByClientId = preparedOne<{ sender_id: number; client_id: string }, MessageRow>(
  (db, { sender_id, client_id }) =>
    db.selectFrom("messages").selectAll().where("sender_id", "=", sender_id).where("client_id", "=", client_id),
);

/** A message as it begins: nothing has happened to it yet. */
export type NewMessage = Omit<MessageRow, "id" | "edited_at" | "deleted_at" | "deleted_by" | "pinned_seq">;

const insert = prepared<NewMessage, { id: number }>((tx, row) =>
  tx
    .insertInto("messages")
    .values({
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
    })
    .returning("id"),
);

/** In the order given. */
export const insertMessages = async (tx: Db, rows: readonly NewMessage[]): Promise<MessageRow[]> => {
  const made = await insert.each(tx, rows);
  return rows.map((row, i) => {
    const id = made[i]?.[0]?.id;
    if (id === undefined) throw new Error("a message was written and has no id");
    return { ...row, id, edited_at: null, deleted_at: null, deleted_by: null, pinned_seq: null };
  });
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
