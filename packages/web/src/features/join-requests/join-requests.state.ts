// Who waits to be let into the rooms that I moderate.
import type { JoinRequest, ServerFrame } from "@homeroom/protocol";

export interface RequestsState {
  /** Room → its requests, those that came first at the top. Missing: not fetched. */
  readonly byRoom: Readonly<Record<number, readonly JoinRequest[]>>;
}

export const noRequests: RequestsState = { byRoom: {} };

export const pendingOf = (state: RequestsState, room: number): readonly JoinRequest[] =>
  (state.byRoom[room] ?? []).filter((r) => r.status === "pending");

export const knowRequests = (state: RequestsState, room: number, requests: readonly JoinRequest[]): RequestsState => ({
  byRoom: { ...state.byRoom, [room]: requests.toSorted((a, b) => a.id - b.id) },
});

export function knowRequest(state: RequestsState, request: JoinRequest): RequestsState {
  const others = (state.byRoom[request.room] ?? []).filter((r) => r.id !== request.id);
  return knowRequests(state, request.room, [...others, request]);
}

export const forgetRequests = (state: RequestsState, room: number): RequestsState => {
  const { [room]: _, ...byRoom } = state.byRoom;
  return { byRoom };
};

/** A new request, or a decision over one, as moderators hear it. */
export const applyRequestNews = (state: RequestsState, frame: ServerFrame, meId: number): RequestsState =>
  frame.type === "join_request" && frame.request.user.id !== meId ? knowRequest(state, frame.request) : state;
