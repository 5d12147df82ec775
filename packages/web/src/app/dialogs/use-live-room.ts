// The room that a dialog is about, as it is now. The dialog closes by itself when the room is gone or I am out of it.
import { useEffect } from "react";
import { isMember, type RoomState } from "../../features/rooms/rooms.state.ts";
import { useApp } from "../store.ts";

export function useLiveRoom(room: RoomState, onClose: () => void): RoomState {
  const now = useApp((state) => state.rooms.byId[room.id]);
  const isOver = !isMember(now);
  useEffect(() => {
    if (isOver) onClose();
  }, [isOver, onClose]);
  return now ?? room;
}
