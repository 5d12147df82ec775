// How far everybody has read, and what is therefore unread. Counted from the rows each time: no number can drift.
import type { ExpressionBuilder } from "kysely";
import type { Db, MentionsTable, Tables } from "../../kit/tables.ts";
import { together } from "../../kit/together.ts";

export const readMark = async (db: Db, logId: number, userId: number): Promise<number> => {
  const row = await db
    .selectFrom("read_marks")
    .select("seq")
    .where("log_id", "=", logId)
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return row?.seq ?? 0;
};

/** Forwards only, unless `back`. Answers where the mark is then. */
export const moveReadMark = async (
  tx: Db,
  mark: { log_id: number; user_id: number; seq: number },
  back: boolean,
): Promise<number> => {
  await tx
    .insertInto("read_marks")
    .values(mark)
    .onConflict((conflict) => {
      const update = conflict.columns(["log_id", "user_id"]).doUpdateSet({ seq: mark.seq });
      return back ? update : update.where("read_marks.seq", "<", mark.seq);
    })
    .execute();
  return readMark(tx, mark.log_id, mark.user_id);
};

export interface Counts {
  unread_count: number;
  mention_count: number;
}

/** Of others, not deleted, above my mark, in the timeline; two queries whatever the number of logs. */
export const countUnread = async (db: Db, userId: number, logIds: readonly number[]): Promise<Map<number, Counts>> => {
  if (logIds.length === 0) return new Map();
  const [unread, mentions] = await together([
    unreadQuery(db, userId, logIds).execute().then(byLog),
    mentionsQuery(db, userId, logIds).execute().then(byLog),
  ]);
  const counts = (id: number): Counts => ({ unread_count: unread.get(id) ?? 0, mention_count: mentions.get(id) ?? 0 });
  return new Map(logIds.map((id) => [id, counts(id)]));
};

/**
 * Begins at the logs and counts each one from the mark up: the mark must bound the seqs that are looked at, since a log
 * may have a hundred thousand messages below it.
 */
export const unreadQuery = (db: Db, userId: number, logIds: readonly number[]) =>
  db
    .selectFrom("logs")
    .select((log) => [
      "logs.id",
      log
        .selectFrom("messages as m")
        .select((m) => m.fn.countAll<number | string>().as("n"))
        .whereRef("m.log_id", "=", "logs.id")
        .where("m.seq", ">", (eb) => markOf(eb, userId))
        .where("m.sender_id", "!=", userId)
        .where("m.deleted_at", "is", null)
        .where((m) => m.or([m("m.thread_root", "is", null), m("m.also_in_room", "=", 1)]))
        .as("n"),
    ])
    .where("logs.id", "in", [...logIds]);

export const mentionsQuery = (db: Db, userId: number, logIds: readonly number[]) =>
  db
    .selectFrom("logs")
    .select((log) => [
      "logs.id",
      log
        .selectFrom("mentions")
        .innerJoin("messages", "messages.id", "mentions.message_id")
        .select((m) => m.fn.countAll<number | string>().as("n"))
        .where("mentions.user_id", "=", userId)
        .whereRef("mentions.log_id", "=", "logs.id")
        .where("mentions.seq", ">", (eb) => markOf(eb, userId))
        .where("messages.deleted_at", "is", null)
        .as("n"),
    ])
    .where("logs.id", "in", [...logIds]);

/** Where somebody stands in the log of the query around it. */
const markOf = (eb: ExpressionBuilder<Tables, "logs">, userId: number) =>
  eb.fn.coalesce(
    eb
      .selectFrom("read_marks")
      .select("read_marks.seq")
      .whereRef("read_marks.log_id", "=", "logs.id")
      .where("read_marks.user_id", "=", userId),
    eb.lit(0),
  );

const byLog = (rows: ReadonlyArray<{ id: number; n: number | string | null }>) =>
  new Map(rows.map(({ id, n }) => [id, Number(n)]));

/** Which of these names belong to members of the room. */
export const membersNamed = (
  db: Db,
  roomId: number,
  names: Iterable<string>,
): Promise<{ id: number; username_key: string }[]> =>
  db
    .selectFrom("memberships")
    .innerJoin("users", "users.id", "memberships.user_id")
    .select(["users.id", "users.username_key"])
    .where("memberships.room_id", "=", roomId)
    .where("memberships.ended_at", "is", null)
    .where("users.username_key", "in", [...names])
    .execute();

export const insertMentions = async (tx: Db, rows: readonly MentionsTable[]): Promise<void> => {
  await tx
    .insertInto("mentions")
    .values([...rows])
    .execute();
};

export const forgetMentions = async (tx: Db, messageId: number): Promise<void> => {
  await tx.deleteFrom("mentions").where("message_id", "=", messageId).execute();
};
