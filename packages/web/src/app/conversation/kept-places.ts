// Where each place's list was left, so that coming back shows the same lines.
import type { ListPlace } from "../../features/messages/message-list.tsx";
import { type Place, placeKey } from "../../features/messages/place.ts";

const kept = new Map<string, ListPlace>();

export const keptPlace = (place: Place): ListPlace | null => kept.get(placeKey(place)) ?? null;
export const keepPlace = (place: Place, left: ListPlace): void => {
  kept.set(placeKey(place), left);
};
