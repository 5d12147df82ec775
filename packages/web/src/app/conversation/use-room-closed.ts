// Why nobody, or not I, may write in a room; the same in its threads.
import type { ClosedReason } from "../../features/messages/composer-closed.tsx";
import type { RoomState } from "../../features/rooms/rooms.state.ts";
import { usePassed } from "../use-passed.ts";

export function useRoomClosed(room: RoomState | undefined): ClosedReason | null {
  const mute = room?.my_mute ?? null;
  const isMuted = !usePassed(mute?.until ?? null);
  if (!room?.epoch) return { kind: "not-member" };
  if (!room.is_active) return { kind: "archived" };
  return mute && isMuted ? { kind: "muted", until: mute.until, reason: mute.reason } : null;
}
