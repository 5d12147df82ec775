// The open room's messages: rows from the state, history on demand, the read mark, jumps.
import type { Me } from "@homeroom/protocol";
import {
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { MessageSkeletons } from "../../features/messages/log-lines.tsx";
import { type Allowed, MessageList, type MessageListHandle } from "../../features/messages/message-list.tsx";
import { MessageLog } from "../../features/messages/message-log.tsx";
import type { MessageHandlers } from "../../features/messages/message-row.tsx";
import { countNewer, type ListedMessage, markByCount, rowsOf } from "../../features/messages/rows.ts";
import { findMessage, type MessageItem, type Timeline } from "../../features/messages/timeline.state.ts";
import { EmptyRoomState, LoadErrorState } from "../../features/rooms/room-states.tsx";
import { isModerator, mentionsMe, type RoomState } from "../../features/rooms/rooms.state.ts";
import { Announcer } from "../../ui/announcer.tsx";
import {
  discard,
  leaveView,
  loadNewer,
  loadOlder,
  openRoom,
  requeue,
  setDraft,
  showEnd,
  showMessage,
} from "../actions/messages.ts";
import type { Client } from "../client.ts";
import { useApp, useClient } from "../store.ts";
import { keepPlace, placeOf } from "./places.ts";
import { useAnnouncement } from "./use-announcement.ts";
import { useReadMark } from "./use-read-mark.ts";
import { useSendState, useUnsent } from "./use-unsent.ts";

export interface RoomListHandle {
  /** After sending: the "new" line goes, the end comes into view. */
  showEnd(): void;
}

export interface MessageListContainerProps {
  room: RoomState;
  me: Me;
  onReply: (message: MessageItem) => void;
  onEdit: (message: MessageItem) => void;
  onDelete: (message: MessageItem) => void;
  ref?: Ref<RoomListHandle>;
}

const FLASH_MS = 1_500;
const NO_ITEMS: Timeline["items"] = [];
const rowKeyOf = (message: MessageItem, me: Me) =>
  message.sender.id === me.id && message.client_id ? `c${message.client_id}` : `m${message.id}`;

/** Where the "new" line stands: placed once, when the room's first page is here; null for nowhere. */
function useNewLine(room: RoomState, timeline: Timeline | undefined, me: Me) {
  const [mark, setMark] = useState<number | null>();
  if (mark === undefined && timeline?.isLoaded) {
    const unread = room.unread_count ?? 0;
    setMark(unread > 0 ? (room.read ?? markByCount(timeline.items, unread, me.id)) : null);
  }
  return { mark: mark ?? null, isPlaced: mark !== undefined, clear: useCallback(() => setMark(null), []) };
}

type Stored = (message: MessageItem) => void;
const stored = (run: Stored) => (message: ListedMessage) => {
  if (message.id !== null) run(message);
};
const unsent = (run: (client_id: string, text: string) => void) => (message: ListedMessage) => {
  if (message.id === null) run(message.client_id, message.content);
};

/** Words that were not sent go back into the message box, after what stands there. */
function reclaim(client: Client, room: number, client_id: string, text: string): void {
  const draft = client.store.getState().drafts[room] ?? "";
  setDraft(client, room, draft ? `${draft}\n${text}` : text);
  discard(client, client_id);
}

function useHandlers(props: MessageListContainerProps, onQuoteJump: (id: number) => void) {
  const client = useClient();
  const { room, onReply, onEdit, onDelete } = props;
  return useMemo<MessageHandlers<ListedMessage>>(
    () => ({
      onReply: stored(onReply),
      onEdit: stored(onEdit),
      onDelete: stored(onDelete),
      onCopy: (message) => void navigator.clipboard?.writeText(message.content),
      onRetry: unsent((id) => requeue(client, id)),
      onDiscard: unsent((id) => discard(client, id)),
      onReclaim: unsent((id, text) => reclaim(client, room.id, id, text)),
      onQuoteJump,
    }),
    [client, room.id, onReply, onEdit, onDelete, onQuoteJump],
  );
}

function useAllowed(room: RoomState, me: Me) {
  const canWrite = room.is_active;
  const mayModerate = isModerator(room);
  return useCallback(
    (message: ListedMessage): Allowed => {
      const isStored = message.id !== null && !message.deleted && canWrite;
      const isMine = message.sender.id === me.id;
      return {
        canReply: isStored,
        canEdit: isStored && isMine,
        canDelete: isStored && (isMine || mayModerate),
        mentionsMe: !isMine && !message.deleted && mentionsMe(message.content, me),
      };
    },
    [canWrite, mayModerate, me],
  );
}

/** Goes to a message, loaded or not, and lets it light up. */
function useJump(room: number, me: Me, list: { current: MessageListHandle | null }) {
  const client = useClient();
  const [flashId, setFlashId] = useState<number | null>(null);
  useEffect(() => {
    if (flashId === null) return;
    const timer = setTimeout(() => setFlashId(null), FLASH_MS);
    return () => clearTimeout(timer);
  }, [flashId]);
  const jumpTo = useCallback(
    async (id: number) => {
      if (!(await showMessage(client, room, id))) return;
      const message = findMessage(client.store.getState().messages.timelines[room], id);
      // The rows of a page that has just come are drawn with the next frame.
      requestAnimationFrame(() => {
        if (message && list.current?.toRow(rowKeyOf(message, me))) setFlashId(id);
      });
    },
    [client, room, me, list],
  );
  return { flashId, jumpTo: useCallback((id: number) => void jumpTo(id), [jumpTo]) };
}

/** Shows the end now, and again when the newest page is there. */
function useEnd(room: number, list: { current: MessageListHandle | null }): (atOnce?: boolean) => void {
  const client = useClient();
  const [wish, setWish] = useState(0);
  useLayoutEffect(() => {
    if (wish > 0) list.current?.toEnd();
  }, [wish, list]);
  return useCallback(
    (atOnce = false) => {
      setWish((n) => n + 1);
      void showEnd(client, room, atOnce).then((hasMoved) => hasMoved && setWish((n) => n + 1));
    },
    [client, room],
  );
}

/** How far down anybody has looked since the room was opened: what lies below is "new" to the pill. */
function useSeen(room: number) {
  const report = useReadMark(room);
  const [seen, setSeen] = useState(0);
  const onSeen = useCallback(
    (seq: number) => {
      setSeen((before) => Math.max(before, seq));
      report(seq);
    },
    [report],
  );
  return { seen, onSeen };
}

export function MessageListContainer(props: MessageListContainerProps) {
  const { room, me, ref } = props;
  const client = useClient();
  const list = useRef<MessageListHandle>(null);
  const timeline = useApp((state) => state.messages.timelines[room.id]);
  const loads = useApp((state) => state.messages.loads[room.id]);
  const isKnown = timeline !== undefined;
  useEffect(() => {
    if (!isKnown || !client.store.getState().messages.timelines[room.id]?.isLoaded) void openRoom(client, room.id);
  }, [client, room.id, isKnown]);
  useEffect(
    () => () => {
      // Who comes back to the middle finds it as it was.
      if (placeOf(room.id)?.atEnd !== false) leaveView(client, room.id);
    },
    [client, room.id],
  );

  const items = timeline?.items ?? NO_ITEMS;
  const unsent = useUnsent(room.id, me, timeline);
  const newLine = useNewLine(room, timeline, me);
  const rows = useMemo(
    () => rowsOf({ items, unsent, meId: me.id, newAfter: newLine.mark }),
    [items, unsent, me.id, newLine.mark],
  );
  const { flashId, jumpTo } = useJump(room.id, me, list);
  const toEnd = useEnd(room.id, list);
  const { seen, onSeen } = useSeen(room.id);
  const handlers = useHandlers(props, jumpTo);
  const allowed = useAllowed(room, me);
  const sendState = useSendState();
  const announcement = useAnnouncement(items, timeline?.isLoaded ?? false, me.id);
  const { clear } = newLine;
  useImperativeHandle(ref, () => ({ showEnd: () => (clear(), toEnd(true)) }), [clear, toEnd]);
  const jumpToEnd = useCallback(() => toEnd(), [toEnd]);
  const onOlder = useCallback(() => void loadOlder(client, room.id), [client, room.id]);
  const onNewer = useCallback(() => void loadNewer(client, room.id), [client, room.id]);

  if (!timeline?.isLoaded && unsent.length === 0) {
    // In the list's own frame, so that the box below stands where it will stay.
    if (loads?.first !== "failed") {
      return (
        <MessageLog>
          <div className="hr-log-col">
            <MessageSkeletons />
          </div>
        </MessageLog>
      );
    }
    return <LoadErrorState onRetry={() => void openRoom(client, room.id)} />;
  }
  // Comings and goings alone are no conversation.
  if (timeline?.atStart && !rows.some((row) => row.kind === "message")) {
    return (
      <MessageLog>
        <EmptyRoomState host={room.my_role === "host"} closed={!room.is_active} />
      </MessageLog>
    );
  }
  return (
    <>
      <MessageList
        ref={list}
        rows={rows}
        hasOlder={timeline ? !timeline.atStart && timeline.isLoaded : false}
        hasNewer={timeline ? !timeline.atEnd : false}
        olderFailed={loads?.older === "failed"}
        place={newLine.mark === null ? placeOf(room.id) : null}
        startAt={newLine.mark === null ? null : "new"}
        handlers={handlers}
        allowed={allowed}
        sendState={sendState}
        flashId={flashId}
        newer={timeline?.atEnd ? countNewer(items, seen, me.id) : (room.unread_count ?? 0)}
        onOlder={onOlder}
        onNewer={onNewer}
        onJump={jumpToEnd}
        onEscape={clear}
        onSeen={onSeen}
        onLeave={(place) => keepPlace(room.id, place)}
      />
      <Announcer text={announcement} />
    </>
  );
}
