// The whole state and the one way to change it by a frame: `apply`. Features meet here, and only here.
import type {
  DurableFrame,
  Me,
  PrivateThread,
  Room,
  RoomCard,
  RoomWithParticipants,
  ServerFrame,
  SetupState,
} from "@homeroom/protocol";
import {
  applyRequestNews,
  forgetRequests,
  noRequests,
  type RequestsState,
} from "../features/join-requests/join-requests.state.ts";
import { applyLive, type LiveState, noLive } from "../features/live/live.state.ts";
import { applyFollowed, type FollowedState, forgetRoots, noFollowed } from "../features/messages/followed.state.ts";
import type { Drafts } from "../features/messages/keepsake.ts";
import { type Meanwhile, note, nothingMeanwhile } from "../features/messages/meanwhile.state.ts";
import {
  applyAck,
  applyMessageEvent,
  forgetLogTimelines,
  type MessagesState,
  noMessages,
  timelineAt,
} from "../features/messages/messages.state.ts";
import { type PlaceKey, roomPlace } from "../features/messages/place.ts";
import { excerptOf, findMessage, type MessageItem } from "../features/messages/timeline.state.ts";
import { applyPins, forgetPins, noPins, type PinsState } from "../features/messages/pins.state.ts";
import {
  applyThreadEvent,
  applyThreadNews,
  changeOrigin,
  forgetThread,
  greetThreads,
  knowThread,
  knowThreads,
  noThreads,
  type ThreadsState,
} from "../features/private-threads/private-threads.state.ts";
import {
  applyRoomEvent,
  applyRoomNews,
  greetRooms,
  knowRoom,
  knowRooms,
  leaveRoom,
  noRooms,
  type RoomsState,
} from "../features/rooms/rooms.state.ts";
import { applyFound, forgetFound, noSearch, type SearchState } from "../features/search/search.state.ts";
import type { ToastItem } from "../ui/toasts.tsx";
import type { ConnectionState } from "../kit/connection.ts";
import {
  admit,
  forgetLog,
  greet,
  isDurable,
  knowLog,
  type LogKey,
  logKey,
  type Logs,
  resetLog,
  roomKey,
  threadKey,
} from "../kit/logs.ts";

/**
 * `ended`: the session is over although nobody signed out here; what is on the screen stays. `unreachable`: the very
 * first calls failed.
 */
export type Phase = "booting" | "unreachable" | "out" | "in" | "ended";

type Marks<K extends string = LogKey> = Readonly<Partial<Record<K, number>>>;

export interface AppState {
  readonly phase: Phase;
  readonly school: SetupState | null;
  readonly me: Me | null;
  readonly drafts: Drafts;
  readonly toasts: readonly ToastItem[];
  /** The list of rooms could not be fetched. */
  readonly roomsFailed: boolean;
  readonly connection: ConnectionState;
  readonly logs: Logs;
  /** Rooms that I am out of, and where in their log that was: what an answer read before then says of them is over. */
  readonly ended: Readonly<Record<number, { readonly epoch: string; readonly seq: number }>>;
  /** My read marks as the socket named them, for rooms and threads that are fetched later. */
  readonly marks: Marks;
  /** Where I marked something as unread, and have not left or scrolled since. */
  readonly held: Marks<PlaceKey>;
  /** How often I said that I have read everything there: with it the "new" line goes. */
  readonly dismissed: Marks<PlaceKey>;
  readonly rooms: RoomsState;
  readonly messages: MessagesState;
  /** What has been said of messages while pages of them are on their way. */
  readonly meanwhile: Meanwhile;
  readonly followed: FollowedState;
  readonly pins: PinsState;
  readonly live: LiveState;
  readonly requests: RequestsState;
  readonly threads: ThreadsState;
  /** A message of the room that the next words in a private chat answer: it waits for that chat's message box. */
  readonly quote: { readonly thread: number; readonly message: MessageItem } | null;
  readonly search: SearchState;
}

