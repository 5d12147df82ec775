// Where each room's list was left, so that coming back shows the same lines.
import type { ListPlace } from "../../features/messages/message-list.tsx";

const places = new Map<number, ListPlace>();

export const placeOf = (room: number): ListPlace | null => places.get(room) ?? null;
export const keepPlace = (room: number, place: ListPlace): void => {
  places.set(room, place);
};
