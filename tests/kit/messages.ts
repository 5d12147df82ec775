// Messages and private threads on a test kit, called as the gateway calls them.
import type { Operations, PrivateMessage, PrivateThread, UserCard } from "@homeroom/protocol";
import {
  type MessagesFeature,
  messageFacts,
  messagesFeature,
} from "../../packages/server/src/features/messages/messages.ts";
import {
  type PrivateThreadsFeature,
  privateThreadsFeature,
} from "../../packages/server/src/features/private-threads/private-threads.ts";
import { roomsFeature } from "../../packages/server/src/features/rooms/rooms.ts";
import type { Handlers } from "../../packages/server/src/kit/call.ts";
import type { Config } from "../../packages/server/src/config.ts";
import type { OpenDatabase } from "./databases.ts";
import { asSent, callOf, testKit } from "./kit.ts";

type Query<K extends keyof Operations> = Parameters<Handlers[K]>[0]["query"];
type Body<K extends keyof Operations> = Parameters<Handlers[K]>[0]["body"];

const at = (id: number) => ({ params: { id }, query: undefined, body: undefined });
const PUBLIC = { query: undefined, body: undefined };

export const messagesKit = ({ db }: OpenDatabase, config: Partial<Config> = {}) => {
  const base = testKit(db);
  const kit = { ...base.kit, config: { ...base.kit.config, ...config } };
  const rooms = roomsFeature(kit, messageFacts).operations;
  const messages: MessagesFeature["operations"] = messagesFeature(kit).operations;
  const threads: PrivateThreadsFeature["operations"] = privateThreadsFeature(kit).operations;
  let made = 0;
  return {
    base,
    db,
    user: (role: UserCard["role"] = "student") => base.addUser(`${role}${++made}`, role),
    /** A public room of a new teacher with these members. */
    room: async (...members: UserCard[]) => {
      const host = await base.addUser(`host${++made}`, "teacher");
      const { body } = await rooms.createRoom(
        { ...PUBLIC, params: undefined, body: { name: "Biology" } },
        callOf(host),
      );
      for (const member of members) await rooms.joinRoom({ ...PUBLIC, params: { id: body.id } }, callOf(member));
      return { id: body.id, host };
    },
    join: (user: UserCard, id: number) => rooms.joinRoom({ ...PUBLIC, params: { id } }, callOf(user)),
    leave: (user: UserCard, id: number) => rooms.leaveRoom({ ...PUBLIC, params: { id } }, callOf(user)),
    kick: (user: UserCard, id: number, user_id: number) =>
      rooms.kickMember({ ...PUBLIC, params: { id, user_id } }, callOf(user)),
    change: (user: UserCard, id: number, body: Body<"updateRoom">) =>
      rooms.updateRoom({ ...PUBLIC, params: { id }, body }, callOf(user)),
    getRoom: async (user: UserCard, id: number) =>
      (await rooms.getRoom({ ...PUBLIC, params: { id } }, callOf(user))).body,
    say: async (user: UserCard, id: number, content: string, rest: Partial<Body<"sendMessage">> = {}) => {
      // Nothing happens twice in the same instant, but for what is made to.
      base.now += 1;
      return (await messages.sendMessage({ ...at(id), body: { content, ...rest } }, callOf(user))).body;
    },
    edit: async (user: UserCard, id: number, content: string) =>
      (await messages.editMessage({ ...at(id), body: { content } }, callOf(user))).body,
    remove: (user: UserCard, id: number) => messages.deleteMessage(at(id), callOf(user)),
    page: async (user: UserCard, id: number, query: Query<"listMessages"> = {}) =>
      asSent((await messages.listMessages({ ...at(id), query }, callOf(user))).body),
    read: async (user: UserCard, id: number, seq: number, unread?: boolean) =>
      (await messages.readRoom({ ...at(id), body: { seq, unread } }, callOf(user))).body,
    thread: async (user: UserCard, id: number, query: Query<"getThread"> = {}) =>
      (await messages.getThread({ ...at(id), query }, callOf(user))).body,
    follow: async (user: UserCard, id: number) => (await messages.followThread(at(id), callOf(user))).body,
    unfollow: async (user: UserCard, id: number) => (await messages.unfollowThread(at(id), callOf(user))).body,
    myThreads: async (user: UserCard, query: Query<"listThreads"> = {}) =>
      (await messages.listThreads({ ...at(0), params: undefined, query }, callOf(user))).body,

    open: (user: UserCard, body: Body<"openPrivateThread">, key?: string) =>
      threads.openPrivateThread({ params: undefined, query: undefined, body }, callOf(user, key)),
    privateThreads: async (user: UserCard, query: Query<"listPrivateThreads"> = {}): Promise<PrivateThread[]> =>
      (await threads.listPrivateThreads({ params: undefined, query, body: undefined }, callOf(user))).body.results,
    whisper: async (user: UserCard, id: number, content: string): Promise<PrivateMessage> => {
      base.now += 1;
      return (await threads.sendPrivateMessage({ ...at(id), body: { content } }, callOf(user))).body;
    },
    whispers: async (user: UserCard, id: number, query: Query<"listPrivateMessages"> = {}) =>
      asSent((await threads.listPrivateMessages({ ...at(id), query }, callOf(user))).body),
    setActive: (user: UserCard, id: number, is_active: boolean) =>
      threads.updatePrivateThread({ ...at(id), body: { is_active } }, callOf(user)),
    readThread: (user: UserCard, id: number, seq: number) =>
      threads.readPrivateThread({ ...at(id), body: { seq } }, callOf(user)),
  };
};

export type MessagesKit = ReturnType<typeof messagesKit>;
