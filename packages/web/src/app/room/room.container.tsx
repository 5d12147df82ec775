// The main sheet with a room: its conversation for members, a way in for others, or what became of it.
import type { Me } from "@homeroom/protocol";
import { LogOut, Trash2 } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import type { ComposerHandle } from "../../features/messages/composer.tsx";
import { MessageSkeletons } from "../../features/messages/log-lines.tsx";
import type { MessageItem } from "../../features/messages/timeline.state.ts";
import { pendingOf } from "../../features/join-requests/join-requests.state.ts";
import { RoomHeader } from "../../features/rooms/room-header.tsx";
import { GoneState, LoadErrorState, NotMemberState, RemovedState } from "../../features/rooms/room-states.tsx";
import { isMember, isModerator, type RoomState } from "../../features/rooms/rooms.state.ts";
import type { MenuItem } from "../../ui/menu.tsx";
import { forgetFate, loadRoom } from "../actions/rooms.ts";
import type { Dialogs } from "../dialogs/dialogs.ts";
import { FocusHeading } from "../focus-heading.tsx";
import { backToRooms, type Panel } from "../router.ts";
import { useApp, useClient } from "../store.ts";
import { ComposerContainer, type Writing } from "./composer.container.tsx";
import { MessageListContainer, type RoomListHandle } from "./message-list.container.tsx";

const words = { leave: "Leave room", remove: "Delete room" };

export interface RoomContainerProps {
  id: number;
  me: Me;
  dialogs: Dialogs;
  onPanel: (panel: Panel) => void;
  joining: ReadonlySet<number>;
  onJoin: (id: number) => void;
}

function menuOf(room: RoomState, dialogs: Dialogs): MenuItem[] {
  if (room.my_role === "host") {
    const open = () => dialogs.open({ kind: "delete-room", room });
    return [{ key: "delete", label: words.remove, icon: Trash2, danger: true, onSelect: open }];
  }
  const open = () => dialogs.open({ kind: "leave", room });
  return [{ key: "leave", label: words.leave, icon: LogOut, danger: true, onSelect: open }];
}

/** My newest message that can still be changed. */
const lastOwn = (items: readonly { kind: string }[] | undefined, me: Me): MessageItem | undefined =>
  items?.findLast(
    (item): item is MessageItem =>
      item.kind === "message" && (item as MessageItem).sender.id === me.id && !(item as MessageItem).deleted,
  );

function RoomView({
  room,
  me,
  dialogs,
  onPanel,
}: Omit<RoomContainerProps, "id" | "joining" | "onJoin"> & { room: RoomState }) {
  const { store } = useClient();
  const waiting = useApp((state) => pendingOf(state.requests, room.id).length);
  const [writing, setWriting] = useState<Writing | null>(null);
  const composer = useRef<ComposerHandle>(null);
  const list = useRef<RoomListHandle>(null);
  // With a keyboard at hand one opens a room to write; a phone's would cover what there is to read.
  useEffect(() => {
    if (matchMedia("(pointer: fine)").matches) composer.current?.focus();
  }, []);
  const write = useCallback((next: Writing | null) => {
    setWriting(next);
    composer.current?.focus();
  }, []);
  const reply = useCallback((message: MessageItem) => write({ kind: "reply", message }), [write]);
  const edit = useCallback((message: MessageItem) => write({ kind: "edit", message, text: message.content }), [write]);
  const remove = useCallback((message: MessageItem) => dialogs.open({ kind: "delete-message", message }), [dialogs]);
  const editLast = () => {
    const last = lastOwn(store.getState().messages.timelines[room.id]?.items, me);
    if (last) edit(last);
  };
  return (
    <>
      <RoomHeader
        room={room}
        faces={[...(room.participants ?? [])]}
        requests={isModerator(room) ? waiting : 0}
        onBack={backToRooms}
        onMembers={() => onPanel({ kind: "members" })}
        onRequests={() => onPanel({ kind: "requests" })}
        menu={menuOf(room, dialogs)}
      />
      <MessageListContainer ref={list} room={room} me={me} onReply={reply} onEdit={edit} onDelete={remove} />
      <ComposerContainer
        ref={composer}
        room={room}
        me={me}
        writing={writing}
        onWriting={writing?.kind === "edit" ? setWriting : write}
        onEditLast={editLast}
        onSent={() => list.current?.showEnd()}
      />
    </>
  );
}

/** Fetches the room with its people, unless they are known and followed by events. */
function useRoom(id: number) {
  const client = useClient();
  const room = useApp((state) => state.rooms.byId[id]);
  const fate = useApp((state) => state.rooms.fates[id]);
  const [hasFailed, setFailed] = useState(false);
  const needsPeople = isMember(room) && !room?.participants;
  const isUnknown = room === undefined && fate === undefined;
  const fetchRoom = useCallback(() => {
    loadRoom(client, id).then(
      () => setFailed(false),
      () => setFailed(true),
    );
  }, [client, id]);
  useEffect(() => {
    if (needsPeople || isUnknown) fetchRoom();
  }, [needsPeople, isUnknown, fetchRoom]);
  useEffect(() => () => forgetFate(client, id), [client, id]);
  return { room, fate, hasFailed, retry: fetchRoom };
}

export function RoomContainer({ id, me, dialogs, onPanel, joining, onJoin }: RoomContainerProps) {
  const { room, fate, hasFailed, retry } = useRoom(id);
  if (fate && !isMember(room)) {
    const state =
      fate.kind === "removed" ? (
        <RemovedState roomName={fate.name} reason={fate.reason} onBack={backToRooms} />
      ) : (
        <GoneState onBack={backToRooms} />
      );
    return <FocusHeading key={fate.kind}>{state}</FocusHeading>;
  }
  if (!room) return hasFailed ? <LoadErrorState onRetry={retry} /> : <MessageSkeletons />;
  if (isMember(room)) return <RoomView key={id} room={room} me={me} dialogs={dialogs} onPanel={onPanel} />;
  return (
    <>
      <RoomHeader room={room} onBack={backToRooms} menu={[]} />
      <NotMemberState
        room={room}
        busy={joining.has(id)}
        askAgainAt={askAgainAt(room)}
        onJoin={() => onJoin(id)}
        onAsk={() => dialogs.open({ kind: "ask", room })}
      />
    </>
  );
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** After a no, a day has to pass. */
function askAgainAt({ join_request: request }: RoomState): string | null {
  if (request?.status !== "denied" || !request.processed_at) return null;
  const at = Date.parse(request.processed_at) + DAY_MS;
  return at > Date.now() ? new Date(at).toISOString() : null;
}
