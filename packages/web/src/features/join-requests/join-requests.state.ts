// Who waits to be let into the rooms that I moderate, and what became of those who did.
import type { JoinRequest, ServerFrame } from "@homeroom/protocol";

export interface RequestsState {
  /** Room → its requests, those that came first at the top. Missing: not fetched. */
  readonly byRoom: Readonly<Record<number, readonly JoinRequest[]>>;
}

export const noRequests: RequestsState = { byRoom: {} };

export const hasRequests = (state: RequestsState, room: number): boolean => state.byRoom[room] !== undefined;

export const pendingOf = (state: RequestsState, room: number): readonly JoinRequest[] =>
  (state.byRoom[room] ?? []).filter((r) => r.status === "pending");

/** Decided at `since` or later, the latest first. */
export const decidedOf = (state: RequestsState, room: number, since: string): readonly JoinRequest[] =>
  (state.byRoom[room] ?? [])
    .filter((r) => r.processed_at !== null && r.processed_at >= since)
    .toSorted((a, b) => (b.processed_at ?? "").localeCompare(a.processed_at ?? ""));

/** How many wait: the fetched ones, or the number that came with the room. */
export const waitingIn = (state: RequestsState, room: { id: number; pending_requests?: number | null }): number =>
  hasRequests(state, room.id) ? pendingOf(state, room.id).length : (room.pending_requests ?? 0);

export const knowRequests = (state: RequestsState, room: number, requests: readonly JoinRequest[]): RequestsState => ({
  byRoom: { ...state.byRoom, [room]: requests.toSorted((a, b) => a.id - b.id) },
});

/** One that came or was decided. Of a room whose requests were not fetched, one alone would be no number. */
export function knowRequest(state: RequestsState, request: JoinRequest): RequestsState {
  const known = state.byRoom[request.room];
  if (!known) return state;
  const others = known.filter((r) => r.id !== request.id);
  return knowRequests(state, request.room, [...others, request]);
}

export function dropRequest(state: RequestsState, room: number, id: number): RequestsState {
  const known = state.byRoom[room];
  return known?.some((r) => r.id === id)
    ? knowRequests(
        state,
        room,
        known.filter((r) => r.id !== id),
      )
    : state;
}

export const forgetRequests = (state: RequestsState, room: number): RequestsState => {
  const { [room]: _, ...byRoom } = state.byRoom;
  return { byRoom };
};

/** A new request, a decision over one, or one that was taken back, as moderators hear it. */
export function applyRequestNews(state: RequestsState, frame: ServerFrame, meId: number): RequestsState {
  switch (frame.type) {
    case "join_request":
    case "join_request_decided":
      return frame.request.user.id === meId ? state : knowRequest(state, frame.request);
    case "join_request_withdrawn":
      return dropRequest(state, frame.request.room, frame.request.id);
    default:
      return state;
  }
}

export interface Sorted {
  /** Those who wait, and those over whom another host decided while the list was being looked at. */
  cards: readonly JoinRequest[];
  /** Decided lately, the latest first. */
  decided: readonly JoinRequest[];
}

export interface SortView {
  meId: number;
  /** Those that were seen waiting since the list was opened. */
  seen: ReadonlySet<number>;
  /** An instant; what was decided before is history. */
  since: string;
}

/** The list as a host sees it: nothing moves away under the eyes but by their own hand. */
export function sortRequests(state: RequestsState, room: number, { meId, seen, since }: SortView): Sorted {
  const all = state.byRoom[room] ?? [];
  const isCard = (r: JoinRequest) => r.status === "pending" || (seen.has(r.id) && r.processed_by?.id !== meId);
  return { cards: all.filter(isCard), decided: decidedOf(state, room, since).filter((r) => !isCard(r)) };
}

/** The last no to the same person. */
export const lastNoTo = (all: readonly JoinRequest[], request: JoinRequest): JoinRequest | null =>
  all.findLast((r) => r.user.id === request.user.id && r.status === "denied" && r.id < request.id) ?? null;
