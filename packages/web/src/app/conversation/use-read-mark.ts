// Moves the read mark only for what was really read: the tab visible, the window in use, the row in view for a while.
import { useCallback, useEffect, useRef } from "react";
import type { Place } from "../../features/messages/place.ts";
import { standingIn } from "../actions/history.ts";
import { isHeld, letGo, markRead } from "../actions/reading.ts";
import { useApp, useClient } from "../store.ts";

const LOOKED_AT_MS = 500;

const isLooking = () => document.visibilityState === "visible" && document.hasFocus();

export interface ReadMark {
  /** To be told the lowest seq in view whenever that changes. */
  seen: (seq: number) => void;
  /** The reader has scrolled: what was marked unread may be read again. */
  moved: () => void;
}

export function useReadMark(place: Place): ReadMark {
  const client = useClient();
  const inView = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const read = useApp((state) => standingIn(state, place).read);

  const check = useCallback(() => {
    clearTimeout(timer.current);
    const seen = inView.current;
    const state = client.store.getState();
    if (seen <= (standingIn(state, place).read ?? 0) || isHeld(state, place) || !isLooking()) return;
    timer.current = setTimeout(() => {
      // Scrolled away meanwhile: only what stayed in view counts.
      if (isLooking() && !isHeld(client.store.getState(), place)) {
        markRead(client, place, Math.min(seen, inView.current));
      }
    }, LOOKED_AT_MS);
  }, [client, place]);

  // A new socket may name an older mark than what has been read here: then it is told again.
  useEffect(check, [check, read]);
  useEffect(() => {
    window.addEventListener("focus", check);
    document.addEventListener("visibilitychange", check);
    return () => {
      clearTimeout(timer.current);
      window.removeEventListener("focus", check);
      document.removeEventListener("visibilitychange", check);
    };
  }, [check]);
  useEffect(() => () => letGo(client, place), [client, place]);

  return {
    seen: useCallback(
      (seq) => {
        if (seq === inView.current) return;
        inView.current = seq;
        check();
      },
      [check],
    ),
    moved: useCallback(() => {
      if (!isHeld(client.store.getState(), place)) return;
      letGo(client, place);
      check();
    }, [client, place, check]),
  };
}
