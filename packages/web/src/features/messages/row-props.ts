// What a message's row is told: the message, who reads it, and what may be done with it.
import type { Attachment, Message } from "@homeroom/protocol";
import type { ReactNode } from "react";
import type { MessageAction } from "./message-actions.tsx";
import type { SendState } from "./message-parts.tsx";
import type { MentionOf } from "./mentioned.ts";
import type { RoomWays } from "./room-link.tsx";
import type { ReactionCount } from "./reaction-chips.tsx";

/** What a row draws; a pending message has not got an id of the server's yet. */
export type ShownMessage = Pick<
  Message,
  "sender" | "content" | "reply_preview" | "created_at" | "edited_at" | "deleted"
> &
  Partial<Pick<Message, "replies" | "thread_root" | "also_in_room" | "pinned">> & {
    id: number | null;
    reactions?: readonly ReactionCount[];
    attachments?: readonly Attachment[];
  };

/** Callbacks take the message, so that one stable object serves all rows. What is missing cannot be done. */
export interface MessageHandlers<T extends ShownMessage = ShownMessage> {
  onReply?: (message: T) => void;
  onEdit?: (message: T) => void;
  onDelete?: (message: T) => void;
  onCopy?: (message: T) => void;
  onRetry?: (message: T) => void;
  /** Edit the text of a message that was not sent. */
  onReclaim?: (message: T) => void;
  onDiscard?: (message: T) => void;
  /** @param room where the quoted message is of another log than the quote: a private chat quotes its room */
  onQuoteJump?: (id: number, room?: number) => void;
  /** Adds my reaction, or takes it back. */
  onReact?: (message: T, emoji: string) => void;
  /** Opens the picker beside `anchor`; if that has gone when it closes, the focus belongs to the message's row. */
  onPickReaction?: (message: T, anchor: HTMLElement) => void;
  /** Opens the thread that grows from it, or that it was written in. */
  onThread?: (message: T) => void;
  onPrivate?: (message: T) => void;
  /** Pins, or unpins what is pinned. */
  onPin?: (message: T) => void;
  onCopyLink?: (message: T) => void;
  onMarkUnread?: (message: T) => void;
}

/** Who reads: the same for all rows, so it must be one stable object. */
export interface MessageReader {
  me: number;
  /** For reactions: "Aylin, Noah and you". `namesLine` helps. */
  namesOf: (ids: readonly number[]) => string;
  /** My most used reactions: the bar shows three of them, the sheet five. */
  quick: readonly string[];
  mentionOf?: MentionOf;
  roomWays?: RoomWays;
}

export interface MessageRowProps<T extends ShownMessage = ShownMessage> {
  message: T;
  /** First of its group: with avatar, name and time. */
  first: boolean;
  /** Directly under the "new" line. */
  afterNewLine?: boolean;
  /** Stands still for one that is stored. */
  send?: SendState;
  handlers: MessageHandlers<T>;
  /** Without it there are no reactions, and no mentions are marked. */
  reader?: MessageReader | undefined;
  canReply?: boolean;
  canEdit?: boolean;
  canDelete?: boolean;
  canReact?: boolean;
  canThread?: boolean;
  canPrivate?: boolean;
  canPin?: boolean;
  mentionsMe?: boolean;
  /** Its thread is open beside the list. */
  open?: boolean;
  /** Its actions stay in view: what they have opened, the picker of reactions, is open. */
  held?: boolean;
  /** Who deleted it, if that is known. */
  deletedBy?: string;
  /** Just jumped to. */
  flash?: boolean;
  /** Just arrived at the bottom. */
  arriving?: boolean;
  chip?: string;
  /** Drawn as a bubble, on my side or the other person's; in a conversation of two. */
  bubble?: "own" | "other" | undefined;
  /** Of a bubble: it ends its group. */
  last?: boolean;
  /** Under a bubble: when, and whether it was read. */
  foot?: string | null;
  /** Draws the files of a message, under its words: the same for all rows, so it must be one stable function. */
  filesOf?: ((message: T) => ReactNode) | undefined;
  extraActions?: MessageAction[];
}
