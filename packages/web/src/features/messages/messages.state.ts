// All timelines that were opened, and what I have written that the server has not confirmed yet.
import type { DurableFrame, Message, ServerFrame } from "@homeroom/protocol";
import {
  applyToTimeline,
  emptyTimeline,
  type Page,
  addPage,
  movedTo,
  type Timeline,
  trimmed,
} from "./timeline.state.ts";

export interface Pending {
  readonly client_id: string;
  readonly room: number;
  readonly content: string;
  readonly reply_to: number | null;
  readonly reply_preview: Message["reply_preview"];
  readonly created_at: string;
  /** `queued`: waits for its turn or for the connection. `sent`: on its way, not answered. */
  readonly status: "queued" | "sent" | "failed";
  /** Why it failed, in a sentence. */
  readonly reason?: string;
  /** The server has it; its place in the log arrives with the log. */
  readonly seq?: number;
}

/** Which way a room's history is being fetched. */
export type LoadWay = "first" | "older" | "newer";
export type Loads = Readonly<Partial<Record<LoadWay, "loading" | "failed">>>;

export interface MessagesState {
  readonly loads: Readonly<Record<number, Loads>>;
  readonly timelines: Readonly<Record<number, Timeline>>;
  /** In the order in which they were written. */
  readonly pending: readonly Pending[];
}

export const noMessages: MessagesState = { loads: {}, timelines: {}, pending: [] };

/** What a room keeps in memory while nobody looks at it. */
const KEEP = 200;

const put = (state: MessagesState, room: number, timeline: Timeline): MessagesState =>
  state.timelines[room] === timeline ? state : { ...state, timelines: { ...state.timelines, [room]: timeline } };

export const setLoad = (
  state: MessagesState,
  room: number,
  way: LoadWay,
  load: "loading" | "failed" | undefined,
): MessagesState => ({ ...state, loads: { ...state.loads, [room]: { ...state.loads[room], [way]: load } } });

/** Begins to follow a room, before its first page arrives. */
export const openTimeline = (state: MessagesState, room: number): MessagesState =>
  state.timelines[room] ? state : put(state, room, emptyTimeline);

export const extendTimeline = (state: MessagesState, room: number, page: Page): MessagesState =>
  put(state, room, addPage(state.timelines[room] ?? emptyTimeline, page));

export const moveTimeline = (state: MessagesState, room: number, page: Page): MessagesState =>
  put(state, room, movedTo(state.timelines[room] ?? emptyTimeline, page));

export const trimTimeline = (state: MessagesState, room: number): MessagesState => {
  const timeline = state.timelines[room];
  return timeline ? put(state, room, trimmed(timeline, KEEP)) : state;
};

export function forgetTimeline(state: MessagesState, room: number): MessagesState {
  if (!(room in state.timelines)) return state;
  const { [room]: _, ...timelines } = state.timelines;
  return { ...state, timelines };
}

/** One event of a room's log, in its order. */
export function applyMessageEvent(state: MessagesState, frame: DurableFrame, meId: number, now: string): MessagesState {
  if (frame.room === undefined) return state;
  if (frame.type === "room_deleted") return forgetTimeline(state, frame.room);
  const timeline = state.timelines[frame.room];
  const next = timeline ? put(state, frame.room, applyToTimeline(timeline, frame, meId, now)) : state;
  if (frame.type !== "chat_message" || frame.message.sender.id !== meId) return next;
  return removePending(next, frame.message.client_id);
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
