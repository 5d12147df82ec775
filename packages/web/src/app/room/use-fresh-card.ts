// Rooms tell strangers nothing: who stands before one sees it as it is now, because it is asked for again.
import { useEffect } from "react";
import { loadRoom } from "../actions/rooms.ts";
import { useClient } from "../store.ts";

const AGAIN_MS = 30_000;
/** A window that comes to the front says so twice. */
const OFTEN_MS = 1_000;

/** At once, when the page comes to the front, and now and then while it is there. */
export function useFreshCard(id: number): void {
  const client = useClient();
  useEffect(() => {
    let askedAt = Number.NEGATIVE_INFINITY;
    const ask = () => {
      const now = client.clock.now();
      if (document.hidden || now - askedAt < OFTEN_MS) return;
      askedAt = now;
      // What does not come now comes later; what is known stays.
      loadRoom(client, id).catch(() => undefined);
    };
    ask();
    const timer = setInterval(ask, AGAIN_MS);
    window.addEventListener("focus", ask);
    document.addEventListener("visibilitychange", ask);
    return () => {
      clearInterval(timer);
      window.removeEventListener("focus", ask);
      document.removeEventListener("visibilitychange", ask);
    };
  }, [client, id]);
}
