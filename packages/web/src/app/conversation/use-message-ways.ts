// Where one can go from a message: into its thread, into a private chat, to its address; and back to unread.
import type { Me } from "@homeroom/protocol";
import { useMemo } from "react";
import type { MessageHandlers } from "../../features/messages/message-row.tsx";
import type { Place } from "../../features/messages/place.ts";
import type { ListedMessage } from "../../features/messages/rows.ts";
import { copyText } from "../../ui/clipboard.ts";
import { openPrivate } from "../actions/private-threads.ts";
import { markUnread } from "../actions/reading.ts";
import type { Client } from "../client.ts";
import { addToast, complain } from "../core.ts";
import { hrefOf, type Panel, type Route } from "../router.ts";
import { useClient } from "../store.ts";

const words = { copied: "The link is copied.", notCopied: "The browser does not let this page copy." };

/** The address at which a message of a place is shown. */
export function routeTo(place: Place, message: number): Route {
  switch (place.kind) {
    case "room":
      return { name: "room", id: place.room, message };
    case "replies":
      return { name: "room", id: place.room, panel: { kind: "thread", id: place.root }, message };
    case "private":
      return { name: "private", id: place.thread, message };
  }
}

async function copyLink(client: Client, place: Place, message: number): Promise<void> {
  const isCopied = await copyText(location.origin + hrefOf(routeTo(place, message)));
  addToast(client, isCopied ? { tone: "done", text: words.copied } : { tone: "info", text: words.notCopied });
}

type Stored = Exclude<ListedMessage, { id: null }>;
const stored = (run: (message: Stored) => void) => (message: ListedMessage) => {
  if (message.id !== null) run(message);
};

export interface WaysOptions {
  place: Place;
  me: Me;
  /** Shows what stands beside the room; null where there is no room beside. */
  onPanel: ((panel: Panel, message?: number) => void) | null;
}

/** One stable object, to be given to the list as `more`. */
export function useMessageWays({ place, me, onPanel }: WaysOptions): Partial<MessageHandlers<ListedMessage>> {
  const client = useClient();
  return useMemo(() => {
    const whisper = async (message: Stored) => {
      if (message.sender.id === me.id) return;
      try {
        await openPrivate(client, { message });
      } catch (error) {
        complain(client, error);
      }
    };
    const unread = (message: Stored) =>
      void markUnread(client, place, message.seq).catch((error: unknown) => complain(client, error));
    // A reply that stands in the room too leads into its thread, to itself.
    const thread = ({ id, thread_root: root }: Stored) =>
      root === null ? onPanel?.({ kind: "thread", id }) : onPanel?.({ kind: "thread", id: root }, id);
    return {
      onCopyLink: stored((message) => void copyLink(client, place, message.id)),
      ...(place.kind !== "replies" && { onMarkUnread: stored(unread) }),
      ...(place.kind === "room" && onPanel && { onThread: stored(thread) }),
      ...(place.kind !== "private" && onPanel && { onPrivate: stored((message) => void whisper(message)) }),
    };
  }, [client, place, me.id, onPanel]);
}
