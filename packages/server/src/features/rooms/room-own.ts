// What a room is to one person alone: who waits for them there, whether they are muted, whether they keep it quiet.
import type { Room } from "@homeroom/protocol";
import type { Turn } from "../../kit/action.ts";
import { instant } from "../../kit/kit.ts";
import type { LogState } from "../../kit/log.ts";
import type { Db } from "../../kit/tables.ts";
import { type Place, placesOf } from "./memberships.store.ts";
import { pendingIn } from "./requests.store.ts";
import { leads } from "./rooms.access.ts";

export type Own = Pick<Room, "pending_requests" | "quiet" | "my_mute">;

/** In those of the places that somebody leads, in one query. */
export const pendingFor = (db: Db, places: readonly Place[]): Promise<ReadonlyMap<number, number>> =>
  pendingIn(
    db,
    places.filter(({ room_role }) => leads(room_role)).map(({ id }) => id),
  );

export const toOwn = (place: Place, pending: ReadonlyMap<number, number>): Own => ({
  pending_requests: leads(place.room_role) ? (pending.get(place.id) ?? 0) : null,
  quiet: place.quiet === 1,
  my_mute: place.muted_until === null ? null : { until: instant(place.muted_until), reason: place.mute_reason ?? "" },
});

/** Tells somebody in the room, on all their devices, what it is to them now. */
export const tellOwn = async (turn: Turn, log: LogState, userId: number): Promise<void> => {
  const places = await placesOf(turn.tx, userId, [log.id]);
  const pending = await pendingFor(turn.tx, places);
  for (const place of places) {
    turn.tell([userId], { type: "my_room_changed", room: log.id, ...toOwn(place, pending) }, log);
  }
};
