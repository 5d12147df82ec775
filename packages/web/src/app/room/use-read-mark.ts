// Moves the read mark only for what was really read: the tab visible, the window in use, the row in view for a while.
import { useCallback, useEffect, useRef } from "react";
import { markRead } from "../actions/messages.ts";
import { useClient } from "../store.ts";

const LOOKED_AT_MS = 500;

const isLooking = () => document.visibilityState === "visible" && document.hasFocus();

/** The answer is told the lowest seq in view whenever that changes. */
export function useReadMark(room: number): (seq: number) => void {
  const client = useClient();
  const inView = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const check = useCallback(() => {
    clearTimeout(timer.current);
    const seen = inView.current;
    const read = client.store.getState().rooms.byId[room]?.read ?? 0;
    if (seen <= read || !isLooking()) return;
    timer.current = setTimeout(() => {
      // Scrolled away meanwhile: only what stayed in view counts.
      if (isLooking()) markRead(client, room, Math.min(seen, inView.current));
    }, LOOKED_AT_MS);
  }, [client, room]);

  useEffect(() => {
    window.addEventListener("focus", check);
    document.addEventListener("visibilitychange", check);
    return () => {
      clearTimeout(timer.current);
      window.removeEventListener("focus", check);
      document.removeEventListener("visibilitychange", check);
    };
  }, [check]);

  return useCallback(
    (seq) => {
      if (seq === inView.current) return;
      inView.current = seq;
      check();
    },
    [check],
  );
}
