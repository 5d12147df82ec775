// How far everybody has read, and what is therefore unread. Counted from the rows each time: no number can drift.
import type { Db, MentionsTable } from "../../kit/tables.ts";

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
  const [unread, mentions] = await Promise.all([unreadByLog(db, userId, logIds), mentionsByLog(db, userId, logIds)]);
  const counts = (id: number): Counts => ({ unread_count: unread.get(id) ?? 0, mention_count: mentions.get(id) ?? 0 });
  return new Map(logIds.map((id) => [id, counts(id)]));
};

const unreadByLog = async (db: Db, userId: number, logIds: readonly number[]) => {
  const rows = await db
    .selectFrom("messages")
    .leftJoin("read_marks", (join) =>
      join.onRef("read_marks.log_id", "=", "messages.log_id").on("read_marks.user_id", "=", userId),
    )
    .select((eb) => ["messages.log_id", eb.fn.countAll<number | string>().as("n")])
    .where("messages.log_id", "in", [...logIds])
    .where("messages.sender_id", "!=", userId)
    .where("messages.deleted_at", "is", null)
    .where((eb) => eb("messages.seq", ">", eb.fn.coalesce("read_marks.seq", eb.lit(0))))
    .where((eb) => eb.or([eb("messages.thread_root", "is", null), eb("messages.also_in_room", "=", 1)]))
    .groupBy("messages.log_id")
    .execute();
  return new Map(rows.map((r) => [r.log_id, Number(r.n)]));
};

const mentionsByLog = async (db: Db, userId: number, logIds: readonly number[]) => {
  const rows = await db
    .selectFrom("mentions")
    .innerJoin("messages", "messages.id", "mentions.message_id")
    .leftJoin("read_marks", (join) =>
      join.onRef("read_marks.log_id", "=", "mentions.log_id").on("read_marks.user_id", "=", userId),
    )
    .select((eb) => ["mentions.log_id", eb.fn.countAll<number | string>().as("n")])
    .where("mentions.user_id", "=", userId)
    .where("mentions.log_id", "in", [...logIds])
    .where("messages.deleted_at", "is", null)
    .where((eb) => eb("mentions.seq", ">", eb.fn.coalesce("read_marks.seq", eb.lit(0))))
    .groupBy("mentions.log_id")
    .execute();
  return new Map(rows.map((r) => [r.log_id, Number(r.n)]));
};

/** Which of these names belong to members of the room. */
export const membersNamed = async (db: Db, roomId: number, names: readonly string[]): Promise<number[]> => {
  const rows = await db
    .selectFrom("memberships")
    .innerJoin("users", "users.id", "memberships.user_id")
    .select("users.id")
    .where("memberships.room_id", "=", roomId)
    .where("memberships.ended_at", "is", null)
    .where("users.username_key", "in", [...names])
    .execute();
  return rows.map((r) => r.id);
};

export const replaceMentions = async (tx: Db, messageId: number, rows: readonly MentionsTable[]): Promise<void> => {
  await tx.deleteFrom("mentions").where("message_id", "=", messageId).execute();
  if (rows.length > 0)
    await tx
      .insertInto("mentions")
      .values([...rows])
      .execute();
};
