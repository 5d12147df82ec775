// What floats over the upper edge of the message list: the day one is looking at, and how many messages are new.
import type { Virtualizer } from "@tanstack/react-virtual";
import { ArrowUp, CheckCheck } from "lucide-react";
import { type RefObject, useEffect, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { dayTitle } from "../../ui/time.ts";

const words = {
  newMessages: (count: number) => `${count} new ${count === 1 ? "message" : "messages"}`,
  region: "New messages",
  jump: "Jump",
  markRead: "Mark read",
};

/** For the eye only: the day's own line is in the list. */
export function DatePill({ at, shown }: { at: string; shown: boolean }) {
  return (
    <div className={classNames("hr-datepill", shown && "is-shown")} aria-hidden="true">
      {dayTitle(at)}
    </div>
  );
}

export interface NewBarProps {
  count: number;
  onJump: () => void;
  onMarkRead?: (() => void) | undefined;
}

export function NewBar({ count, onJump, onMarkRead }: NewBarProps) {
  return (
    <section className="hr-newbar" aria-label={words.region}>
      <span className="hr-num">{words.newMessages(count)}</span>
      <Button variant="light" size="sm" icon={ArrowUp} onClick={onJump}>
        {words.jump}
      </Button>
      {onMarkRead && (
        <Button variant="light" size="sm" icon={CheckCheck} onClick={onMarkRead}>
          {words.markRead}
        </Button>
      )}
    </section>
  );
}

type List = Virtualizer<HTMLDivElement, HTMLDivElement>;
interface DatedRow {
  kind: string;
  at?: string;
}
const hands = ["wheel", "touchmove", "pointerdown", "keydown"];

/** The day of the row at the upper edge, while somebody scrolls through the past; null before anybody has. */
export function usePillDay(
  list: List,
  rows: readonly DatedRow[],
  scroller: RefObject<HTMLDivElement | null>,
  endPx: number,
): { at: string; shown: boolean } | null {
  const [isTouched, setTouched] = useState(false);
  useEffect(() => {
    const box = scroller.current;
    const touch = () => setTouched(true);
    for (const event of hands) box?.addEventListener(event, touch, { passive: true, once: true });
    return () => {
      for (const event of hands) box?.removeEventListener(event, touch);
    };
  }, [scroller]);
  if (!isTouched) return null;
  const start = list.range?.startIndex ?? 0;
  const day = rows.slice(0, start + 1).findLast((row) => row.kind === "day");
  if (day?.at === undefined) return null;
  // the day's own line says it already
  const isThere = rows[start]?.kind === "day";
  return { at: day.at, shown: list.isScrolling && !isThere && !list.isAtEnd(endPx) };
}
