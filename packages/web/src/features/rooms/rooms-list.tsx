// The rooms list: brand, ways to jump, my rooms, private chats, rooms that are open to join, and who I am.
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { SideTip } from "../../ui/side-tip.tsx";
import { Loading, Skeleton } from "../../ui/skeletons.tsx";
import { useMediaQuery } from "../../ui/use-media-query.ts";
import { stepOf, stopsOf } from "./list-keys.ts";
import { PrivateRow } from "./private-row.tsx";
import { RoomRow, type RoomRowProps } from "./room-row.tsx";
import { isLike, type PrivateRowItem, type RoomRowItem } from "./room-row-item.ts";
import { RoomsFilter } from "./rooms-filter.tsx";
import { type FrameProps, JumpEntry, MeRow, type ThreadsEntry, ThreadsRow, Top } from "./rooms-list-parts.tsx";
import { RoomsSection, type SectionKey } from "./rooms-section.tsx";

const words = {
  nav: "Rooms",
  mine: "My rooms",
  privateChats: "Private",
  open: "Open to join",
  none: "You are not in a room yet. Join one from the list, or enter the code your teacher gave you.",
  nothing: (typed: string) => `Nothing like “${typed}”`,
  loading: "Loading your rooms",
  failed: "Your rooms did not arrive.",
  retry: "Try again",
};

export interface RoomsListProps extends FrameProps, Pick<RoomRowProps, "onOpen" | "onJoin" | "onAsk" | "onHint"> {
  status: "loading" | "ready" | "error";
  rooms: RoomRowItem[];
  openRooms: RoomRowItem[];
  /** The section is absent without any. */
  privateChats?: PrivateRowItem[];
  activeRoom: number | null;
  activePrivate?: number | null;
  hrefFor: (id: number) => string;
  privateHrefFor?: (id: number) => string;
  onOpenPrivate?: (id: number) => void;
  /** Opens the quick switcher; no field without it. */
  onJump?: () => void;
  /** The way to the threads that I follow. */
  threads?: ThreadsEntry;
  folded?: ReadonlySet<SectionKey>;
  onFold?: (section: SectionKey) => void;
  onRetry: () => void;
  /** A form for a class code, below the rooms that are open. */
  classCode?: ReactNode;
}

const skeletonWidths = ["62%", "44%", "70%", "52%"];

function LoadingRows() {
  return (
    <Loading label={words.loading}>
      <div className="hr-rooms-head">
        <span>{words.mine}</span>
      </div>
      {skeletonWidths.map((width) => (
        <div key={width} className="hr-sk-row">
          <Skeleton />
          <Skeleton width={width} height="13px" />
        </div>
      ))}
    </Loading>
  );
}

function Failed({ onRetry }: { onRetry: () => void }) {
  return (
    <div className="hr-rooms-note" role="alert">
      {words.failed}{" "}
      <Button variant="link" onClick={onRetry}>
        {words.retry}
      </Button>
    </div>
  );
}

/** What is left of the lists when something was typed. */
function filtered(list: RoomsListProps, typed: string) {
  const { rooms, openRooms, privateChats = [] } = list;
  if (!typed) return { rooms, openRooms, privateChats };
  return {
    rooms: rooms.filter((room) => isLike(room.name, typed)),
    openRooms: openRooms.filter((room) => isLike(room.name, typed)),
    privateChats: privateChats.filter((chat) => isLike(`${chat.person.name} ${chat.room}`, typed)),
  };
}

type Shown = ReturnType<typeof filtered>;

const countOf = (shown: Shown) => shown.rooms.length + shown.openRooms.length + shown.privateChats.length;
const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);

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

function PrivateRows({ items, list }: { items: PrivateRowItem[]; list: RoomsListProps }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-redundant-roles -- as above
    <ul role="list" data-hr-space="private">
      {items.map((item) => (
        <PrivateRow
          key={item.id}
          item={item}
          active={item.id === list.activePrivate}
          href={list.privateHrefFor?.(item.id) ?? ""}
          onOpen={(id) => list.onOpenPrivate?.(id)}
        />
      ))}
    </ul>
  );
}

type CountedItem = Pick<RoomRowItem, "unread" | "muted"> & { mentions?: number };

interface SectionsProps {
  list: RoomsListProps;
  shown: Shown;
  typed: string;
  /** Nothing folds while a filter is on, nor in the rail, where the headings are lines. */
  canFold: boolean;
}

