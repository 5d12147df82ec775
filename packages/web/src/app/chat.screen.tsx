// The signed-in screen: rooms, the open room, a panel, dialogs.
import type { Me } from "@homeroom/protocol";
import { useCallback, useEffect, useMemo, useState } from "react";
import { GoneState, LoadErrorState, NoRoomYetState, NothingSelectedState } from "../features/rooms/room-states.tsx";
import { partnerOf } from "../features/private-threads/private-threads.state.ts";
import { isMember, type RoomState, unreadIn } from "../features/rooms/rooms.state.ts";
import { isRefusal } from "../kit/failures.ts";
import { AppFrame, type Pane } from "../ui/app-frame.tsx";
import { usePhone } from "../ui/use-media-query.ts";
import { joinRoom, loadRooms } from "./actions/rooms.ts";
import { ConnectionBarContainer } from "./connection-bar.container.tsx";
import { complain } from "./core.ts";
import type { Dialog, Dialogs } from "./dialogs/dialogs.ts";
import { DialogsContainer } from "./dialogs/dialogs.container.tsx";
import { part, PartBoundary } from "./part.tsx";
import { panelOf } from "./panels/panels.container.tsx";
import { RoomContainer } from "./room/room.container.tsx";
import { RoomsListContainer } from "./rooms-list.container.tsx";
import { takeCode } from "./pending-code.ts";
import { noteRoom } from "./recent.ts";
import { backTo, goTo, hrefOf, type Panel, type Route } from "./router.ts";
import { useApp, useClient } from "./store.ts";
import { usePageTitle } from "./use-page-title.ts";
import { usePhoneTabs } from "./use-phone-tabs.ts";
import { useShortcuts } from "./use-shortcuts.ts";

const ClassCode = part(() => import("./class-code.container.tsx").then((file) => file.ClassCodeContainer));
const Private = part(() => import("./private/private-chat.container.tsx").then((file) => file.PrivateChat));
const Threads = part(() => import("./threads/threads.container.tsx").then((file) => file.ThreadsScreen));
const You = part(() => import("./you/you.screen.tsx").then((file) => file.YouScreen));

const words = {
  rooms: "Rooms",
  threads: "Threads",
  private: "Private chats",
  you: "You",
  chat: (name: string) => `Private chat with ${name}`,
  none: "No room is open",
};

const titleOf = ({ name }: Route): string | null =>
  name === "rooms" || name === "threads" || name === "private" || name === "you" ? words[name] : null;

/** What the main sheet is called: the room, the other person of a private chat, or the section. */
function useTitle(route: Route, room: RoomState | undefined, me: Me): string | null {
  const partner = useApp(({ threads }) => {
    const thread = route.name === "private" && route.id !== undefined ? threads.byId[route.id] : undefined;
    return thread && partnerOf(thread, me.id).display_name;
  });
  if (room) return room.name;
  return partner === undefined ? titleOf(route) : words.chat(partner);
}

/** Joining from the list or from the room's own page; a room that wants to be asked says so. */
function useJoining(dialogs: Dialogs) {
  const client = useClient();
  const [joining, setJoining] = useState<ReadonlySet<number>>(new Set());
  const join = useCallback(
    async (id: number) => {
      setJoining((ids) => new Set(ids).add(id));
      try {
        await joinRoom(client, id);
        goTo({ name: "room", id });
      } catch (error) {
        const room = client.store.getState().rooms.byId[id];
        if (room && isRefusal(error, "kicked", "join_request_required")) dialogs.open({ kind: "ask", room });
        else complain(client, error);
      } finally {
        setJoining((ids) => new Set([...ids].filter((other) => other !== id)));
      }
    },
    [client, dialogs],
  );
  return { joining, onJoin: useCallback((id: number) => void join(id), [join]) };
}

/** All that is unread, for the browser's tab. */
const useUnread = () => useApp((state) => unreadIn(state.rooms));

function Nothing({ me, dialogs, isUnknown }: { me: Me; dialogs: Dialogs; isUnknown: boolean }) {
  const client = useClient();
  const isLoaded = useApp((state) => state.rooms.isLoaded);
  const hasRooms = useApp((state) => Object.values(state.rooms.byId).some(isMember));
  if (isUnknown) return <GoneState onBack={() => goTo({ name: "rooms" }, { replace: true })} />;
  if (!isLoaded) return null;
  if (hasRooms) return <NothingSelectedState />;
  if (me.role === "student") {
    const refresh = () => void loadRooms(client);
    // The field for a code comes with a file of its own; the rest waits for it, so that nothing jumps.
    return (
      <PartBoundary failed={<NoRoomYetState onRefresh={refresh} />}>
        <NoRoomYetState onRefresh={refresh} classCode={<ClassCode />} />
      </PartBoundary>
    );
  }
  return <NoRoomYetState onNewRoom={() => dialogs.open({ kind: "create" })} />;
}

