// Who is in which section stays as it is while somebody works in the list: a row must not go from under a finger or
// take an open menu with it. The dots tell the truth all the while.
import { type FocusEvent, useState } from "react";
import { isWithin } from "../../ui/use-kept-focus.ts";

export function useHeldPresence(ids: readonly number[], isHere: (id: number) => boolean) {
  const [known, setKnown] = useState<ReadonlyMap<number, boolean> | null>(null);
  return {
    isHere: (id: number): boolean => known?.get(id) ?? isHere(id),
    onFocus: () => setKnown((before) => before ?? new Map(ids.map((id) => [id, isHere(id)]))),
    onBlur(event: FocusEvent<HTMLElement>) {
      if (!isWithin(event.currentTarget, event.relatedTarget)) setKnown(null);
    },
  };
}
