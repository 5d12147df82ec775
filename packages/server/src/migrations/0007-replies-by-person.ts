// Who replied in a thread, how often and when, told from an index alone: a page shows it of every thread on it.
import type { Kysely } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex("messages_replies")
    .on("messages")
    .columns(["thread_root", "sender_id", "seq", "created_at", "deleted_at"])
    .where("thread_root" as never, "is not", null)
    .execute();
}
