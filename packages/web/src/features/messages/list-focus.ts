// The focus within the message list: from message to message, also to those that are not in the page yet.
import type { Virtualizer } from "@tanstack/react-virtual";
import { type FocusEvent, type RefObject, useCallback, useLayoutEffect, useRef } from "react";

type List = Virtualizer<HTMLDivElement, HTMLDivElement>;

export interface FocusableRow {
  key: string;
  kind: string;
}

const PAGES: Record<string, number> = { PageUp: -0.85, PageDown: 0.85 };
const STEPS: Record<string, number> = { ArrowUp: -1, ArrowDown: 1 };

/** The message that a key leads to, out of `messages` (indexes of rows); `at` is one of them, or -1 for the list. */
export function nextMessage(
  key: string,
  at: number,
  messages: readonly number[],
  startOf: (index: number) => number,
  height: number,
): number | null {
  const newest = messages.at(-1);
  if (newest === undefined) return null;
  if (key === "Home") return messages[0] ?? null;
  if (key === "End") return newest;
  const step = STEPS[key];
  const page = PAGES[key];
  if (step === undefined && page === undefined) return null;
  const here = messages.indexOf(at);
  // from the list itself, any of them goes to the newest message
  if (here < 0) return newest;
  const clamp = (position: number) => messages[Math.min(Math.max(position, 0), messages.length - 1)] ?? null;
  if (step !== undefined) return clamp(here + step);
  const target = startOf(at) + (page ?? 0) * height;
  const beyond = messages.findIndex((index) => startOf(index) > target);
  const position = beyond < 0 ? messages.length - 1 : beyond - (page && page > 0 ? 1 : 0);
  // at least one, where a single message is higher than the page
  return clamp(page && page > 0 ? Math.max(position, here + 1) : Math.min(position, here - 1));
}

const rowIn = (box: HTMLElement | null, index: number) =>
  box?.querySelector<HTMLElement>(`[data-index="${index}"] [data-message]`) ?? null;

/** Whether the whole row is in view, or as much of it as fits. */
function isInView(row: HTMLElement, box: HTMLElement): boolean {
  const [inner, outer] = [row.getBoundingClientRect(), box.getBoundingClientRect()];
  return inner.top >= outer.top && (inner.bottom <= outer.bottom || inner.height > outer.height);
}

export interface ListFocus {
  /** Takes a key; true when it led somewhere. `row` is the message that has the focus. */
  move: (key: string, row: HTMLElement | null) => boolean;
  focusIndex: (index: number) => void;
  onFocus: (event: FocusEvent<HTMLElement>) => void;
  onBlur: (event: FocusEvent<HTMLElement>) => void;
  /** The row that has the focus stays in the page, however far one scrolls. */
  keptIndex: () => number;
}

export function useListFocus(
  list: () => List,
  scroller: RefObject<HTMLDivElement | null>,
  rows: readonly FocusableRow[],
): ListFocus {
  const wanted = useRef<string | null>(null);
  const focused = useRef<string | null>(null);
  const latest = useRef(rows);
  const settle = useCallback(() => {
    const index = wanted.current === null ? -1 : latest.current.findIndex(({ key }) => key === wanted.current);
    const row = index < 0 ? null : rowIn(scroller.current, index);
    if (!row) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  }, [scroller]);
  useLayoutEffect(() => {
    latest.current = rows;
    settle();
  });
  const focusIndex = useCallback(
    (index: number) => {
      const row = rowIn(scroller.current, index);
      wanted.current = latest.current[index]?.key ?? null;
      if (!row || !scroller.current || !isInView(row, scroller.current)) list().scrollToIndex(index, { align: "auto" });
      settle();
    },
    [list, scroller, settle],
  );
  const move = useCallback(
    (key: string, row: HTMLElement | null) => {
      const at = Number(row?.closest<HTMLElement>("[data-index]")?.dataset.index ?? -1);
      const messages = latest.current.flatMap(({ kind }, index) =>
        kind === "message" || kind === "head" ? index : [],
      );
      const cache = list().measurementsCache;
      const height = scroller.current?.clientHeight ?? 0;
      const next = nextMessage(key, at, messages, (index) => cache[index]?.start ?? 0, height);
      if (next !== null) focusIndex(next);
      return next !== null;
    },
    [list, scroller, focusIndex],
  );
  const onFocus = useCallback((event: FocusEvent<HTMLElement>) => {
    const index = Number(event.target.closest<HTMLElement>("[data-index]")?.dataset.index ?? -1);
    focused.current = latest.current[index]?.key ?? null;
  }, []);
  const onBlur = useCallback((event: FocusEvent<HTMLElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) focused.current = null;
  }, []);
  const keptIndex = useCallback(
    () => (focused.current === null ? -1 : latest.current.findIndex(({ key }) => key === focused.current)),
    [],
  );
  return { move, focusIndex, onFocus, onBlur, keptIndex };
}
