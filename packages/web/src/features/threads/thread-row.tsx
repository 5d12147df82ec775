// One thread in the list: whose words, where, what it is about, who replied, and what is new in it.
import { Lock } from "lucide-react";
import { Avatar, AvatarStack } from "../../ui/avatar.tsx";
import { Count } from "../../ui/badge.tsx";
import { classNames } from "../../ui/class-names.ts";
import { Icon } from "../../ui/icon.tsx";
import { openHere } from "../../ui/open-here.ts";
import { fullTime, shortTime } from "../../ui/time.ts";
import type { ThreadItem } from "./thread-items.ts";

const words = {
  inRoom: (room: string) => `in ${room}`,
  replies: (count: number) => `${count} ${count === 1 ? "reply" : "replies"}`,
  unread: (count: number) => `${count} unread`,
  closed: "closed",
};

const MOST_FACES = 3;

export interface ThreadRowProps {
  item: ThreadItem;
  href: string;
  onOpen: (item: ThreadItem) => void;
}

function Below({ replies }: { replies: NonNullable<ThreadItem["replies"]> }) {
  return (
    <span className="hr-thread-below">
      <AvatarStack size={20} people={replies.people.slice(0, MOST_FACES)} />
      {words.replies(replies.count)}
    </span>
  );
}

/** Its name is what it shows, in words: "Jonas Brandt in Biology 9b: The dark dots… 6 replies, 10:02, 2 unread". */
export function ThreadRow({ item, href, onOpen }: ThreadRowProps) {
  const { person, room, text, isNote, replies, at, unread, closed } = item;
  return (
    <li className={classNames("hr-thread-row", unread > 0 && "is-unread")}>
      <a href={href} data-thread={item.id} onClick={openHere(() => onOpen(item))}>
        <Avatar id={person.id} name={person.name} staff={person.staff} />
        <span className="hr-thread-main">
          <span className="hr-thread-where">
            <b>
              <bdi>{person.name}</bdi>
            </b>{" "}
            {words.inRoom(room.name)}
            <span className="hr-vh">: </span>
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
          {unread > 0 && <span className="hr-vh">, {words.unread(unread)}</span>}
          {closed && (
            <>
              <Icon icon={Lock} size={14} />
              <span className="hr-vh">, {words.closed}</span>
            </>
          )}
        </span>
      </a>
    </li>
  );
}
