// The logs of private threads as the sockets of their two people open them, for many in one query.
import type { OpenLog } from "../../kit/call.ts";
import { type OpenLogRow, openLogsOf, toOpenLog } from "../../kit/open-log.ts";
import { preparedList } from "../../kit/prepared-list.ts";
import type { Db } from "../../kit/tables.ts";

/** One of the two sides: an "or" between them makes PostgreSQL read all threads. */
const side = (db: Db, person: "t.low_id" | "t.high_id") =>
  db
    .selectFrom("private_threads as t")
    .innerJoin("rooms", "rooms.id", "t.room_id")
    .innerJoin("logs", "logs.id", "t.id")
    .leftJoin("read_marks", (join) =>
      join.onRef("read_marks.log_id", "=", "t.id").onRef("read_marks.user_id", "=", person),
    )
    .select([`${person} as user_id`, "logs.id", "logs.epoch", "logs.head", "read_marks.seq as read"])
    .where("rooms.deleted_at", "is", null);

const ofPeople = preparedList<number, object, OpenLogRow>((db, userIds) =>
  side(db, "t.low_id")
    .where("t.low_id", "in", userIds)
    .unionAll(side(db, "t.high_id").where("t.high_id", "in", userIds)),
);

/** The logs of all threads of each of these people, with their read marks. */
export const threadLogsOf = async (db: Db, userIds: readonly number[]): Promise<OpenLog[][]> =>
  openLogsOf("thread", userIds, await ofPeople(db, userIds, {}));

/** Somebody and a thread. */
export interface ThreadVisit {
  readonly userId: number;
  readonly threadId: number;
}

const ofThreads = preparedList<number, object, OpenLogRow>((db, threadIds) =>
  side(db, "t.low_id")
    .where("t.id", "in", threadIds)
    .unionAll(side(db, "t.high_id").where("t.id", "in", threadIds)),
);

/** The thread's log for each of these; null where it is not theirs, or its room is gone. */
export const threadLogsFor = async (db: Db, visits: readonly ThreadVisit[]): Promise<(OpenLog | null)[]> => {
  const threadIds = [...new Set(visits.map(({ threadId }) => threadId))];
  const nameOf = (userId: number, threadId: number) => `${userId} ${threadId}`;
  const rows = await ofThreads(db, threadIds, {});
  const found = new Map(rows.map((row) => [nameOf(row.user_id, row.id), toOpenLog("thread", row)]));
  return visits.map(({ userId, threadId }) => found.get(nameOf(userId, threadId)) ?? null);
};
