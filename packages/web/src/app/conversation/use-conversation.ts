// What a place's list and its message box have to do with each other: answering, changing, taking back, sending.
import type { Me } from "@homeroom/protocol";
import { type RefObject, useCallback, useEffect, useState } from "react";
import type { ComposerHandle } from "../../features/messages/composer.tsx";
import { timelineAt } from "../../features/messages/messages.state.ts";
import type { Place } from "../../features/messages/place.ts";
import type { Item, MessageItem } from "../../features/messages/timeline.state.ts";
import type { Dialogs } from "../dialogs/dialogs.ts";
import { useClient } from "../store.ts";
import type { ConversationListHandle } from "./conversation-list.container.tsx";

export type Writing = { kind: "reply"; message: MessageItem } | { kind: "edit"; message: MessageItem; text: string };

export interface Conversation {
  writing: Writing | null;
  onWriting: (writing: Writing | null) => void;
  onReply: (message: MessageItem) => void;
  onEdit: (message: MessageItem) => void;
  onDelete: (message: MessageItem) => void;
  onEditLast: () => void;
  onSent: () => void;
}

export interface ConversationOptions {
  /** The same object while the place is the same. */
  place: Place;
  me: Me;
  dialogs: Dialogs;
  composer: RefObject<ComposerHandle | null>;
  list: RefObject<ConversationListHandle | null>;
}

/** My newest message that can still be changed. */
const lastOwn = (items: readonly Item[] | undefined, me: Me): MessageItem | undefined =>
  items?.findLast((item): item is MessageItem => item.kind === "message" && item.sender.id === me.id && !item.deleted);

export function useConversation({ place, me, dialogs, composer, list }: ConversationOptions): Conversation {
  const { store } = useClient();
  const [writing, setWriting] = useState<Writing | null>(null);
  // With a keyboard at hand one opens a conversation to write; a phone's would cover what there is to read.
  useEffect(() => {
    // After everything else that looks for the focus as it opens.
    if (matchMedia("(pointer: fine)").matches) queueMicrotask(() => composer.current?.focus());
  }, [composer]);
  const write = useCallback(
    (next: Writing | null) => {
      setWriting(next);
      composer.current?.focus();
    },
    [composer],
  );
  const onEdit = useCallback(
    (message: MessageItem) => write({ kind: "edit", message, text: message.content }),
    [write],
  );
  return {
    writing,
    onWriting: writing?.kind === "edit" ? setWriting : write,
    onReply: useCallback((message) => write({ kind: "reply", message }), [write]),
    onEdit,
    onDelete: useCallback((message) => dialogs.open({ kind: "delete-message", message }), [dialogs]),
    onEditLast: () => {
      const last = lastOwn(timelineAt(store.getState().messages, place)?.items, me);
      if (last) onEdit(last);
    },
    onSent: () => list.current?.showEnd(),
  };
}
