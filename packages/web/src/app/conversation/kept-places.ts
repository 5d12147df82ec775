// Where each place's list was left, so that coming back shows the same lines.
import type { ListPlace } from "../../features/messages/message-list.tsx";
import { type Place, placeKey } from "../../features/messages/place.ts";
import { perVisit } from "../visit.ts";

const keptOf = perVisit(() => new Map<string, ListPlace>());

export const keptPlace = (core: object, place: Place): ListPlace | null => keptOf(core).get(placeKey(place)) ?? null;
export const keepPlace = (core: object, place: Place, left: ListPlace): void => {
  keptOf(core).set(placeKey(place), left);
};
