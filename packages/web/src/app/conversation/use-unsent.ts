// What I have written in a place and the server has not confirmed, drawn as messages of mine.
import type { Me } from "@homeroom/protocol";
import { useMemo } from "react";
import type { SendState } from "../../features/messages/message-parts.tsx";
import type { Pending } from "../../features/messages/messages.state.ts";
import { type Place, placeKey } from "../../features/messages/place.ts";
import type { ListedMessage, UnsentMessage } from "../../features/messages/rows.ts";
import type { Timeline } from "../../features/messages/timeline.state.ts";
import { useApp, useAppShallow } from "../store.ts";

/** The same object for the same entry, so that its row is not drawn again for nothing. */
const drawn = new WeakMap<Pending, UnsentMessage>();

function draw(entry: Pending, me: Me): UnsentMessage {
  const known = drawn.get(entry);
  if (known) return known;
  const { client_id, content, reply_preview, attachments = [], created_at } = entry;
  const rest = { id: null, edited_at: null, deleted: false } as const;
  const said = { client_id, content, reply_preview, attachments, created_at };
  const message: UnsentMessage = { ...rest, ...said, sender: me, entry };
  drawn.set(entry, message);
  return message;
}

export function useUnsent(place: Place, me: Me, timeline: Timeline | undefined): UnsentMessage[] {
  const key = placeKey(place);
  const entries = useAppShallow((state) => state.messages.pending.filter((entry) => placeKey(entry.place) === key));
  return useMemo(() => {
    // A window that has left the end has no place for what comes after it.
    if (entries.length === 0 || !timeline?.atEnd) return [];
    const stored = new Set(
      timeline.items.map((item) => (item.kind === "message" && item.sender.id === me.id ? item.client_id : null)),
    );
    return entries.filter((entry) => !stored.has(entry.client_id)).map((entry) => draw(entry, me));
  }, [entries, timeline, me]);
}

const PENDING: SendState = { kind: "pending" };
const WAITING: SendState = { kind: "waiting" };
const failures = new WeakMap<Pending, SendState>();

function failureOf(entry: Pending): SendState {
  const known = failures.get(entry) ?? { kind: "failed" as const, reason: entry.reason ?? "" };
  failures.set(entry, known);
  return known;
}

/** How far a message of mine has got; undefined once it is stored. */
export function useSendState(): (message: ListedMessage) => SendState | undefined {
  const isOnline = useApp((state) => state.connection.status === "online");
  return useMemo(
    () => (message: ListedMessage) => {
      if (message.id !== null) return undefined;
      if (message.entry.status === "failed") return failureOf(message.entry);
      return isOnline || message.entry.seq !== undefined ? PENDING : WAITING;
    },
    [isOnline],
  );
}
