// The logs of rooms as their members' sockets open them, for many people in one query.
import type { OpenLog } from "../../kit/call.ts";
import { type OpenLogRow, openLogsOf, toOpenLog } from "../../kit/open-log.ts";
import { preparedList } from "../../kit/prepared-list.ts";
import type { Db } from "../../kit/tables.ts";

const openLogs = (db: Db) =>
  db
    .selectFrom("memberships")
    .innerJoin("rooms", "rooms.id", "memberships.room_id")
    .innerJoin("logs", "logs.id", "memberships.room_id")
    .leftJoin("read_marks", (join) =>
      join.onRef("read_marks.log_id", "=", "logs.id").onRef("read_marks.user_id", "=", "memberships.user_id"),
    )
    .select(["memberships.user_id", "logs.id", "logs.epoch", "logs.head", "read_marks.seq as read"])
    .where("memberships.ended_at", "is", null)
    .where("rooms.deleted_at", "is", null);

const ofPeople = preparedList<number, object, OpenLogRow>((db, userIds) =>
  openLogs(db).where("memberships.user_id", "in", userIds),
);

/** The logs of all rooms of each of these people, with their read marks. */
export const logsOfMany = async (db: Db, userIds: readonly number[]): Promise<OpenLog[][]> =>
  openLogsOf("room", userIds, await ofPeople(db, userIds, {}));

/** Somebody and a room. */
export interface Visit {
  readonly userId: number;
  readonly roomId: number;
}

const inRoom = preparedList<number, { roomId: number }, OpenLogRow>((db, userIds, { roomId }) =>
  openLogs(db).where("memberships.room_id", "=", roomId).where("memberships.user_id", "in", userIds),
);

/** The room's log for each of these; null where they are not in the room, or it was deleted. A query for each room. */
export const logsFor = async (db: Db, visits: readonly Visit[]): Promise<(OpenLog | null)[]> => {
  const rooms = [...Map.groupBy(visits, ({ roomId }) => roomId)];
  const members = await Promise.all(
    rooms.map(async ([roomId, some]): Promise<[number, Map<number, OpenLog>]> => {
      const userIds = some.map(({ userId }) => userId);
      const rows = await inRoom(db, userIds, { roomId });
      return [roomId, new Map(rows.map((row) => [row.user_id, toOpenLog("room", row)]))];
    }),
  );
  const byRoom = new Map(members);
  return visits.map(({ userId, roomId }) => byRoom.get(roomId)?.get(userId) ?? null);
};
