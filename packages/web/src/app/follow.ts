// What a frame asks of the client beyond its state: to resume, to fetch again, to send what waits, to say something.
import type { DurableFrame, ServerFrame, ServerFrameOf } from "@homeroom/protocol";
import { followsThread } from "../features/messages/followed.state.ts";
import { findAnywhere } from "../features/messages/messages.state.ts";
import { isUnsure } from "../features/messages/replies.ts";
import type { MessageItem } from "../features/messages/timeline.state.ts";
import { isMember } from "../features/rooms/rooms.state.ts";
import { greet, isDurable, type LogKey, logKey, resumeFor } from "../kit/logs.ts";
import { loadRoot } from "./actions/fetching.ts";
import { followRequests } from "./actions/join-requests.ts";
import { loadPrivateThread, loadPrivateThreads } from "./actions/private-threads.ts";
import { isEcho } from "./actions/reading.ts";
import { loadFollowed } from "./actions/reply-threads.ts";
import { loadRoom, loadRooms, noteEntered } from "./actions/rooms.ts";
import { noteUpload, resumeUploads } from "./actions/uploads.ts";
import { addToast, type Core, update } from "./core.ts";
import { goTo } from "./router.ts";
import { type AppState, apply } from "./state.ts";
import { perVisit } from "./visit.ts";

/** Asked for once, until the answer; a socket that was lost has lost its answers. */
const askedOf = perVisit(() => new Set<LogKey>());

/** Everything that the server says comes through here. */
export function receive(core: Core, frame: ServerFrame): void {
  const before = core.store.getState();
  if (frame.type === "read" && frame.user.id === before.me?.id && isEcho(core, logKey(frame), frame.seq)) return;
  update(core, (state) => apply(state, frame, core.clock.now()));
  follow(core, frame, before);
}

function follow(core: Core, frame: ServerFrame, before: AppState): void {
  if (isDurable(frame)) {
    followReplies(core, frame, before);
    return fillHole(core, logKey(frame));
  }
  switch (frame.type) {
    case "hello":
      return welcome(core, frame, before);
    case "resumed":
      return void askedOf(core).delete(logKey(frame) ?? "r0");
    case "reset":
      return afresh(core, logKey(frame));
    case "ack":
      return frame.client_id === null ? undefined : core.outbox.acked(frame.client_id);
    case "error":
      return core.outbox.refused(frame);
    case "upload_updated":
      return noteUpload(core, frame.attachment);
    case "my_thread_changed":
      return followThread(core, frame, before);
    case "read":
      return recount(core, frame, before);
    case "join_request":
    case "join_request_decided":
    case "join_request_withdrawn":
      return void followRequests(core, frame.request.room);
    case "room_added":
      return void noteEntered(core, frame.room);
    case "join_approved":
      noteEntered(core, frame.room);
      return sayApproved(core, frame);
    case "join_denied":
      return sayDenied(core, frame, before);
    default:
  }
}

function ask(core: Core, keys: LogKey[]): void {
  const wanted = keys.filter((key) => !askedOf(core).has(key));
  const frame = resumeFor(core.store.getState().logs, wanted);
  if (!frame || !core.connection.send(frame)) return;
  for (const log of frame.logs) askedOf(core).add(logKey(log) ?? "r0");
}

function fillHole(core: Core, key: LogKey | null): void {
  if (key) ask(core, [key]);
}

function welcome(core: Core, hello: ServerFrameOf<"hello">, before: AppState): void {
  askedOf(core).clear();
  ask(core, Object.keys(core.store.getState().logs) as LogKey[]);
  core.outbox.pump();
  resumeUploads(core);
  const { lost, reset, fresh } = greet(before.logs, hello);
  // The first list is on its way; a later socket has missed what is no event of mine (rooms opened, requests decided).
  if (before.rooms.isLoaded || before.roomsFailed || lost.length + reset.length + fresh.length > 0)
    void loadRooms(core);
  // What is mine of threads comes with no event: whom I follow, how far I have read in them.
  if (before.followed.isLoaded || before.followed.hasFailed) void loadFollowed(core);
  if (before.threads.isLoaded || before.threads.hasFailed) void loadPrivateThreads(core);
  for (const key of reset) afresh(core, key);
}

