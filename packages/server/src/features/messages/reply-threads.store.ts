// The threads that grow from messages: who follows them, how far they read, what stands in them.
import type { Db, ThreadFollowsTable } from "../../kit/tables.ts";
import type { MessageRow } from "./messages.store.ts";

export interface ThreadFacts {
  root_id: number;
  count: number;
  last_at: number;
}

/** How many replies stand (deleted ones do not count) and when the last one came, by root. */
export const threadFacts = async (db: Db, rootIds: readonly number[]): Promise<Map<number, ThreadFacts>> => {
  if (rootIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("messages")
    .select((eb) => [
      "thread_root as root_id",
      eb.fn.sum<number | string>(eb.case().when("deleted_at", "is", null).then(1).else(0).end()).as("count"),
      eb.fn.max("created_at").as("last_at"),
    ])
    .where("thread_root", "in", [...rootIds])
    .groupBy("thread_root")
    .execute();
  return new Map(
    rows.flatMap(({ root_id, count, last_at }) =>
      root_id === null ? [] : [[root_id, { root_id, count: Number(count), last_at }]],
    ),
  );
};

/** Who wrote in each thread, in the order in which they first did. */
export const threadPeople = async (db: Db, rootIds: readonly number[]): Promise<Map<number, number[]>> => {
  const people = new Map<number, number[]>();
  if (rootIds.length === 0) return people;
  const rows = await db
    .selectFrom("messages")
    .select((eb) => ["thread_root as root_id", "sender_id", eb.fn.min("seq").as("first")])
    .where("thread_root", "in", [...rootIds])
    .groupBy(["thread_root", "sender_id"])
    .orderBy("first")
    .execute();
  for (const { root_id, sender_id } of rows) {
    if (root_id !== null) people.set(root_id, [...(people.get(root_id) ?? []), sender_id]);
  }
  return people;
};

export interface Following {
  following: boolean;
  read_seq: number;
}

export const followsOf = async (
  db: Db,
  userId: number,
  rootIds: readonly number[],
): Promise<Map<number, Following>> => {
  if (rootIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("thread_follows")
    .select(["root_id", "following", "read_seq"])
    .where("user_id", "=", userId)
    .where("root_id", "in", [...rootIds])
    .execute();
  return new Map(rows.map((r) => [r.root_id, { following: r.following === 1, read_seq: r.read_seq }]));
};

/** Replies of others, not deleted, above one's own mark, by root. A thread that one does not follow has none. */
export const threadUnread = async (
  db: Db,
  userId: number,
  rootIds: readonly number[],
): Promise<Map<number, number>> => {
  if (rootIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("messages")
    .innerJoin("thread_follows as f", (join) =>
      join.onRef("f.root_id", "=", "messages.thread_root").on("f.user_id", "=", userId).on("f.following", "=", 1),
    )
    .select((eb) => ["f.root_id", eb.fn.countAll<number | string>().as("unread")])
    .where("messages.thread_root", "in", [...rootIds])
    .where("messages.sender_id", "!=", userId)
    .where("messages.deleted_at", "is", null)
    .whereRef("messages.seq", ">", "f.read_seq")
    .groupBy("f.root_id")
    .execute();
  return new Map(rows.map((r) => [r.root_id, Number(r.unread)]));
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
  return (await followsOf(tx, user_id, [root_id])).get(root_id)?.read_seq ?? null;
};

/** Roots of the threads somebody follows, in rooms they are in, newest activity first. */
export const followedRoots = (
  db: Db,
  userId: number,
  { rows, offset }: { rows: number; offset: number },
): Promise<MessageRow[]> => followedQuery(db, userId).limit(rows).offset(offset).execute();

/** Looks only at the replies of threads that are followed. */
export const followedQuery = (db: Db, userId: number) =>
  db
    .selectFrom("thread_follows as f")
    .innerJoin("messages as root", "root.id", "f.root_id")
    .innerJoin("memberships as mine", (join) =>
      join.onRef("mine.room_id", "=", "root.log_id").on("mine.user_id", "=", userId).on("mine.ended_at", "is", null),
    )
    .innerJoin("rooms", "rooms.id", "root.log_id")
    .selectAll("root")
    .where("f.user_id", "=", userId)
    .where("f.following", "=", 1)
    .where("rooms.deleted_at", "is", null)
    .where((eb) =>
      eb.exists(eb.selectFrom("messages as reply").select("reply.id").whereRef("reply.thread_root", "=", "root.id")),
    )
    .orderBy(
      (eb) =>
        eb
          .selectFrom("messages as reply")
          .select((m) => m.fn.max("reply.created_at").as("last_at"))
          .whereRef("reply.thread_root", "=", "root.id"),
      "desc",
    )
    .orderBy("root.id", "desc");