export const initialState: AppState = {
  phase: "booting",
  school: null,
  me: null,
  drafts: {},
  toasts: [],
  roomsFailed: false,
  connection: { status: "connecting", since: 0, retryAt: null },
  logs: {},
  ended: {},
  marks: {},
  held: {},
  dismissed: {},
  rooms: noRooms,
  messages: noMessages,
  meanwhile: nothingMeanwhile,
  followed: noFollowed,
  pins: noPins,
  live: noLive,
  requests: noRequests,
  threads: noThreads,
  quote: null,
  search: noSearch,
};

/** A mark that was named before its room or thread was fetched. */
function knowMark<S extends { byId: Readonly<Record<number, { read?: number }>> }>(
  all: S,
  id: number,
  read?: number,
): S {
  const one = all.byId[id];
  if (!one || one.read !== undefined || read === undefined) return all;
  return { ...all, byId: { ...all.byId, [id]: { ...one, read } } };
}

/** I am out of a room, by its event `seq` or, where none has told it, by the next one. */
export function end(state: AppState, id: number, seq?: number): AppState {
  const log = state.logs[roomKey(id)];
  if (!log) return state;
  return { ...state, ended: { ...state.ended, [id]: { epoch: log.epoch, seq: seq ?? log.head + 1 } } };
}

type Fetched = Room | RoomCard | RoomWithParticipants;

/** The answer was on its way while I was removed, or left. */
const isOver = ({ ended }: AppState, room: Fetched): boolean =>
  "epoch" in room && ended[room.id]?.epoch === room.epoch && room.last_seq < (ended[room.id]?.seq ?? 0);

/** Takes in one fetched room, and where its log stood then. */
export function learnRoom(state: AppState, room: Fetched): AppState {
  if (isOver(state, room)) return state;
  const key = roomKey(room.id);
  if (!("epoch" in room))
    return { ...(state.logs[key] ? forget(state, key) : state), rooms: knowRoom(state.rooms, room) };
  const isOther = state.logs[key] && state.logs[key].epoch !== room.epoch;
  const base = isOther ? forget(state, key) : state;
  const rooms = knowMark(knowRoom(state.rooms, room), room.id, base.marks[key]);
  return { ...base, rooms, logs: knowLog(base.logs, key, room.epoch, room.last_seq) };
}

/** Takes in the whole list. */
export function learnRooms(state: AppState, fetched: readonly (Room | RoomCard)[]): AppState {
  const rooms = fetched.filter((room) => !isOver(state, room));
  return rooms.reduce(learnRoom, { ...state, rooms: knowRooms(state.rooms, rooms) });
}

/** Takes in one private thread, and where its log stood then. */
export function learnThread(state: AppState, thread: PrivateThread): AppState {
  const key = threadKey(thread.id);
  const isOther = state.logs[key] && state.logs[key].epoch !== thread.epoch;
  const base = isOther ? forget(state, key) : state;
  const logs = knowLog(base.logs, key, thread.epoch, thread.last_seq);
  return { ...base, threads: knowMark(knowThread(base.threads, thread), thread.id, base.marks[key]), logs };
}

/** Takes in the whole list. */
export const learnThreads = (state: AppState, threads: readonly PrivateThread[]): AppState =>
  threads.reduce(learnThread, { ...state, threads: knowThreads(state.threads, threads) });

const idOf = (key: LogKey) => Number(key.slice(1));

/** Lets go of everything that a log has brought. */
export function forget(state: AppState, key: LogKey): AppState {
  const logs = forgetLog(state.logs, key);
  const id = idOf(key);
  const messages = forgetLogTimelines(state.messages, key);
  const search = forgetFound(state.search, key, (thread) => state.threads.byId[thread]?.room);
  if (key.startsWith("t")) return { ...state, logs, messages, search, threads: forgetThread(state.threads, id) };
  return {
    ...state,
    logs,
    messages,
    search,
    followed: forgetRoots(state.followed, id),
    pins: forgetPins(state.pins, id),
    requests: forgetRequests(state.requests, id),
  };
}

/** A room's message on the screen. */
function findRoot({ messages }: AppState, room: number, id: number) {
  const found = findMessage(timelineAt(messages, roomPlace(room)), id);
  return found && "room" in found ? found : undefined;
}

/** Private chats show the message of the room that they began with. */
const withOrigins = (threads: ThreadsState, frame: DurableFrame): ThreadsState =>
  (frame.type === "message_edited" || frame.type === "message_deleted") && "room" in frame.message
    ? changeOrigin(threads, frame.message, excerptOf(frame.message))
    : threads;

