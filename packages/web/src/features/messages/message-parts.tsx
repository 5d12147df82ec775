// The parts of a message row: who and when, the quote, the words, what is left of a deleted one, how sending goes.
import type { Message } from "@homeroom/protocol";
import { Clock, Pin, Reply, Trash2, TriangleAlert } from "lucide-react";
import { RoleChip } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Delayed } from "../../ui/delayed.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Spinner } from "../../ui/spinner.tsx";
import { clockTime, fullTime } from "../../ui/time.ts";
import type { MentionOf } from "./mentioned.ts";
import { MessageText } from "./message-text.tsx";
import type { RoomWays } from "./room-link.tsx";
import { plainLine } from "./text-format.ts";

const words = {
  teacher: "Teacher",
  admin: "Admin",
  deletedOriginal: "The original message was deleted",
  goToOriginal: "Go to the original message",
  deleted: "This message was deleted",
  deletedBy: "Deleted by",
  pinned: "Pinned",
  edited: "(edited)",
  editedAt: (when: string) => `Edited ${when}`,
  sending: "Sending…",
  waiting: "Waiting for a connection",
  failed: (reason: string) => (reason ? `Not sent: ${reason}` : "Not sent."),
  retry: "Retry",
  edit: "Edit",
  remove: "Delete",
};

/** How far a message of mine has got; stored messages have none. */
export type SendState =
  | { kind: "pending" }
  | { kind: "waiting" }
  | { kind: "failed" /** What the server said, as the end of a sentence; may be empty. */; reason: string };

type Sender = Message["sender"];

function roleWord(sender: Sender): string | null {
  if (sender.role === "student") return null;
  return sender.role === "teacher" ? words.teacher : words.admin;
}

export interface MetaProps {
  sender: Sender;
  at: string;
  /** A role in the room, for students ("Cohost"). */
  chip?: string;
}

export function Meta({ sender, at, chip }: MetaProps) {
  const role = chip ?? roleWord(sender);
  return (
    <div className="hr-msg-meta">
      <b>
        <bdi>{sender.display_name}</bdi>
      </b>
      {role && <RoleChip line={sender.role === "admin" && !chip}>{role}</RoleChip>}
      <time className="hr-num" dateTime={at} title={fullTime(at)}>
        {clockTime(at)}
      </time>
    </div>
  );
}

export interface QuoteProps {
  preview: NonNullable<Message["reply_preview"]>;
  mentionOf?: MentionOf | undefined;
  onJump?: ((id: number, room?: number) => void) | undefined;
}

export function Quote({ preview, mentionOf, onJump }: QuoteProps) {
  if (preview.deleted) {
    return (
      <span className="hr-quote">
        <Icon icon={Reply} size={14} />
        <i>{words.deletedOriginal}</i>
      </span>
    );
  }
  const inside = (
    <>
      <Icon icon={Reply} size={14} />
      <b className="hr-ell">
        <bdi>{preview.sender.display_name}</bdi>
      </b>
      <span className="hr-ell">
        <bdi>{plainLine(preview.excerpt, mentionOf)}</bdi>
      </span>
    </>
  );
  if (!onJump) return <span className="hr-quote">{inside}</span>;
  return (
    <button
      type="button"
      className="hr-quote"
      title={words.goToOriginal}
      onClick={() => onJump(preview.id, preview.room)}
    >
      {inside}
    </button>
  );
}

export function Tombstone({ by }: { by?: string | undefined }) {
  return (
    <div className="hr-tomb">
      <Icon icon={Trash2} size={16} />
      {by === undefined ? (
        words.deleted
      ) : (
        <span>
          {words.deletedBy} <bdi>{by}</bdi>
        </span>
      )}
    </div>
  );
}

export function PinnedMark() {
  return (
    <div className="hr-pinned-mark">
      <Icon icon={Pin} size={14} />
      {words.pinned}
    </div>
  );
}

export interface BodyProps {
  content: string;
  editedAt: string | null;
  mentionOf?: MentionOf | undefined;
  roomWays?: RoomWays | undefined;
}

export function Body({ content, editedAt, mentionOf, roomWays }: BodyProps) {
  const edited = editedAt && (
    <span className="hr-msg-edited" title={words.editedAt(fullTime(editedAt))}>
      {words.edited}
    </span>
  );
  return (
    <div className="hr-msg-body">
      <MessageText text={content} mentionOf={mentionOf} roomWays={roomWays} end={edited} />
    </div>
  );
}

export interface SendStateLineProps {
  state: SendState;
  onRetry?: () => void;
  onEdit?: () => void;
  onDiscard?: () => void;
}

function action(label: string, run: (() => void) | undefined) {
  return (
    run && (
      <Button variant="link" onClick={run}>
        {label}
      </Button>
    )
  );
}

export function SendStateLine({ state, onRetry, onEdit, onDiscard }: SendStateLineProps) {
  if (state.kind === "pending") {
    return (
      <Delayed after={1000}>
        <div className="hr-msg-state">
          <Spinner />
          {words.sending}
        </div>
      </Delayed>
    );
  }
  if (state.kind === "waiting") {
    return (
      <div className="hr-msg-state">
        <Icon icon={Clock} size={16} />
        {words.waiting}
      </div>
    );
  }
  return (
    <div className="hr-msg-state is-bad" role="alert">
      <Icon icon={TriangleAlert} size={16} />
      {words.failed(state.reason)}
      {action(words.retry, onRetry)}
      {action(words.edit, onEdit)}
      {action(words.remove, onDiscard)}
    </div>
  );
}
