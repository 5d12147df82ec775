// The strip above the text box (whom it answers, what it edits) and the foot below (typing, hints, the counter).
import { type LucideIcon, Pencil, Reply, X } from "lucide-react";
import type { ReactNode } from "react";
import { Kbd } from "../../ui/badge.tsx";
import { Button, IconButton } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/checkbox.tsx";
import { classNames } from "../../ui/class-names.ts";
import { Icon } from "../../ui/icon.tsx";
import { facesOf } from "../../ui/shortcuts.ts";
import { type SendWait, WaitNote } from "./composer-wait.tsx";
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
  soon: "Sends when the files are there.",
  callOff: "Cancel",
  tooLong: (over: number) => `${over} ${over === 1 ? "character" : "characters"} too long.`,
};

const number = new Intl.NumberFormat("en-GB");

export type ComposerContext =
  | { kind: "reply" /** Whom it answers. */; name: string; excerpt: string }
  | { kind: "edit" /** It has files, and need not have words. */; mayBeEmpty?: boolean };

export function ContextBar({ context, onCancel }: { context: ComposerContext; onCancel: () => void }) {
  const reply = context.kind === "reply";
  return (
    <div className="hr-composer-ctx">
      <Icon icon={reply ? Reply : Pencil} size={16} />
      <span className="hr-ell">
        {reply ? (
          <>
            {words.replyTo} <b>{context.name}</b> · <bdi>{context.excerpt}</bdi>
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
  icon?: LucideIcon;
}

/** A box to tick in the foot: the reply goes there too. */
export interface AlsoIn {
  /** "Also send to Biology 9b" */
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

export interface FootProps {
  /** What the box and the send button are described by. */
  id: string;
  typing: string[];
  notice?: ComposerNotice | null;
  length: number;
  limit: number;
  editing: boolean;
  wait?: SendWait | null;
  /** Seconds of waiting. */
  left: number;
  alsoIn?: AlsoIn | null;
  /** It goes out by itself when its files are there. */
  soon?: { onCancel: () => void } | null;
  /** What the keys do; not on touch devices. */
  hints: boolean;
  enterSends: boolean;
}

function keysHint(editing: boolean, enterSends: boolean): ReactNode {
  const [mod = ""] = facesOf("Mod+Enter");
  const sends = enterSends ? words.enter : `${mod} ${words.enter}`;
  if (editing) {
    return (
      <>
        <Kbd>{words.esc}</Kbd> {words.cancels} · <Kbd>{sends}</Kbd> {words.saves}
      </>
    );
  }
  return (
    <>
      <Kbd>{sends}</Kbd> {words.sends} · <Kbd>{enterSends ? words.shiftEnter : words.enter}</Kbd> {words.newLine}
    </>
  );
}

function SoonNote({ soon }: { soon: { onCancel: () => void } }) {
  return (
    <>
      <output>{words.soon}</output>{" "}
      <Button variant="link" onClick={soon.onCancel}>
        {words.callOff}
      </Button>
    </>
  );
}

/** Why Send is off comes first. It is tied to the box and the button, so it need not be announced. */
function Reason({
  id,
  over,
  wait,
  left,
  notice,
  soon,
}: Pick<FootProps, "id" | "wait" | "left" | "notice" | "soon"> & { over: number }) {
  const look = { plain: undefined, note: "hr-foot-note", bad: "hr-foot-bad" };
  let reason: ReactNode = null;
  if (over > 0) reason = <span className="hr-foot-bad">{words.tooLong(over)}</span>;
  else if (wait) reason = <WaitNote wait={wait} left={left} />;
  else if (soon) reason = <SoonNote soon={soon} />;
  else if (notice) {
    reason = (
      <output className={classNames(look[notice.tone], notice.icon && "hr-foot-line")}>
        {notice.icon && <Icon icon={notice.icon} size={16} />}
        {notice.text}
      </output>
    );
  }
  return (
    <span id={id} className="hr-foot-reason">
      {reason}
    </span>
  );
}

/** As high with nothing in it as with everything. */
export function ComposerFoot(props: FootProps) {
  const { typing, notice, length, limit, editing, wait, alsoIn, soon, hints, enterSends } = props;
  const over = length - limit;
  const counting = length >= limit * 0.9;
  const free = over <= 0 && !wait && !notice && !soon;
  return (
    <div className="hr-composer-foot">
      <Reason {...props} over={over} />
      {free && alsoIn && !editing && <Checkbox {...alsoIn} />}
      {free && <TypingLine names={typing} />}
      {counting && (
        <span className={over > 0 ? "hr-end hr-num hr-foot-bad" : "hr-end hr-num"}>
          {number.format(length)} / {number.format(limit)}
        </span>
      )}
      {!counting && hints && !alsoIn && <span className="hr-end hr-hide-sm">{keysHint(editing, enterSends)}</span>}
    </div>
  );
}
