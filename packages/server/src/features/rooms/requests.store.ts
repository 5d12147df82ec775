// Join requests as a room's card and its moderators see them. Making and deciding them is the join-requests feature.
import type { Selectable } from "kysely";
import type { Db, JoinRequestsTable } from "../../kit/tables.ts";

/** With the number of those that were declined before it. */
export type RequestRow = Selectable<JoinRequestsTable> & { denied_before: number };

export const selectRequests = (db: Db) =>
  db
    .selectFrom("join_requests")
    .selectAll("join_requests")
    .select((eb) =>
      eb
        .selectFrom("join_requests as earlier")
        .select((e) => e.fn.countAll<number>().as("n"))
        .whereRef("earlier.user_id", "=", "join_requests.user_id")
        .whereRef("earlier.room_id", "=", "join_requests.room_id")
        .whereRef("earlier.id", "<", "join_requests.id")
        .where("earlier.status", "=", "denied")
        .$asScalar()
        .$notNull()
        .as("denied_before"),
    );

/** The newest request of somebody for each of these rooms, where there is one. */
export const latestRequestsOf = (db: Db, userId: number, roomIds: readonly number[]): Promise<RequestRow[]> =>
  selectRequests(db)
    .where("join_requests.user_id", "=", userId)
    .where("join_requests.room_id", "in", roomIds)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("join_requests as later")
            .select("later.id")
            .whereRef("later.user_id", "=", "join_requests.user_id")
            .whereRef("later.room_id", "=", "join_requests.room_id")
            .whereRef("later.id", ">", "join_requests.id"),
        ),
      ),
    )
    .execute();

/** How many wait at each of these rooms; none where nobody does. Nobody waits whose account is not in use. */
export const pendingIn = async (db: Db, roomIds: readonly number[]): Promise<Map<number, number>> => {
  if (roomIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("join_requests")
    .innerJoin("users", "users.id", "join_requests.user_id")
    .select((eb) => ["join_requests.room_id", eb.fn.countAll<number | string>().as("waiting")])
    .where("join_requests.room_id", "in", [...roomIds])
    .where("join_requests.status", "=", "pending")
    .where("users.is_active", "=", 1)
    .groupBy("join_requests.room_id")
    .execute();
  return new Map(rows.map(({ room_id, waiting }) => [room_id, Number(waiting)]));
};

/** Declines whatever still waits at a room, and tells nobody. */
export const denyPending = (tx: Db, roomId: number, by: number, now: number): Promise<unknown> =>
  tx
    .updateTable("join_requests")
    .set({ status: "denied", processed_at: now, processed_by: by })
    .where("room_id", "=", roomId)
    .where("status", "=", "pending")
    .execute();
