// The messages on screen: only those near the view exist in the page. It stays where the reader is, follows the end
// only from the end, and asks for more history before its edge is reached.
import {
  defaultRangeExtractor,
  type Range,
  useVirtualizer,
  type VirtualItem,
  type Virtualizer,
} from "@tanstack/react-virtual";
import { type Ref, useCallback, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef } from "react";
import { holdPlace } from "./hold-place.ts";
import { END_PX, useJumps, useStayAtEnd } from "./list-scroll.ts";
import { useListFocus } from "./list-focus.ts";
import { DatePill, NewBar, usePillDay } from "./list-overlays.tsx";
import { type ListRow, ListRowView, ROW_ESTIMATES, type RowsProps } from "./list-row.tsx";
import { JumpPill } from "./log-lines.tsx";
import { MessageLog } from "./message-log.tsx";
import type { Row } from "./rows.ts";

/** How many rows before the edge the next page is asked for. */
const AHEAD = 10;
const OVERSCAN = 4;
/** Where a room was left: enough to draw it the same in the first frame. */
export interface ListPlace {
  offset: number;
  atEnd: boolean;
  sizes: VirtualItem[];
}

export interface MessageListHandle {
  toEnd(): void;
  /** False: no such row is in the list. */
  toRow(key: string, align?: "center" | "start"): boolean;
}

export interface MessageListProps extends RowsProps {
  /** The log's name; "Messages" in a room. */
  label?: string;
  rows: Row[];
  /** Older messages exist. */
  hasOlder: boolean;
  hasNewer: boolean;
  place: ListPlace | null;
  /** The row that an opened room shows in its upper third. */
  startAt: string | null;
  /** Messages of others from the "new" line on; with it the bar above shows while the line is above the view. */
  newCount?: number;
  /** Where the "new" line is not among the rows: fetch the oldest unread message and show it. */
  onJumpNew?: () => void;
  onMarkRead?: () => void;
  /** Messages of others below what has been seen. */
  newer: number;
  onNewer: () => void;
  onJump: () => void;
  onEscape: () => void;
  /** The lowest message whose end is in view, and whether the end of the list is. */
  onSeen: (seq: number, atEnd: boolean) => void;
  onLeave: (place: ListPlace) => void;
  ref?: Ref<MessageListHandle>;
}

type List = Virtualizer<HTMLDivElement, HTMLDivElement>;
/** How much of the view lies above the row that an opened room starts at. */
const UPPER = 0.2;

/** The lowest message that ends within the view. */
function lowestSeen(list: List, rows: readonly ListRow[]): number {
  const view = (list.scrollOffset ?? 0) + (list.scrollRect?.height ?? 0);
  let seen = 0;
  for (const item of list.getVirtualItems()) {
    const row = rows[item.index];
    // Half a line may be cut off by rounding.
    if (row?.kind !== "message" || row.message.id === null || item.end > view + 8) continue;
    seen = Math.max(seen, row.message.seq);
  }
  return seen;
}

/** Where an opened room begins, before any row is measured: at its top nothing must be drawn, nor older pages fetched. */
function guessedOffset(rows: readonly ListRow[], startAt: string | null): number {
  const start = startAt === null ? -1 : rows.findIndex((row) => row.key === startAt);
  return rows.slice(0, start < 0 ? rows.length : start).reduce((sum, row) => sum + ROW_ESTIMATES[row.kind], 0);
}

function useStart(list: List, rows: readonly ListRow[], { place, startAt }: MessageListProps): void {
  const isStarted = useRef(false);
  useLayoutEffect(() => {
    if (isStarted.current || rows.length === 0) return;
    isStarted.current = true;
    if (place) {
      if (place.atEnd) list.scrollToEnd();
      return;
    }
    const index = startAt === null ? -1 : rows.findIndex((row) => row.key === startAt);
    if (index < 0) list.scrollToEnd();
    else list.scrollToIndex(index, { align: "start" });
  });
}

/** Asks for the next page before the reader is there, and tells what has come into view. */
function useEdges(list: List, rows: readonly ListRow[], props: MessageListProps): void {
  const { hasOlder, hasNewer, olderFailed, onOlder, onNewer, onSeen } = props;
  const count = rows.length;
  // Not the first and last row in the page: the one that has the focus stays there from afar.
  const isShown = list.getVirtualItems().length > 0;
  const { range } = list;
  // Before the list has been measured it shows nothing, and is not at its top.
  const first = isShown && range ? range.startIndex - OVERSCAN : count;
  const last = range ? range.endIndex + OVERSCAN : 0;
  useEffect(() => {
    // With `count`: a page that came and did not fill the view asks for the next.
    if (hasOlder && !olderFailed && count > 0 && first <= AHEAD) onOlder();
  }, [hasOlder, olderFailed, first, onOlder, count]);
  useEffect(() => {
    if (hasNewer && last >= count - AHEAD) onNewer();
  }, [hasNewer, last, count, onNewer]);
  const seen = lowestSeen(list, rows);
  const atEnd = !hasNewer && list.isAtEnd(END_PX);
  useEffect(() => onSeen(seen, atEnd), [seen, atEnd, onSeen]);
}

