// Where a thread shows in its room: under the message that it grew from, and over a reply that was sent here too.
import type { Replies } from "@homeroom/protocol";
import { MessageSquareText } from "lucide-react";
import { AvatarStack } from "../../ui/avatar.tsx";
import { Icon } from "../../ui/icon.tsx";
import { shortTime } from "../../ui/time.ts";

const words = {
  replies: (count: number) => `${count} ${count === 1 ? "reply" : "replies"}`,
  unread: (count: number) => `${count} unread`,
  last: (when: string) => `last ${when}`,
  replied: "replied in a thread",
  open: "Open the thread",
};

const MOST_FACES = 3;

/** Name: "6 replies, 2 unread, last 10:02"; what is only said stands within what is seen. */
export function ThreadLink({ replies, onOpen }: { replies: Replies; onOpen?: (() => void) | undefined }) {
  const { count, people, last_at: last } = replies;
  if (count === 0) return null;
  const unread = replies.unread_count ?? 0;
  const faces = people.slice(0, MOST_FACES);
  return (
    <button type="button" className="hr-thread-link" onClick={onOpen}>
      <AvatarStack
        size={22}
        people={faces.map((one) => ({ id: one.id, name: one.display_name, staff: one.role !== "student" }))}
      />
      <span>
        <b>{words.replies(count)}</b>
        {unread > 0 && <span className="hr-said is-unread">, {words.unread(unread)}</span>}
        {last && (
          <>
            <span className="hr-said">, </span>
            <span className="hr-thread-last hr-num">{words.last(shortTime(last))}</span>
          </>
        )}
      </span>
    </button>
  );
}

export function FromThread({ onOpen }: { onOpen?: (() => void) | undefined }) {
  const inside = (
    <>
      <Icon icon={MessageSquareText} size={14} />
      {words.replied}
    </>
  );
  if (!onOpen) return <span className="hr-from-thread">{inside}</span>;
  return (
    <button type="button" className="hr-from-thread" title={words.open} onClick={onOpen}>
      {inside}
    </button>
  );
}
