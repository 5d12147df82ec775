// Whose sockets may follow a room's log: its members'; who waits to be let in is shown to the lobby.
import { Refusal, type UserCard } from "@homeroom/protocol";
import type { OpenLog } from "../../kit/call.ts";
import type { Db } from "../../kit/tables.ts";
import { findMembership, logsOf } from "./memberships.store.ts";
import { latestRequestsOf } from "./requests.store.ts";
import { isMember, requireVisible } from "./rooms.access.ts";

/** Throws `not_found` or `not_a_member`. */
export const openRoomLog = async (db: Db, user: UserCard, roomId: number): Promise<OpenLog | "lobby"> => {
  const standing = await requireVisible(db, user, roomId);
  if (!isMember(standing)) {
    const [request] = await latestRequestsOf(db, user.id, [roomId]);
    if (request?.status === "pending") return "lobby";
    throw new Refusal("not_a_member");
  }
  const log = (await logsOf(db, user.id)).find(({ id }) => id === roomId);
  if (!log) throw new Refusal("not_a_member");
  return log;
};

export const isInRoom = async (db: Db, userId: number, roomId: number): Promise<boolean> => {
  const membership = await findMembership(db, roomId, userId);
  return membership !== null && membership.ended_at === null;
};