/** What was known of the log means nothing any more. */
function afresh(core: Core, key: LogKey | null): void {
  if (!key) return;
  askedOf(core).delete(key);
  const id = Number(key.slice(1));
  const loaded = key.startsWith("r") ? loadRoom(core, id) : loadPrivateThread(core, id);
  void loaded.catch(() => undefined);
}

/** My mark on another device went back, or lies below what was fetched: only the server can count what is left. */
function recount(core: Core, frame: ServerFrameOf<"read">, before: AppState): void {
  const { me, rooms, threads } = core.store.getState();
  if (frame.user.id !== me?.id) return;
  const isBelow = (now: { asOf?: number } | undefined, then: { read?: number } | undefined) =>
    now !== undefined && frame.seq < Math.max(now.asOf ?? 0, then?.read ?? 0);
  const { room = 0, thread = 0 } = frame;
  if (isMember(rooms.byId[room]) && isBelow(rooms.byId[room], before.rooms.byId[room])) {
    void loadRoom(core, room).catch(() => undefined);
  }
  if (isBelow(threads.byId[thread], before.threads.byId[thread])) {
    void loadPrivateThread(core, thread).catch(() => undefined);
  }
}

/** On another device I began to follow a thread, or stopped: what is unread in it, only the server can say. */
function followThread(core: Core, frame: ServerFrameOf<"my_thread_changed">, before: AppState): void {
  const { messages, followed } = before;
  const isShown = followed.roots[frame.message_id] ?? findAnywhere(messages, frame.message_id);
  if (followed.choices[frame.message_id] === frame.following || !(isShown || followed.isLoaded)) return;
  void loadRoot(core, frame.message_id).catch(() => undefined);
}

/** Roots that were asked for once because of a reply: whether I follow them is known since. */
const askedRootsOf = perVisit(() => new Set<number>());

const rootOf = (item: MessageItem | undefined) => (item && "room" in item ? item : undefined);

/** What an event cannot tell of a thread: whether I follow it, and whether its count has lost a deleted reply already. */
function followReplies(core: Core, frame: DurableFrame, { me, followed, messages }: AppState): void {
  if (frame.type !== "chat_message" && frame.type !== "message_deleted") return;
  const { message } = frame;
  if (!me || !("room" in message) || message.thread_root === null || !followed.isLoaded) return;
  const id = message.thread_root;
  const root = followed.roots[id] ?? rootOf(findAnywhere(messages, id));
  const asked = askedRootsOf(core);
  const isDoubtful =
    frame.type === "message_deleted"
      ? root !== undefined && isUnsure(root, message)
      : !core.store.getState().followed.roots[id] && !asked.has(id);
  // Who once stopped following does not begin again by writing.
  const chosen = followsThread(followed, id);
  const mayHaveStopped = message.sender.id === me.id && chosen === false;
  // The first reply to what I chose to follow, or not to: events know nothing of that.
  const isChosen = root !== undefined && root.replies === null && id in followed.choices;
  if (!isDoubtful && !(frame.type === "chat_message" && (mayHaveStopped || isChosen))) return;
  asked.add(id);
  void loadRoot(core, id).catch(() => undefined);
}

function sayApproved(core: Core, { room, details }: ServerFrameOf<"join_approved">): void {
  const open = { label: "Open", onSelect: () => goTo({ name: "room", id: room }) };
  addToast(core, { tone: "done", text: `You are in: ${details.name}.`, actions: [open] });
}

function sayDenied(core: Core, { request, room }: ServerFrameOf<"join_denied">, before: AppState): void {
  const name = before.rooms.byId[room]?.name ?? "The room";
  const reason = request.reason ? `: “${request.reason}”` : "";
  addToast(core, { tone: "info", text: `${name}: not this time${reason}.` });
}
