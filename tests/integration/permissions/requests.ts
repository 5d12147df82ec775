// For each row of the policy table: how it is asked for, of which room, about whom.
import type { OperationId } from "../../kit/strict-client.ts";
import { type LooseCall, NO_FILE, NO_ID } from "../../kit/strict-client.ts";
import type { Actor } from "./policy.ts";
import { personOf, type World } from "./world.ts";

type Ask = (world: World, actor: Actor) => LooseCall;

/** Whoever asks; for the anonymous somebody else, since they have no id. */
const selfOf = ({ cast }: World, actor: Actor): number => (personOf(cast, actor) ?? cast.victim).user.id;

const room: Ask = (w) => ({ params: { id: w.room } });
const target =
  (who: (w: World, actor: Actor) => number, body?: object): Ask =>
  (w, actor) => ({ params: { id: w.room, user_id: who(w, actor) }, ...(body && { body }) });
const victim = (w: World) => w.cast.victim.user.id;
const host = (w: World) => w.cast.host.user.id;
const stranger = (w: World) => w.cast.stranger.user.id;
const otherCohost = (w: World) => w.cast["other-cohost"].user.id;

const heir =
  (who: (w: World, actor: Actor) => number): Ask =>
  (w, actor) => ({ params: { id: w.room }, body: { user_id: who(w, actor) } });
const request =
  (which: keyof World["requests"]): Ask =>
  (w) => ({ params: { id: w.room, request_id: w.requests[which] } });

/** Their own message, where they ever wrote one there. */
const own = (from: "messages" | "deleted") => (w: World, actor: Actor) => w[from].get(actor) ?? w[from].get("victim");
const victims = (w: World) => w.messages.get("victim");
const message =
  (which: (w: World, actor: Actor) => number | undefined, body?: object): Ask =>
  (w, actor) => ({ params: { id: which(w, actor) ?? NO_ID }, ...(body && { body }) });
const file =
  (which: (w: World, actor: Actor) => string): Ask =>
  (w, actor) => ({ params: { id: which(w, actor) } });
const words = { content: "Other words" };
const reaction =
  (which: (w: World, actor: Actor) => number | undefined, emoji = "👍"): Ask =>
  (w, actor) => ({ params: { id: which(w, actor) ?? NO_ID, emoji } });

const open =
  (who: (w: World, actor: Actor) => number): Ask =>
  (w, actor) => ({ body: { user_id: who(w, actor), room_id: w.room } });

export const ROOM_REQUESTS: Readonly<Record<string, Ask>> = {
  getRoom: room,
  updateRoom: (w) => ({ params: { id: w.room }, body: w.state === "A" ? { is_active: true } : { description: "New" } }),
  deleteRoom: room,
  joinRoom: room,
  leaveRoom: room,
  kickMember: target(victim),
  "kickMember:self": target(selfOf),
  "kickMember:host": target(host),
  "kickMember:other-cohost": target(otherCohost),
  "kickMember:stranger": target(stranger),
  transferHost: heir((w) => w.cast.colleague.user.id),
  "transferHost:student": heir(victim),
  "transferHost:self": heir(selfOf),
  "transferHost:stranger": heir(stranger),
  setRoomRole: target(victim, { room_role: "cohost" }),
  "setRoomRole:self": target(selfOf, { room_role: "member" }),
  "setRoomRole:other-cohost": target(otherCohost, { room_role: "member" }),
  "setRoomRole:stranger": target(stranger, { room_role: "member" }),
  muteMember: target(victim, { minutes: 5 }),
  "muteMember:self": target(selfOf, { minutes: 5 }),
  "muteMember:host": target(host, { minutes: 5 }),
  "muteMember:other-cohost": target(otherCohost, { minutes: 5 }),
  "muteMember:stranger": target(stranger, { minutes: 5 }),
  unmuteMember: target(victim),
  "unmuteMember:other-cohost": target(otherCohost),
  createJoinRequest: (w) => ({ params: { id: w.room }, body: { note: "May I?" } }),
  quietRoom: room,
  unquietRoom: room,
  withdrawJoinRequest: room,
  listJoinRequests: room,
  approveJoin: request("pending"),
  "approveJoin:foreign": request("foreign"),
  "approveJoin:decided": request("decided"),
  denyJoin: request("pending"),
  "denyJoin:foreign": request("foreign"),
  "denyJoin:decided": request("decided"),
  listMessages: room,
  "searchMessages:room": (w) => ({ query: { q: "hello", room: w.room } }),
  sendMessage: (w) => ({ params: { id: w.room }, body: { content: "Hello" } }),
  "sendMessage:others-file": (w) => ({
    params: { id: w.room },
    body: { content: "Mine?", attachments: [w.files.unsent] },
  }),
  "sendMessage:sent-file": (w) => ({
    params: { id: w.room },
    body: { content: "Again?", attachments: [w.files.sent] },
  }),
  getAttachment: file((w) => w.files.sent),
  "getAttachment:deleted": file((w) => w.files.deleted),
  "getAttachment:unsent": file((w) => w.files.unsent),
  getThumbnail: file((w) => w.files.sent),
  "getThumbnail:deleted": file((w) => w.files.deleted),
  "discardUpload:sent": file((w) => w.files.sent),
  editMessage: message(victims, words),
  "editMessage:own": message(own("messages"), words),
  "editMessage:deleted": message(own("deleted"), words),
  deleteMessage: message(victims),
  "deleteMessage:own": message(own("messages")),
  "deleteMessage:deleted": message(own("deleted")),
  addReaction: reaction(victims),
  "addReaction:deleted": reaction(own("deleted")),
  "addReaction:no-emoji": reaction(victims, "x"),
  removeReaction: reaction(victims),
  "removeReaction:deleted": reaction(own("deleted")),
  pinMessage: message(victims),
  "pinMessage:deleted": message(own("deleted")),
  unpinMessage: message(victims),
  "unpinMessage:deleted": message(own("deleted")),
  listPins: room,
  readRoom: (w) => ({ params: { id: w.room }, body: { seq: 1 } }),
  getThread: message(victims),
  followThread: message(victims),
  unfollowThread: message(victims),
  readThread: message(victims, { seq: 1 }),
  openPrivateThread: open(victim),
  "openPrivateThread:message": (w) => ({ body: { message_id: victims(w) } }),
  "openPrivateThread:self": open(selfOf),
  "openPrivateThread:stranger": open(stranger),
  "createInvite:room": (w) => ({ body: { role: "student", room: w.room } }),
};

