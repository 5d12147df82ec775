// What is pinned to each room that was opened, the newest pin first. Pure.
import type { DurableFrame, Message } from "@homeroom/protocol";

export interface PinsState {
  readonly byRoom: Readonly<Record<number, readonly Message[]>>;
  /** Rooms in which something was pinned that is not known here: their list has to be fetched. */
  readonly stale: readonly number[];
}

export const noPins: PinsState = { byRoom: {}, stale: [] };

const put = (state: PinsState, room: number, pins: readonly Message[]): PinsState => ({
  ...state,
  byRoom: { ...state.byRoom, [room]: pins },
});

export const knowPins = (state: PinsState, room: number, pins: readonly Message[]): PinsState => ({
  ...put(state, room, pins),
  stale: state.stale.filter((id) => id !== room),
});

export function forgetPins(state: PinsState, room: number): PinsState {
  if (!(room in state.byRoom)) return state;
  const { [room]: _, ...byRoom } = state.byRoom;
  return { byRoom, stale: state.stale.filter((id) => id !== room) };
}

/** One event of a room's log. */
export function applyPins(state: PinsState, frame: DurableFrame): PinsState {
  const { room } = frame;
  const pins = room === undefined ? undefined : state.byRoom[room];
  if (room === undefined || !pins) return state;
  const has = (id: number) => pins.some((pin) => pin.id === id);
  switch (frame.type) {
    case "pins_changed": {
      if (!frame.pinned)
        return put(
          state,
          room,
          pins.filter((pin) => pin.id !== frame.message_id),
        );
      return { ...state, stale: [...state.stale.filter((id) => id !== room), room] };
    }
    case "message_edited": {
      const { message } = frame;
      if (!("room" in message) || !has(message.id)) return state;
      return put(
        state,
        room,
        pins.map((pin) => (pin.id === message.id ? message : pin)),
      );
    }
    case "message_deleted":
      return has(frame.message.id)
        ? put(
            state,
            room,
            pins.filter((pin) => pin.id !== frame.message.id),
          )
        : state;
    default:
      return state;
  }
}
