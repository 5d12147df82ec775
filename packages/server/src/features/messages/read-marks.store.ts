// How far everybody has read, and what is therefore unread. Counted from the rows each time: no number can drift.
import { type Expression, type RawBuilder, sql } from "kysely";
import { fromJson, inWords, jsonWords } from "../../kit/json-rows.store.ts";
import { preparedOne } from "../../kit/prepared.ts";
import { preparedList } from "../../kit/prepared-list.ts";
import type { Db, MentionsTable } from "../../kit/tables.ts";
import { type QuoteJson, quoteOf } from "./quotes.store.ts";

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

/**
 * Unread are those of others, not deleted, above my mark, in the timeline. Begins at the logs and counts each one from
 * the mark up: the mark must bound the seqs that are looked at, since a log may have a hundred thousand messages below.
 */
const countsIn = (db: Db, viewer: Expression<unknown>, log: RawBuilder<unknown>) => {
  const mark = sql`coalesce((
    select seq from read_marks where read_marks.log_id = ${log} and read_marks.user_id = ${viewer}), 0)`;
  const unread = sql`(
    select count(*) from messages as unread
    where unread.log_id = ${log} and unread.seq > ${mark} and unread.sender_id <> ${viewer}
      and unread.deleted_at is null and (unread.thread_root is null or unread.also_in_room = 1))`;
  const mentions = sql`(
    select count(*) from mentions join messages as naming on naming.id = mentions.message_id
    where mentions.user_id = ${viewer} and mentions.log_id = ${log} and mentions.seq > ${mark}
      and naming.deleted_at is null)`;
  return jsonWords(db).object({ unread_count: unread, mention_count: mentions });
};

interface Asked {
  logs: string;
  viewer: number;
}

/** `among` are rows `id` of logs. */
const countsAmong = (db: Db, among: RawBuilder<unknown>, viewer: Expression<unknown>): RawBuilder<unknown> => {
  const json = jsonWords(db);
  return sql`select ${json.list(json.tuple(["l.id", countsIn(db, viewer, sql`l.id`)]))} as counts from (${among}) as l`;
};

export const countsQuery = (db: Db, v: Asked): RawBuilder<unknown> =>
  countsAmong(db, jsonWords(db).ids(sql`${v.logs}`), sql`${v.viewer}`);

export const roomCountsQuery = (db: Db, v: Asked): RawBuilder<unknown> => {
  const rooms = sql`
    select asked.id from (${jsonWords(db).ids(sql`${v.logs}`)}) as asked
    join memberships as m on m.room_id = asked.id and m.user_id = ${v.viewer} and m.ended_at is null`;
  return countsAmong(db, rooms, sql`${v.viewer}`);
};

const counted = (query: typeof countsQuery) => {
  const ask = preparedOne<Asked, { counts: unknown }>((db, v) =>
    inWords(db, sql<{ counts: unknown }>`${query(db, v)}`),
  );
  return async (db: Db, userId: number, logIds: readonly number[]): Promise<Map<number, Counts>> => {
    if (logIds.length === 0) return new Map();
    const found = await ask(db, { logs: JSON.stringify(logIds), viewer: userId });
    return new Map(fromJson<[number, Counts][]>(found?.counts));
  };
};

/** One query whatever the number of logs. */
export const countUnread = counted(countsQuery);

/** The same for rooms: only of those that the person is in at that moment. */
export const countUnreadInRooms = counted(roomCountsQuery);

export interface ThreadShown extends Counts {
  /** The room message that the private thread was opened from. */
  quote: QuoteJson | null;
}

export const threadsQuery = (db: Db, v: Asked): RawBuilder<unknown> => {
  const json = jsonWords(db);
  const counts = countsIn(db, sql`${v.viewer}`, sql`m.log_id`);
  const each = json.tuple(["m.log_id", counts, json.nested(quoteOf(db, "m.owner_message"))]);
  return sql`
    select ${json.list(each)} as threads from (
      select t.id as log_id, t.owner_message from (${json.ids(sql`${v.logs}`)}) as l
      join private_threads as t on t.id = l.id
    ) as m`;
};
const askThreads = preparedOne<Asked, { threads: unknown }>((db, v) =>
  inWords(db, sql<{ threads: unknown }>`${threadsQuery(db, v)}`),
);

/** The same for private threads, with what each was opened from. */
export const threadsShown = async (
  db: Db,
  userId: number,
  ids: readonly number[],
): Promise<Map<number, ThreadShown>> => {
  if (ids.length === 0) return new Map();
  const found = await askThreads(db, { logs: JSON.stringify(ids), viewer: userId });
  const rows = fromJson<[number, Counts, QuoteJson | null][]>(found?.threads);
  return new Map(rows.map(([id, counts, quote]) => [id, { ...counts, quote }]));
};

const named = preparedList<string, { roomId: number }, { id: number; username_key: string }>((db, names, { roomId }) =>
  db
    .selectFrom("memberships")
    .innerJoin("users", "users.id", "memberships.user_id")
    .select(["users.id", "users.username_key"])
    .where("memberships.room_id", "=", roomId)
    .where("memberships.ended_at", "is", null)
    .where("users.username_key", "in", names),
);

/** Which of these names belong to members of the room. */
export const membersNamed = (db: Db, roomId: number, names: readonly string[]) => named(db, names, { roomId });

export const insertMentions = async (tx: Db, rows: readonly MentionsTable[]): Promise<void> => {
  await tx
    .insertInto("mentions")
    .values([...rows])
    .execute();
};

export const forgetMentions = async (tx: Db, messageId: number): Promise<void> => {
  await tx.deleteFrom("mentions").where("message_id", "=", messageId).execute();
};