/** Their own thread; that of the participant for those who have none. */
const thread = (w: World, actor: Actor) => {
  const found = w.threads.get(actor) ?? w.threads.get("participant");
  if (!found) throw new Error(`no thread for ${actor}`);
  return found;
};
const inThread =
  (body?: object): Ask =>
  (w, actor) => ({ params: { id: thread(w, actor).id }, ...(body && { body }) });
const whisper =
  (whose: "mine" | "partners", body?: object): Ask =>
  (w, actor) => ({ params: { id: thread(w, actor)[whose] }, ...(body && { body }) });

export const THREAD_REQUESTS: Readonly<Record<string, Ask>> = {
  getPrivateThread: inThread(),
  listPrivateMessages: inThread(),
  "searchMessages:thread": (w, actor) => ({ query: { q: "hello", thread: thread(w, actor).id } }),
  "getAttachment:private": file((w, actor) => thread(w, actor).file),
  "getThumbnail:private": file((w, actor) => thread(w, actor).file),
  readPrivateThread: inThread({ seq: 1 }),
  sendPrivateMessage: inThread({ content: "Psst" }),
  "sendPrivateMessage:host": inThread({ content: "Please" }),
  editPrivateMessage: whisper("mine", words),
  "editPrivateMessage:partner": whisper("partners", words),
  deletePrivateMessage: whisper("mine"),
  "deletePrivateMessage:partner": whisper("partners"),
  addPrivateReaction: reaction((w, actor) => thread(w, actor).partners),
  removePrivateReaction: reaction((w, actor) => thread(w, actor).partners),
  updatePrivateThread: (w, actor) => ({ params: { id: thread(w, actor).id }, body: { is_active: w.state === "C" } }),
};

/** The same request with each id in turn replaced by one that nothing has. */
export const withoutEach = (asked: LooseCall): LooseCall[] => {
  const absent = (part: "params" | "query" | "body") => {
    const fields = (asked[part] ?? {}) as Record<string, unknown>;
    return Object.keys(fields)
      .filter((name) => /^id$|_id$|^room$|^thread$/.test(name))
      .map((name): LooseCall => {
        const none = typeof fields[name] === "string" ? NO_FILE : NO_ID;
        return { ...asked, [part]: { ...fields, [name]: none } };
      });
  };
  return [...absent("params"), ...absent("query"), ...absent("body")];
};

/** Those whose success changes no other cell: a world may have seen them. */
export const HARMLESS: ReadonlySet<string> = new Set([
  "getRoom",
  "muteMember",
  "unmuteMember",
  "unmuteMember:other-cohost",
  "quietRoom",
  "unquietRoom",
  "listJoinRequests",
  "listMessages",
  "searchMessages:room",
  "searchMessages:thread",
  "sendMessage",
  "editMessage:own",
  "getAttachment",
  "getThumbnail",
  "getAttachment:private",
  "getThumbnail:private",
  "deleteMessage:deleted",
  "addReaction",
  "removeReaction",
  "pinMessage",
  "unpinMessage",
  "listPins",
  "readRoom",
  "getThread",
  "followThread",
  "unfollowThread",
  "readThread",
  "createInvite:room",
  "getPrivateThread",
  "listPrivateMessages",
  "readPrivateThread",
  "sendPrivateMessage",
  "sendPrivateMessage:host",
  "editPrivateMessage",
  "addPrivateReaction",
  "removePrivateReaction",
]);

/** Those that only one can do: the next one finds it done. The others may share a world that nobody else sees. */
export const ONLY_ONCE: ReadonlySet<OperationId> = new Set([
  "kickMember",
  "approveJoin",
  "denyJoin",
  "updatePrivateThread",
]);
