// Where somebody stands who wants to be let into a room. A pure function of what is known of it.
import type { RoomCard } from "@homeroom/protocol";

type Request = NonNullable<RoomCard["join_request"]>;

export type AskPhase =
  /** May ask. `before`: the last answer was no, a day or more ago. */
  | { kind: "ask"; removed: boolean; before: Request | null }
  | { kind: "asked"; request: Request }
  /** May ask again at `again`. */
  | { kind: "denied"; request: Request; again: string }
  /** The room is open to everyone now. */
  | { kind: "open" }
  | { kind: "full" }
  | { kind: "in" }
  | { kind: "gone" };

const DAY_MS = 24 * 60 * 60 * 1000;

/** After a no, a day has to pass; null: it has. @param now milliseconds since 1970 */
export function askAgainAt(request: RoomCard["join_request"], now: number): string | null {
  if (request?.status !== "denied" || !request.processed_at) return null;
  const at = Date.parse(request.processed_at) + DAY_MS;
  return at > now ? new Date(at).toISOString() : null;
}

export interface AskView {
  /** Was removed from the room, which may be an open one. */
  removed: boolean;
  /** Milliseconds since 1970. */
  now: number;
}

export function askPhase(room: RoomCard | undefined, { removed, now }: AskView): AskPhase {
  if (!room) return { kind: "gone" };
  const { join_request: request } = room;
  if (room.my_role !== null) return { kind: "in" };
  if (request?.status === "pending") return { kind: "asked", request };
  if (room.public && !removed) return { kind: "open" };
  const again = askAgainAt(request, now);
  if (request && again) return { kind: "denied", request, again };
  if (room.participant_count >= room.max_participants) return { kind: "full" };
  return { kind: "ask", removed, before: request?.status === "denied" ? request : null };
}
