// Since when in each log the same people may do the same things: what was found out about somebody after that holds.
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("logs")
    .addColumn("rights_seq", "bigint", (c) => c.notNull().defaultTo(0))
    .execute();
  await sql`update logs set rights_seq = head`.execute(db);
}
