// Pinned messages of a room: fetched once, followed by events, fetched again when something new is pinned.
import type { Message } from "@homeroom/protocol";
import { knowPins } from "../../features/messages/pins.state.ts";
import { addToast, complain, type Core } from "../core.ts";
import { fetchInto } from "./fetching.ts";

const words = { pinned: "Pinned for everybody in the room.", unpinned: "Not pinned any more.", undo: "Undo" };
const MOST = "50";

/** Again where something was pinned meanwhile. Failing is quiet: the bar is then not there, and the next pin tries again. */
export async function loadPins(core: Core, room: number): Promise<void> {
  const ask = () => core.api.get("/api/chat/rooms/{id}/pins/", { params: { id: room }, query: { limit: MOST } });
  await fetchInto(core, ask, (state, { results }) => ({ ...state, pins: knowPins(state.pins, room, results) }));
  if (core.store.getState().pins.stale.includes(room)) await loadPins(core, room);
}

const send = ({ api }: Core, id: number, isPinned: boolean): Promise<Message> => {
  const params = { id };
  return isPinned
    ? api.put("/api/chat/messages/{id}/pin/", { params, body: {} })
    : api.delete("/api/chat/messages/{id}/pin/", { params });
};

/** Pins or unpins for everybody; can be undone. */
export async function setPinned(core: Core, id: number, isPinned: boolean): Promise<void> {
  try {
    await send(core, id, isPinned);
    const undo = { label: words.undo, onSelect: () => void send(core, id, !isPinned).catch((e) => complain(core, e)) };
    addToast(core, { tone: "done", text: isPinned ? words.pinned : words.unpinned, actions: [undo] });
  } catch (error) {
    complain(core, error);
  }
}
