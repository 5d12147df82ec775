// The frame of the message list: one tab stop, arrows move from message to message.
import {
  type FocusEvent,
  type FocusEventHandler,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  type UIEventHandler,
  useRef,
} from "react";
import { type ShortcutId, shortcutOf } from "../../ui/shortcuts.ts";
import { nextMessage } from "./list-focus.ts";

export interface MessageLogProps {
  /** "Messages" in a room. */
  label?: string | undefined;
  /** The element that scrolls. */
  scrollRef?: Ref<HTMLDivElement>;
  onScroll?: UIEventHandler<HTMLDivElement>;
  /** Esc, when no message has the focus. */
  onEscape?: (() => void) | undefined;
  /** Where a key leads from `row`, the message with the focus; true when it led somewhere. Else all are in the page. */
  onMove?: (key: string, row: HTMLElement | null) => boolean;
  /** Shift and Page up. */
  onOldestUnread?: (() => void) | undefined;
  onFocus?: FocusEventHandler<HTMLDivElement>;
  onBlur?: FocusEventHandler<HTMLDivElement>;
  /** Floats over the list's lower edge: the jump pill. */
  overlay?: ReactNode;
  children: ReactNode;
}

const words = { messages: "Messages" };

/** What the table of keys calls going from message to message. */
const MOVES: ReadonlySet<ShortcutId> = new Set(["move", "pages", "ends"]);

function moveWithin(log: HTMLElement, key: string, row: HTMLElement | null): boolean {
  const rows = [...log.querySelectorAll<HTMLElement>("[data-message]")];
  const topOf = (index: number) => rows[index]?.getBoundingClientRect().top ?? 0;
  const next = nextMessage(key, row ? rows.indexOf(row) : -1, [...rows.keys()], topOf, log.clientHeight);
  if (next === null) return false;
  rows[next]?.focus();
  return true;
}

const stopsOf = (row: HTMLElement) =>
  [...row.querySelectorAll<HTMLElement>("a[href], button, input, textarea, [tabindex]")].filter(
    (stop) => stop.tabIndex >= 0 && stop.getClientRects().length > 0,
  );

/**
 * Tab stays within the message that has the focus and then leaves the list, instead of going through the links of all
 * messages. To leave, the focus goes to the list's own edge first, and the browser takes it on from there.
 */
function tab(event: KeyboardEvent<HTMLElement>, row: HTMLElement | null): void {
  const log = event.currentTarget;
  const target = event.target as HTMLElement;
  const stops = row ? stopsOf(row) : [];
  const at = stops.indexOf(target);
  const next = event.shiftKey ? (stops[at - 1] ?? (target === row ? undefined : row)) : stops[at + 1];
  if (next) {
    event.preventDefault();
    next.focus();
  } else if (!event.shiftKey) log.querySelector<HTMLElement>("[data-log-end]")?.focus({ preventScroll: true });
  else if (target !== log) log.focus({ preventScroll: true });
}

/** Who comes back with Shift and Tab lands on the last link of all: the message it is in takes the focus instead. */
function toRow(event: FocusEvent<HTMLElement>): void {
  const log = event.currentTarget;
  const row = event.target.closest<HTMLElement>("[data-message]");
  const from = event.relatedTarget;
  if (!row || row === event.target || !from || log.contains(from)) return;
  const isAfter = (log.compareDocumentPosition(from) & Node.DOCUMENT_POSITION_FOLLOWING) > 0;
  if (isAfter && document.getElementById("root")?.contains(from)) row.focus({ preventScroll: true });
}

function onKey(event: KeyboardEvent<HTMLElement>, { onEscape, onMove, onOldestUnread }: MessageLogProps): void {
  const log = event.currentTarget;
  const row = (event.target as HTMLElement).closest<HTMLElement>("[data-message]");
  const id = shortcutOf("list", event);
  if (onOldestUnread && id === "oldest-unread") {
    event.preventDefault();
    onOldestUnread();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Tab") return tab(event, row);
  if (row && event.target !== row) return; // inside a row its own controls decide
  if (event.key === "Escape") {
    if (row) log.focus();
    else onEscape?.();
    return;
  }
  if (!id || !MOVES.has(id)) return;
  const isMoved = onMove ? onMove(event.key, row) : moveWithin(log, event.key, row);
  if (isMoved) event.preventDefault();
}

export function MessageLog(props: MessageLogProps) {
  const { label = words.messages, scrollRef, onScroll, onFocus, onBlur, overlay, children } = props;
  const isTab = useRef(true);
  return (
    <div className="hr-log-wrap">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrow keys move within it */}
      <div
        ref={scrollRef}
        className="hr-log"
        role="log"
        aria-live="off"
        aria-label={label}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it
        tabIndex={0}
        onScroll={onScroll}
        onFocus={(event) => {
          onFocus?.(event);
          if (isTab.current) toRow(event);
        }}
        onPointerDown={() => {
          isTab.current = false;
        }}
        onPointerUp={() => {
          isTab.current = true;
        }}
        onBlur={onBlur}
        onKeyDown={(event) => onKey(event, props)}
      >
        {children}
        <span className="hr-log-end" tabIndex={-1} data-log-end="" />
      </div>
      {overlay}
    </div>
  );
}
