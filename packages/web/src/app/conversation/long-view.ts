// A page may stay open for days: of what nobody looks at, and of what lies far above a reader who follows the end, only
// the newest messages stay in memory. What was left in its middle stays whole, to be found as it was.
import { timelineAt } from "../../features/messages/messages.state.ts";
import { type Place, placeKey } from "../../features/messages/place.ts";
import { leaveView } from "../actions/history.ts";
import type { Core } from "../core.ts";
import { perVisit } from "../visit.ts";
import { keptPlace } from "./kept-places.ts";

/** More items than this are too many above a reader; even folded a dozen to a line, they fill more than a page. */
const MOST = 1_000;
const EVERY_MS = 60_000;

const onScreenOf = perVisit(() => new Set<string>());

const letRest = (core: Core, place: Place): void => {
  if (keptPlace(core, place)?.atEnd !== false) leaveView(core, place);
};

/** The answer is for when nobody looks at it any more. */
export function look(core: Core, place: Place): () => void {
  const onScreen = onScreenOf(core);
  onScreen.add(placeKey(place));
  return () => {
    onScreen.delete(placeKey(place));
    letRest(core, place);
  };
}

/** The reader is at the end. */
export function readsEnd(core: Core, place: Place): void {
  const timeline = timelineAt(core.store.getState().messages, place);
  if (timeline && timeline.items.length > MOST) leaveView(core, place);
}

/** Places go on growing with the events of their logs while they are not on the screen. */
export function keepShort(core: Core): void {
  const tidy = () => {
    const { timelines } = core.store.getState().messages;
    for (const timeline of Object.values(timelines)) {
      if (timeline && !onScreenOf(core).has(placeKey(timeline.place))) letRest(core, timeline.place);
    }
    core.clock.after(EVERY_MS, tidy);
  };
  core.clock.after(EVERY_MS, tidy);
}
