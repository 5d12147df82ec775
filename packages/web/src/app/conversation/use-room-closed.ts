// Why nobody, or not I, may write in a room; the same in its threads.
import type { Me } from "@homeroom/protocol";
import type { ClosedReason } from "../../features/messages/composer-closed.tsx";
import type { RoomState } from "../../features/rooms/rooms.state.ts";
import { useNow } from "../use-now.ts";

export function useRoomClosed(room: RoomState | undefined, me: Me): ClosedReason | null {
  const now = useNow();
  if (!room?.epoch) return { kind: "not-member" };
  if (!room.is_active) return { kind: "archived" };
  const until = room.participants?.find((p) => p.id === me.id)?.muted_until ?? null;
  return until !== null && Date.parse(until) > now ? { kind: "muted", until } : null;
}
