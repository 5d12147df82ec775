// The rooms list with what is live: counts, requests, drafts, the connection, ways in.
import type { Me, Room } from "@homeroom/protocol";
import { UserRound } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { settingsMenu } from "../features/accounts/settings-menu.ts";
import { pendingOf } from "../features/join-requests/join-requests.state.ts";
import { memberRow, strangerRow } from "../features/rooms/room-row-item.ts";
import { RoomsList } from "../features/rooms/rooms-list.tsx";
import { isMember, isModerator, type RoomState } from "../features/rooms/rooms.state.ts";
import type { Status } from "../kit/connection.ts";
import type { MenuItem } from "../ui/menu.tsx";
import { getThemeSetting, setThemeSetting } from "../ui/theme.ts";
import { openRoom } from "./actions/messages.ts";
import { loadRooms } from "./actions/rooms.ts";
import { signOut } from "./actions/session.ts";
import { complain } from "./core.ts";
import type { Dialogs } from "./dialogs/dialogs.ts";
import { goTo, hrefOf } from "./router.ts";
import { useApp, useAppShallow, useClient } from "./store.ts";

const words = { account: "Your account" };

export interface RoomsListContainerProps {
  me: Me;
  activeRoom: number | null;
  dialogs: Dialogs;
  /** Rooms that are being joined. */
  joining: ReadonlySet<number>;
  onJoin: (id: number) => void;
}

const isWhole = (room: RoomState): room is RoomState & Room => isMember(room) && room.epoch !== undefined;
const byName = (a: RoomState, b: RoomState) => a.name.localeCompare(b.name, undefined, { numeric: true });

function useRows(me: Me, joining: ReadonlySet<number>) {
  const byId = useApp((state) => state.rooms.byId);
  const requests = useApp((state) => state.requests);
  const drafted = useAppShallow((state) => Object.keys(state.drafts).filter((id) => state.drafts[Number(id)]?.trim()));
  return useMemo(() => {
    const sorted = Object.values(byId).toSorted(byName);
    const drafts = new Set(drafted.map(Number));
    const rooms = sorted.filter(isWhole).map((room) => {
      const waiting = isModerator(room) ? pendingOf(requests, room.id).length : 0;
      return memberRow(room, me, { draft: drafts.has(room.id), ...(waiting > 0 && { requests: waiting }) });
    });
    const openRooms = sorted.filter((room) => !isMember(room)).map((room) => strangerRow(room, joining.has(room.id)));
    return { rooms, openRooms };
  }, [byId, requests, drafted, me, joining]);
}

const shownAs = (status: Status): "connected" | "connecting" | "offline" => {
  if (status === "online") return "connected";
  return status === "offline" || status === "signed-out" ? "offline" : "connecting";
};

function useSettings(dialogs: Dialogs): MenuItem[] {
  const client = useClient();
  const [theme, setTheme] = useState(getThemeSetting);
  const account: MenuItem = {
    key: "account",
    label: words.account,
    icon: UserRound,
    onSelect: () => dialogs.open({ kind: "account" }),
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

export function RoomsListContainer({ me, activeRoom, dialogs, joining, onJoin }: RoomsListContainerProps) {
  const client = useClient();
  const schoolName = useApp((state) => state.school?.school_name ?? null);
  const isLoaded = useApp((state) => state.rooms.isLoaded);
  const hasFailed = useApp((state) => state.roomsFailed);
  const connection = useApp((state) => shownAs(state.connection.status));
  const settings = useSettings(dialogs);
  const { rooms, openRooms } = useRows(me, joining);
  const ask = (id: number) => {
    const room = client.store.getState().rooms.byId[id];
    if (room) dialogs.open({ kind: "ask", room });
  };
  const hint = useHint();
  return (
    <RoomsList
      schoolName={schoolName}
      me={me}
      connection={connection}
      status={isLoaded ? "ready" : hasFailed ? "error" : "loading"}
      rooms={rooms}
      openRooms={openRooms}
      activeRoom={activeRoom}
      hrefFor={(id) => hrefOf({ name: "room", id })}
      onOpen={(id) => goTo({ name: "room", id })}
      onJoin={onJoin}
      onAsk={ask}
      onHint={hint}
      onNewRoom={me.role === "student" ? undefined : () => dialogs.open({ kind: "create" })}
      onRetry={() => void loadRooms(client)}
      settings={settings}
    />
  );
}

/** Somebody looks at a room: its messages are fetched before the click. */
function useHint(): (id: number) => void {
  const client = useClient();
  return useCallback(
    (id: number) => {
      if (isMember(client.store.getState().rooms.byId[id])) void openRoom(client, id);
    },
    [client],
  );
}
