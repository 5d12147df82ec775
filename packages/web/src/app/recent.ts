// Which rooms were open last, on this device: where "Jump to" begins.
import { deviceShelf, isNumber, readList } from "../kit/shelf.ts";
import type { Core } from "./core.ts";

const MOST = 20;
const keyOf = (me: number) => `homeroom.recent.${me}`;

/** Ids of rooms, the last one first. */
export function recentRooms(core: Pick<Core, "store">): number[] {
  const me = core.store.getState().me?.id;
  return me === undefined ? [] : readList(deviceShelf, keyOf(me), isNumber);
}

export function noteRoom(core: Pick<Core, "store">, id: number): void {
  const me = core.store.getState().me?.id;
  if (me === undefined) return;
  const ids = [id, ...recentRooms(core).filter((other) => other !== id)].slice(0, MOST);
  deviceShelf.setItem(keyOf(me), JSON.stringify(ids));
}
