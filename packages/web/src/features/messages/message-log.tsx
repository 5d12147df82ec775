// The frame of the message list: one tab stop, arrows move from message to message.
import type { KeyboardEvent, ReactNode, Ref, UIEventHandler } from "react";

export interface MessageLogProps {
  /** "Messages" in a room. */
  label?: string;
  /** The element that scrolls. */
  scrollRef?: Ref<HTMLDivElement>;
  onScroll?: UIEventHandler<HTMLDivElement>;
  /** Esc, when no message has the focus. */
  onEscape?: () => void;
  /** Floats over the list's lower edge: the jump pill. */
  overlay?: ReactNode;
  children: ReactNode;
}

const words = { messages: "Messages" };

const steps: Record<string, number> = { ArrowUp: -1, ArrowDown: 1 };

/** Where the focus goes from message `at` of `count`; -1 stands for the list itself. */
export function nextRow(key: string, at: number, count: number): number | null {
  if (count === 0) return null;
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const step = steps[key];
  if (step === undefined) return null;
  // from the list itself, either arrow goes to the newest message
  if (at < 0) return count - 1;
  return Math.min(Math.max(at + step, 0), count - 1);
}

function moveFocus(event: KeyboardEvent<HTMLElement>, onEscape: (() => void) | undefined): void {
  const log = event.currentTarget;
  const row = (event.target as HTMLElement).closest<HTMLElement>("[data-message]");
  if (row && event.target !== row) return; // inside a row its own controls decide
  if (event.key === "Escape") {
    if (row) log.focus();
    else onEscape?.();
    return;
  }
  const rows = [...log.querySelectorAll<HTMLElement>("[data-message]")];
  const next = nextRow(event.key, row ? rows.indexOf(row) : -1, rows.length);
  if (next === null || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  rows[next]?.focus();
}

export function MessageLog({
  label = words.messages,
  scrollRef,
  onScroll,
  onEscape,
  overlay,
  children,
}: MessageLogProps) {
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
        onKeyDown={(event) => moveFocus(event, onEscape)}
      >
        {children}
      </div>
      {overlay}
    </div>
  );
}
