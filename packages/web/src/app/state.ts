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
import {
  applyAck,
  applyMessageEvent,
  forgetTimeline,
  type MessagesState,
  noMessages,
} from "../features/messages/messages.state.ts";
import {
  applyThreadEvent,
  applyThreadNews,
  forgetThread,
  knowThread,
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

export interface AppState {
  readonly phase: Phase;
  readonly school: SetupState | null;
  readonly me: Me | null;
  /** What was typed and not sent, by room. */
  readonly drafts: Readonly<Record<number, string>>;
  readonly toasts: readonly ToastItem[];
  /** The list of rooms could not be fetched. */
  readonly roomsFailed: boolean;
  readonly connection: ConnectionState;
  readonly logs: Logs;
  readonly rooms: RoomsState;
  readonly messages: MessagesState;
  readonly live: LiveState;
  readonly requests: RequestsState;
  readonly threads: ThreadsState;
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
  rooms: noRooms,
  messages: noMessages,
  live: noLive,
  requests: noRequests,
  threads: noThreads,
};

/** Takes in one fetched room, and where its log stood then. */
export function learnRoom(state: AppState, room: Room | RoomCard | RoomWithParticipants): AppState {
  const key = roomKey(room.id);
  if (!("epoch" in room))
    return { ...(state.logs[key] ? forget(state, key) : state), rooms: knowRoom(state.rooms, room) };
  const isOther = state.logs[key] && state.logs[key].epoch !== room.epoch;
  const base = isOther ? forget(state, key) : state;
  return { ...base, rooms: knowRoom(state.rooms, room), logs: knowLog(base.logs, key, room.epoch, room.last_seq) };
}

/** Takes in the whole list. */
export const learnRooms = (state: AppState, rooms: readonly (Room | RoomCard)[]): AppState =>
  rooms.reduce(learnRoom, { ...state, rooms: knowRooms(state.rooms, rooms) });

export const learnThread = (state: AppState, thread: PrivateThread): AppState => ({
  ...state,
  threads: knowThread(state.threads, thread),
  logs: knowLog(state.logs, threadKey(thread.id), thread.epoch, thread.last_seq),
});

const idOf = (key: LogKey) => Number(key.slice(1));

/** Lets go of everything that a log has brought. */
export function forget(state: AppState, key: LogKey): AppState {
  const logs = forgetLog(state.logs, key);
  const id = idOf(key);
  if (key.startsWith("t")) return { ...state, logs, threads: forgetThread(state.threads, id) };
  return {
    ...state,
    logs,
    messages: forgetTimeline(state.messages, id),
    requests: forgetRequests(state.requests, id),
  };
}

function applyDurable(state: AppState, frame: DurableFrame, now: number): AppState {
  const { me } = state;
  if (!me) return state;
  const key = logKey(frame);
  // Where a resume tells of an earlier time when I left, more has happened since: I came back.
  const isMyEnd =
    frame.type === "user_left" && frame.user.id === me.id && frame.seq >= ((key && state.logs[key]?.head) || 0);
  const next: AppState = {
    ...state,
    rooms: applyRoomEvent(state.rooms, frame, me, isMyEnd),
    messages: applyMessageEvent(state.messages, frame, me.id, new Date(now).toISOString()),
    live: applyLive(state.live, frame, me.id, now),
    threads: applyThreadEvent(state.threads, frame, me.id),
  };
  return key && (isMyEnd || frame.type === "room_deleted") ? forget(next, key) : next;
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
    case "kick_user":
      return frame.user.id === me.id ? forget(next, roomKey(frame.room)) : next;
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
  return { ...cleared, logs, live: noLive, rooms: left.reduce(leaveRoom, greetRooms(cleared.rooms, frame)) };
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
