// Says that I am typing, rarely, and that I have stopped.
import { useCallback, useEffect, useRef } from "react";
import { useClient } from "../store.ts";

const EVERY_MS = 3_000;

export function useTyping(room: number): (text: string) => void {
  const { connection, clock } = useClient();
  const saidAt = useRef(0);
  const stop = useCallback(() => {
    if (saidAt.current === 0) return;
    saidAt.current = 0;
    connection.send({ type: "stop_typing", room });
  }, [connection, room]);
  useEffect(() => stop, [stop]);
  return useCallback(
    (text) => {
      if (!text.trim()) return stop();
      const now = clock.now();
      if (now - saidAt.current < EVERY_MS) return;
      saidAt.current = now;
      connection.send({ type: "typing", room });
    },
    [connection, clock, room, stop],
  );
}
