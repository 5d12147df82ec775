// Keeps uploaded files that were not sent: beside their place's box after a reload and in all tabs, as drafts are.
import { asKept, keptOf, putBack, readinessOf, trayAt, type Trays } from "../features/attachments/upload.state.ts";
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

/** Leaving the page would lose what is on its way. */
const warn = (event: BeforeUnloadEvent) => event.preventDefault();

export function keepTrays(core: Core): void {
  window.addEventListener("storage", ({ key }) => {
    const keepsake = core.keepsake();
    const place = keepsake?.trayPlace(key);
    if (!keepsake || !place) return;
    update(core, (state) => ({ ...state, trays: asKept(state.trays, place, keepsake.tray(place)) }));
  });
  core.store.subscribe((state, before) => {
    if (state.trays === before.trays) return;
    if (Object.values(state.trays).some((tray) => readinessOf(tray).isBusy))
      window.addEventListener("beforeunload", warn);
    else window.removeEventListener("beforeunload", warn);
    if (state.me === null || state.me.id !== before.me?.id) return;
    const places = new Set([...Object.keys(before.trays), ...Object.keys(state.trays)].filter(isPlaceKey));
    for (const place of places) save(core, place, before.trays, state.trays);
  });
}

function save(core: Core, place: PlaceKey, before: Trays, after: Trays): void {
  if (before[place] === after[place]) return;
  const ids = (trays: Trays) =>
    keptOf(trayAt(trays, place))
      .map(({ attachment }) => `${attachment.id} ${attachment.state}`)
      .join();
  // while bytes are counted there is nothing new to keep
  if (ids(before) !== ids(after)) core.keepsake()?.keepTray(place, keptOf(trayAt(after, place)));
}
