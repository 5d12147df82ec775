// Reactions to messages, and which messages are pinned in their room.
import { type Kysely, sql } from "kysely";
import type { Dialect } from "../kit/ports.ts";

export async function up(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await db.schema
    .createTable("reactions")
    .addColumn("message_id", "bigint", (c) => c.notNull().references("messages.id"))
    .addColumn("emoji", "text", (c) => c.notNull())
    .addColumn("user_id", "bigint", (c) => c.notNull().references("users.id"))
    .addColumn("place", "integer", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addPrimaryKeyConstraint("reactions_key", ["message_id", "emoji", "user_id"])
    .$call((t) => (dialect === "sqlite" ? t.modifyEnd(sql`without rowid`) : t))
    .execute();

  await db.schema.alterTable("messages").addColumn("pinned_seq", "bigint").execute();
  await db.schema
    .createIndex("messages_pinned")
    .on("messages")
    .columns(["log_id", "pinned_seq"])
    .where("pinned_seq" as never, "is not", null)
    .execute();
}
