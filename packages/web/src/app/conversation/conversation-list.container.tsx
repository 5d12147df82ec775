// The messages of a place: rows from the state, history on demand, the read mark, jumps.
import type { Me } from "@homeroom/protocol";
import {
  type ReactNode,
  type Ref,
  type RefObject,
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from "react";
import { MessageSkeletons } from "../../features/messages/log-lines.tsx";
import type { Allowed } from "../../features/messages/list-row.tsx";
import { MessageList, type MessageListHandle, type MessageListProps } from "../../features/messages/message-list.tsx";
import { MessageLog } from "../../features/messages/message-log.tsx";
import type { MessageHandlers } from "../../features/messages/message-row.tsx";
import { type Place, placeKey } from "../../features/messages/place.ts";
import { countNewer, type ListedMessage, rowsOf } from "../../features/messages/rows.ts";
import { findMessage, firstSeq, type MessageItem, type Timeline } from "../../features/messages/timeline.state.ts";
import { LoadErrorState } from "../../features/rooms/room-states.tsx";
import { Announcer } from "../../ui/announcer.tsx";
import { classNames } from "../../ui/class-names.ts";
import { loadNewer, loadOlder, openPlace, standingIn } from "../actions/history.ts";
import { markAllRead } from "../actions/reading.ts";
import { addToast } from "../core.ts";
import { forgetMessage } from "../router.ts";
import { useApp, useClient } from "../store.ts";
import { useBackOnline } from "../use-back-online.ts";
import { keepPlace, keptPlace } from "./kept-places.ts";
import { look, readsEnd } from "./long-view.ts";
import { useAnnouncement } from "./use-announcement.ts";
import { useFiles } from "./use-files.tsx";
import { rowKeyOf, useEnd, useJump, useJumpToUnread } from "./use-jump.ts";
import { useAllowed, useHandlers } from "./use-list-handlers.ts";
import { useNewLine } from "./use-new-line.ts";
import { useReacting } from "./use-reacting.tsx";
import { useReadMark } from "./use-read-mark.ts";
import { useRouteTarget } from "./use-route-target.ts";
import { useSendState, useUnsent } from "./use-unsent.ts";

const words = { messages: "Messages", notThere: "This message is not there any more, or not for you to see." };

export interface ConversationListHandle {
  /** After sending: the end comes into view. */
  showEnd(): void;
  /** The oldest unread comes into the upper third. */
  showUnread(): void;
  markAllRead(): void;
}

/** What one may do in the place with messages of others and one's own. */
export interface Rights {
  canWrite: boolean;
  mayModerate: boolean;
}

export interface ConversationListProps {
  /** The same object while the place is the same. */
  place: Place;
  me: Me;
  /** The log's name; "Messages" in a room. */
  label?: string;
  rights: Rights;
  onReply: (message: MessageItem) => void;
  onEdit: (message: MessageItem) => void;
  onDelete: (message: MessageItem) => void;
  /** Handlers of other features; one stable object. */
  more?: Partial<MessageHandlers<ListedMessage>>;
  /** What other features allow with a message, beside what is worked out here; one stable function. */
  allow?: ((message: ListedMessage) => Partial<Allowed>) | undefined;
  /** What other features tell the rows. */
  rowProps?: Pick<MessageListProps, "openId" | "bubbles">;
  /** Above the first message, in the log. */
  head?: ReactNode;
  /** When that was written: a day is said where it changes. */
  headAt?: string | undefined;
  /** What stands there while nothing was written. */
  empty: ReactNode;
  /** What stands there when there is no such place, or it is not for this person. */
  gone?: ReactNode;
  ref?: Ref<ConversationListHandle>;
}

const NO_ITEMS: Timeline["items"] = [];

/** Fetches what the place begins with; whoever comes back to its middle finds it as it was. */
function useOpening(place: Place, timeline: Timeline | undefined, target: number | null): void {
  const client = useClient();
  const needsPage = !timeline?.isLoaded;
  useEffect(() => {
    // A message to open at brings a page of its own.
    if (needsPage && target === null) void openPlace(client, place);
  }, [client, place, needsPage, target]);
  useBackOnline(() => {
    const loads = client.store.getState().messages.loads[placeKey(place)];
    if (loads?.first === "failed") void openPlace(client, place);
    if (loads?.older === "failed") void loadOlder(client, place);
  });
  useEffect(() => look(client, place), [client, place]);
}

/** Opens at a message: it is fetched, centred and lit up; where it is gone, the place opens as ever. */
function useTarget(place: Place, target: number | null, jumpTo: (id: number) => Promise<boolean>): void {
  const client = useClient();
  useEffect(() => {
    if (!target) return;
    let isStale = false;
    const show = async () => {
      const isThere = await jumpTo(target);
      if (isStale) return;
      if (!isThere) {
        addToast(client, { tone: "info", text: words.notThere });
        await openPlace(client, place);
      }
      forgetMessage();
    };
    void show();
    return () => {
      isStale = true;
    };
  }, [client, place, target, jumpTo]);
}

/** How far down anybody has looked since the place was opened: what lies below is "new" to the pill. */
function useSeen(place: Place, report: (seq: number) => void) {
  const client = useClient();
  const [seen, setSeen] = useState(0);
  const onSeen = useCallback(
    (seq: number, atEnd: boolean) => {
      setSeen((before) => Math.max(before, seq));
      report(seq);
      if (atEnd) readsEnd(client, place);
    },
    [client, place, report],
  );
  return { seen, onSeen };
}

const MOVES = ["wheel", "touchmove", "keydown"] as const;

/** The reader scrolls; not the list by itself. */
function useMoved(box: RefObject<HTMLDivElement | null>, moved: () => void): void {
  useEffect(() => {
    const element = box.current;
    for (const event of MOVES) element?.addEventListener(event, moved, { passive: true });
    return () => {
      for (const event of MOVES) element?.removeEventListener(event, moved);
    };
  }, [box, moved]);
}

function Waiting({ label, hasFailed, onRetry }: { label: string; hasFailed: boolean; onRetry: () => void }) {
  if (hasFailed) return <LoadErrorState onRetry={onRetry} />;
  // In the list's own frame, so that the box below stands where it will stay.
  return (
    <MessageLog label={label}>
      <div className="hr-log-col">
        <MessageSkeletons />
      </div>
    </MessageLog>
  );
}

/** Where the newest page begins after the mark, the line is not above that page but further up. */
const holds = (timeline: Timeline | undefined, after: number | null): boolean =>
  after !== null && timeline !== undefined && (timeline.atStart || firstSeq(timeline) <= after + 1);

function useList(props: ConversationListProps, list: RefObject<MessageListHandle | null>) {
  const { place, me, ref } = props;
  const client = useClient();
  const target = useRouteTarget(place);
  const timeline = useApp((state) => state.messages.timelines[placeKey(place)]);
  useOpening(place, timeline, target);
  const items = timeline?.items ?? NO_ITEMS;
  const mine = useUnsent(place, me, timeline);
  const newLine = useNewLine(place, timeline, me);
  const from = timeline?.atStart ? props.headAt : undefined;
  const newAfter = holds(timeline, newLine.after) ? newLine.after : null;
  const rows = useMemo(
    () => rowsOf({ items, unsent: mine, meId: me.id, newAfter, from }),
    [items, mine, me.id, newAfter, from],
  );
  const { flashId, jumpTo } = useJump({ place, me, list });
  const toUnread = useJumpToUnread({ place, me, list }, newLine.after);
  const toEnd = useEnd({ place, me, list });
  useTarget(place, target, jumpTo);
  const mark = useReadMark(place);
  const { seen, onSeen } = useSeen(place, mark.seen);
  const reacting = useReacting({ place, me, ...props.rights });
  const handlers = useHandlers(props, jumpTo, reacting.handlers);
  const allowed = useAllowed(props, reacting.allow);
  const sendState = useSendState();
  useImperativeHandle(
    ref,
    () => ({ showEnd: () => toEnd(true), showUnread: toUnread, markAllRead: () => markAllRead(client, place) }),
    [client, place, toEnd, toUnread],
  );
  const aimed = target === null ? undefined : findMessage(timeline, target);
  // Where the list begins when it is drawn for the first time.
  const startAt = aimed ? rowKeyOf(aimed, me) : newLine.after === null ? null : "new";
  const view = { startAt, timeline, items, mine, rows, newLine, seen, mark };
  return { ...view, reacting, flashId, toEnd, toUnread, onSeen, handlers, allowed, sendState };
}

export function ConversationList(props: ConversationListProps) {
  const { place, me, label = words.messages, head, empty } = props;
  const client = useClient();
  const list = useRef<MessageListHandle>(null);
  const view = useList(props, list);
  const { timeline, items, mine, rows, newLine, seen, toEnd } = view;
  const loads = useApp((state) => state.messages.loads[placeKey(place)]);
  const unread = useApp((state) => standingIn(state, place).unread);
  const { filesOf, lightbox } = useFiles();
  const isThread = place.kind === "replies";
  const { isLoaded = false, atEnd = false } = timeline ?? {};
  const announcement = useAnnouncement(items, { isLoaded, atEnd, meId: me.id, isThread });
  const box = useRef<HTMLDivElement>(null);
  useMoved(box, view.mark.moved);
  const { clear } = newLine;
  const markRead = useCallback(() => markAllRead(client, place), [client, place]);
  const jumpToEnd = useCallback(() => toEnd(), [toEnd]);
  const onOlder = useCallback(() => void loadOlder(client, place), [client, place]);
  const onNewer = useCallback(() => void loadNewer(client, place), [client, place]);

  const isWaiting = !timeline?.isLoaded && mine.length === 0;
  // Comings and goings alone are no conversation.
  const isEmpty = timeline?.atStart === true && !rows.some((row) => row.kind === "message");
  if (isWaiting) {
    const retry = () => void openPlace(client, place);
    if (loads?.first === "gone" && props.gone) return props.gone;
    const hasFailed = loads?.first === "failed" || loads?.first === "gone";
    return <Waiting label={label} hasFailed={hasFailed} onRetry={retry} />;
  }
  if (isEmpty) {
    return (
      <MessageLog label={label}>
        {head && <div className="hr-log-col">{head}</div>}
        {empty}
      </MessageLog>
    );
  }
  return (
    <div ref={box} className={classNames("hr-contents", isThread && "is-thread")}>
      <MessageList
        ref={list}
        label={label}
        head={head}
        rows={rows}
        hasOlder={timeline ? !timeline.atStart && timeline.isLoaded : false}
        hasNewer={timeline ? !timeline.atEnd : false}
        olderFailed={loads?.older === "failed"}
        place={view.startAt === null ? keptPlace(client, place) : null}
        startAt={view.startAt}
        handlers={view.handlers}
        allowed={view.allowed}
        sendState={view.sendState}
        flashId={view.flashId}
        reader={view.reacting.reader}
        heldId={view.reacting.heldId}
        filesOf={filesOf}
        {...props.rowProps}
        newCount={newLine.after === null ? 0 : Math.max(unread, countNewer(items, newLine.after, me.id))}
        onJumpNew={view.toUnread}
        onMarkRead={markRead}
        newer={timeline?.atEnd ? countNewer(items, seen, me.id) : unread}
        onOlder={onOlder}
        onNewer={onNewer}
        onJump={jumpToEnd}
        onEscape={clear}
        onSeen={view.onSeen}
        onLeave={(left) => keepPlace(client, place, left)}
      />
      <Announcer text={announcement} />
      {view.reacting.picker}
      {lightbox}
    </div>
  );
}
