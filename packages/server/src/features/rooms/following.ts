// Whose sockets may follow a room's log: its members'; who waits to be let in is shown to the lobby. And who leads it.
import { Refusal, type UserCard } from "@homeroom/protocol";
import type { OpenLog } from "../../kit/call.ts";
import type { Db } from "../../kit/tables.ts";
import { logOf } from "./memberships.store.ts";
import { latestRequestsOf } from "./requests.store.ts";
import { isMember, isModerator, requireVisible } from "./rooms.access.ts";
import { findStanding } from "./rooms.store.ts";

/** Throws `not_found` or `not_a_member`. */
export const openRoomLog = async (db: Db, user: UserCard, roomId: number): Promise<OpenLog | "lobby"> => {
  const log = await logOf(db, user.id, roomId);
  if (log) return log;
  await requireVisible(db, user, roomId);
  const [request] = await latestRequestsOf(db, user.id, [roomId]);
  if (request?.status === "pending") return "lobby";
  throw new Refusal("not_a_member");
};

/** Whether somebody is host or cohost of the room now. */
export const leadsRoom = async (db: Db, userId: number, roomId: number): Promise<boolean> => {
  const found = await findStanding(db, roomId, userId);
  return found !== null && isMember(found) && isModerator(found);
};

/** Of a deleted room nobody is a member. */
export const isInRoom = async (db: Db, userId: number, roomId: number): Promise<boolean> =>
  (await logOf(db, userId, roomId)) !== null;
