// Keeps uploaded files that were not sent: beside their place's box after a reload, as drafts are.
import { keptOf, putBack, trayAt } from "../features/attachments/upload.state.ts";
import { isPlaceKey, type PlaceKey } from "../features/messages/place.ts";
import { SIZES } from "@homeroom/protocol/kit/sizes.ts";
import { type Core, update } from "./core.ts";

/** The server lets go of them then; a little earlier they are no use either. */
const LASTS_MS = (SIZES.upload_hours * 60 - 5) * 60_000;

/** What this device has kept for whoever has just signed in. */
export function takeTrays(core: Core): void {
  const now = core.clock.now();
  const kept = core.keepsake()?.trays() ?? {};
  update(core, (state) => ({
    ...state,
    trays: Object.entries(kept).reduce(
      (trays, [place, uploads]) =>
        putBack(
          trays,
          place,
          uploads.filter(({ at }) => now - at < LASTS_MS),
        ),
      state.trays,
    ),
  }));
}

export function keepTrays(core: Core): void {
  core.store.subscribe((state, before) => {
    if (state.trays === before.trays || state.me === null || state.me.id !== before.me?.id) return;
    const places = new Set([...Object.keys(before.trays), ...Object.keys(state.trays)].filter(isPlaceKey));
    for (const place of places) save(core, place, before.trays, state.trays);
  });
}

function save(core: Core, place: PlaceKey, before: Parameters<typeof trayAt>[0], after: typeof before): void {
  if (before[place] === after[place]) return;
  const ids = (trays: typeof before) =>
    keptOf(trayAt(trays, place))
      .map(({ attachment }) => `${attachment.id} ${attachment.state}`)
      .join();
  // while bytes are counted there is nothing new to keep
  if (ids(before) !== ids(after)) core.keepsake()?.keepTray(place, keptOf(trayAt(after, place)));
}
