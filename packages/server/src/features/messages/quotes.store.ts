// Which private threads may show what is said in their room.
import type { Db } from "../../kit/tables.ts";

/** Those of the threads both of whose people are in the room now. */
export const threadsInside = async (db: Db, threadIds: readonly number[]): Promise<Set<number>> => {
  if (threadIds.length === 0) return new Set();
  const rows = await db
    .selectFrom("private_threads as t")
    .innerJoin("memberships as low", (join) =>
      join.onRef("low.room_id", "=", "t.room_id").onRef("low.user_id", "=", "t.low_id").on("low.ended_at", "is", null),
    )
    .innerJoin("memberships as high", (join) =>
      join
        .onRef("high.room_id", "=", "t.room_id")
        .onRef("high.user_id", "=", "t.high_id")
        .on("high.ended_at", "is", null),
    )
    .select("t.id")
    .where("t.id", "in", [...new Set(threadIds)])
    .execute();
  return new Set(rows.map(({ id }) => id));
};
