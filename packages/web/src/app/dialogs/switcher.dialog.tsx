// "Jump to", filled: my rooms (the last ones first), the people I write to, and what can be done from here.
import type { Me, SetupState, UserCard } from "@homeroom/protocol";
import { Keyboard, type LucideIcon, MessageSquareText, Plus, Search, UserRound, Users } from "lucide-react";
import type { ReactNode } from "react";
import { type Choice, QuickSwitcher } from "../../features/navigation/quick-switcher.tsx";
import { ranked } from "../../features/navigation/fuzzy.ts";
import { byName } from "../../features/rooms/room-order.ts";
import { callsMe, isMember, type RoomState } from "../../features/rooms/rooms.state.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Tile } from "../../ui/tile.tsx";
import { complain, type Core } from "../core.ts";
import { recentRooms } from "../recent.ts";
import { goTo, type Route } from "../router.ts";
import { openPrivate } from "../actions/private-threads.ts";
import { useApp, useClient } from "../store.ts";
import { whisperRule } from "../whisper.ts";
import type { Dialogs } from "./dialogs.ts";

const words = {
  rooms: "Rooms",
  people: "People",
  messages: "Messages",
  actions: "Do",
  unread: (count: number) => `${count > 99 ? "99+" : count} unread`,
  search: (query: string) => `Search messages for “${query}”`,
  newRoom: "New room",
  members: (room: string) => `Members of ${room}`,
  threads: "Threads",
  you: "Your profile",
  shortcuts: "Keyboard shortcuts",
};

const MOST_ROOMS = 8;
const MOST_PEOPLE = 5;

function roomChoices(query: string, rooms: readonly RoomState[]): Choice[] {
  return ranked(query, rooms, (room) => room.name)
    .slice(0, MOST_ROOMS)
    .map(({ item: room, match }) => ({
      key: `room-${room.id}`,
      group: words.rooms,
      label: room.name,
      ranges: match.ranges,
      face: <Tile id={room.id} name={room.name} />,
      hint: callsMe(room) ? words.unread(room.unread_count ?? 0) : undefined,
      run: () => goTo({ name: "room", id: room.id }),
    }));
}

/** What calls me first, then where I was last, then by name. */
function inOrder(rooms: readonly RoomState[], recent: readonly number[], openId: number | null): RoomState[] {
  const rank = (room: RoomState) => {
    const at = recent.indexOf(room.id);
    return at < 0 ? recent.length : at;
  };
  const later = (room: RoomState) => (callsMe(room) ? 0 : 1);
  return rooms
    .filter((room) => isMember(room) && room.id !== openId)
    .toSorted((a, b) => later(a) - later(b) || rank(a) - rank(b) || byName(a, b));
}

interface Person {
  card: UserCard;
  /** A room that we share. */
  room: RoomState;
}

/** Everybody whom the open pages know and whom I may write to, once. */
function peopleOf(rooms: readonly RoomState[], me: Me, school: SetupState | null): Person[] {
  const known = new Map<number, Person>();
  for (const room of rooms.filter(isMember)) {
    const mayWhisper = whisperRule(school, room, me);
    for (const card of room.participants ?? []) {
      if (mayWhisper(card) && !known.has(card.id)) known.set(card.id, { card, room });
    }
  }
  return [...known.values()];
}

function personChoices(core: Core, query: string, people: readonly Person[]): Choice[] {
  if (!query.trim()) return [];
  return ranked(query, people, ({ card }) => card.display_name)
    .slice(0, MOST_PEOPLE)
    .map(({ item: { card, room }, match }) => ({
      key: `person-${card.id}`,
      group: words.people,
      label: card.display_name,
      ranges: match.ranges,
      face: <Avatar id={card.id} name={card.display_name} staff={card.role !== "student"} size={24} />,
      hint: room.name,
      run: () => void openPrivate(core, { user_id: card.id, room_id: room.id }).catch((error) => complain(core, error)),
    }));
}

interface Deed {
  key: string;
  label: string;
  icon: LucideIcon;
  run: () => void;
}

const to = (route: Route) => () => goTo(route);

function deedsOf(me: Me, open: RoomState | undefined, dialogs: Dialogs): Deed[] {
  const room = open && isMember(open) ? open : undefined;
  return [
    ...(me.role === "student"
      ? []
      : [{ key: "new", label: words.newRoom, icon: Plus, run: () => dialogs.open({ kind: "create" }) }]),
    ...(room
      ? [
          {
            key: "members",
            label: words.members(room.name),
            icon: Users,
            run: to({ name: "room", id: room.id, panel: { kind: "members" } }),
          },
        ]
      : []),
    { key: "threads", label: words.threads, icon: MessageSquareText, run: to({ name: "threads" }) },
    { key: "you", label: words.you, icon: UserRound, run: to({ name: "you" }) },
    { key: "keys", label: words.shortcuts, icon: Keyboard, run: () => dialogs.open({ kind: "shortcuts" }) },
  ];
}

const choiceOf = (group: string, deed: Deed, ranges: Choice["ranges"]): Choice => ({
  key: deed.key,
  group,
  label: deed.label,
  ranges,
  face: (<Icon icon={deed.icon} />) as ReactNode,
  run: deed.run,
});

export function SwitcherDialog({ me, dialogs, onClose }: { me: Me; dialogs: Dialogs; onClose: () => void }) {
  const client = useClient();
  const byId = useApp((state) => state.rooms.byId);
  const school = useApp((state) => state.school);
  const openId = Number(/^\/rooms\/(\d+)/.exec(location.pathname)?.[1] ?? 0) || null;
  const open = openId === null ? undefined : byId[openId];
  const all = Object.values(byId);
  const rooms = inOrder(all, recentRooms(client), openId);
  const people = peopleOf(all, me, school);
  const deeds = deedsOf(me, open, dialogs);
  const choicesFor = (query: string): Choice[] => {
    const q = query.trim();
    const search: Deed = {
      key: "search",
      label: words.search(q),
      icon: Search,
      run: to({ name: "room", id: openId ?? 0, panel: { kind: "search", q } }),
    };
    return [
      ...roomChoices(query, rooms),
      ...personChoices(client, query, people),
      ...(q && open && isMember(open) ? [choiceOf(words.messages, search, [])] : []),
      ...(q
        ? ranked(query, deeds, (deed) => deed.label).map(({ item, match }) =>
            choiceOf(words.actions, item, match.ranges),
          )
        : []),
    ];
  };
  return <QuickSwitcher choicesFor={choicesFor} onClose={onClose} />;
}
