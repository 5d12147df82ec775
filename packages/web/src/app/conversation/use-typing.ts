// Says that I am typing, rarely, and that I have stopped. Each frame counts against the socket's budget, so a sent
// message says nothing more: to the others it means that I have stopped.
import { useCallback, useEffect, useMemo, useRef } from "react";
import type { Place } from "../../features/messages/place.ts";
import { useClient } from "../store.ts";

const EVERY_MS = 3_000;

export interface SayTyping {
  changed: (text: string) => void;
  sent: () => void;
}

/** The room does not see who types in one of its threads: that line would stand where nothing then appears. */
const whereOf = (place: Place): { room: number } | { thread: number } | null => {
  if (place.kind === "replies") return null;
  return place.kind === "room" ? { room: place.room } : { thread: place.thread };
};

export function useTyping(place: Place): SayTyping {
  const { connection, clock } = useClient();
  const saidAt = useRef(0);
  const isSaid = useRef(false);
  const stop = useCallback(() => {
    const where = whereOf(place);
    if (!isSaid.current || !where) return;
    isSaid.current = false;
    connection.send({ type: "stop_typing", ...where });
  }, [connection, place]);
  useEffect(() => stop, [stop]);
  return useMemo(
    () => ({
      changed: (text) => {
        const where = whereOf(place);
        if (!where) return;
        if (!text.trim()) return stop();
        const now = clock.now();
        if (now - saidAt.current < EVERY_MS) return;
        saidAt.current = now;
        isSaid.current = true;
        connection.send({ type: "typing", ...where });
      },
      sent: () => {
        isSaid.current = false;
      },
    }),
    [connection, clock, place, stop],
  );
}
