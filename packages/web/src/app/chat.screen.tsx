// The signed-in screen: rooms, the open room, a panel, dialogs.
import type { Me } from "@homeroom/protocol";
import { useCallback, useState } from "react";
import { GoneState, NoRoomYetState, NothingSelectedState } from "../features/rooms/room-states.tsx";
import { isMember, isModerator, type RoomState } from "../features/rooms/rooms.state.ts";
import { isRefusal } from "../kit/failures.ts";
import { AppFrame } from "../ui/app-frame.tsx";
import { joinRoom, loadRooms } from "./actions/rooms.ts";
import { ConnectionBarContainer } from "./connection-bar.container.tsx";
import { complain } from "./core.ts";
import { type Dialog, type Dialogs, DialogsContainer } from "./dialogs.tsx";
import { MembersContainer, RequestsContainer } from "./panels.container.tsx";
import { RoomContainer } from "./room/room.container.tsx";
import { RoomsListContainer } from "./rooms-list.container.tsx";
import { backTo, goTo, type PanelKind } from "./router.ts";
import { useApp, useClient } from "./store.ts";
import { usePageTitle } from "./use-page-title.ts";

const words = { rooms: "Rooms", members: "Members", requests: "Join requests", none: "No room is open" };

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
const useUnread = () =>
  useApp((state) => Object.values(state.rooms.byId).reduce((sum, room) => sum + (room.unread_count ?? 0), 0));

function Nothing({ me, dialogs, isUnknown }: { me: Me; dialogs: Dialogs; isUnknown: boolean }) {
  const client = useClient();
  const isLoaded = useApp((state) => state.rooms.isLoaded);
  const hasRooms = useApp((state) => Object.values(state.rooms.byId).some(isMember));
  if (isUnknown) return <GoneState onBack={() => goTo({ name: "rooms" }, { replace: true })} />;
  if (!isLoaded) return null;
  if (hasRooms) return <NothingSelectedState />;
  if (me.role === "student") return <NoRoomYetState onRefresh={() => void loadRooms(client)} />;
  return <NoRoomYetState onNewRoom={() => dialogs.open({ kind: "create" })} />;
}

interface PanelOptions {
  kind: PanelKind | null;
  room: RoomState | undefined;
  me: Me;
  dialogs: Dialogs;
  onClose: () => void;
}

function panelOf({ kind, room, me, dialogs, onClose }: PanelOptions) {
  if (!room || !isMember(room) || kind === null) return null;
  if (kind === "members") {
    const content = <MembersContainer room={room} me={me} dialogs={dialogs} onClose={onClose} />;
    return { label: words.members, content, onClose };
  }
  if (!isModerator(room)) return null;
  return { label: words.requests, content: <RequestsContainer room={room} onClose={onClose} />, onClose };
}

/** One panel at a time, of the open room; a step of the history of its own. */
function panelsOf(openId: number | null, kind: PanelKind | null) {
  if (openId === null) return { kind: null, show: () => {}, close: () => {} };
  const room = { name: "room" as const, id: openId };
  const close = () => backTo(room);
  const show = (next: PanelKind) =>
    next === kind ? close() : goTo({ ...room, panel: next }, { replace: kind !== null });
  return { kind, show, close };
}

function useDialogs() {
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const [dialogs] = useState<Dialogs>(() => ({ open: setDialog }));
  return { dialog, dialogs, close: () => setDialog(null) };
}

interface ChatProps {
  openId: number | null;
  openPanel: PanelKind | null;
  isUnknown: boolean;
}

function Chat({ me, openId, openPanel, isUnknown }: ChatProps & { me: Me }) {
  const { dialog, dialogs, close } = useDialogs();
  const panel = panelsOf(openId, openPanel);
  const { joining, onJoin } = useJoining(dialogs);
  const room = useApp((state) => (openId === null ? undefined : state.rooms.byId[openId]));
  const unread = useUnread();
  usePageTitle(room?.name ?? (openId === null ? words.rooms : null), unread);
  const side = panelOf({ kind: panel.kind, room, me, dialogs, onClose: panel.close });
  const ways = { dialogs, joining, onJoin };
  const isAlone = openId === null && !isUnknown;
  return (
    <>
      <AppFrame
        pane={side ? "panel" : isAlone ? "rooms" : "room"}
        connectionBar={<ConnectionBarContainer />}
        rooms={<RoomsListContainer me={me} activeRoom={openId} {...ways} />}
        mainLabel={room?.name ?? words.none}
        main={
          openId === null ? (
            <Nothing me={me} dialogs={dialogs} isUnknown={isUnknown} />
          ) : (
            <RoomContainer key={openId} id={openId} me={me} onPanel={panel.show} {...ways} />
          )
        }
        panel={side}
      />
      <DialogsContainer dialog={dialog} onClose={close} />
    </>
  );
}

export function ChatScreen(props: ChatProps) {
  const me = useApp((state) => state.me);
  return me && <Chat me={me} {...props} />;
}
