// The rooms list with what is live: counts, requests, drafts, private chats, the connection, ways in.
import type { Me, Room } from "@homeroom/protocol";
import { KeyRound, UserRound } from "lucide-react";
import { useMemo, useState } from "react";
import { settingsMenu } from "../features/accounts/settings-menu.ts";
import { waitingIn } from "../features/join-requests/join-requests.state.ts";
import { followedUnread } from "../features/messages/followed.state.ts";
import { listThreads, partnerOf } from "../features/private-threads/private-threads.state.ts";
import { byName } from "../features/rooms/room-order.ts";
import { memberRow, privateRow, strangerRow } from "../features/rooms/room-row-item.ts";
import { RoomsList } from "../features/rooms/rooms-list.tsx";
import { isMember, isModerator, type RoomState } from "../features/rooms/rooms.state.ts";
import type { Status } from "../kit/connection.ts";
import { roomKey, threadKey } from "../kit/logs.ts";
import { Button } from "../ui/button.tsx";
import type { MenuItem } from "../ui/menu.tsx";
import { getThemeSetting, setThemeSetting } from "../ui/theme.ts";
import { loadRooms } from "./actions/rooms.ts";
import { signOut } from "./actions/session.ts";
import { complain } from "./core.ts";
import type { Dialogs } from "./dialogs/dialogs.ts";
import { goTo, hrefOf, type Route, useRoute } from "./router.ts";
import { useApp, useAppShallow, useClient } from "./store.ts";
import { useFolds } from "./use-folds.ts";
import { useHint } from "./use-hint.ts";

const words = { account: "Your account", code: "Enter a class code" };

export interface RoomsListContainerProps {
  me: Me;
  activeRoom: number | null;
  dialogs: Dialogs;
  /** Rooms that are being joined. */
  joining: ReadonlySet<number>;
  onJoin: (id: number) => void;
}

const isWhole = (room: RoomState): room is RoomState & Room => isMember(room) && room.epoch !== undefined;

/** Where something was typed and not sent. */
function useDrafted(): ReadonlySet<string> {
  const drafted = useAppShallow((state) => [
    ...Object.entries(state.drafts).flatMap(([key, text]) => (text?.trim() ? [key] : [])),
    ...Object.entries(state.trays).flatMap(([key, { uploads }]) => (uploads.length > 0 ? [key] : [])),
  ]);
  return useMemo(() => new Set(drafted), [drafted]);
}

function useRooms(me: Me, joining: ReadonlySet<number>, drafted: ReadonlySet<string>) {
  const { byId, removed } = useApp((state) => state.rooms);
  const requests = useApp((state) => state.requests);
  return useMemo(() => {
    const sorted = Object.values(byId).toSorted(byName);
    const rooms = sorted.filter(isWhole).map((room) => {
      const waiting = isModerator(room) ? waitingIn(requests, room) : 0;
      return memberRow(room, me, { draft: drafted.has(roomKey(room.id)), ...(waiting > 0 && { requests: waiting }) });
    });
    const openRooms = sorted
      .filter((room) => !isMember(room))
      .map((room) => strangerRow(room, { busy: joining.has(room.id), removed: removed.includes(room.id) }));
    return { rooms, openRooms };
  }, [byId, removed, requests, drafted, me, joining]);
}

/** My private chats, the newest words first. */
function usePrivateChats(me: Me, drafted: ReadonlySet<string>) {
  const threads = useApp((state) => state.threads);
  const rooms = useApp((state) => state.rooms.byId);
  // Who else comes and goes is no reason to draw the list anew.
  const present = useAppShallow(({ threads: { byId }, live }) =>
    Object.fromEntries(
      Object.values(byId).map((thread) => [thread.id, live.presence[partnerOf(thread, me.id).id] ?? "offline"]),
    ),
  );
  return useMemo(
    () =>
      listThreads(threads).map((thread) => {
        const room = rooms[thread.room]?.name ?? "";
        const draft = drafted.has(threadKey(thread.id));
        return privateRow(thread, me, { room, presence: present[thread.id] ?? "offline", draft });
      }),
    [threads, rooms, present, drafted, me],
  );
}

