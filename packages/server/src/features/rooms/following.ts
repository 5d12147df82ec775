// Whose sockets may follow a room's log: its members'; who waits to be let in is shown to the lobby.
import { Refusal, type UserCard } from "@homeroom/protocol";
import type { OpenLog } from "../../kit/call.ts";
import type { Db } from "../../kit/tables.ts";
import { logOf } from "./memberships.store.ts";
import { latestRequestsOf } from "./requests.store.ts";
import { requireVisible } from "./rooms.access.ts";

/** Throws `not_found` or `not_a_member`. */
export const openRoomLog = async (db: Db, user: UserCard, roomId: number): Promise<OpenLog | "lobby"> => {
  const log = await logOf(db, user.id, roomId);
  if (log) return log;
  await requireVisible(db, user, roomId);
  const [request] = await latestRequestsOf(db, user.id, [roomId]);
  if (request?.status === "pending") return "lobby";
  throw new Refusal("not_a_member");
};

/** Of a deleted room nobody is a member. */
export const isInRoom = async (db: Db, userId: number, roomId: number): Promise<boolean> =>
  (await logOf(db, userId, roomId)) !== null;
