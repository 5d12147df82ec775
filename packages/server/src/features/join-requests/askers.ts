// Askers who wait no more, whatever was decided: they came in by a code, or their account is not in use.
import type { ServerFrame, UserCard } from "@homeroom/protocol";
import type { Turn } from "../../kit/action.ts";
import { logRef } from "../../kit/ports.ts";
import { moderatorsOf, viewRequests } from "../rooms/rooms.ts";
import { deleteRequest, findLatest, pendingRequestsOf } from "./join-requests.store.ts";

/** Who is in needs no answer: nothing is left of their request. In the turn that let them in. */
export const closeRequest = async (turn: Turn, user: UserCard, roomId: number): Promise<void> => {
  const latest = await findLatest(turn.tx, roomId, user.id);
  if (latest?.status !== "pending") return;
  const [request] = await viewRequests(turn.tx, [latest]);
  if (!request) return;
  await deleteRequest(turn.tx, latest.id);
  const log = logRef("room", roomId);
  turn.tell(await moderatorsOf(turn.tx, roomId), { type: "join_request_withdrawn", request }, log);
  turn.tell([user.id], { type: "join_request_withdrawn", request });
};

/** Those who lead see whether somebody waits: nobody does whose account is not in use, and who comes back does again. */
export const tellOfWaiting = async (turn: Turn, userId: number, waits: boolean): Promise<void> => {
  const requests = await viewRequests(turn.tx, await pendingRequestsOf(turn.tx, userId));
  for (const request of requests) {
    const frame: ServerFrame = { type: waits ? "join_request" : "join_request_withdrawn", request };
    turn.tell(await moderatorsOf(turn.tx, request.room), frame, logRef("room", request.room));
  }
};
