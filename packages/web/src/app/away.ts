// Says that nobody looks at this page: when it was hidden for a while, and that somebody does, at once. Of other tabs
// and devices the server knows.
import type { Clock } from "../kit/clock.ts";

/** A glance elsewhere … */
const GLANCE_MS = 5_000;
/** … and looking something up is no leaving. */
const GRACE_MS = 25_000;

export interface Away {
  hidden: () => void;
  shown: () => void;
  /** A new socket is taken for one that is looked at. */
  connected: () => void;
}

const nothing = () => {};

/** @param say may fail: whoever connects says it again */
export function createAway(clock: Clock, say: (state: "online" | "away") => void): Away {
  let isAway = false;
  let cancel = nothing;
  const shown = () => {
    cancel();
    if (isAway) say("online");
    isAway = false;
  };
  return {
    shown,
    hidden() {
      cancel();
      cancel = clock.after(GLANCE_MS + GRACE_MS, () => {
        isAway = true;
        say("away");
      });
    },
    connected() {
      if (isAway) say("away");
    },
  };
}
