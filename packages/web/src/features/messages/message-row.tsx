// One message of the list. Knows how it looks in every state, and nothing of where it comes from.
import { fileWords } from "@homeroom/protocol/kit/file-words.ts";
import { Ellipsis } from "lucide-react";
import { lazy, memo, Suspense, useRef, useState } from "react";
import { Avatar } from "../../ui/avatar.tsx";
import { IconButton } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { clockTime } from "../../ui/time.ts";
import { useLongPress } from "../../ui/use-long-press.ts";
import { useMediaQuery } from "../../ui/use-media-query.ts";
import { Body, Meta, PinnedMark, Quote, SendStateLine, Tombstone } from "./message-parts.tsx";
import type { MessageSheetProps } from "./message-sheet.tsx";
import { MessageToolbar, type Reacting } from "./message-toolbar.tsx";
import { ReactionChips } from "./reaction-chips.tsx";
import { actionsOf, reactingOf } from "./row-actions.ts";
import { useNear, useRowKeys } from "./row-keys.ts";
import type { MessageRowProps, ShownMessage } from "./row-props.ts";
import { FromThread, ThreadLink } from "./thread-link.tsx";

export type { MessageHandlers, MessageReader, MessageRowProps, ShownMessage } from "./row-props.ts";

const MessageSheet = lazy(() => import("./message-sheet.tsx").then((file) => ({ default: file.MessageSheet })));

const words = {
  edited: "edited",
  notSent: "not sent",
  mentionsYou: "mentions you",
  deleted: "deleted",
  more: "More actions",
};

function nameOf({ message, send, mentionsMe }: Pick<MessageRowProps, "message" | "send" | "mentionsMe">): string {
  const states = [
    mentionsMe && words.mentionsYou,
    message.deleted && words.deleted,
    message.edited_at && !message.deleted && words.edited,
    send?.kind === "failed" && words.notSent,
  ].filter(Boolean);
  return [message.sender.display_name, clockTime(message.created_at), ...states].join(", ");
}

type PartProps<T extends ShownMessage> = MessageRowProps<T> & { reacting: Reacting };

function Below<T extends ShownMessage>({ message, handlers, reader, filesOf, reacting }: PartProps<T>) {
  const { onThread } = handlers;
  return (
    <>
      {message.attachments && message.attachments.length > 0 && filesOf?.(message)}
      {reader && message.reactions && message.reactions.length > 0 && (
        <ReactionChips
          reactions={message.reactions}
          me={reader.me}
          namesOf={reader.namesOf}
          onToggle={reacting.onReact}
          onAdd={reacting.onPick}
        />
      )}
      {message.replies && <ThreadLink replies={message.replies} onOpen={onThread && (() => onThread(message))} />}
    </>
  );
}

