// The main sheet with a room: its conversation for members, a way in for others, or what became of it.
import type { Me } from "@homeroom/protocol";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { ComposerHandle } from "../../features/messages/composer.tsx";
import { useTypeToFocus } from "../../features/messages/use-type-to-focus.ts";
import { MessageSkeletons } from "../../features/messages/log-lines.tsx";
import { roomPlace } from "../../features/messages/place.ts";
import { waitingIn } from "../../features/join-requests/join-requests.state.ts";
import { RoomHeader } from "../../features/rooms/room-header.tsx";
import {
  EmptyRoomState,
  GoneState,
  LoadErrorState,
  NotMemberState,
  RemovedState,
} from "../../features/rooms/room-states.tsx";
import { isMember, isModerator, type RoomState } from "../../features/rooms/rooms.state.ts";
import { askAgainAt } from "../../features/rooms/ask-phase.ts";
import { isRefusal } from "../../kit/failures.ts";
import { withdrawRequest } from "../actions/join-requests.ts";
import type { Client } from "../client.ts";
import { complain } from "../core.ts";
import { useNow } from "../use-now.ts";
import { forgetFate, loadRoom } from "../actions/rooms.ts";
import { ConversationComposer } from "../conversation/conversation-composer.container.tsx";
import { ConversationList, type ConversationListHandle } from "../conversation/conversation-list.container.tsx";
import { useConversation } from "../conversation/use-conversation.ts";
import { useMessageWays } from "../conversation/use-message-ways.ts";
import { useRoomClosed } from "../conversation/use-room-closed.ts";
import { Delayed } from "../../ui/delayed.tsx";
import type { Dialogs } from "../dialogs/dialogs.ts";
import { FocusHeading } from "../focus-heading.tsx";
import { backToRooms, type Panel, useRoute } from "../router.ts";
import { useApp, useClient } from "../store.ts";
import { useBackOnline } from "../use-back-online.ts";
import { PinnedBarContainer } from "./pinned-bar.container.tsx";
import { useFreshCard } from "./use-fresh-card.ts";
import { useRoomMenu } from "./use-room-menu.ts";

export interface RoomContainerProps {
  id: number;
  me: Me;
  dialogs: Dialogs;
  onPanel: (panel: Panel, message?: number) => void;
  joining: ReadonlySet<number>;
  onJoin: (id: number) => void;
}

interface RoomViewProps extends Pick<RoomContainerProps, "me" | "dialogs" | "onPanel"> {
  room: RoomState;
}

/** The root of the thread that is open beside the room. */
function useOpenThread(): number | null {
  const route = useRoute();
  return route.name === "room" && route.panel?.kind === "thread" ? route.panel.id : null;
}

function RoomView({ room, me, dialogs, onPanel }: RoomViewProps) {
  const waiting = useApp((state) => waitingIn(state.requests, room));
  const place = useMemo(() => roomPlace(room.id), [room.id]);
  const composer = useRef<ComposerHandle>(null);
  const list = useRef<ConversationListHandle>(null);
  const conversation = useConversation({ place, me, dialogs, composer, list });
  useTypeToFocus(composer);
  const { onReply, onEdit, onDelete } = conversation;
  const more = useMessageWays({ place, me, onPanel });
  return (
    <>
      <RoomHeader
        room={room}
        faces={[...(room.participants ?? [])]}
        requests={isModerator(room) ? waiting : 0}
        onBack={backToRooms}
        onMembers={() => onPanel({ kind: "members" })}
        onRequests={() => onPanel({ kind: "requests" })}
        onSearch={() => onPanel({ kind: "search" })}
        menu={useRoomMenu(room, me, dialogs)}
      />
      <PinnedBarContainer room={room} me={me} />
      <ConversationList
        ref={list}
        place={place}
        me={me}
        rights={{ canWrite: room.is_active, mayModerate: isModerator(room) }}
        onReply={onReply}
        onEdit={onEdit}
        onDelete={onDelete}
        more={more}
        rowProps={{ openId: useOpenThread() }}
        empty={<EmptyRoomState host={room.my_role === "host"} closed={!room.is_active} />}
      />
      <ConversationComposer
        isMain
        ref={composer}
        place={place}
        me={me}
        name={room.name}
        closed={useRoomClosed(room)}
        conversation={conversation}
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
  // A room that was here and is not any more was left, here or on another device: there is nothing to ask for.
  const [wasKnown, setKnown] = useState(false);
  if (room && !wasKnown) setKnown(true);
  const isUnknown = room === undefined && fate === undefined && !wasKnown;
  const fetchRoom = useCallback(() => {
    loadRoom(client, id).then(
      () => setFailed(false),
      () => setFailed(true),
    );
  }, [client, id]);
  useEffect(() => {
    if (needsPeople || isUnknown) fetchRoom();
  }, [needsPeople, isUnknown, fetchRoom]);
  useBackOnline(() => hasFailed && fetchRoom());
  useEffect(() => () => forgetFate(client, id), [client, id]);
  return { room, fate, hasFailed, isLeft: wasKnown && !room, retry: fetchRoom };
}

type StrangerProps = { room: RoomState } & Pick<RoomContainerProps, "dialogs" | "joining" | "onJoin">;

/** A room that I may know of and am not in. */
function Stranger({ room, dialogs, joining, onJoin }: StrangerProps) {
  const client = useClient();
  const now = useNow();
  const removed = useApp((state) => state.rooms.removed.includes(room.id));
  const [isWithdrawing, setWithdrawing] = useState(false);
  useFreshCard(room.id);
  const withdraw = async () => {
    setWithdrawing(true);
    await takeBack(client, room.id);
    setWithdrawing(false);
  };
  return (
    <>
      <RoomHeader room={room} onBack={backToRooms} menu={[]} />
      <NotMemberState
        room={room}
        removed={removed}
        busy={isWithdrawing || joining.has(room.id)}
        askAgainAt={askAgainAt(room.join_request, now)}
        onJoin={() => onJoin(room.id)}
        onAsk={() => dialogs.open({ kind: "ask", room })}
        onWithdraw={() => void withdraw()}
      />
    </>
  );
}

/** Where the request was decided over meanwhile, the room is shown as it is now. */
async function takeBack(client: Client, id: number): Promise<void> {
  try {
    await withdrawRequest(client, id);
  } catch (error) {
    if (isRefusal(error, "already_processed", "not_found")) await loadRoom(client, id).catch(() => undefined);
    else complain(client, error);
  }
}

export function RoomContainer({ id, me, dialogs, onPanel, joining, onJoin }: RoomContainerProps) {
  const { room, fate, hasFailed, isLeft, retry } = useRoom(id);
  if (fate && !isMember(room)) {
    const state =
      fate.kind === "removed" ? (
        <RemovedState
          roomName={fate.name}
          reason={fate.reason}
          onAsk={room && (() => dialogs.open({ kind: "ask", room }))}
          onBack={backToRooms}
        />
      ) : (
        <GoneState onBack={backToRooms} />
      );
    return <FocusHeading key={fate.kind}>{state}</FocusHeading>;
  }
  if (isLeft) {
    // Who leaves goes back to the list in a moment.
    return (
      <Delayed>
        <FocusHeading>
          <GoneState onBack={backToRooms} />
        </FocusHeading>
      </Delayed>
    );
  }
  if (!room) return hasFailed ? <LoadErrorState onRetry={retry} /> : <MessageSkeletons />;
  if (isMember(room)) return <RoomView key={id} room={room} {...{ me, dialogs, onPanel }} />;
  return <Stranger key={id} room={room} {...{ dialogs, joining, onJoin }} />;
}
