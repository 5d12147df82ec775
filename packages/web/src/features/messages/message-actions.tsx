// What can be done with a message. What one may not do is absent, not grey.
import {
  Copy,
  Link,
  type LucideIcon,
  MailOpen,
  MessageSquareText,
  MessagesSquare,
  Pencil,
  Pin,
  PinOff,
  Reply,
  Trash2,
} from "lucide-react";

const words = {
  reply: "Reply with quote",
  thread: "Reply in thread",
  private: "Reply privately",
  edit: "Edit",
  pin: "Pin to room",
  unpin: "Unpin",
  copy: "Copy text",
  link: "Copy link",
  unread: "Mark unread from here",
  remove: "Delete",
};

export interface MessageAction {
  key: string;
  label: string;
  icon: LucideIcon;
  danger?: boolean;
  /** In the bar itself; the others are behind "More actions". */
  inBar?: boolean;
  run: () => void;
}

export interface MessageActionOptions {
  onReply?: (() => void) | undefined;
  onThread?: (() => void) | undefined;
  onPrivate?: (() => void) | undefined;
  onEdit?: (() => void) | undefined;
  onPin?: (() => void) | undefined;
  onCopy?: (() => void) | undefined;
  onCopyLink?: (() => void) | undefined;
  onMarkUnread?: (() => void) | undefined;
  onDelete?: (() => void) | undefined;
  isPinned?: boolean | undefined;
  /** Actions of other features. */
  extra?: MessageAction[] | undefined;
}

export function messageActions(options: MessageActionOptions): MessageAction[] {
  const { isPinned = false, extra = [] } = options;
  const all: (Omit<MessageAction, "run"> & { run: (() => void) | undefined })[] = [
    { key: "reply", label: words.reply, icon: Reply, inBar: true, run: options.onReply },
    { key: "thread", label: words.thread, icon: MessageSquareText, inBar: true, run: options.onThread },
    { key: "private", label: words.private, icon: MessagesSquare, inBar: true, run: options.onPrivate },
    { key: "edit", label: words.edit, icon: Pencil, inBar: true, run: options.onEdit },
    {
      key: "pin",
      label: isPinned ? words.unpin : words.pin,
      icon: isPinned ? PinOff : Pin,
      run: options.onPin,
    },
    { key: "copy", label: words.copy, icon: Copy, run: options.onCopy },
    { key: "link", label: words.link, icon: Link, run: options.onCopyLink },
    { key: "unread", label: words.unread, icon: MailOpen, run: options.onMarkUnread },
    ...extra,
    { key: "delete", label: words.remove, icon: Trash2, danger: true, run: options.onDelete },
  ];
  return all.filter((action): action is MessageAction => action.run !== undefined);
}
