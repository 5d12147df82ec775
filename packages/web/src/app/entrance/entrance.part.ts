// The ways in come with a file of their own, which nobody needs who is signed in.
import type { Client } from "../client.ts";
import { part } from "../part.tsx";

export const Entrance = part(() => import("./entrance.screens.tsx").then((file) => file.EntranceScreen));

const KEY = "homeroom.inside";

/** Storage may be full or forbidden; then the file is fetched, needed or not. */
function wasInside(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

function note(isInside: boolean): void {
  try {
    if (isInside) localStorage.setItem(KEY, "1");
    else localStorage.removeItem(KEY);
  } catch {
    // the next visit fetches a file too many or waits for one
  }
}

/** Fetches it along with the question who is here, unless the last to use this browser is still signed in. */
export function watchEntrance({ store }: Client): void {
  if (!wasInside()) Entrance.preload();
  store.subscribe(({ phase }, before) => {
    if (phase !== before.phase && (phase === "in" || phase === "out")) note(phase === "in");
  });
}
