// Says that I am typing, rarely, and that I have stopped. Each frame counts against the socket's budget, so a sent
// message says nothing more: to the others it means that I have stopped.
import { useCallback, useEffect, useMemo, useRef } from "react";
import { useClient } from "../store.ts";

const EVERY_MS = 3_000;

export interface SayTyping {
  changed: (text: string) => void;
  sent: () => void;
}

export function useTyping(room: number): SayTyping {
  const { connection, clock } = useClient();
  const saidAt = useRef(0);
  const isSaid = useRef(false);
  const stop = useCallback(() => {
    if (!isSaid.current) return;
    isSaid.current = false;
    connection.send({ type: "stop_typing", room });
  }, [connection, room]);
  useEffect(() => stop, [stop]);
  return useMemo(
    () => ({
      changed: (text) => {
        if (!text.trim()) return stop();
        const now = clock.now();
        if (now - saidAt.current < EVERY_MS) return;
        saidAt.current = now;
        isSaid.current = true;
        connection.send({ type: "typing", room });
      },
      sent: () => {
        isSaid.current = false;
      },
    }),
    [connection, clock, room, stop],
  );
}
