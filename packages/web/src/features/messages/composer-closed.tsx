// What stands in the composer's place while writing is not possible; the text typed so far is kept elsewhere.
import { BookOpen, DoorClosed, Lock, type LucideIcon, MessageSquareOff, UserX } from "lucide-react";
import type { ReactNode, Ref } from "react";
import { Icon } from "../../ui/icon.tsx";
import { laterTime } from "../../ui/time.ts";

const words = {
  archived: "This room is closed.",
  archivedText: "You can still read it.",
  threadClosed: "This chat was closed by staff.",
  threadClosedText: "You can still read it.",
  roomClosed: "The room of this chat is closed.",
  roomClosedText: "You can still read what was written.",
  muted: (when: string) => `You can write again ${when}.`,
  mutedReason: (reason: string) => `You were muted: “${reason}”.`,
  mutedBy: (name: string, reason: string) => `${name} muted you: “${reason}”.`,
  mutedText: "A host of this room muted you.",
  left: (name: string) => `${name} is not here any more.`,
  leftText: "You can still read it.",
  restricted: "Private chats like this one are not allowed.",
  restrictedText: "You can still read it.",
  notMember: "You are not in this room.",
  notMemberText: "Its members can write here.",
  kept: "What you wrote is kept.",
};

export type ClosedReason =
  | { kind: "archived" }
  | {
      kind: "muted";
      /** The instant from which writing is possible. */
      until: string;
      reason?: string | null;
      /** Who did it, where that is known. */
      by?: string | null;
    }
  /** The other person of a private chat is gone. */
  | { kind: "left"; name: string }
  | { kind: "thread-closed" }
  /** The room that a thread or a private chat belongs to. */
  | { kind: "room-closed" }
  | { kind: "not-member" }
  /** The school's rules allow no private chat of these two. */
  | { kind: "restricted" };

interface Sign {
  icon: LucideIcon;
  title: string;
  text: string;
}

function mutedSign({ until, reason, by }: Extract<ClosedReason, { kind: "muted" }>): Sign {
  const why = reason ? words.mutedReason(reason) : words.mutedText;
  return {
    icon: MessageSquareOff,
    title: words.muted(laterTime(until)),
    text: reason && by ? words.mutedBy(by, reason) : why,
  };
}

function signOf(closed: ClosedReason): Sign {
  switch (closed.kind) {
    case "archived":
      return { icon: BookOpen, title: words.archived, text: words.archivedText };
    case "muted":
      return mutedSign(closed);
    case "left":
      return { icon: UserX, title: words.left(closed.name), text: words.leftText };
    case "thread-closed":
      return { icon: Lock, title: words.threadClosed, text: words.threadClosedText };
    case "room-closed":
      return { icon: BookOpen, title: words.roomClosed, text: words.roomClosedText };
    case "not-member":
      return { icon: DoorClosed, title: words.notMember, text: words.notMemberText };
    case "restricted":
      return { icon: Lock, title: words.restricted, text: words.restrictedText };
  }
}

export interface ComposerClosedProps {
  closed: ClosedReason;
  /** There is text that comes back when writing is possible again. */
  kept?: boolean;
  /** Takes the focus when it replaces a box that had it. */
  handover?: { sign: Ref<HTMLOutputElement>; onFocus: () => void; onBlur: () => void };
  /** "Reopen", "Join" and the like. */
  action?: ReactNode;
}

export function ComposerClosed({ closed, kept = false, handover, action }: ComposerClosedProps) {
  const { icon, title, text } = signOf(closed);
  return (
    <div className="hr-closed">
      <Icon icon={icon} />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- focused by script only, and only noted */}
      <output ref={handover?.sign} tabIndex={-1} onFocus={handover?.onFocus} onBlur={handover?.onBlur}>
        <b>{title}</b> {text} {kept && words.kept}
      </output>
      {action && <span className="hr-end">{action}</span>}
    </div>
  );
}
