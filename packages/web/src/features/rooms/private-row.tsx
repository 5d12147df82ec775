// One private chat in the list: who it is with, on which room's account, and what is new in it.
import { Lock } from "lucide-react";
import { Avatar } from "../../ui/avatar.tsx";
import { Count } from "../../ui/badge.tsx";
import { classNames } from "../../ui/class-names.ts";
import { Icon } from "../../ui/icon.tsx";
import { openHere } from "../../ui/open-here.ts";
import { shortTime } from "../../ui/time.ts";
import { DraftMark, hints, type RoomRowProps } from "./room-row.tsx";
import type { PrivateRowItem } from "./room-row-item.ts";

const words = {
  chat: (room: string) => (room ? `${room}, private chat` : "private chat"),
  unread: (count: number) => `${count} unread`,
  draft: "draft",
  closed: "closed",
};

export interface PrivateRowProps {
  item: PrivateRowItem;
  active: boolean;
  href: string;
  onOpen: (id: number) => void;
  onHint?: RoomRowProps["onHint"];
}

function labelOf(item: PrivateRowItem, active: boolean): string {
  const parts = [
    item.person.name,
    words.chat(item.room),
    !active && item.unread > 0 && words.unread(item.unread),
    item.draft && words.draft,
    item.closed && words.closed,
  ];
  return parts.filter(Boolean).join(", ");
}

function End({ item, active }: { item: PrivateRowItem; active: boolean }) {
  if (active) return null;
  return (
    <>
      {item.draft && <DraftMark short={item.unread > 0 || item.closed} />}
      <Count value={item.unread} />
      {item.closed && <Icon icon={Lock} size={14} />}
    </>
  );
}

export function PrivateRow({ item, active, href, onOpen, onHint }: PrivateRowProps) {
  const { person } = item;
  const label = labelOf(item, active);
  const unread = !active && item.unread > 0;
  return (
    <li
      className={classNames("hr-row", active && "is-active", unread && "is-unread", item.closed && "is-muted")}
      data-tip={label}
    >
      <Avatar id={person.id} name={person.name} staff={person.staff} size={24} presence={person.presence} />
      <div className="hr-row-text">
        <a
          className="hr-row-link"
          href={href}
          onClick={openHere(() => onOpen(item.id))}
          {...hints(item.id, onHint)}
          aria-label={label}
          aria-current={active ? "page" : undefined}
          data-stop=""
        >
          <span className="hr-row-line">
            <span className="hr-ell">{person.name}</span>
            {item.room && <span className="hr-row-aside hr-ell"> {item.room}</span>}
          </span>
        </a>
        <span className="hr-row-preview">{item.preview}</span>
      </div>
      <span className="hr-row-end">
        {item.at && <span className="hr-row-when hr-num">{shortTime(item.at)}</span>}
        <End item={item} active={active} />
      </span>
    </li>
  );
}
