// How many rows each table has and how far each log got: what a refused request must leave as it was.
import { sql } from "kysely";
import type { Database } from "../../packages/server/src/kit/ports.ts";

const TABLES = [
  "attachments",
  "jobs",
  "settings",
  "users",
  "sessions",
  "tickets",
  "invites",
  "logs",
  "events",
  "rooms",
  "memberships",
  "read_marks",
  "messages",
  "reactions",
  "mentions",
  "thread_follows",
  "join_requests",
  "private_threads",
  "idempotency",
  "message_words",
] as const;

export const rowCounts = async ({ read }: Database): Promise<Record<string, number>> => {
  const counted = TABLES.map((name) => sql`select count(*) from ${sql.table(name)}`);
  const heads = sql<number | string>`(select coalesce(sum(head), 0) from logs)`.as("heads");
  const columns = TABLES.map((name, i) => sql<number | string>`(${counted[i]})`.as(name));
  const row = await read.selectNoFrom([...columns, heads]).executeTakeFirstOrThrow();
  return Object.fromEntries(Object.entries(row).map(([name, count]) => [name, Number(count)]));
};
