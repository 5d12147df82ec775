// What is fetched is taken into the state, and what a log has brought is let go of again. Pure.
import type { PrivateThread, Room, RoomCard, RoomWithParticipants } from "@homeroom/protocol";
import { forgetRequests } from "../features/join-requests/join-requests.state.ts";
import { forgetRoots } from "../features/messages/followed.state.ts";
import { forgetLogTimelines } from "../features/messages/messages.state.ts";
import { forgetPins } from "../features/messages/pins.state.ts";
import { forgetThread, knowThread, knowThreads } from "../features/private-threads/private-threads.state.ts";
import { knowRoom, knowRooms } from "../features/rooms/rooms.state.ts";
import { forgetFound } from "../features/search/search.state.ts";
import { forgetLog, knowLog, type LogKey, roomKey, threadKey } from "../kit/logs.ts";
import type { AppState } from "./state.ts";

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

/** Takes in the whole list. @param entered rooms that I came into while it was on its way: it is too old for them */
export function learnRooms(
  state: AppState,
  fetched: readonly (Room | RoomCard)[],
  entered?: ReadonlySet<number>,
): AppState {
  const rooms = fetched.filter((room) => !isOver(state, room) && !entered?.has(room.id));
  return rooms.reduce(learnRoom, { ...state, rooms: knowRooms(state.rooms, rooms, entered) });
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

export const idOf = (key: LogKey) => Number(key.slice(1));

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
