// Somebody looks at a room for a moment: its messages are fetched before the click.
import { useCallback, useEffect, useRef } from "react";
import { isMember } from "../features/rooms/rooms.state.ts";
import { openRoom } from "./actions/history.ts";
import { useClient } from "./store.ts";

/** Milliseconds; a pointer that only passes by fetches nothing. */
const LOOK_MS = 100;

/** Takes the room that is looked at, and null when it no longer is. */
export function useHint(): (id: number | null) => void {
  const client = useClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(
    (id: number | null) => {
      clearTimeout(timer.current);
      if (id === null || !isMember(client.store.getState().rooms.byId[id])) return;
      timer.current = setTimeout(() => void openRoom(client, id), LOOK_MS);
    },
    [client],
  );
}
