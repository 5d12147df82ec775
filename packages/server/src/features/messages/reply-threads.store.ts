// The threads that grow from messages: who follows them, how far they read, what stands in them.
import { type Expression, type RawBuilder, sql } from "kysely";
import { cardFields, type CardRow } from "../../kit/cards.store.ts";
import { jsonWords } from "../../kit/json-rows.store.ts";
import type { Db, ThreadFollowsTable } from "../../kit/tables.ts";

/** Of the thread that grows from a message: whoever wrote in it, and what the viewer chose. */
export interface RepliesJson {
  /** Null for no choice. */
  following: number | null;
  /** Those that stand above the viewer's mark, and none of their own; none where they do not follow. */
  unread: number;
  people: Array<{
    card: CardRow;
    /** The seq of their first reply. */
    first: number;
    /** How many of theirs stand: deleted ones do not count. */
    count: number;
    last_at: number;
  }>;
}

/** That of the message `m` of the query around it; null where nobody replied. */
export const repliesIn = (db: Db, viewer: Expression<unknown>): RawBuilder<unknown> => {
  const json = jsonWords(db);
  const person = json.object({
    card: json.object(cardFields("u")),
    first: "p.first",
    count: "p.count",
    last_at: "p.last_at",
  });
  const byPerson = sql`
    select r.sender_id, min(r.seq) as first, max(r.created_at) as last_at,
      count(case when r.deleted_at is null then 1 end) as count
    from messages as r where r.thread_root = m.id group by r.sender_id`;
  const follow = sql`select f.following from thread_follows as f where f.user_id = ${viewer} and f.root_id = m.id`;
  // From the viewer's mark up, and nothing below it.
  const unread = sql`
    select count(*) from thread_follows as f
    join messages as r on r.thread_root = f.root_id and r.seq > f.read_seq
    where f.user_id = ${viewer} and f.root_id = m.id and f.following = 1
      and r.sender_id <> ${viewer} and r.deleted_at is null`;
  const replies = json.object({
    following: sql`(${follow})`,
    unread: sql`(${unread})`,
    people: json.list(person, sql`p.first`),
  });
  // Most messages have no thread, and are asked for no more than that.
  return json.nested(sql`
    case when exists (select 1 from messages as r where r.thread_root = m.id)
    then (select ${replies} from (${byPerson}) as p join users as u on u.id = p.sender_id) end`);
};

/** Replies of others, not deleted, above one's own mark. A thread that one does not follow has none. */
export const threadUnread = async (db: Db, userId: number, rootId: number): Promise<number> => {
  const { unread } = await db
    .selectFrom("messages")
    .innerJoin("thread_follows as f", (join) =>
      join.onRef("f.root_id", "=", "messages.thread_root").on("f.user_id", "=", userId).on("f.following", "=", 1),
    )
    .select((eb) => eb.fn.countAll<number | string>().as("unread"))
    .where("messages.thread_root", "=", rootId)
    .where("messages.sender_id", "!=", userId)
    .where("messages.deleted_at", "is", null)
    .whereRef("messages.seq", ">", "f.read_seq")
    .executeTakeFirstOrThrow();
  return Number(unread);
};

/** Begins to follow, unless they once chose otherwise. */
export const followUnlessChosen = async (tx: Db, row: ThreadFollowsTable): Promise<void> => {
  await tx
    .insertInto("thread_follows")
    .values(row)
    .onConflict((c) => c.columns(["user_id", "root_id"]).doNothing())
    .execute();
};

export const setFollowing = async (tx: Db, row: ThreadFollowsTable): Promise<void> => {
  await tx
    .insertInto("thread_follows")
    .values(row)
    .onConflict((c) => c.columns(["user_id", "root_id"]).doUpdateSet({ following: row.following }))
    .execute();
};

/**
 * Only forwards. Nothing is stored for whoever never followed the thread: a row would look like their choice. Answers
 * where the mark is then; null for none.
 */
export const moveThreadMark = async (
  tx: Db,
  { root_id, user_id, read_seq }: Omit<ThreadFollowsTable, "following">,
): Promise<number | null> => {
  await tx
    .updateTable("thread_follows")
    .set({ read_seq })
    .where("root_id", "=", root_id)
    .where("user_id", "=", user_id)
    .where("read_seq", "<", read_seq)
    .execute();
  const row = await tx
    .selectFrom("thread_follows")
    .select("read_seq")
    .where("user_id", "=", user_id)
    .where("root_id", "=", root_id)
    .executeTakeFirst();
  return row?.read_seq ?? null;
};
