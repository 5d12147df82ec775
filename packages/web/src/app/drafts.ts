// Keeps what was typed and not sent: on this device a moment after the last key, and the same in all tabs.
import type { Drafts } from "../features/messages/keepsake.ts";
import type { PlaceKey } from "../features/messages/place.ts";
import { type Core, update } from "./core.ts";

const SAVE_MS = 300;

/** What comes from the device, or from another tab that has written it down, is not written down again. */
const quiet = new WeakSet<Core>();

export function takeDrafts(core: Core, change: (drafts: Drafts) => Drafts): void {
  quiet.add(core);
  update(core, (state) => ({ ...state, drafts: change(state.drafts) }));
  quiet.delete(core);
}

export function keepDrafts(core: Core): void {
  const { store, clock } = core;
  const timers = new Map<PlaceKey, () => void>();

  const save = (place: PlaceKey) => {
    timers.get(place)?.();
    timers.delete(place);
    core.keepsake()?.keepDraft(place, store.getState().drafts[place] ?? "");
  };
  store.subscribe((state, before) => {
    if (quiet.has(core) || state.drafts === before.drafts || state.me?.id !== before.me?.id) return;
    const places = new Set([...Object.keys(before.drafts), ...Object.keys(state.drafts)] as PlaceKey[]);
    for (const place of places) {
      if (before.drafts[place] === state.drafts[place]) continue;
      // What was sent must not come back with a reload.
      if (!state.drafts[place]) save(place);
      else {
        timers.get(place)?.();
        timers.set(
          place,
          clock.after(SAVE_MS, () => save(place)),
        );
      }
    }
  });
  window.addEventListener("pagehide", () => [...timers.keys()].forEach(save));
  window.addEventListener("storage", ({ key, newValue }) => {
    const place = core.keepsake()?.draftPlace(key);
    // What is being typed here is younger, and about to be written down.
    if (!place || timers.has(place)) return;
    takeDrafts(core, (drafts) => {
      const { [place]: _, ...others } = drafts;
      return newValue ? { ...others, [place]: newValue } : others;
    });
  });
}
