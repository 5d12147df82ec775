// Join requests: who waits in the rooms that I lead, deciding over them, and taking my own back.
import type { JoinRequest } from "@homeroom/protocol";
import { hasRequests, knowRequest, knowRequests } from "../../features/join-requests/join-requests.state.ts";
import { clearRequest, isModerator } from "../../features/rooms/rooms.state.ts";
import { isRefusal } from "../../kit/failures.ts";
import { type Core, update } from "../core.ts";

const PAGE = 100;
const MOST_PAGES = 10;

/** Everybody who waits, and the newest of those who were decided over: the server sorts them so. */
async function fetchRequests({ api }: Core, id: number): Promise<JoinRequest[]> {
  const requests: JoinRequest[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = { limit: String(PAGE), offset: String(page * PAGE) };
    const { results, next } = await api.get("/api/chat/rooms/{id}/join-requests/", { params: { id }, query });
    requests.push(...results);
    if (!next || results.at(-1)?.status !== "pending") break;
  }
  return requests;
}

/** @throws when nobody answers */
export async function loadRequests(core: Core, id: number): Promise<void> {
  const requests = await fetchRequests(core, id);
  update(core, (state) => ({ ...state, requests: knowRequests(state.requests, id, requests) }));
}

/** After a silence: lists that were fetched may have missed something; of the other rooms the number is enough. */
export async function refreshRequests(core: Core): Promise<void> {
  const { rooms, requests } = core.store.getState();
  const stale = Object.values(rooms.byId).filter((room) => isModerator(room) && hasRequests(requests, room.id));
  await Promise.allSettled(stale.map((room) => loadRequests(core, room.id)));
}

/** Something happened to a request of a room. Where the list is not here, it is fetched: one event is no number. */
export async function followRequests(core: Core, id: number): Promise<void> {
  const { rooms, requests } = core.store.getState();
  if (!isModerator(rooms.byId[id]) || hasRequests(requests, id)) return;
  await loadRequests(core, id).catch(() => undefined);
}

export type Verdict = "approve" | "decline";

/**
 * Decides over a request. Where somebody else was faster, what they decided is fetched, and the answer is false.
 * @throws when it is not decided
 */
export async function decide(core: Core, request: JoinRequest, verdict: Verdict, reason = ""): Promise<boolean> {
  const params = { id: request.room, request_id: request.id };
  try {
    const answer = await (verdict === "approve"
      ? core.api.post("/api/chat/rooms/{id}/approve-join/{request_id}/", { params, body: {} })
      : core.api.post("/api/chat/rooms/{id}/deny-join/{request_id}/", { params, body: reason ? { reason } : {} }));
    update(core, (state) => ({ ...state, requests: knowRequest(state.requests, answer) }));
    return true;
  } catch (error) {
    if (!isRefusal(error, "already_processed", "not_found")) throw error;
    await loadRequests(core, request.room);
    return false;
  }
}

/** Takes my own request back. */
export async function withdrawRequest(core: Core, id: number): Promise<void> {
  await core.api.delete("/api/chat/rooms/{id}/join-request/", { params: { id } });
  update(core, (state) => ({ ...state, rooms: clearRequest(state.rooms, id) }));
}
