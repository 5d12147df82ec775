// Where the "new" line stands: placed once, when the place's first page is here, and again by "mark unread".
import type { Me } from "@homeroom/protocol";
import { useCallback, useState } from "react";
import { type Place, placeKey } from "../../features/messages/place.ts";
import { markByCount } from "../../features/messages/rows.ts";
import type { Timeline } from "../../features/messages/timeline.state.ts";
import { standingIn } from "../actions/history.ts";
import { useApp, useAppShallow } from "../store.ts";

export interface NewLine {
  /** It stands before the first message of others above this seq; null for nowhere. */
  after: number | null;
  clear: () => void;
}

export function useNewLine(place: Place, timeline: Timeline | undefined, me: Me): NewLine {
  const { read, unread } = useAppShallow((state) => standingIn(state, place));
  const held = useApp((state) => state.held[placeKey(place)]);
  const dismissed = useApp((state) => state.dismissed[placeKey(place)]);
  const [after, setAfter] = useState<number | null>();
  const [dismissedBefore, setDismissedBefore] = useState(dismissed);
  const [heldBefore, setHeldBefore] = useState(held);
  if (after === undefined && timeline?.isLoaded) {
    setAfter(unread > 0 ? (read ?? markByCount(timeline.items, unread, me.id)) : null);
  }
  if (dismissed !== dismissedBefore) {
    setDismissedBefore(dismissed);
    setAfter(null);
  }
  if (held !== heldBefore) {
    setHeldBefore(held);
    if (held !== undefined) setAfter(held);
  }
  return { after: after ?? null, clear: useCallback(() => setAfter(null), []) };
}