const shownAs = (status: Status): "connected" | "connecting" | "offline" => {
  if (status === "online") return "connected";
  return status === "offline" || status === "signed-out" ? "offline" : "connecting";
};

function useSettings(): MenuItem[] {
  const client = useClient();
  const [theme, setTheme] = useState(getThemeSetting);
  const account: MenuItem = {
    key: "account",
    label: words.account,
    icon: UserRound,
    onSelect: () => goTo({ name: "you" }),
  };
  const rest = settingsMenu({
    theme,
    onTheme(next) {
      setThemeSetting(next);
      setTheme(next);
    },
    onSignOut: () => void signOut(client).catch((error: unknown) => complain(client, error)),
  });
  return [account, ...rest];
}

function useThreadsEntry(route: Route) {
  const unread = useApp((state) => followedUnread(state.followed));
  const openId = route.name === "room" ? route.id : 0;
  const isBeside = useApp((state) => isMember(state.rooms.byId[openId]));
  const to: Route = isBeside ? { name: "room", id: openId, panel: { kind: "threads" } } : { name: "threads" };
  const isSection = route.name === "threads" || (route.name === "private" && route.id === undefined);
  const active = isSection || (route.name === "room" && route.panel?.kind === "threads");
  return { href: hrefOf(to), active, unread, onOpen: () => goTo(to) };
}

/** A private chat opens beside its room; one whose room I have left is read on the main sheet. */
function usePrivateRoute() {
  const threads = useApp((state) => state.threads.byId);
  const rooms = useApp((state) => state.rooms.byId);
  return (id: number): Route => {
    const room = threads[id]?.room;
    return room === undefined || !isMember(rooms[room])
      ? { name: "private", id }
      : { name: "room", id: room, panel: { kind: "private", id } };
  };
}

function privateIn(route: Route): number | null {
  if (route.name === "private") return route.id ?? null;
  return route.name === "room" && route.panel?.kind === "private" ? route.panel.id : null;
}

function useWays(dialogs: Dialogs) {
  const client = useClient();
  const ask = (id: number) => {
    const room = client.store.getState().rooms.byId[id];
    if (room) dialogs.open({ kind: "ask", room });
  };
  const privateRoute = usePrivateRoute();
  return {
    hrefFor: (id: number) => hrefOf({ name: "room", id }),
    onOpen: (id: number) => goTo({ name: "room", id }),
    privateHrefFor: (id: number) => hrefOf(privateRoute(id)),
    onOpenPrivate: (id: number) => goTo(privateRoute(id)),
    onAsk: ask,
    onRetry: () => void loadRooms(client),
    onJump: () => dialogs.open({ kind: "switcher" }),
  };
}

export function RoomsListContainer({ me, activeRoom, dialogs, joining, onJoin }: RoomsListContainerProps) {
  const schoolName = useApp((state) => state.school?.school_name ?? null);
  const isLoaded = useApp((state) => state.rooms.isLoaded);
  const hasFailed = useApp((state) => state.roomsFailed);
  const connection = useApp((state) => shownAs(state.connection.status));
  const route = useRoute();
  const drafted = useDrafted();
  return (
    <RoomsList
      schoolName={schoolName}
      me={me}
      connection={connection}
      status={isLoaded ? "ready" : hasFailed ? "error" : "loading"}
      {...useRooms(me, joining, drafted)}
      privateChats={usePrivateChats(me, drafted)}
      activeRoom={activeRoom}
      activePrivate={privateIn(route)}
      {...useWays(dialogs)}
      {...useFolds(me.id)}
      threads={useThreadsEntry(route)}
      onJoin={onJoin}
      onHint={useHint()}
      onNewRoom={me.role === "student" ? undefined : () => dialogs.open({ kind: "create" })}
      settings={useSettings()}
      classCode={
        <Button size="sm" variant="light" icon={KeyRound} onClick={() => dialogs.open({ kind: "class-code" })}>
          {words.code}
        </Button>
      }
    />
  );
}