function applyDurable(state: AppState, frame: DurableFrame, now: number): AppState {
  const { me } = state;
  if (!me) return state;
  const key = logKey(frame);
  // Where a resume tells of an earlier time when I left, more has happened since: I came back.
  const isMyEnd =
    frame.type === "user_left" && frame.user.id === me.id && frame.seq >= ((key && state.logs[key]?.head) || 0);
  const isGhost = (id: number) => state.messages.ghosts.includes(id);
  const find = (id: number) => findRoot(state, frame.room ?? 0, id);
  const next: AppState = {
    ...state,
    rooms: applyRoomEvent(state.rooms, frame, me, isMyEnd),
    messages: applyMessageEvent(state.messages, frame, me.id, new Date(now).toISOString()),
    followed: applyFollowed(state.followed, frame, { meId: me.id, isGhost, find }),
    meanwhile: note(state.meanwhile, frame),
    pins: applyPins(state.pins, frame),
    live: applyLive(state.live, frame, me.id, now),
    threads: applyThreadEvent(withOrigins(state.threads, frame), frame, me.id),
    search: applyFound(state.search, frame),
  };
  if (!key || !(isMyEnd || frame.type === "room_deleted")) return next;
  return forget(end(next, idOf(key), frame.seq), key);
}

function applyNews(state: AppState, frame: ServerFrame, now: number): AppState {
  const { me } = state;
  if (!me) return state;
  const next: AppState = {
    ...state,
    rooms: applyRoomNews(state.rooms, frame, me),
    requests: applyRequestNews(state.requests, frame, me.id),
    live: applyLive(state.live, frame, me.id, now),
    threads: applyThreadNews(state.threads, frame, me.id),
  };
  switch (frame.type) {
    case "room_added":
    case "join_approved":
      return { ...next, logs: knowLog(next.logs, roomKey(frame.room), frame.details.epoch, frame.details.last_seq) };
    case "thread_added":
      return {
        ...next,
        logs: knowLog(next.logs, threadKey(frame.thread), frame.details.epoch, frame.details.last_seq),
      };
    case "read": {
      const key = logKey(frame);
      if (!key || frame.user.id !== me.id) return next;
      const isBack = frame.seq < (state.marks[key] ?? 0);
      const held = isBack ? { ...next.held, [key]: frame.seq } : next.held;
      return { ...next, marks: { ...next.marks, [key]: frame.seq }, held };
    }
    case "kick_user":
      return frame.user.id === me.id ? forget(end(next, frame.room), roomKey(frame.room)) : next;
    case "ack": {
      const key = logKey(frame);
      return { ...next, messages: applyAck(next.messages, frame, (key && next.logs[key]?.applied) || 0) };
    }
    default:
      return next;
  }
}

/** A new socket: its heads, my read marks, and what I have lost while I was away. */
function applyHello(state: AppState, frame: Extract<ServerFrame, { type: "hello" }>): AppState {
  const { logs, lost, reset } = greet(state.logs, frame);
  const cleared = [...lost, ...reset].reduce(forget, state);
  const left = lost.filter((key) => key.startsWith("r")).map(idOf);
  const rooms = left.reduce(leaveRoom, greetRooms(cleared.rooms, frame));
  const marks = Object.fromEntries(frame.logs.map((log) => [logKey(log), log.read]));
  return { ...cleared, logs, marks, live: noLive, rooms, threads: greetThreads(cleared.threads, frame) };
}

/**
 * Applies one frame. Pure: the same frames in the same order of each log give the same state, whatever was doubled or
 * held back on the way. @param now milliseconds since 1970
 */
export function apply(state: AppState, frame: ServerFrame, now: number): AppState {
  if (frame.type === "hello") return applyHello(state, frame);
  if (frame.type === "reset") {
    const key = logKey(frame);
    const cleared = key ? forget(state, key) : state;
    return { ...cleared, logs: resetLog(state.logs, frame) };
  }
  if (!isDurable(frame)) return applyNews(state, frame, now);
  const { logs, ready } = admit(state.logs, frame);
  return ready.reduce((next, event) => applyDurable(next, event, now), { ...state, logs });
}
