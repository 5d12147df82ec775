// What may be done with a message, out of what its row was told.
import { type MessageAction, messageActions } from "./message-actions.tsx";
import type { Reacting } from "./message-toolbar.tsx";
import type { MessageRowProps, ShownMessage } from "./row-props.ts";

export function actionsOf<T extends ShownMessage>(props: MessageRowProps<T>): MessageAction[] {
  const { message, handlers, send, extraActions } = props;
  if (send || message.deleted) return [];
  const bind = (handler: ((message: T) => void) | undefined, can: boolean | undefined = true) =>
    can && handler ? () => handler(message) : undefined;
  return messageActions({
    onReply: bind(handlers.onReply, props.canReply ?? false),
    onThread: bind(handlers.onThread, props.canThread ?? false),
    onPrivate: bind(handlers.onPrivate, props.canPrivate ?? false),
    onEdit: bind(handlers.onEdit, props.canEdit ?? false),
    onPin: bind(handlers.onPin, props.canPin ?? false),
    onCopy: bind(handlers.onCopy, message.content !== ""),
    onCopyLink: bind(handlers.onCopyLink),
    onMarkUnread: bind(handlers.onMarkUnread),
    onDelete: bind(handlers.onDelete, props.canDelete ?? false),
    isPinned: message.pinned,
    extra: extraActions,
  });
}

export function reactingOf<T extends ShownMessage>({
  message,
  handlers,
  send,
  reader,
  canReact,
}: MessageRowProps<T>): Reacting {
  const { onReact, onPickReaction } = handlers;
  if (send || message.deleted || !canReact || !reader) return { quick: [] };
  return {
    quick: reader.quick,
    onReact: onReact && ((emoji) => onReact(message, emoji)),
    onPick: onPickReaction && ((anchor) => onPickReaction(message, anchor)),
  };
}
