// The ways in come with a file of their own, which nobody needs who is signed in.
import { deviceShelf } from "../../kit/shelf.ts";
import type { Client } from "../client.ts";
import { part } from "../part.tsx";

export const Entrance = part(() => import("./entrance.screens.tsx").then((file) => file.EntranceScreen));

const KEY = "homeroom.inside";

const wasInside = (): boolean => deviceShelf.getItem(KEY) !== null;

const note = (isInside: boolean): void => (isInside ? deviceShelf.setItem(KEY, "1") : deviceShelf.removeItem(KEY));

/** Fetches it along with the question who is here, unless the last to use this browser is still signed in. */
export function watchEntrance({ store }: Client): void {
  if (!wasInside()) Entrance.preload();
  store.subscribe(({ phase }, before) => {
    if (phase !== before.phase && (phase === "in" || phase === "out")) note(phase === "in");
  });
}
