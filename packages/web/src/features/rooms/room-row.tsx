// One room in the list: a link that fills the row, and at its end a count, a state or a way in.
import { BellOff, Clock, Lock, Pencil } from "lucide-react";
import { useId } from "react";
import { Count } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { Icon } from "../../ui/icon.tsx";
import { openHere } from "../../ui/open-here.ts";
import { nameBeside, Tile } from "../../ui/tile.tsx";
import { shortTime } from "../../ui/time.ts";
import type { RoomRowItem } from "./room-row-item.ts";

const words = {
  join: "Join",
  ask: "Ask to join",
  asked: "Asked",
  full: "Full",
  locked: "private room",
  muted: "muted",
  draft: "draft",
  draftMark: "Draft",
  unread: (count: number) => `${count} unread`,
  mentions: (count: number) => `${count} ${count === 1 ? "mention" : "mentions"}`,
  requests: (count: number) => `${count} join ${count === 1 ? "request" : "requests"}`,
};

export interface RoomRowProps {
  item: RoomRowItem;
  active: boolean;
  href: string;
  onOpen: (id: number) => void;
  onJoin: (id: number) => void;
  onAsk: (id: number) => void;
  /** The pointer or the focus is on the row; null: it has gone. */
  onHint?: (id: number | null) => void;
}

/** The states of a row in words, after the name; the counts on screen are silent. */
function said(item: RoomRowItem, active: boolean): string {
  const parts = [
    item.locked && words.locked,
    !active && item.unread > 0 && words.unread(item.unread),
    !active && item.mentions > 0 && words.mentions(item.mentions),
    item.requests && words.requests(item.requests),
    item.draft && words.draft,
    item.muted && words.muted,
  ].filter(Boolean);
  return parts.length > 0 ? `, ${parts.join(", ")}` : "";
}

/** What is new in the room; of a quiet one, only that it is quiet. */
function NewCount({ item }: { item: RoomRowItem }) {
  if (item.muted) return <Icon icon={BellOff} size={16} />;
  if (item.mentions > 0) return <Count value={item.mentions} kind="mention" />;
  return <Count value={item.unread} />;
}

function RowCounts({ item, active }: { item: RoomRowItem; active: boolean }) {
  const requests = <Count value={item.requests ?? 0} kind="go" />;
  if (active) return requests;
  const isAlone = !item.requests && !item.muted && item.mentions + item.unread === 0;
  return (
    <>
      {item.draft && <DraftMark short={!isAlone} />}
      {requests}
      <NewCount item={item} />
    </>
  );
}

/** A pencil; with its word where nothing else stands beside it. */
export function DraftMark({ short = false }: { short?: boolean }) {
  return (
    <span className="hr-row-state" aria-hidden="true">
      <Icon icon={Pencil} size={14} />
      {!short && words.draftMark}
    </span>
  );
}

interface WayInProps extends Pick<RoomRowProps, "item" | "onJoin" | "onAsk"> {
  nameId: string;
}

function WayIn({ item, nameId, onJoin, onAsk }: WayInProps) {
  if (item.end === "asked") {
    return (
      <Button variant="light" size="sm" icon={Clock} aria-describedby={nameId} onClick={() => onAsk(item.id)}>
        {words.asked}
      </Button>
    );
  }
  if (item.end === "full") {
    return (
      <Button size="sm" disabled aria-describedby={nameId}>
        {words.full}
      </Button>
    );
  }
  const joins = item.end === "join" || item.end === "joining";
  return (
    <Button
      size="sm"
      busy={item.end === "joining" || item.end === "asking"}
      aria-describedby={nameId}
      onClick={() => (joins ? onJoin(item.id) : onAsk(item.id))}
    >
      {joins ? words.join : words.ask}
    </Button>
  );
}

/** What a row's link tells when it is looked at. */
export function hints(id: number, onHint: RoomRowProps["onHint"]) {
  if (!onHint) return {};
  const on = () => onHint(id);
  const off = () => onHint(null);
  return { onMouseEnter: on, onFocus: on, onMouseLeave: off, onBlur: off };
}

export function RoomRow({ item, active, href, onOpen, onJoin, onAsk, onHint }: RoomRowProps) {
  const nameId = useId();
  const unread = !active && !item.muted && (item.unread > 0 || item.mentions > 0);
  const label = item.name + said(item, active);
  return (
    <li
      className={classNames("hr-row", active && "is-active", unread && "is-unread", item.muted && "is-muted")}
      data-tip={label}
    >
      <Tile id={item.id} name={item.name} />
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
            <span className="hr-ell" id={nameId}>
              {nameBeside(item.name)}
            </span>
            {item.locked && <Icon icon={Lock} size={14} />}
          </span>
        </a>
        {item.preview && <span className="hr-row-preview">{item.preview}</span>}
      </div>
      <span className="hr-row-end">
        {item.at && <span className="hr-row-when hr-num">{shortTime(item.at)}</span>}
        {item.end ? (
          <WayIn item={item} nameId={nameId} onJoin={onJoin} onAsk={onAsk} />
        ) : (
          <RowCounts item={item} active={active} />
        )}
      </span>
    </li>
  );
}
