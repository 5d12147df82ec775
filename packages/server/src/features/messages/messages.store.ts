// Messages as rows: finding and changing one. Pages of them are in message-pages.store.ts.
import type { Selectable } from "kysely";
import type { Db, MessagesTable } from "../../kit/tables.ts";

export type MessageRow = Selectable<MessagesTable>;

/** The message and what kind of log it is in: an id of one kind names nothing of the other. */
export const findInKind = async (db: Db, id: number, kind: "room" | "thread"): Promise<MessageRow | null> =>
  (await db
    .selectFrom("messages")
    .innerJoin("logs", "logs.id", "messages.log_id")
    .selectAll("messages")
    .where("messages.id", "=", id)
    .where("logs.kind", "=", kind)
    .executeTakeFirst()) ?? null;

export const findInLog = async (db: Db, logId: number, id: number): Promise<MessageRow | null> =>
  (await db.selectFrom("messages").selectAll().where("id", "=", id).where("log_id", "=", logId).executeTakeFirst()) ??
  null;

export const changeMessage = (
  tx: Db,
  id: number,
  change: Partial<Pick<MessageRow, "content" | "edited_at" | "deleted_at" | "deleted_by" | "pinned_seq">>,
): Promise<MessageRow> =>
  tx.updateTable("messages").set(change).where("id", "=", id).returningAll().executeTakeFirstOrThrow();
