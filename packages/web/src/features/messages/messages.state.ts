// All timelines that were opened, and what I have written that the server has not confirmed yet.
import type { Attachment, DurableFrame, Message, ServerFrame } from "@homeroom/protocol";
import { type LogKey, logKey, roomKey } from "../../kit/logs.ts";
import type { QuickWait } from "./outbox.ts";
import { type Place, placeKey, type PlaceKey, placeLog } from "./place.ts";
import {
  addPage,
  applyToTimeline,
  emptyTimeline,
  findMessage,
  type MessageItem,
  movedTo,
  type Page,
  replaced,
  type Timeline,
  trimmed,
} from "./timeline.state.ts";

export interface Pending {
  readonly client_id: string;
  readonly place: Place;
  readonly content: string;
  /** A reply in a thread that its room shows as well. */
  readonly also_in_room?: boolean;
  readonly reply_to: number | null;
  readonly reply_preview: Message["reply_preview"];
  /** Files that are on the server already. */
  readonly attachments?: readonly Attachment[];
  readonly created_at: string;
  /** `queued`: waits for its turn or for the connection. `sent`: on its way, not answered. */
  readonly status: "queued" | "sent" | "failed";
  /** Why it failed, in a sentence. */
  readonly reason?: string;
  /** The server has it; its place in the log arrives with the log. */
  readonly seq?: number;
}

/** Which way a place's history is being fetched. */
export type LoadWay = "first" | "older" | "newer";
/** `gone`: there is no such place, as far as this person may know. */
export type Load = "loading" | "failed" | "gone";
export type Loads = Readonly<Partial<Record<LoadWay, Load>>>;

export interface MessagesState {
  readonly loads: Readonly<Partial<Record<PlaceKey, Loads>>>;
  readonly timelines: Readonly<Partial<Record<PlaceKey, Timeline>>>;
  /** In the order in which they were written. */
  readonly pending: readonly Pending[];
  /** Replies that a resume brought as deleted already. */
  readonly ghosts: readonly number[];
  /** Where the server asked me to slow down, and until when. */
  readonly waits: Readonly<Partial<Record<LogKey, QuickWait>>>;
}

export const noMessages: MessagesState = { loads: {}, timelines: {}, pending: [], ghosts: [], waits: {} };

/** What a place keeps in memory while nobody looks at it. */
const KEEP = 200;

const put = (state: MessagesState, timeline: Timeline): MessagesState => {
  const key = placeKey(timeline.place);
  return state.timelines[key] === timeline ? state : { ...state, timelines: { ...state.timelines, [key]: timeline } };
};

export const timelineAt = (state: MessagesState, place: Place): Timeline | undefined =>
  state.timelines[placeKey(place)];

const opened = (state: MessagesState): Timeline[] => Object.values(state.timelines).filter((t) => t !== undefined);

export const setLoad = (state: MessagesState, place: Place, way: LoadWay, load: Load | undefined): MessagesState => {
  const key = placeKey(place);
  return { ...state, loads: { ...state.loads, [key]: { ...state.loads[key], [way]: load } } };
};

/** Begins to follow a place, before its first page arrives. */
export const openTimeline = (state: MessagesState, place: Place): MessagesState =>
  timelineAt(state, place) ? state : put(state, emptyTimeline(place));

/** A page for a place that was let go of meanwhile is nobody's. */
const patch = (state: MessagesState, place: Place, change: (timeline: Timeline) => Timeline): MessagesState => {
  const timeline = timelineAt(state, place);
  return timeline ? put(state, change(timeline)) : state;
};

export const extendTimeline = (state: MessagesState, place: Place, page: Page): MessagesState =>
  patch(state, place, (timeline) => addPage(timeline, page));

export const moveTimeline = (state: MessagesState, place: Place, page: Page): MessagesState =>
  patch(state, place, (timeline) => movedTo(timeline, page));

export const trimTimeline = (state: MessagesState, place: Place): MessagesState =>
  patch(state, place, (timeline) => trimmed(timeline, KEEP));

/** Changes every open timeline. */
export const changeTimelines = (state: MessagesState, change: (timeline: Timeline) => Timeline): MessagesState =>
  opened(state).reduce((next, timeline) => put(next, change(timeline)), state);

/** A message, wherever it is on the screen. */
export const findAnywhere = (state: MessagesState, id: number): MessageItem | undefined => {
  for (const timeline of opened(state)) {
    const found = findMessage(timeline, id);
    if (found) return found;
  }
  return undefined;
};

/** Everything that came with a log: a room's own timeline, and those of the threads in it. */
export function forgetLogTimelines(state: MessagesState, log: LogKey): MessagesState {
  const gone = opened(state).filter(({ place }) => placeLog(place) === log);
  if (gone.length === 0) return state;
  const keys = new Set<string>(gone.map(({ place }) => placeKey(place)));
  const kept = <T extends object>(all: T) =>
    Object.fromEntries(Object.entries(all).filter(([key]) => !keys.has(key))) as T;
  return { ...state, timelines: kept(state.timelines), loads: kept(state.loads) };
}

/** Private chats may quote their room. */
function requoted(state: MessagesState, frame: DurableFrame): MessagesState {
  if (frame.type !== "message_edited" && frame.type !== "message_deleted") return state;
  const { message } = frame;
  if (!("room" in message)) return state;
  return opened(state)
    .filter(({ place }) => place.kind === "private")
    .reduce((all, timeline) => put(all, replaced(timeline, message)), state);
}

/** One event of a room's or a private chat's log, in its order. */
export function applyMessageEvent(state: MessagesState, frame: DurableFrame, meId: number, now: string): MessagesState {
  const log = logKey(frame);
  if (frame.type === "room_deleted") return forgetLogTimelines(state, roomKey(frame.room ?? 0));
  const viewing = { meId, now, isGhost: (id: number) => state.ghosts.includes(id) };
  const next = opened(state)
    .filter(({ place }) => placeLog(place) === log)
    .reduce((all, timeline) => put(all, applyToTimeline(timeline, frame, viewing)), requoted(state, frame));
  if (frame.type !== "chat_message" && frame.type !== "private_message") return next;
  const { message } = frame;
  const isGhost = message.deleted && message.thread_root !== null;
  const seen = isGhost ? { ...next, ghosts: [...next.ghosts, message.id] } : next;
  return message.sender.id === meId ? removePending(seen, message.client_id) : seen;
}

export const addPending = (state: MessagesState, entry: Pending): MessagesState => ({
  ...state,
  pending: [...state.pending.filter((p) => p.client_id !== entry.client_id), entry],
});

export function removePending(state: MessagesState, client_id: string | null): MessagesState {
  const pending = state.pending.filter((p) => p.client_id !== client_id);
  return pending.length === state.pending.length ? state : { ...state, pending };
}

export const changePending = (state: MessagesState, client_id: string, change: Partial<Pending>): MessagesState => ({
  ...state,
  pending: state.pending.map((p) => (p.client_id === client_id ? { ...p, ...change } : p)),
});

export const setWait = (state: MessagesState, log: LogKey, wait: QuickWait): MessagesState => ({
  ...state,
  waits: { ...state.waits, [log]: wait },
});

/**
 * The server has it. Where the log has been applied that far, its message is here already or part of history;
 * otherwise the row stays until its own event takes its place.
 */
export function applyAck(state: MessagesState, frame: ServerFrame, applied: number): MessagesState {
  if (frame.type !== "ack" || frame.client_id === null) return state;
  return frame.seq <= applied
    ? removePending(state, frame.client_id)
    : changePending(state, frame.client_id, { seq: frame.seq });
}
