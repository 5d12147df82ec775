// The strip above the text box (whom it answers, what it edits) and the foot below (typing, hints, the counter).
import { Pencil, Reply, X } from "lucide-react";
import type { ReactNode } from "react";
import { Kbd } from "../../ui/badge.tsx";
import { IconButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { TypingLine } from "./typing-line.tsx";

const words = {
  replyTo: "Reply to",
  cancelReply: "Cancel reply",
  editing: "Edit your message",
  editingText: "everyone sees “edited”",
  cancelEdit: "Cancel edit",
  enter: "Enter",
  shiftEnter: "Shift Enter",
  esc: "Esc",
  sends: "sends",
  newLine: "new line",
  cancels: "cancels",
  saves: "saves",
  tooLong: (over: number) => `${over} ${over === 1 ? "character" : "characters"} too long.`,
};

const number = new Intl.NumberFormat("en-GB");

export type ComposerContext =
  | { kind: "reply" /** Whom it answers. */; name: string; excerpt: string }
  | { kind: "edit" };

export function ContextBar({ context, onCancel }: { context: ComposerContext; onCancel: () => void }) {
  const reply = context.kind === "reply";
  return (
    <div className="hr-composer-ctx">
      <Icon icon={reply ? Reply : Pencil} size={16} />
      <span className="hr-ell">
        {reply ? (
          <>
            {words.replyTo} <b>{context.name}</b> · {context.excerpt}
          </>
        ) : (
          <>
            <b>{words.editing}</b> · {words.editingText}
          </>
        )}
      </span>
      <IconButton label={reply ? words.cancelReply : words.cancelEdit} icon={X} size="xs" onClick={onCancel} />
    </div>
  );
}

export interface ComposerNotice {
  tone: "plain" | "note" | "bad";
  text: string;
}

export interface FootProps {
  typing: string[];
  notice?: ComposerNotice | null;
  length: number;
  limit: number;
  editing: boolean;
  /** What the keys do; not on touch devices. */
  hints: boolean;
}

function keysHint(editing: boolean): ReactNode {
  if (editing) {
    return (
      <>
        <Kbd>{words.esc}</Kbd> {words.cancels} · <Kbd>{words.enter}</Kbd> {words.saves}
      </>
    );
  }
  return (
    <>
      <Kbd>{words.enter}</Kbd> {words.sends} · <Kbd>{words.shiftEnter}</Kbd> {words.newLine}
    </>
  );
}

function Left({ typing, notice, over }: { typing: string[]; notice: FootProps["notice"]; over: number }) {
  if (over > 0) return <span className="hr-foot-bad">{words.tooLong(over)}</span>;
  if (!notice) return <TypingLine names={typing} />;
  const look = { plain: undefined, note: "hr-foot-note", bad: "hr-foot-bad" }[notice.tone];
  return <output className={look}>{notice.text}</output>;
}

/** As high with nothing in it as with everything. */
export function ComposerFoot({ typing, notice, length, limit, editing, hints }: FootProps) {
  const over = length - limit;
  const counting = length >= limit * 0.9;
  return (
    <div className="hr-composer-foot">
      <Left typing={typing} notice={notice} over={over} />
      {counting && (
        <span className={over > 0 ? "hr-end hr-num hr-foot-bad" : "hr-end hr-num"}>
          {number.format(length)} / {number.format(limit)}
        </span>
      )}
      {!counting && hints && <span className="hr-end hr-hide-sm">{keysHint(editing)}</span>}
    </div>
  );
}