function useLeaving(list: List, onLeave: MessageListProps["onLeave"]): void {
  const leave = useRef(onLeave);
  useEffect(() => {
    leave.current = onLeave;
  });
  useLayoutEffect(
    () => () => {
      const offset = list.scrollOffset ?? 0;
      // By now the list has let go of its element, and would take any place for its end.
      const below = list.getTotalSize() - offset - (list.scrollRect?.height ?? 0);
      leave.current({ offset, atEnd: below <= END_PX, sizes: list.takeSnapshot() });
    },
    [list],
  );
}

/** Leads to the "new" line, wherever it is. */
function useNewMessages(list: List, rows: readonly ListRow[], props: MessageListProps, focus: (index: number) => void) {
  const { newCount = 0, onJumpNew, hasOlder } = props;
  const index = rows.findIndex((row) => row.kind === "new");
  const jump = () => {
    if (index < 0) return onJumpNew?.();
    focus(index + 1);
  };
  const isAbove = index < 0 ? hasOlder && onJumpNew !== undefined : index < (list.range?.startIndex ?? 0);
  return { jump, isShown: newCount > 0 && isAbove };
}

/** The rows near the view, and the one that has the focus. */
const withKept = (range: Range, kept: number): number[] => {
  const near = defaultRangeExtractor(range);
  if (kept < 0 || kept >= range.count || near.includes(kept)) return near;
  return [...near, kept].toSorted((a, b) => a - b);
};

export function MessageList(props: MessageListProps) {
  const { rows: given, hasOlder, place, newer, ref } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const hasHead = Boolean(props.head);
  const rows = useMemo<ListRow[]>(() => {
    if (hasOlder) return [{ kind: "older", key: "older" }, ...given];
    return hasHead ? [{ kind: "head", key: "head" }, ...given] : given;
  }, [given, hasOlder, hasHead]);
  const getList = useRef<() => List>(() => list);
  const focus = useListFocus(
    useCallback(() => getList.current(), []),
    scroller,
    rows,
  );
  const { keptIndex } = focus;
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoizes here, and the list reads it in each render
  const list: List = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => ROW_ESTIMATES[rows[index]?.kind ?? "message"],
    getItemKey: (index) => rows[index]?.key ?? index,
    anchorTo: "end",
    rangeExtractor: useCallback((range: Range) => withKept(range, keptIndex()), [keptIndex]),
    scrollEndThreshold: END_PX,
    scrollPaddingStart: Math.round(innerHeight * UPPER),
    overscan: OVERSCAN,
    paddingStart: 16,
    paddingEnd: 10,
    initialOffset: () => place?.offset ?? guessedOffset(rows, props.startAt),
    ...(place && { initialMeasurementsCache: place.sizes }),
  });
  useLayoutEffect(() => {
    getList.current = () => list;
  }, [list]);
  useLayoutEffect(() => holdPlace(list), [list]);
  useStart(list, rows, props);
  useEdges(list, rows, props);
  useLeaving(list, props.onLeave);
  const stay = useStayAtEnd(list, scroller, place ? place.atEnd : props.startAt === null);
  const { toRow, toEnd } = useJumps(list, rows, scroller, stay);
  useImperativeHandle(ref, () => ({ toEnd, toRow }), [toEnd, toRow]);
  // The library measures new rows after the frame while one scrolls; here they are in place in the same frame.
  const measure = useCallback(
    (row: HTMLDivElement | null) => {
      list.measureElement(row);
      if (row && list.isScrolling)
        list.resizeItem(Number(row.dataset.index), list.options.measureElement(row, undefined, list));
    },
    [list],
  );
  const isAway = props.hasNewer || !list.isAtEnd(END_PX);
  const newMessages = useNewMessages(list, rows, props, focus.focusIndex);
  const day = usePillDay(list, rows, scroller, END_PX);
  const overlay = (
    <>
      {newMessages.isShown && (
        <NewBar count={props.newCount ?? 0} onJump={newMessages.jump} onMarkRead={props.onMarkRead} />
      )}
      {day && <DatePill at={day.at} shown={day.shown && !newMessages.isShown} />}
      {isAway && rows.length > 0 && <JumpPill count={newer} onJump={props.onJump} />}
    </>
  );
  return (
    <MessageLog
      label={props.label}
      scrollRef={scroller}
      onEscape={props.onEscape}
      onMove={focus.move}
      onOldestUnread={newMessages.jump}
      onFocus={focus.onFocus}
      onBlur={focus.onBlur}
      overlay={overlay}
    >
      <div className="hr-log-all" style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return (
            row && (
              <div
                key={item.key}
                ref={measure}
                data-index={item.index}
                className="hr-log-row"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <div className="hr-log-col">
                  <ListRowView row={row} next={rows[item.index + 1]} list={props} />
                </div>
              </div>
            )
          );
        })}
      </div>
    </MessageLog>
  );
}
