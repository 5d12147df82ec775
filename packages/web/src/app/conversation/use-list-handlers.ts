// What can be done with a message of a list, and by whom.
import { useCallback, useMemo } from "react";
import type { Allowed } from "../../features/messages/list-row.tsx";
import type { MessageHandlers } from "../../features/messages/message-row.tsx";
import { type Place, placeKey } from "../../features/messages/place.ts";
import type { ListedMessage, UnsentMessage } from "../../features/messages/rows.ts";
import type { MessageItem } from "../../features/messages/timeline.state.ts";
import { mentionsMe } from "../../features/rooms/rooms.state.ts";
import { copyText } from "../../ui/clipboard.ts";
import { discard, requeue, setDraft } from "../actions/messages.ts";
import { reclaimFiles } from "../actions/uploads.ts";
import type { Client } from "../client.ts";
import { goTo } from "../router.ts";
import { useClient } from "../store.ts";
import { useWhisperRule } from "../whisper.ts";
import type { ConversationListProps } from "./conversation-list.container.tsx";
import type { Reacting } from "./use-reacting.tsx";

type Stored = (message: MessageItem) => void;
const stored = (run: Stored) => (message: ListedMessage) => {
  if (message.id !== null) run(message);
};
const unsent = (run: (client_id: string, message: UnsentMessage) => void) => (message: ListedMessage) => {
  if (message.id === null) run(message.client_id, message);
};

/** What was not sent goes back into the message box: the words after those that stand there, and the files. */
function reclaim(client: Client, place: Place, client_id: string, { content, attachments }: UnsentMessage): void {
  const draft = client.store.getState().drafts[placeKey(place)] ?? "";
  setDraft(client, place, draft && content ? `${draft}\n${content}` : draft || content);
  reclaimFiles(client, place, attachments);
  discard(client, client_id);
}

export function useHandlers(
  props: ConversationListProps,
  jumpTo: (id: number) => Promise<boolean>,
  reacting: Reacting["handlers"],
) {
  const client = useClient();
  const { place, onReply, onEdit, onDelete, more } = props;
  return useMemo<MessageHandlers<ListedMessage>>(
    () => ({
      onReply: stored(onReply),
      onEdit: stored(onEdit),
      onDelete: stored(onDelete),
      onCopy: (message) => void copyText(message.content),
      onRetry: unsent((id) => requeue(client, id)),
      onDiscard: unsent((id) => discard(client, id)),
      onReclaim: unsent((id, message) => reclaim(client, place, id, message)),
      // A private chat may quote its room.
      onQuoteJump: (id, room) => {
        if (room === undefined) void jumpTo(id);
        else goTo({ name: "room", id: room, message: id });
      },
      ...reacting,
      ...more,
    }),
    [client, place, onReply, onEdit, onDelete, jumpTo, reacting, more],
  );
}

export function useAllowed({ place, rights, me, allow }: ConversationListProps, mayReact: Reacting["allow"]) {
  const { canWrite, mayModerate } = rights;
  const isRoom = place.kind === "room";
  const mayWhisper = useWhisperRule(place.kind === "private" ? null : place.room, me);
  return useCallback(
    (message: ListedMessage): Allowed => {
      const isStored = message.id !== null && !message.deleted && canWrite;
      const isMine = message.sender.id === me.id;
      return {
        canReply: isStored,
        canEdit: isStored && isMine,
        canDelete: isStored && (isMine || mayModerate),
        // A thread can be read whatever became of the message that it grew from.
        canThread: isRoom && message.id !== null && (isStored || (message.replies?.count ?? 0) > 0),
        canPrivate: isStored && mayWhisper(message.sender),
        mentionsMe: !isMine && !message.deleted && mentionsMe(message.content, me),
        ...mayReact(message),
        ...allow?.(message),
      };
    },
    [canWrite, mayModerate, me, isRoom, mayWhisper, mayReact, allow],
  );
}
