// One thread in the list: whose words, where, what it is about, who replied, and what is new in it.
import { Lock } from "lucide-react";
import type { MouseEvent } from "react";
import { Avatar, AvatarStack } from "../../ui/avatar.tsx";
import { Count } from "../../ui/badge.tsx";
import { classNames } from "../../ui/class-names.ts";
import { Icon } from "../../ui/icon.tsx";
import { fullTime, shortTime } from "../../ui/time.ts";
import type { ThreadItem } from "./thread-items.ts";

const words = {
  inRoom: (room: string) => `in ${room}`,
  replies: (count: number) => `${count} ${count === 1 ? "reply" : "replies"}`,
  unread: (count: number) => `${count} unread`,
  last: (when: string) => `last ${when}`,
  closed: "closed",
};

const MOST_FACES = 3;

export interface ThreadRowProps {
  item: ThreadItem;
  href: string;
  onOpen: (item: ThreadItem) => void;
}

/** "Jonas Brandt in Biology 9b, 2 unread, The dark dots…, 6 replies, last 10:02" */
function nameOf({ person, room, text, replies, at, unread, closed }: ThreadItem): string {
  const parts = [
    `${person.name} ${words.inRoom(room.name)}`,
    unread > 0 && words.unread(unread),
    closed && words.closed,
    text.replaceAll(/\s+/g, " "),
    replies && words.replies(replies.count),
    words.last(shortTime(at)),
  ];
  return parts.filter(Boolean).join(", ");
}

function Below({ replies }: { replies: NonNullable<ThreadItem["replies"]> }) {
  return (
    <span className="hr-thread-below">
      <AvatarStack size={20} people={replies.people.slice(0, MOST_FACES)} />
      {words.replies(replies.count)}
    </span>
  );
}

export function ThreadRow({ item, href, onOpen }: ThreadRowProps) {
  const { person, room, text, isNote, replies, at, unread, closed } = item;
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onOpen(item);
  };
  return (
    <li className={classNames("hr-thread-row", unread > 0 && "is-unread")}>
      <a href={href} aria-label={nameOf(item)} data-thread={item.id} onClick={open}>
        <Avatar id={person.id} name={person.name} staff={person.staff} />
        <span className="hr-thread-main">
          <span className="hr-thread-where">
            <b>
              <bdi>{person.name}</bdi>
            </b>{" "}
            {words.inRoom(room.name)}
          </span>
          <span className={classNames("hr-thread-text", isNote && "is-note")} dir="auto">
            {text}
          </span>
          {replies && <Below replies={replies} />}
        </span>
        <span className="hr-thread-end">
          <time className="hr-num" dateTime={at} title={fullTime(at)}>
            {shortTime(at)}
          </time>
          <Count value={unread} />
          {closed && <Icon icon={Lock} size={14} />}
        </span>
      </a>
    </li>
  );
}
