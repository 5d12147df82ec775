// Where the message list goes by itself: it stays at its end, and comes to a row and stays with it until all is there.
import type { Virtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useLayoutEffect, useRef } from "react";
import { centreRow } from "./centre-row.ts";

type List = Virtualizer<HTMLDivElement, HTMLDivElement>;
type Scroller = { readonly current: HTMLDivElement | null };

/** As far from the end counts as at the end. */
export const END_PX = 80;

/**
 * Whether somebody who was at `top` stays at the end. Of a scroll one hears a frame later: what has grown below them
 * meanwhile is not their leaving. Only going up is.
 */
export function isStaying(
  stayed: boolean,
  top: number,
  now: Pick<Element, "scrollTop" | "scrollHeight" | "clientHeight">,
): boolean {
  const below = now.scrollHeight - now.clientHeight - now.scrollTop;
  return below <= END_PX || (stayed && now.scrollTop >= top);
}

/**
 * Who reads the end goes on reading it, whatever grows or shrinks: new rows, a bar above, the composer, a phone's
 * keyboard. Only scrolling changes one's mind, and a jump: the answer is for that.
 */
export function useStayAtEnd(list: List, scroller: Scroller, startsAtEnd: boolean): (stays: boolean) => void {
  const stays = useRef(startsAtEnd);
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    let top = box.scrollTop;
    const look = () => {
      stays.current = isStaying(stays.current, top, box);
      top = box.scrollTop;
    };
    const observer = new ResizeObserver(() => stays.current && list.scrollToEnd());
    // Captured, to be ahead of the list's own listener: that one draws and measures rows at once, and what it makes
    // higher or lower must not take a reader back who has just left the end.
    box.addEventListener("scroll", look, { passive: true, capture: true });
    observer.observe(box);
    return () => {
      box.removeEventListener("scroll", look, { capture: true });
      observer.disconnect();
    };
  }, [list, scroller]);
  const height = list.getTotalSize();
  const count = list.options.count;
  useLayoutEffect(() => {
    if (stays.current && height > 0 && count > 0) list.scrollToEnd();
  }, [list, height, count]);
  return useCallback((next) => {
    stays.current = next;
  }, []);
}

/** So long a jump may be disturbed: by a panel that closes, by pages that its place brings. */
const JUMP_MS = 800;
const HANDS = ["wheel", "touchmove", "keydown", "pointerdown"] as const;

type Align = "center" | "start";

/**
 * Goes to a row, and to where it is by then when rows have come above it; a reader's own hand ends that.
 * `toRow` says whether there is such a row.
 */
export function useJumps(
  list: List,
  rows: readonly { key: string }[],
  scroller: Scroller,
  stay: (stays: boolean) => void,
) {
  const aim = useRef<{ key: string; align: Align } | null>(null);
  useLayoutEffect(() => centreRow(list), [list]);
  useEffect(() => {
    const box = scroller.current;
    const letGo = () => {
      aim.current = null;
    };
    for (const hand of HANDS) box?.addEventListener(hand, letGo, { passive: true });
    return () => {
      for (const hand of HANDS) box?.removeEventListener(hand, letGo);
    };
  }, [scroller]);
  useLayoutEffect(() => {
    const index = aim.current ? rows.findIndex((row) => row.key === aim.current?.key) : -1;
    if (aim.current && index >= 0) list.scrollToIndex(index, { align: aim.current.align });
  }, [list, rows]);
  const toEnd = useCallback(() => {
    aim.current = null;
    list.scrollToEnd();
  }, [list]);
  const toRow = useCallback(
    (key: string, align: Align = "center"): boolean => {
      const index = rows.findIndex((row) => row.key === key);
      if (index < 0) return false;
      const mine = { key, align };
      aim.current = mine;
      // Of a jump one hears by "scroll", a frame later: until then nobody is at the end any more.
      stay(false);
      list.scrollToIndex(index, { align });
      setTimeout(() => {
        if (aim.current !== mine) return;
        aim.current = null;
        stay(list.isAtEnd(END_PX));
      }, JUMP_MS);
      return true;
    },
    [list, rows, stay],
  );
  return { toRow, toEnd };
}
