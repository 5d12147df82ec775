// Whose sockets may follow a room's log: its members'; who waits to be let in is shown to the lobby. And who leads it.
import { Refusal, type UserCard } from "@homeroom/protocol";
import type { OpenLog } from "../../kit/call.ts";
import { gather } from "../../kit/gather.ts";
import type { Db } from "../../kit/tables.ts";
import { logsFor, logsOfMany, type Visit } from "./following.store.ts";
import { latestRequestsOf } from "./requests.store.ts";
import { isMember, isModerator, requireVisible } from "./rooms.access.ts";
import { findStanding } from "./rooms.store.ts";

/** Who may hear and read which rooms. Those who ask at the same time are answered together. */
export interface RoomDoor {
  /** Throws `not_found` or `not_a_member`; `"lobby"` for somebody whose request is pending. */
  open(user: UserCard, roomId: number): Promise<OpenLog | "lobby">;
  /** The logs of all rooms of somebody, with their read marks. */
  logsOf(userId: number): Promise<OpenLog[]>;
  isIn(userId: number, roomId: number): Promise<boolean>;
}

export const roomDoor = (db: Db): RoomDoor => {
  const logFor = gather((visits: readonly Visit[]) => logsFor(db, visits));
  return {
    open: async (user, roomId) => (await logFor({ userId: user.id, roomId })) ?? inFront(db, user, roomId),
    logsOf: gather((userIds: readonly number[]) => logsOfMany(db, userIds)),
    isIn: async (userId, roomId) => (await logFor({ userId, roomId })) !== null,
  };
};

/** Of who is no member. */
const inFront = async (db: Db, user: UserCard, roomId: number): Promise<"lobby"> => {
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
  (await logsFor(db, [{ userId, roomId }]))[0] !== null;