function Content<T extends ShownMessage>(props: PartProps<T>) {
  const { message, send, handlers, reader, deletedBy } = props;
  const { onThread } = handlers;
  const bind = (handler: ((message: T) => void) | undefined) => handler && (() => handler(message));
  if (message.deleted) {
    return (
      <>
        <Tombstone by={deletedBy} />
        {message.replies && <ThreadLink replies={message.replies} onOpen={onThread && (() => onThread(message))} />}
      </>
    );
  }
  const isFromThread = message.also_in_room && typeof message.thread_root === "number";
  return (
    <>
      {message.pinned && <PinnedMark />}
      {isFromThread && <FromThread onOpen={onThread && (() => onThread(message))} />}
      {message.reply_preview && (
        <Quote preview={message.reply_preview} mentionOf={reader?.mentionOf} onJump={handlers.onQuoteJump} />
      )}
      {message.content && (
        <Body
          content={message.content}
          editedAt={message.edited_at}
          mentionOf={reader?.mentionOf}
          roomWays={reader?.roomWays}
        />
      )}
      <Below {...props} />
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

function looksOf<T extends ShownMessage>(props: MessageRowProps<T>, isHeld: boolean): string {
  const { send } = props;
  return classNames(
    "hr-msg",
    props.bubble && `is-bubble is-${props.bubble}`,
    props.first && "is-first",
    props.last && "is-last",
    props.mentionsMe && "is-for-me",
    props.open && "is-open",
    props.flash && "is-flash",
    props.arriving && "is-arriving",
    isHeld && "is-hover",
    (send?.kind === "pending" || send?.kind === "waiting") && "is-pending",
    send?.kind === "failed" && "is-failed",
  );
}

function Side({ message, first, bubble, last }: Pick<MessageRowProps, "message" | "first" | "bubble" | "last">) {
  const { sender } = message;
  if (bubble === "own" || (bubble && !last)) return null;
  if (bubble) return <Avatar id={sender.id} name={sender.display_name} staff={sender.role !== "student"} size={28} />;
  if (first) return <Avatar id={sender.id} name={sender.display_name} staff={sender.role !== "student"} />;
  return (
    <span className="hr-msg-gutter hr-num" aria-hidden="true">
      {clockTime(message.created_at)}
    </span>
  );
}

type SheetState = "none" | "open" | "closing";
interface TouchActionsProps extends Omit<MessageSheetProps, "open" | "onClose" | "onGone"> {
  isTouch: boolean;
  state: SheetState;
  onState: (state: SheetState) => void;
}

/** On touch: the way in for whoever cannot press long, and the sheet once it was asked for. */
function TouchActions({ isTouch, state, onState, ...props }: TouchActionsProps) {
  return (
    <>
      {isTouch && (
        <IconButton
          label={words.more}
          icon={Ellipsis}
          className="hr-tools-more"
          tabIndex={-1}
          onClick={() => onState("open")}
        />
      )}
      {state !== "none" && (
        <Suspense fallback={null}>
          <MessageSheet
            open={state === "open"}
            {...props}
            onClose={() => onState("closing")}
            onGone={() => onState("none")}
          />
        </Suspense>
      )}
    </>
  );
}

function MessageRowPlain<T extends ShownMessage>(props: MessageRowProps<T>) {
  const { message, first, afterNewLine } = props;
  const actions = actionsOf(props);
  const reacting = reactingOf(props);
  const hasActions = actions.length > 0 || reacting.onReact !== undefined;
  const isTouch = useMediaQuery("(hover: none)");
  const row = useRef<HTMLElement>(null);
  const near = useNear(row);
  const [isHeld, setHeld] = useState(false);
  const [sheet, setSheet] = useState<SheetState>("none");
  const openSheet = () => setSheet("open");
  const press = useLongPress(openSheet);
  const onKeyDown = useRowKeys({ actions, onPick: reacting.onPick, onOpen: isTouch ? openSheet : undefined });
  return (
    <div className={classNames("hr-msg-slot", first && "is-first", first && afterNewLine && "is-after-newline")}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/no-noninteractive-tabindex -- the list moves the focus from message to message */}
      <article
        ref={row}
        className={looksOf(props, (isHeld && near.is) || (props.held ?? false))}
        aria-label={nameOf(props)}
        data-message={message.id ?? ""}
        tabIndex={-1}
        onKeyDown={onKeyDown}
        onPointerEnter={near.come}
        onFocus={() => {
          near.come();
          // what was open has given the focus back
          setHeld(false);
        }}
        {...(hasActions && press)}
      >
        <Side message={message} first={first} bubble={props.bubble} last={props.last} />
        <div className="hr-grow">
          {first && !props.bubble && <Meta sender={message.sender} at={message.created_at} chip={props.chip} />}
          <Content {...props} reacting={reacting} />
        </div>
        {props.foot && <div className="hr-bubble-foot hr-num">{props.foot}</div>}
        {near.is && !isTouch && hasActions && <MessageToolbar actions={actions} reacting={reacting} onHold={setHeld} />}
        {hasActions && (
          <TouchActions
            isTouch={isTouch}
            state={sheet}
            onState={setSheet}
            sender={message.sender}
            content={message.content || fileWords(message.attachments ?? [])}
            mentionOf={props.reader?.mentionOf}
            actions={actions}
            reacting={reacting}
            anchor={() => row.current}
          />
        )}
      </article>
    </div>
  );
}

export const MessageRow = memo(MessageRowPlain) as typeof MessageRowPlain;
