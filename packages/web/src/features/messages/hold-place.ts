// What a list holds on to when rows come or go above: a message near the top of the view.
import type { VirtualItem, Virtualizer } from "@tanstack/react-virtual";

type List = Virtualizer<HTMLDivElement, HTMLDivElement>;

/** Message rows' keys, as `rowsOf` makes them. */
const isMessage = ({ key }: VirtualItem): boolean => typeof key === "string" && /^[cm]/.test(key);

/** As the library decides by itself: what begins above the view moves it; later only what ends above it. */
function adjustsAnyway(item: VirtualItem, list: List): boolean {
  const offset = list.scrollOffset ?? 0;
  if (!list.itemSizeCache.has(item.key)) return item.start < offset;
  return item.end <= offset && list.scrollDirection !== "backward";
}

/**
 * The library would hold on to whatever row is at the top. But a day's line moves up to its day's first message when
 * older ones come, a folded line changes, the skeleton stays above everything, and the first message loses its name
 * when it turns out to go on a group. So it is given the second one, and what is above that may change its size for
 * the frame in which it does. The answer undoes this.
 */
export function holdPlace(list: List): () => void {
  const rowAt = list.getVirtualItemForOffset;
  let held: VirtualItem["key"] | null = null;
  let frame = 0;
  const letGo = () => {
    held = null;
  };
  list.getVirtualItemForOffset = (offset) => {
    const row = rowAt(offset);
    const below = offset + (list.scrollRect?.height ?? 0);
    const [first, second] = list.measurementsCache.slice(row?.index ?? 0).filter(isMessage);
    const chosen = second && second.end < below ? second : (first ?? row);
    held = chosen?.key ?? null;
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(letGo);
    });
    return chosen;
  };
  list.shouldAdjustScrollPositionOnItemSizeChange = (item) => {
    if (held === null) return adjustsAnyway(item, list);
    const index = list.measurementsCache.findIndex(({ key }) => key === held);
    return index < 0 ? adjustsAnyway(item, list) : item.index < index;
  };
  return () => {
    cancelAnimationFrame(frame);
    list.getVirtualItemForOffset = rowAt;
    list.shouldAdjustScrollPositionOnItemSizeChange = undefined;
  };
}