function Sections({ list, shown, typed, canFold }: SectionsProps) {
  const section = (name: SectionKey, title: string, items: CountedItem[], rows: ReactNode) => (
    <RoomsSection
      name={name}
      title={title}
      folded={Boolean(list.folded?.has(name))}
      fixed={!canFold}
      unread={sum(items.map((item) => (item.muted ? 0 : item.unread)))}
      mentions={sum(items.map((item) => (item.muted ? 0 : (item.mentions ?? 0))))}
      onFold={(key) => list.onFold?.(key)}
    >
      {rows}
    </RoomsSection>
  );
  const { rooms, privateChats, openRooms } = shown;
  if (typed && countOf(shown) === 0) return <p className="hr-rooms-note">{words.nothing(typed)}</p>;
  const mine = rooms.length > 0 ? <Rows items={rooms} list={list} /> : <p className="hr-rooms-note">{words.none}</p>;
  return (
    <>
      {(rooms.length > 0 || !typed) && section("rooms", words.mine, rooms, mine)}
      {privateChats.length > 0 &&
        section("private", words.privateChats, privateChats, <PrivateRows items={privateChats} list={list} />)}
      {openRooms.length > 0 && section("open", words.open, openRooms, <Rows items={openRooms} list={list} />)}
      {!typed && list.classCode && <div className="hr-rooms-code">{list.classCode}</div>}
    </>
  );
}

function Body(props: SectionsProps) {
  if (props.list.status === "loading") return <LoadingRows />;
  if (props.list.status === "error") return <Failed onRetry={props.list.onRetry} />;
  return <Sections {...props} />;
}

const firstRow = (list: HTMLElement | null) => list?.querySelector<HTMLElement>("li [data-stop]");

/** What was typed into the list, and the keys of the list. */
function useFilter(list: RoomsListProps) {
  const [typed, setTyped] = useState("");
  const scroll = useRef<HTMLDivElement>(null);
  const isLeaving = useRef(false);
  const toRow = () => firstRow(scroll.current);
  // The field goes with its last letter; whoever was in it goes on in the list, which is whole again by then.
  useLayoutEffect(() => {
    if (typed || !isLeaving.current || !scroll.current) return;
    isLeaving.current = false;
    const current = scroll.current.querySelector<HTMLElement>("[data-stop][aria-current]");
    (current ?? firstRow(scroll.current) ?? stopsOf(scroll.current).at(0))?.focus();
  }, [typed]);
  const filter = (next: string) => {
    isLeaving.current = !next;
    setTyped(next);
  };
  const press = (event: KeyboardEvent) => {
    const step = scroll.current && stepOf(scroll.current, event);
    if (!step || (step.kind === "clear" && !typed)) return;
    event.preventDefault();
    if (step.kind === "move") step.to.focus();
    else if (step.kind === "fold") {
      list.onFold?.(step.section);
      step.head.focus();
    } else if (step.kind === "type") setTyped(typed + step.letter);
    else filter("");
  };
  return { typed, scroll, filter, press, reset: () => setTyped(""), toRow };
}

export function RoomsList(props: RoomsListProps) {
  const nav = useRef<HTMLElement>(null);
  const isRail = useMediaQuery("(min-width: 768px) and (max-width: 991.98px)");
  const { typed, scroll, filter, press, reset, toRow } = useFilter(props);
  const list: RoomsListProps = {
    ...props,
    // Arrived: the whole list again.
    onOpen: (id) => (reset(), props.onOpen(id)),
    onOpenPrivate: (id) => (reset(), props.onOpenPrivate?.(id)),
  };
  const shown = filtered(list, typed);
  return (
    <nav ref={nav} className="hr-rooms" aria-label={words.nav}>
      <Top list={list} />
      {typed ? (
        <RoomsFilter
          value={typed}
          found={countOf(shown)}
          onChange={filter}
          onDown={() => toRow()?.focus()}
          onEnter={() => toRow()?.click()}
        />
      ) : (
        <JumpEntry onJump={list.onJump} />
      )}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of what it holds bubble up to it */}
      <div ref={scroll} className="hr-rooms-scroll" onKeyDown={press}>
        {!typed && <ThreadsRow threads={list.threads} />}
        <Body list={list} shown={shown} typed={typed} canFold={!typed && !isRail} />
      </div>
      <MeRow list={list} />
      <SideTip within={nav} />
    </nav>
  );
}
