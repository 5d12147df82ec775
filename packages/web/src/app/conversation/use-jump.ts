// Goes to messages of a place, loaded or not: one by its id, the oldest unread, the end.
import type { Me } from "@homeroom/protocol";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useState } from "react";
import type { MessageListHandle } from "../../features/messages/message-list.tsx";
import { timelineAt } from "../../features/messages/messages.state.ts";
import type { Place } from "../../features/messages/place.ts";
import { findMessage, type MessageItem } from "../../features/messages/timeline.state.ts";
import { showEnd, showMessage, showUnread } from "../actions/history.ts";
import { useClient } from "../store.ts";

type List = RefObject<MessageListHandle | null>;

const FLASH_MS = 2_000;
/** The rows of a page that has just come, or of a list that has just been opened, are drawn within so many frames. */
const FRAMES = 30;

export const rowKeyOf = (message: MessageItem, me: Me): string =>
  message.sender.id === me.id && message.client_id ? `c${message.client_id}` : `m${message.id}`;

/** @param found is called when the row is where it should be */
function whenDrawn(list: List, key: string, align: "center" | "start", found: () => void): void {
  let frames = 0;
  const look = () => {
    if (list.current?.toRow(key, align)) found();
    else if ((frames += 1) < FRAMES) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

export interface JumpOptions {
  place: Place;
  me: Me;
  list: List;
}

/** Goes to a message and lets it light up. The answer says whether it is there. */
export function useJump({ place, me, list }: JumpOptions) {
  const client = useClient();
  const [flashId, setFlashId] = useState<number | null>(null);
  useEffect(() => {
    if (flashId === null) return;
    const timer = setTimeout(() => setFlashId(null), FLASH_MS);
    return () => clearTimeout(timer);
  }, [flashId]);
  const jumpTo = useCallback(
    async (id: number): Promise<boolean> => {
      if (!(await showMessage(client, place, id))) return false;
      const message = findMessage(timelineAt(client.store.getState().messages, place), id);
      if (message) whenDrawn(list, rowKeyOf(message, me), "center", () => setFlashId(id));
      return message !== undefined;
    },
    [client, place, me, list],
  );
  return { flashId, jumpTo };
}

/** To where reading stopped, in the upper third. */
export function useJumpToUnread({ place, list }: JumpOptions, newAfter: number | null): () => void {
  const client = useClient();
  return useCallback(() => {
    if (newAfter === null || list.current?.toRow("new", "start")) return;
    const fetchThere = async () => {
      if (await showUnread(client, place, newAfter)) whenDrawn(list, "new", "start", () => undefined);
    };
    void fetchThere();
  }, [client, place, list, newAfter]);
}

/** Shows the end now, and again when the newest page is there. */
export function useEnd({ place, list }: JumpOptions): (atOnce?: boolean) => void {
  const client = useClient();
  const [wish, setWish] = useState(0);
  useLayoutEffect(() => {
    if (wish > 0) list.current?.toEnd();
  }, [wish, list]);
  return useCallback(
    (atOnce = false) => {
      setWish((n) => n + 1);
      void showEnd(client, place, atOnce).then((hasMoved) => hasMoved && setWish((n) => n + 1));
    },
    [client, place],
  );
}
