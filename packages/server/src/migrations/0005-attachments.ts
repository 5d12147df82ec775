// Files of messages, and work that is done after a commit.
import { type Kysely, sql } from "kysely";
import type { Dialect } from "../kit/ports.ts";

export async function up(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await db.schema
    .alterTable("messages")
    .addColumn("files", "integer", (c) => c.notNull().defaultTo(0))
    .execute();

  await db.schema
    .createTable("attachments")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("uploader_id", "bigint", (c) => c.notNull().references("users.id"))
    .addColumn("message_id", "bigint", (c) => c.references("messages.id"))
    .addColumn("log_id", "bigint", (c) => c.references("logs.id"))
    .addColumn("place", "integer", (c) => c.notNull().defaultTo(0))
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("mime", "text", (c) => c.notNull())
    .addColumn("size", "bigint", (c) => c.notNull())
    .addColumn("width", "integer")
    .addColumn("height", "integer")
    .addColumn("duration_ms", "integer")
    .addColumn("waveform", "text")
    .addColumn("placeholder", "text")
    .addColumn("state", "text", (c) => c.notNull())
    .addColumn("problem", "text")
    .addColumn("blob", "text", (c) => c.notNull())
    .addColumn("has_thumbs", "integer", (c) => c.notNull().defaultTo(0))
    .addColumn("sha256", "text", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .$call((t) => (dialect === "sqlite" ? t.modifyEnd(sql`without rowid`) : t))
    .execute();
  await db.schema.createIndex("attachments_of_message").on("attachments").columns(["message_id", "place"]).execute();
  await db.schema.createIndex("attachments_blob").on("attachments").column("blob").execute();
  await db.schema
    .createIndex("attachments_unsent")
    .on("attachments")
    .columns(["uploader_id", "created_at"])
    .where("message_id" as never, "is", null)
    .execute();

  await db.schema
    .createTable("jobs")
    .addColumn("id", dialect === "sqlite" ? "integer" : "bigserial", (c) =>
      dialect === "sqlite" ? c.primaryKey().autoIncrement() : c.primaryKey(),
    )
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("subject", "text", (c) => c.notNull())
    .addColumn("attempts", "integer", (c) => c.notNull().defaultTo(0))
    .addColumn("run_at", "bigint", (c) => c.notNull())
    .addColumn("error", "text")
    .addColumn("dead_at", "bigint")
    .addColumn("claim", "text")
    .addColumn("again", "integer", (c) => c.notNull().defaultTo(0))
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addUniqueConstraint("jobs_key", ["kind", "subject"])
    .execute();
  await db.schema
    .createIndex("jobs_due")
    .on("jobs")
    .column("run_at")
    .where("dead_at" as never, "is", null)
    .execute();
}
