// The connection is back: what failed meanwhile is asked for again, without a click.
import { useEffect, useRef } from "react";
import { useApp } from "./store.ts";

/** Calls when the connection has come, not for as long as it stays: what fails then is told where it would stand. */
export function useBackOnline(again: () => unknown): void {
  const isOnline = useApp((state) => state.connection.status === "online");
  const wasOnline = useRef(isOnline);
  const latest = useRef(again);
  useEffect(() => {
    latest.current = again;
  });
  useEffect(() => {
    if (isOnline && !wasOnline.current) latest.current();
    wasOnline.current = isOnline;
  }, [isOnline]);
}
