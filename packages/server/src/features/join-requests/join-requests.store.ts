// Join requests as rows.
import type { Db } from "../../kit/tables.ts";
import { type RequestRow, selectRequests } from "../rooms/rooms.ts";

export const findRequest = async (db: Db, roomId: number, requestId: number): Promise<RequestRow | null> =>
  (await selectRequests(db)
    .where("join_requests.room_id", "=", roomId)
    .where("join_requests.id", "=", requestId)
    .executeTakeFirst()) ?? null;

/** The newest request of somebody for a room. */
export const findLatest = async (db: Db, roomId: number, userId: number): Promise<RequestRow | null> =>
  (await selectRequests(db)
    .where("join_requests.room_id", "=", roomId)
    .where("join_requests.user_id", "=", userId)
    .orderBy("join_requests.id", "desc")
    .limit(1)
    .executeTakeFirst()) ?? null;

export const pendingRequestsOf = (db: Db, userId: number): Promise<RequestRow[]> =>
  selectRequests(db)
    .where("join_requests.user_id", "=", userId)
    .where("join_requests.status", "=", "pending")
    .orderBy("join_requests.id")
    .execute();

export const insertRequest = async (
  tx: Db,
  request: { room_id: number; user_id: number; note: string; created_at: number },
): Promise<RequestRow> => {
  const { id } = await tx
    .insertInto("join_requests")
    .values({ ...request, status: "pending", reason: "" })
    .returning("id")
    .executeTakeFirstOrThrow();
  return selectRequests(tx).where("join_requests.id", "=", id).executeTakeFirstOrThrow();
};

export const decideRequest = async (
  tx: Db,
  requestId: number,
  decision: { status: "approved" | "denied"; reason: string; processed_at: number; processed_by: number },
): Promise<void> => {
  await tx.updateTable("join_requests").set(decision).where("id", "=", requestId).execute();
};

export const deleteRequest = async (tx: Db, requestId: number): Promise<void> => {
  await tx.deleteFrom("join_requests").where("id", "=", requestId).execute();
};

/** Pending ones first, then the newest. Nobody waits any more whose account is not in use. */
export const listRequestRows = (
  db: Db,
  roomId: number,
  { status, rows, offset }: { status?: RequestRow["status"] | undefined; rows: number; offset: number },
): Promise<RequestRow[]> =>
  selectRequests(db)
    .innerJoin("users", "users.id", "join_requests.user_id")
    .where("join_requests.room_id", "=", roomId)
    .where((eb) => eb.or([eb("join_requests.status", "!=", "pending"), eb("users.is_active", "=", 1)]))
    .$if(status !== undefined, (query) => query.where("join_requests.status", "=", status ?? "pending"))
    .orderBy((eb) => eb.case().when("join_requests.status", "=", "pending").then(0).else(1).end())
    .orderBy("join_requests.id", "desc")
    .limit(rows)
    .offset(offset)
    .execute();

/** Whether the asker's account is in use. */
export const isInUse = async (db: Db, userId: number): Promise<boolean> =>
  (await db.selectFrom("users").select("is_active").where("id", "=", userId).executeTakeFirst())?.is_active === 1;
