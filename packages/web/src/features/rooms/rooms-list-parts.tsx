// What frames the rooms list: the brand above, ways to jump, and who I am below.
import type { UserCard } from "@homeroom/protocol";
import { MessageSquareText, Plus, Search, SlidersHorizontal } from "lucide-react";
import { Avatar } from "../../ui/avatar.tsx";
import { Count, Kbd } from "../../ui/badge.tsx";
import { IconButton } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { Icon } from "../../ui/icon.tsx";
import { Logo } from "../../ui/logo.tsx";
import { Menu, type MenuItem } from "../../ui/menu.tsx";
import { openHere } from "../../ui/open-here.ts";
import { ariaKeysOf, facesOf, keysOf } from "../../ui/shortcuts.ts";

const words = {
  nav: "Rooms",
  app: "Homeroom",
  newRoom: "New room",
  settings: "Settings",
  jump: "Jump to…",
  threads: "Threads",
  unread: (count: number) => `, ${count} unread`,
  connection: { connected: "Connected", connecting: "Connecting…", offline: "Offline" },
};

export interface FrameProps {
  schoolName: string | null;
  me: UserCard;
  connection: "connected" | "connecting" | "offline";
  /** Left out for people who may not make rooms. */
  onNewRoom?: () => void;
  /** What the "Settings" menu holds. */
  settings: MenuItem[];
}

export function Top({ list }: { list: FrameProps }) {
  return (
    <div className="hr-rooms-top">
      {/* on phones this is a view of its own */}
      <h1 className="hr-vh hr-only-sm">{words.nav}</h1>
      <div className="hr-brand">
        <Logo />
        <span>
          {words.app}
          {list.schoolName && <small title={list.schoolName}>{list.schoolName}</small>}
        </span>
      </div>
      {list.onNewRoom && <IconButton label={words.newRoom} icon={Plus} onClick={list.onNewRoom} />}
      {/* phones have no row for "me": the menu moves up here */}
      <Menu label={words.settings} icon={SlidersHorizontal} items={list.settings} className="hr-only-sm" />
    </div>
  );
}

export function JumpEntry({ onJump }: { onJump: (() => void) | undefined }) {
  if (!onJump) return null;
  const shortcut = facesOf(keysOf("switcher")).join(" ");
  return (
    <button
      type="button"
      className="hr-jump-to"
      aria-keyshortcuts={ariaKeysOf(keysOf("switcher"))}
      onClick={onJump}
      data-tip={`${words.jump} ${shortcut}`}
    >
      <Icon icon={Search} size={18} />
      <span data-tip-text="">{words.jump}</span>
      <span aria-hidden="true" className="hr-jump-to-keys">
        <Kbd>{shortcut}</Kbd>
      </span>
    </button>
  );
}

export interface ThreadsEntry {
  href: string;
  active: boolean;
  unread: number;
  onOpen: () => void;
}

export function ThreadsRow({ threads }: { threads: ThreadsEntry | undefined }) {
  if (!threads) return null;
  const { href, active, unread, onOpen } = threads;
  const label = words.threads + (unread > 0 && !active ? words.unread(unread) : "");
  return (
    <div
      className={classNames("hr-row", "is-nav", active && "is-active", unread > 0 && !active && "is-unread")}
      data-tip={label}
    >
      <Icon icon={MessageSquareText} />
      <div className="hr-row-text">
        <a
          className="hr-row-link"
          href={href}
          onClick={openHere(onOpen)}
          aria-label={label}
          aria-current={active ? "page" : undefined}
          data-stop=""
        >
          <span className="hr-row-line" data-tip-text="">
            {words.threads}
          </span>
        </a>
      </div>
      <span className="hr-row-end">{!active && <Count value={unread} />}</span>
    </div>
  );
}

export function MeRow({ list }: { list: FrameProps }) {
  const { me, connection } = list;
  const presence = connection === "connected" ? "online" : "offline";
  return (
    <div className="hr-me">
      <Avatar id={me.id} name={me.display_name} staff={me.role !== "student"} presence={presence} />
      <div className="hr-me-who">
        <div className="hr-ell">{me.display_name}</div>
        <small>{words.connection[connection]}</small>
      </div>
      <Menu label={words.settings} icon={SlidersHorizontal} items={list.settings} placement="up" />
    </div>
  );
}