/** One panel at a time, of the open room; a step of the history of its own. */
function panelSteps(route: Route, isPhone: boolean) {
  if (route.name !== "room") return { panel: null, show: () => {}, close: () => {} };
  const { id, panel = null } = route;
  const room = { name: "room" as const, id };
  // On phones one comes to a conversation from its list, and goes back there.
  const lists: Route[] = [{ name: "threads" }, { name: "private" }, { ...room, panel: { kind: "threads" } }];
  const close = () => backTo(room, ...(isPhone ? lists : []));
  const show = (next: Panel, message?: number) => {
    const at = message === undefined ? {} : { message };
    const isOpen = panel !== null && hrefOf({ ...room, panel }) === hrefOf({ ...room, panel: next, ...at });
    if (isOpen) close();
    else goTo({ ...room, panel: next, ...at }, { replace: panel !== null });
  };
  return { panel, show, close };
}

/** "Jump to" begins with the rooms that were open last. */
function useNotedRoom(room: RoomState | undefined): void {
  const client = useClient();
  const id = isMember(room) ? room?.id : undefined;
  useEffect(() => {
    if (id !== undefined) noteRoom(client, id);
  }, [client, id]);
}

function useDialogs() {
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const [dialogs] = useState<Dialogs>(() => ({ open: setDialog }));
  return { dialog, dialogs, close: () => setDialog(null) };
}

/** Which pane a phone shows. */
function paneOf(route: Route, hasPanel: boolean): Pane {
  if (hasPanel) return "panel";
  switch (route.name) {
    case "threads":
    case "you":
      return "section";
    case "private":
      return route.id === undefined ? "section" : "room";
    case "room":
    case "unknown":
      return "room";
    default:
      return "rooms";
  }
}

interface MainProps {
  me: Me;
  route: Route;
  dialogs: Dialogs;
  joining: ReadonlySet<number>;
  onJoin: (id: number) => void;
  onPanel: (panel: Panel, message?: number) => void;
}

/** What lies on the main sheet. */
function Main({ me, route, ...ways }: MainProps) {
  switch (route.name) {
    case "room":
      return <RoomContainer key={route.id} id={route.id} me={me} {...ways} />;
    case "you":
      return <You me={me} />;
    case "threads":
      return <Threads me={me} tab="rooms" />;
    case "private":
      return route.id === undefined ? (
        <Threads me={me} tab="private" />
      ) : (
        <Private key={route.id} id={route.id} me={me} dialogs={ways.dialogs} />
      );
    default:
      return <Nothing me={me} dialogs={ways.dialogs} isUnknown={route.name === "unknown"} />;
  }
}

/** The two tabs of the threads are one part: who goes from one to the other stays in it. */
const partOf = (route: Route) => (route.name === "private" && route.id === undefined ? "threads" : route.name);

/** A code that came with the address is offered as soon as somebody is signed in. */
function usePendingCode(dialogs: Dialogs): void {
  useEffect(() => {
    const code = takeCode();
    if (code !== null) dialogs.open({ kind: "class-code", code });
  }, [dialogs]);
}

function Chat({ me, route }: { me: Me; route: Route }) {
  const { dialog, dialogs, close } = useDialogs();
  const isPhone = usePhone();
  // The same functions while the address is the same: a new one would draw all messages anew.
  const steps = useMemo(() => panelSteps(route, isPhone), [route, isPhone]);
  const { joining, onJoin } = useJoining(dialogs);
  const openId = route.name === "room" ? route.id : null;
  const room = useApp((state) => (openId === null ? undefined : state.rooms.byId[openId]));
  const unread = useUnread();
  useShortcuts(route, dialogs);
  useNotedRoom(room);
  usePendingCode(dialogs);
  const title = useTitle(route, room, me);
  usePageTitle(title, unread);
  const side = steps.panel && room ? panelOf({ panel: steps.panel, room, me, dialogs, onClose: steps.close }) : null;
  const ways = { dialogs, joining, onJoin };
  const tabs = usePhoneTabs(route);
  return (
    <>
      <AppFrame
        pane={paneOf(route, side !== null)}
        connectionBar={<ConnectionBarContainer />}
        rooms={<RoomsListContainer me={me} activeRoom={openId} {...ways} />}
        mainLabel={(route.name === "rooms" ? null : title) ?? words.none}
        main={
          <PartBoundary key={partOf(route)} failed={<LoadErrorState onRetry={() => location.reload()} />}>
            <Main me={me} route={route} onPanel={steps.show} {...ways} />
          </PartBoundary>
        }
        panel={side}
        tabs={tabs}
      />
      <DialogsContainer dialog={dialog} me={me} dialogs={dialogs} onClose={close} />
    </>
  );
}

export function ChatScreen({ route }: { route: Route }) {
  const me = useApp((state) => state.me);
  return me && <Chat me={me} route={route} />;
}
