// One message of the list. Knows how it looks in every state, and nothing of where it comes from.
import type { Message } from "@homeroom/protocol";
import { type KeyboardEvent, memo, type ReactNode, useState } from "react";
import { Avatar } from "../../ui/avatar.tsx";
import { classNames } from "../../ui/class-names.ts";
import { clockTime } from "../../ui/time.ts";
import { useLongPress } from "../../ui/use-long-press.ts";
import { type MessageAction, messageActions, MessageSheet, MessageToolbar } from "./message-actions.tsx";
import { Body, Meta, Quote, type SendState, SendStateLine, Tombstone } from "./message-parts.tsx";

const words = {
  edited: "edited",
  notSent: "not sent",
  mentionsYou: "mentions you",
  deleted: "deleted",
  sheet: (name: string) => `Message of ${name}`,
};

/** What a row draws; a pending message has not got an id of the server's yet. */
export type ShownMessage = Pick<
  Message,
  "sender" | "content" | "reply_preview" | "created_at" | "edited_at" | "deleted"
> & { id: number | null };

/** Callbacks take the message, so that one stable object serves all rows. */
export interface MessageHandlers<T extends ShownMessage = ShownMessage> {
  onReply?: (message: T) => void;
  onEdit?: (message: T) => void;
  onDelete?: (message: T) => void;
  onCopy?: (message: T) => void;
  onRetry?: (message: T) => void;
  /** Edit the text of a message that was not sent. */
  onReclaim?: (message: T) => void;
  onDiscard?: (message: T) => void;
  onQuoteJump?: (id: number) => void;
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
  canReply?: boolean;
  canEdit?: boolean;
  canDelete?: boolean;
  mentionsMe?: boolean;
  /** Just jumped to. */
  flash?: boolean;
  /** Just arrived at the bottom. */
  arriving?: boolean;
  chip?: string;
  /** Under the words: attachments, reactions, the thread's link. */
  below?: ReactNode;
  extraActions?: MessageAction[];
}

function nameOf(message: ShownMessage, send: SendState | undefined, mentionsMe: boolean | undefined): string {
  const states = [
    mentionsMe && words.mentionsYou,
    message.deleted && words.deleted,
    message.edited_at && !message.deleted && words.edited,
    send?.kind === "failed" && words.notSent,
  ].filter(Boolean);
  return [message.sender.display_name, clockTime(message.created_at), ...states].join(", ");
}

function actionsOf<T extends ShownMessage>(props: MessageRowProps<T>): MessageAction[] {
  const { message, handlers, send, canReply, canEdit, canDelete, extraActions } = props;
  if (send || message.deleted) return [];
  const bind = (handler: ((message: T) => void) | undefined, can = true) =>
    can && handler ? () => handler(message) : undefined;
  return messageActions({
    onReply: bind(handlers.onReply, canReply ?? false),
    onEdit: bind(handlers.onEdit, canEdit ?? false),
    onCopy: bind(handlers.onCopy),
    onDelete: bind(handlers.onDelete, canDelete ?? false),
    extra: extraActions,
  });
}

const keys: Record<string, string> = { r: "reply", e: "edit", c: "copy", Delete: "delete" };

/** Single letters work only while the row itself has the focus, never in what it holds. */
function useRowKeys(actions: MessageAction[]) {
  return (event: KeyboardEvent<HTMLElement>) => {
    const row = event.currentTarget;
    if (event.target !== row || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") {
      const first = row.querySelector<HTMLElement>(".hr-tools button, .hr-tools-more");
      if (!first) return;
      first.focus();
    } else {
      const action = actions.find((candidate) => candidate.key === keys[event.key]);
      if (!action) return;
      action.run();
    }
    event.preventDefault();
  };
}

function Content<T extends ShownMessage>({ message, send, handlers, below }: MessageRowProps<T>) {
  if (message.deleted) return <Tombstone />;
  const bind = (handler: ((message: T) => void) | undefined) => handler && (() => handler(message));
  return (
    <>
      {message.reply_preview && <Quote preview={message.reply_preview} onJump={handlers.onQuoteJump} />}
      {message.content && <Body content={message.content} editedAt={message.edited_at} />}
      {below}
      {send && (
        <SendStateLine
          state={send}
          onRetry={bind(handlers.onRetry)}
          onEdit={bind(handlers.onReclaim)}
          onDiscard={bind(handlers.onDiscard)}
        />
      )}
    </>
  );
}

function MessageRowPlain<T extends ShownMessage>(props: MessageRowProps<T>) {
  const { message, first, afterNewLine, send, mentionsMe, flash, arriving, chip } = props;
  const { sender, created_at: at } = message;
  const [sheet, setSheet] = useState(false);
  const actions = actionsOf(props);
  const press = useLongPress(() => setSheet(true));
  const onKeyDown = useRowKeys(actions);
  const look = {
    "is-first": first,
    "is-for-me": mentionsMe,
    "is-flash": flash,
    "is-arriving": arriving,
    "is-pending": send?.kind === "pending" || send?.kind === "waiting",
    "is-failed": send?.kind === "failed",
  };
  const looks = Object.entries(look).map(([name, on]) => on && name);
  return (
    <div className={classNames("hr-msg-slot", first && "is-first", first && afterNewLine && "is-after-newline")}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/no-noninteractive-tabindex -- the list moves the focus from message to message */}
      <article
        className={classNames("hr-msg", ...looks)}
        aria-label={nameOf(message, send, mentionsMe)}
        data-message={message.id ?? ""}
        tabIndex={-1}
        onKeyDown={onKeyDown}
        {...(actions.length > 0 && press)}
      >
        {first ? (
          <Avatar id={sender.id} name={sender.display_name} staff={sender.role !== "student"} />
        ) : (
          <span className="hr-msg-gutter hr-num" aria-hidden="true">
            {clockTime(at)}
          </span>
        )}
        <div className="hr-grow">
          {first && <Meta sender={sender} at={at} chip={chip} />}
          <Content {...props} />
        </div>
        <MessageToolbar actions={actions} />
        <MessageSheet
          open={sheet}
          title={words.sheet(sender.display_name)}
          actions={actions}
          onOpen={() => setSheet(true)}
          onClose={() => setSheet(false)}
        />
      </article>
    </div>
  );
}

export const MessageRow = memo(MessageRowPlain) as typeof MessageRowPlain;
