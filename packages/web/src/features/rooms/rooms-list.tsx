// The rooms list: brand, my rooms, private chats, rooms that are open to join, and who I am.
import type { UserCard } from "@homeroom/protocol";
import { Plus, SlidersHorizontal } from "lucide-react";
import type { ReactNode } from "react";
import { Avatar } from "../../ui/avatar.tsx";
import { Button, IconButton } from "../../ui/button.tsx";
import { Logo } from "../../ui/logo.tsx";
import { Menu, type MenuItem } from "../../ui/menu.tsx";
import { Loading, Skeleton } from "../../ui/skeletons.tsx";
import { RoomRow, type RoomRowProps } from "./room-row.tsx";
import type { RoomRowItem } from "./room-row-item.ts";

const words = {
  nav: "Rooms",
  app: "Homeroom",
  newRoom: "New room",
  settings: "Settings",
  mine: "My rooms",
  privateChats: "Private",
  open: "Open to join",
  none: "You are not in a room yet.",
  loading: "Loading your rooms",
  failed: "Your rooms did not arrive.",
  retry: "Try again",
  connection: { connected: "Connected", connecting: "Connecting…", offline: "Offline" },
};

export interface RoomsListProps extends Pick<RoomRowProps, "onOpen" | "onJoin" | "onAsk" | "onHint"> {
  schoolName: string | null;
  me: UserCard;
  connection: "connected" | "connecting" | "offline";
  status: "loading" | "ready" | "error";
  rooms: RoomRowItem[];
  openRooms: RoomRowItem[];
  /** Rows of private chats; the section is absent without them. */
  privateChats?: ReactNode;
  activeRoom: number | null;
  hrefFor: (id: number) => string;
  /** Left out for people who may not make rooms. */
  onNewRoom?: () => void;
  onRetry: () => void;
  /** What the "Settings" menu holds. */
  settings: MenuItem[];
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="hr-rooms-section" aria-label={title}>
      <h2 className="hr-rooms-head">
        <span>{title}</span>
      </h2>
      {children}
    </section>
  );
}

const skeletonWidths = ["62%", "44%", "70%", "52%"];

function LoadingRows() {
  return (
    <Loading label={words.loading}>
      {skeletonWidths.map((width) => (
        <div key={width} className="hr-sk-row">
          <Skeleton />
          <Skeleton width={width} height="13px" />
        </div>
      ))}
    </Loading>
  );
}

function Rows({ items, list }: { items: RoomRowItem[]; list: RoomsListProps }) {
  return (
    // Safari forgets that a list without bullets is a list; the role reminds it.
    // oxlint-disable-next-line jsx-a11y/no-redundant-roles
    <ul role="list">
      {items.map((item) => (
        <RoomRow
          key={item.id}
          item={item}
          active={item.id === list.activeRoom}
          href={list.hrefFor(item.id)}
          onOpen={list.onOpen}
          onJoin={list.onJoin}
          onAsk={list.onAsk}
          onHint={list.onHint}
        />
      ))}
    </ul>
  );
}

function Sections({ list }: { list: RoomsListProps }) {
  if (list.status === "loading") return <LoadingRows />;
  if (list.status === "error") {
    return (
      <div className="hr-rooms-note" role="alert">
        {words.failed}{" "}
        <Button variant="link" onClick={list.onRetry}>
          {words.retry}
        </Button>
      </div>
    );
  }
  return (
    <>
      <Section title={words.mine}>
        {list.rooms.length > 0 ? (
          <Rows items={list.rooms} list={list} />
        ) : (
          <p className="hr-rooms-note">{words.none}</p>
        )}
      </Section>
      {list.privateChats && <Section title={words.privateChats}>{list.privateChats}</Section>}
      {list.openRooms.length > 0 && (
        <Section title={words.open}>
          <Rows items={list.openRooms} list={list} />
        </Section>
      )}
    </>
  );
}

function Top({ list }: { list: RoomsListProps }) {
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

function MeRow({ list }: { list: RoomsListProps }) {
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

export function RoomsList(props: RoomsListProps) {
  return (
    <nav className="hr-rooms" aria-label={words.nav}>
      <Top list={props} />
      <div className="hr-rooms-scroll">
        <Sections list={props} />
      </div>
      <MeRow list={props} />
    </nav>
  );
}
