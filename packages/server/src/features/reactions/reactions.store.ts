// Reactions as rows: one for each person, message and emoji.
import type { Reaction } from "@homeroom/protocol";
import { type RawBuilder, sql } from "kysely";
import { jsonWords } from "../../kit/json-rows.store.ts";
import type { Db } from "../../kit/tables.ts";

/** One reaction inside a message. */
export type ReactionJson = [emoji: string, user_id: number];

/** Most messages have none, and are asked for no more than that. */
export const hasReactions = (message: string): RawBuilder<unknown> =>
  sql`exists (select 1 from reactions as r where r.message_id = ${sql.ref(message)})`;

/** Those of the message in a column of the query around it, in brackets; in order of first use. */
export const reactionsIn = (db: Db, message: string): RawBuilder<unknown> => {
  const json = jsonWords(db);
  const each = json.list(json.tuple(["r.emoji", "r.user_id"]), sql`r.place, r.created_at, r.user_id`);
  return sql`(select ${each} from reactions as r where r.message_id = ${sql.ref(message)})`;
};

/** The same for everybody: what stands under one message. Reactions of one emoji follow each other. */
export const toReactions = (rows: readonly ReactionJson[]): Reaction[] => {
  const found: Reaction[] = [];
  for (const [emoji, userId] of rows) {
    const last = found.at(-1);
    if (last?.emoji === emoji) {
      last.user_ids.push(userId);
      last.count += 1;
    } else found.push({ emoji, count: 1, user_ids: [userId] });
  }
  return found;
};

export const reactionsQuery = (db: Db, messageIds: readonly number[]) =>
  db
    .selectFrom("reactions")
    .select(["message_id", "emoji", "user_id"])
    .where("message_id", "in", [...messageIds])
    .orderBy("message_id")
    .orderBy("place")
    .orderBy("created_at")
    .orderBy("user_id");

/** What stands under each of these messages, in order of first use; in one query whatever the number. */
export const reactionsOf = async (db: Db, messageIds: readonly number[]): Promise<Map<number, Reaction[]>> => {
  if (messageIds.length === 0) return new Map();
  const rows = await reactionsQuery(db, messageIds).execute();
  const byMessage = Map.groupBy(rows, ({ message_id }) => message_id);
  return new Map(
    [...byMessage].map(([id, some]) => [id, toReactions(some.map(({ emoji, user_id }) => [emoji, user_id]))]),
  );
};

/** Where an emoji stands under its message; the next free place for a new one. The caller holds the log. */
export const emojiPlace = async (tx: Db, messageId: number, emoji: string): Promise<number> => {
  const rows = await tx
    .selectFrom("reactions")
    .select((eb) => ["emoji", eb.fn.max<number>("place").as("place")])
    .where("message_id", "=", messageId)
    .groupBy("emoji")
    .execute();
  const found = rows.find((row) => row.emoji === emoji);
  return found?.place ?? Math.max(0, ...rows.map(({ place }) => place)) + 1;
};

export const insertReaction = async (
  tx: Db,
  row: { message_id: number; emoji: string; user_id: number; place: number; created_at: number },
): Promise<void> => {
  await tx.insertInto("reactions").values(row).execute();
};

export const deleteReaction = async (tx: Db, messageId: number, emoji: string, userId: number): Promise<void> => {
  await tx
    .deleteFrom("reactions")
    .where("message_id", "=", messageId)
    .where("emoji", "=", emoji)
    .where("user_id", "=", userId)
    .execute();
};

/** A message that is deleted keeps none. */
export const forgetReactions = async (tx: Db, messageId: number): Promise<void> => {
  await tx.deleteFrom("reactions").where("message_id", "=", messageId).execute();
};
