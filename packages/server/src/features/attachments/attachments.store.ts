// Attachments as rows: adding, binding to a message, finding, and those that nobody sent.
import { type RawBuilder, type Selectable, sql } from "kysely";
import { columnsOf, jsonWords } from "../../kit/json-rows.store.ts";
import type { AttachmentsTable, Db } from "../../kit/tables.ts";

export type AttachmentRow = Selectable<AttachmentsTable>;

/** With what is known of its message; null for a file that was not sent. */
export interface SentRow extends AttachmentRow {
  log_kind: "room" | "thread" | null;
  message_deleted_at: number | null;
}

export const insertAttachment = (tx: Db, row: AttachmentRow): Promise<AttachmentRow> =>
  tx.insertInto("attachments").values(row).returningAll().executeTakeFirstOrThrow();

/** By anybody and in any state: who may have it is asked of the gate. */
export const findAttachment = async (db: Db, id: string): Promise<SentRow | null> =>
  (await db
    .selectFrom("attachments")
    .leftJoin("messages", "messages.id", "attachments.message_id")
    .leftJoin("logs", "logs.id", "attachments.log_id")
    .selectAll("attachments")
    .select(["logs.kind as log_kind", "messages.deleted_at as message_deleted_at"])
    .where("attachments.id", "=", id)
    .executeTakeFirst()) ?? null;

/** What somebody uploaded since an instant and has not sent. */
const unsent = (db: Db, uploaderId: number, since: number) =>
  db
    .selectFrom("attachments")
    .where("uploader_id", "=", uploaderId)
    .where("message_id", "is", null)
    .where("created_at", ">", since);

/** Held to the end of the transaction: of several uploads at once each counts those before it. */
export const holdUploader = async (tx: Db, id: number): Promise<void> => {
  await tx
    .updateTable("users")
    .set((eb) => ({ is_active: eb.ref("is_active") }))
    .where("id", "=", id)
    .execute();
};

export const countUnsent = async (db: Db, uploaderId: number, since: number): Promise<number> => {
  const { count } = await unsent(db, uploaderId, since)
    .select((eb) => eb.fn.countAll<number | string>().as("count"))
    .executeTakeFirstOrThrow();
  return Number(count);
};

/** Those of these that may still be sent. */
export const sendable = (
  db: Db,
  uploaderId: number,
  since: number,
  ids: readonly string[],
): Promise<Pick<AttachmentRow, "id" | "kind">[]> =>
  unsent(db, uploaderId, since)
    .select(["id", "kind"])
    .where("id", "in", [...ids])
    .where("state", "!=", "quarantined")
    .execute();

/** Null where it was sent, thrown away or blocked meanwhile. Answers the row as it is then: nobody misses a state. */
export const bindAttachment = async (
  tx: Db,
  id: string,
  uploaderId: number,
  to: { message_id: number; log_id: number; place: number },
): Promise<AttachmentRow | null> =>
  (await tx
    .updateTable("attachments")
    .set(to)
    .where("id", "=", id)
    .where("uploader_id", "=", uploaderId)
    .where("message_id", "is", null)
    .where("state", "!=", "quarantined")
    .returningAll()
    .executeTakeFirst()) ?? null;

/** What is shown of one. */
const SHOWN = [
  "id",
  "kind",
  "name",
  "mime",
  "size",
  "width",
  "height",
  "duration_ms",
  "waveform",
  "placeholder",
  "has_thumbs",
  "state",
  "problem",
] as const;
export type AttachmentJson = Pick<AttachmentRow, (typeof SHOWN)[number]>;

/** Those of the message in a column of the query around it, in brackets; in their order. */
export const attachmentsIn = (db: Db, message: string): RawBuilder<unknown> => {
  const json = jsonWords(db);
  const each = json.list(json.object(columnsOf("a", SHOWN)), sql`a.place`);
  return sql`(select ${each} from attachments as a where a.message_id = ${sql.ref(message)})`;
};

/** In their order, for all of these messages at once. */
export const attachmentRowsOf = (db: Db, messageIds: readonly number[]): Promise<AttachmentRow[]> =>
  messageIds.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom("attachments")
        .selectAll()
        .where("message_id", "in", [...messageIds])
        .orderBy("message_id")
        .orderBy("place")
        .execute();

/** Answers the blob that nobody needs any more; null where there is no such file of theirs, or it was sent. */
export const deleteUnsent = async (tx: Db, id: string, uploaderId: number): Promise<string | null> =>
  (
    await tx
      .deleteFrom("attachments")
      .where("id", "=", id)
      .where("uploader_id", "=", uploaderId)
      .where("message_id", "is", null)
      .returning("blob")
      .executeTakeFirst()
  )?.blob ?? null;

/** Removes files that nobody sent until then. Answers their blobs. */
export const deleteStale = async (tx: Db, before: number, rows: number): Promise<string[]> => {
  const gone = await tx
    .deleteFrom("attachments")
    .where("id", "in", (eb) =>
      eb
        .selectFrom("attachments")
        .select("id")
        .where("message_id", "is", null)
        .where("created_at", "<=", before)
        .limit(rows),
    )
    .where("message_id", "is", null)
    .returning("blob")
    .execute();
  return gone.map(({ blob }) => blob);
};

/** Those of these blobs that a row names. */
export const blobsInUse = async (db: Db, blobs: readonly string[]): Promise<Set<string>> => {
  const rows = await db
    .selectFrom("attachments")
    .select("blob")
    .where("blob", "in", [...blobs])
    .execute();
  return new Set(rows.map(({ blob }) => blob));
};
