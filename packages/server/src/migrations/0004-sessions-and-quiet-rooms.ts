// What somebody sees of their own sign-ins, and the rooms that they keep quiet for themselves.
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("sessions")
    .addColumn("user_agent", "text", (c) => c.notNull().defaultTo(""))
    .execute();
  await db.schema
    .alterTable("sessions")
    .addColumn("last_seen_at", "bigint", (c) => c.notNull().defaultTo(0))
    .execute();
  await sql`update sessions set last_seen_at = rotated_at`.execute(db);
  await db.schema
    .alterTable("memberships")
    .addColumn("quiet", "integer", (c) => c.notNull().defaultTo(0))
    .execute();
}
