// The list of the threads that somebody follows: which these are, whether they may still read them, and all that is
// shown of them, in one query.
import { sql } from "kysely";
import { fromJson, inWords } from "../../kit/json-rows.store.ts";
import { preparedOne } from "../../kit/prepared.ts";
import type { Db } from "../../kit/tables.ts";
import { type MessageTuple, readMessage, wholeFrom, type WholeMessage } from "./whole-messages.store.ts";

/** Looks only at the replies of threads that are followed. */
export const followedQuery = (db: Db, userId: number) =>
  db
    .selectFrom("thread_follows as f")
    .innerJoin("messages as root", "root.id", "f.root_id")
    .innerJoin("memberships as mine", (join) =>
      join.onRef("mine.room_id", "=", "root.log_id").on("mine.user_id", "=", userId).on("mine.ended_at", "is", null),
    )
    .innerJoin("rooms", "rooms.id", "root.log_id")
    .select("root.id")
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

interface Asked {
  viewer: number;
  rows: number;
  offset: number;
}

const askFollowed = preparedOne<Asked, { page: unknown }>((db, { viewer, rows, offset }) => {
  const ids = sql`select id from ${followedQuery(db, viewer).limit(rows).offset(offset)} as followed`;
  return inWords(db, sql<{ page: unknown }>`${wholeFrom(db, ids, sql`${viewer}`)}`);
});

const lastAt = ({ replies }: WholeMessage): number =>
  Math.max(...(replies?.people ?? []).map(({ last_at }) => last_at));

/** The messages that they grow from, in rooms that the viewer is in, newest activity first. */
export const followedRoots = async (
  db: Db,
  viewer: number,
  { rows, offset }: { rows: number; offset: number },
): Promise<WholeMessage[]> => {
  const found = await askFollowed(db, { viewer, rows, offset });
  const roots = fromJson<MessageTuple[]>(found?.page).map(readMessage);
  return roots.toSorted((a, b) => lastAt(b) - lastAt(a) || b.id - a.id);
};
