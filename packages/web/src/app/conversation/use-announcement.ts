// What a screen reader hears of new messages: author first, once, and in a flood only their number.
import { fileWords } from "@homeroom/protocol/kit/file-words.ts";
import { useEffect, useRef, useState } from "react";
import type { Item } from "../../features/messages/timeline.state.ts";

const words = {
  message: (author: string, text: string) => `${author}: ${text}`,
  many: (count: number) => `${count} new messages`,
};

const LENGTH = 140;
const FLOOD = 3;
const FLOOD_MS = 5_000;

interface Options {
  isLoaded: boolean;
  /** The newest messages are among the items. */
  atEnd: boolean;
  meId: number;
  /** A thread beside its room: what the room shows as well is said there. */
  isThread: boolean;
}

/** History that loads is silent: only what comes after the newest known item is said. */
export function useAnnouncement(items: readonly Item[], { isLoaded, atEnd, meId, isThread }: Options): string {
  const known = useRef<number | null>(null);
  const wasAtEnd = useRef(false);
  const recent = useRef<number[]>([]);
  const [text, setText] = useState("");
  useEffect(() => {
    if (!isLoaded) return;
    const last = items.at(-1)?.seq ?? 0;
    const before = known.current;
    known.current = Math.max(before ?? 0, last);
    // What comes below a window into the past is history, too.
    const isHistory = !wasAtEnd.current;
    wasAtEnd.current = atEnd;
    if (before === null || isHistory || last <= before || !document.hasFocus()) return;
    const isFresh = (item: Item) =>
      item.seq > before && item.kind === "message" && item.sender.id !== meId && !(isThread && item.also_in_room);
    const fresh = items.filter(isFresh);
    const message = fresh.at(-1);
    if (message?.kind !== "message") return;
    const now = Date.now();
    recent.current = [...recent.current.filter((at) => now - at < FLOOD_MS), ...fresh.map(() => now)];
    const count = recent.current.length;
    const said = message.content || fileWords(message.attachments);
    const excerpt = Array.from(said).slice(0, LENGTH).join("");
    setText(count > FLOOD ? words.many(count) : words.message(message.sender.display_name, excerpt));
  }, [items, isLoaded, atEnd, meId, isThread]);
  return text;
}
