// A row in the middle of the view. The library keeps the room that opened lists have above their first row there too,
// and would put it as much too low.
import type { Virtualizer } from "@tanstack/react-virtual";

/** The answer undoes this. */
export function centreRow(list: Virtualizer<HTMLDivElement, HTMLDivElement>): () => void {
  const offsetFor = list.getOffsetForIndex;
  list.getOffsetForIndex = (index, align) => {
    const row = align === "center" ? list.measurementsCache[index] : undefined;
    return row ? [list.getOffsetForAlignment(row.start, "center", row.size), "center"] : offsetFor(index, align);
  };
  return () => {
    list.getOffsetForIndex = offsetFor;
  };
}
