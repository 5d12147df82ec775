// What a screen reader hears of new messages: author first, once, and in a flood only their number.
import type { TimelineItem } from "@homeroom/protocol";
import { useEffect, useRef, useState } from "react";

const words = {
  message: (author: string, text: string) => `${author}: ${text}`,
  many: (count: number) => `${count} new messages`,
};

const LENGTH = 140;
const FLOOD = 3;
const FLOOD_MS = 5_000;

/** History that loads is silent: only what comes after the newest known item is said. */
export function useAnnouncement(items: readonly TimelineItem[], isLoaded: boolean, meId: number): string {
  const known = useRef<number | null>(null);
  const recent = useRef<number[]>([]);
  const [text, setText] = useState("");
  useEffect(() => {
    if (!isLoaded) return;
    const last = items.at(-1)?.seq ?? 0;
    const before = known.current;
    known.current = Math.max(before ?? 0, last);
    if (before === null || last <= before || !document.hasFocus()) return;
    const fresh = items.filter((item) => item.seq > before && item.kind === "message" && item.sender.id !== meId);
    const message = fresh.at(-1);
    if (message?.kind !== "message") return;
    const now = Date.now();
    recent.current = [...recent.current.filter((at) => now - at < FLOOD_MS), ...fresh.map(() => now)];
    const count = recent.current.length;
    const excerpt = Array.from(message.content).slice(0, LENGTH).join("");
    setText(count > FLOOD ? words.many(count) : words.message(message.sender.display_name, excerpt));
  }, [items, isLoaded, meId]);
  return text;
}
