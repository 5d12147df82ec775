// Which rooms were open last, on this device: where "Jump to" begins.
import type { Core } from "./core.ts";

const MOST = 20;
const keyOf = (me: number) => `homeroom.recent.${me}`;

const isIds = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === "number");

/** Ids of rooms, the last one first. */
export function recentRooms(core: Pick<Core, "store">): number[] {
  const me = core.store.getState().me?.id;
  if (me === undefined) return [];
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(me)) ?? "[]");
    return isIds(kept) ? kept : [];
  } catch {
    return [];
  }
}

export function noteRoom(core: Pick<Core, "store">, id: number): void {
  const me = core.store.getState().me?.id;
  if (me === undefined) return;
  const ids = [id, ...recentRooms(core).filter((other) => other !== id)].slice(0, MOST);
  try {
    localStorage.setItem(keyOf(me), JSON.stringify(ids));
  } catch {
    // Storage may be full or forbidden; then the list begins with names.
  }
}
