// What the last search found, kept as the rooms say it is now: a message that is deleted, edited or out of reach
// meanwhile shows its old words no longer.
import type { DurableFrame, Message, PrivateMessage } from "@homeroom/protocol";
import type { LogKey } from "../../kit/logs.ts";

export type Found = Message | PrivateMessage;

/** What is looked for. Without a room: everywhere; without a person: of anybody. */
export interface Asked {
  readonly q: string;
  readonly room: number | null;
  readonly from: number | null;
}

export interface SearchState {
  /** What the results answer. */
  readonly asked: Asked | null;
  /** Newest first. */
  readonly results: readonly Found[];
  /** Older ones than this message's are to be had; null: that was all. */
  readonly more: number | null;
  /** What was changed since it was looked for, by an event. */
  readonly changed: Readonly<Record<number, Found>>;
  /** An answer is on its way, and events may be faster. */
  readonly isAsking: boolean;
  /** Rises when a room or a chat went out of reach or begins anew: only the server knows what is left. */
  readonly version: number;
  /** The version that the results are of. */
  readonly asOf: number;
}

export const noSearch: SearchState = {
  asked: null,
  results: [],
  more: null,
  changed: {},
  isAsking: false,
  version: 0,
  asOf: 0,
};

export const isSame = (a: Asked | null, b: Asked | null): boolean =>
  a === b || (a !== null && b !== null && a.q === b.q && a.room === b.room && a.from === b.from);

/** Whether the results are the answer to this, as far as is known. */
export const isAnswered = (state: SearchState, asked: Asked): boolean =>
  isSame(state.asked, asked) && state.asOf === state.version;

export const startAsking = (state: SearchState): SearchState => ({ ...state, isAsking: true });
export const stopAsking = (state: SearchState): SearchState => ({ ...state, isAsking: false });

export interface Answer {
  results: readonly Found[];
  more: number | null;
  /** The version when it was asked for. */
  version: number;
}

/** What events have said of these messages since they were read. */
const current = ({ changed }: SearchState, results: readonly Found[]): Found[] =>
  results.map((found) => changed[found.id] ?? found).filter(({ deleted }) => !deleted);

/** Takes in the first page. One that may hold what is out of reach by now is thrown away. */
export function answered(state: SearchState, asked: Asked, { results, more, version }: Answer): SearchState {
  if (version !== state.version) return stopAsking(state);
  return { ...state, asked, results: current(state, results), more, isAsking: false, asOf: version };
}

/** Takes in the next page. */
export function extended(state: SearchState, asked: Asked, { results, more, version }: Answer): SearchState {
  if (version !== state.version || !isSame(state.asked, asked)) return stopAsking(state);
  const known = new Set(state.results.map(({ id }) => id));
  const fresh = current(state, results).filter(({ id }) => !known.has(id));
  return { ...state, results: [...state.results, ...fresh], more, isAsking: false };
}

/** One event of any log, in its order. */
export function applyFound(state: SearchState, frame: DurableFrame): SearchState {
  if (frame.type !== "message_edited" && frame.type !== "message_deleted") return state;
  const { message } = frame;
  if (!state.isAsking && !state.results.some(({ id }) => id === message.id)) return state;
  const next = { ...state, changed: { ...state.changed, [message.id]: message } };
  return { ...next, results: current(next, state.results) };
}

/** A room or a private chat is out of reach, or begins anew: nothing of it is shown until the server says so. */
export function forgetFound(state: SearchState, log: LogKey, roomOf: (thread: number) => number | undefined) {
  if (!state.asked && !state.isAsking) return state;
  const isGone = (found: Found): boolean => {
    if ("room" in found) return log === `r${found.room}`;
    return log === `t${found.thread}` || log === `r${roomOf(found.thread)}`;
  };
  return { ...state, results: state.results.filter((found) => !isGone(found)), version: state.version + 1 };
}
