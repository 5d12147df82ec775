// Rooms and join requests on a test kit, called as the gateway calls them.
import type { Operations, Role, Room, UserCard } from "@homeroom/protocol";
import { joinRequestsFeature } from "../../packages/server/src/features/join-requests/join-requests.ts";
import { messageFacts } from "../../packages/server/src/features/messages/messages.ts";
import { roomsFeature } from "../../packages/server/src/features/rooms/rooms.ts";
import { act } from "../../packages/server/src/kit/action.ts";
import type { Handlers } from "../../packages/server/src/kit/call.ts";
import type { Effect } from "../../packages/server/src/kit/ports.ts";
import type { OpenDatabase } from "./databases.ts";
import { callOf, testKit } from "./kit.ts";

type Body<K extends keyof Operations> = Parameters<Handlers[K]>[0]["body"];

export const roomsKit = ({ db }: OpenDatabase) => {
  const base = testKit(db);
  const rooms = roomsFeature(base.kit, messageFacts);
  const requests = joinRequestsFeature(base.kit, rooms);
  const { operations } = rooms;
  let made = 0;
  const at = (id: number) => ({ params: { id }, query: undefined, body: undefined });
  const person = (id: number, user_id: number) => ({ ...at(id), params: { id, user_id } });
  const asked = (id: number, request_id: number) => ({ ...at(id), params: { id, request_id } });
  return {
    base,
    rooms,
    db,
    /** A new account with a name of its own. */
    user: (role: Role = "student") => base.addUser(`${role}${++made}`, role),
    deactivate: (user: UserCard, by: UserCard) =>
      act(base.kit, async (turn) => {
        await turn.tx.updateTable("users").set({ is_active: 0 }).where("id", "=", user.id).execute();
        await rooms.hooks.leaveEverywhere(turn, user, by);
      }),
    act: <T>(work: Parameters<typeof act<T>>[1]) => act(base.kit, work),
    create: async (host: UserCard, body: Partial<Body<"createRoom">> = {}, key?: string): Promise<Room> => {
      const input = { params: undefined, query: undefined, body: { name: "Biology 7b", ...body } };
      return (await operations.createRoom(input, callOf(host, key))).body;
    },
    get: async (user: UserCard, id: number) => (await operations.getRoom(at(id), callOf(user))).body,
    list: async (user: UserCard, query: { limit?: number; offset?: number } = {}) =>
      (await operations.listRooms({ params: undefined, body: undefined, query }, callOf(user))).body,
    update: async (user: UserCard, id: number, body: Body<"updateRoom">) =>
      (await operations.updateRoom({ ...at(id), body }, callOf(user))).body,
    remove: (user: UserCard, id: number) => operations.deleteRoom(at(id), callOf(user)),
    join: async (user: UserCard, id: number) => (await operations.joinRoom(at(id), callOf(user))).body,
    leave: (user: UserCard, id: number) => operations.leaveRoom(at(id), callOf(user)),
    kick: (user: UserCard, id: number, target: number, reason?: string) =>
      operations.kickMember({ ...person(id, target), body: reason ? { reason } : undefined }, callOf(user)),
    transfer: async (user: UserCard, id: number, to: number) =>
      (await operations.transferHost({ ...at(id), body: { user_id: to } }, callOf(user))).body,
    role: async (user: UserCard, id: number, target: number, room_role: "cohost" | "member") =>
      (await operations.setRoomRole({ ...person(id, target), body: { room_role } }, callOf(user))).body,
    mute: async (user: UserCard, id: number, target: number, minutes = 10, reason?: string) =>
      (await operations.muteMember({ ...person(id, target), body: { minutes, reason } }, callOf(user))).body,
    quiet: async (user: UserCard, id: number) => (await operations.quietRoom(at(id), callOf(user))).body,
    unquiet: async (user: UserCard, id: number) => (await operations.unquietRoom(at(id), callOf(user))).body,
    unmute: async (user: UserCard, id: number, target: number) =>
      (await operations.unmuteMember(person(id, target), callOf(user))).body,
    ask: async (user: UserCard, id: number, note = "", key?: string) =>
      (await requests.operations.createJoinRequest({ ...at(id), body: { note } }, callOf(user, key))).body,
    withdraw: (user: UserCard, id: number) => requests.operations.withdrawJoinRequest(at(id), callOf(user)),
    requests: async (user: UserCard, id: number, status?: "pending" | "approved" | "denied") =>
      (await requests.operations.listJoinRequests({ ...at(id), query: { status } }, callOf(user))).body,
    approve: async (user: UserCard, id: number, request: number) =>
      (await requests.operations.approveJoin(asked(id, request), callOf(user))).body,
    deny: async (user: UserCard, id: number, request: number, reason = "") =>
      (await requests.operations.denyJoin({ ...asked(id, request), body: { reason } }, callOf(user))).body,
  };
};

export type RoomsKit = ReturnType<typeof roomsKit>;

/** How a call was refused; undefined where it was not. */
export const refusal = async (call: Promise<unknown>): Promise<string | undefined> => {
  try {
    await call;
    return undefined;
  } catch (error) {
    const key = (error as { key?: string }).key;
    if (!key) throw error;
    return key;
  }
};

/** Effects in a few words each: what was done, and the type of the frame or the person it is about. */
export const inWords = (effects: readonly Effect[]): string[] =>
  effects.map((effect) => {
    if (effect.do === "deliver") return `deliver ${effect.frame.type} ${effect.seq}`;
    if (effect.do === "tell") return `tell ${effect.frame.type}${effect.log ? " there" : ""}`;
    if (effect.do === "enter" || effect.do === "leave") return `${effect.do} ${effect.seq}`;
    return effect.do;
  });
