// The whole state and the one way to change it by a frame: `apply`. Features meet here, and only here.
import type { DurableFrame, Me, Message, ServerFrame, SetupState, UserCard } from "@homeroom/protocol";
import { noTrays, type Trays } from "../features/attachments/upload.state.ts";
import { applyRequestNews, noRequests, type RequestsState } from "../features/join-requests/join-requests.state.ts";
import { applyLive, type LiveState, noLive } from "../features/live/live.state.ts";
import { applyFollowed, type FollowedState, knowChoice, noFollowed } from "../features/messages/followed.state.ts";
import type { Drafts } from "../features/messages/keepsake.ts";
import { type Meanwhile, note, nothingMeanwhile } from "../features/messages/meanwhile.state.ts";
import {
  applyAck,
  applyMessageEvent,
  type MessagesState,
  noMessages,
  timelineAt,
} from "../features/messages/messages.state.ts";
import { type Place, type PlaceKey, roomPlace } from "../features/messages/place.ts";
import { excerptOf, findMessage, type MessageItem } from "../features/messages/timeline.state.ts";
import { applyPins, noPins, type PinsState } from "../features/messages/pins.state.ts";
import {
  applyThreadEvent,
  applyThreadNews,
  changeOrigin,
  greetThreads,
  noThreads,
  type ThreadsState,
} from "../features/private-threads/private-threads.state.ts";
import {
  applyRoomEvent,
  applyRoomNews,
  greetRooms,
  leaveRoom,
  noRooms,
  type RoomsState,
} from "../features/rooms/rooms.state.ts";
import { applyFound, noSearch, type SearchState } from "../features/search/search.state.ts";
import { withCard } from "../kit/cards.ts";
import type { ToastItem } from "../ui/toasts.tsx";
import type { ConnectionState } from "../kit/connection.ts";
import {
  admit,
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

import { end, forget, idOf } from "./learn.ts";

export { end, forget, learnRoom, learnRooms, learnThread, learnThreads } from "./learn.ts";

/**
 * `ended`: the session is over although nobody signed out here; what is on the screen stays. `unreachable`: the very
 * first calls failed.
 */
export type Phase = "booting" | "unreachable" | "out" | "in" | "ended";

type Marks<K extends string = LogKey> = Readonly<Partial<Record<K, number>>>;

/** A message that goes out as soon as its files are there, with the words that stand in the box then. */
export interface SendingSoon {
  readonly place: Place;
  readonly quoted: Message["reply_preview"];
  readonly alsoInRoom: boolean;
}

export interface AppState {
  readonly phase: Phase;
  readonly school: SetupState | null;
  readonly me: Me | null;
  readonly drafts: Drafts;
  /** Files that wait to be sent, by `trayKey`. */
  readonly trays: Trays;
  /** Messages that go out when their files are there, by `trayKey`. */
  readonly sendingSoon: Readonly<Record<string, SendingSoon>>;
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
  trays: noTrays,
  sendingSoon: {},
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
    case "my_thread_changed":
      return { ...next, followed: knowChoice(next.followed, frame.message_id, frame.following) };
    case "user_changed":
      return carded(next, frame.user);
    default:
      return next;
  }
}

/** Somebody has another name, role or picture: from now on everywhere, and in what is still on its way. */
export function carded(state: AppState, user: UserCard): AppState {
  const { me, rooms, messages, followed, pins, live, requests, threads, search, quote, logs } = state;
  const shown = { me, rooms, messages, followed, pins, live, requests, threads, search, quote, logs };
  const meanwhile = note(withCard(state.meanwhile, user), { type: "user_changed", user });
  return { ...state, ...withCard(shown, user), meanwhile };
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
