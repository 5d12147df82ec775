// Who is in which section stays as it is while somebody works in the list: a row must not go from under a finger or
// take an open menu with it. The dots tell the truth all the while.
import type { PresenceState } from "@homeroom/protocol";
import { type FocusEvent, useState } from "react";
import { isWithin } from "../../ui/use-kept-focus.ts";

export function useHeldPresence(ids: readonly number[], presenceOf: (id: number) => PresenceState) {
  const [known, setKnown] = useState<ReadonlyMap<number, PresenceState> | null>(null);
  return {
    presenceOf: (id: number): PresenceState => known?.get(id) ?? presenceOf(id),
    onFocus: () => setKnown((before) => before ?? new Map(ids.map((id) => [id, presenceOf(id)]))),
    onBlur(event: FocusEvent<HTMLElement>) {
      if (!isWithin(event.currentTarget, event.relatedTarget)) setKnown(null);
    },
  };
}
