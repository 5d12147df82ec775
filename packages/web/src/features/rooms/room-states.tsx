// What stands in a room's place when there is no conversation to show: why, and what to do next.
import type { RoomCard } from "@homeroom/protocol";
import { Clock, RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { messageBoxId } from "../../ui/app-frame.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Icon } from "../../ui/icon.tsx";
import { laterTime } from "../../ui/time.ts";

/** In quotation marks, with one full stop and not two. */
function quote(text: string): string {
  return /[.!?…]$/.test(text) ? `“${text}”` : `“${text}”.`;
}

const words = {
  backToRooms: "Back to my rooms",
  tryAgain: "Try again",
  // Not "New room": that is the name of the button in the list, and a name means one thing.
  newRoom: "Make your first room",
  members: {
    title: "This room is for members",
    text: (room: string, host: string) => `${room} is led by ${host}. You can ask to be let in.`,
    ask: "Ask to join",
    askedTitle: "You asked to join",
    askedText: (host: string) => `${host} was told. The room opens for you after a yes.`,
    asked: "Asked",
    withdraw: "Withdraw",
    denied: (reason: string) => (reason ? `Not this time: ${quote(reason)}` : "Not this time."),
    again: (when: string) => `You can ask again ${when}.`,
  },
  open: {
    title: "You are not in this room yet",
    text: (room: string, count: number) => `${room} is open to everyone at school. ${count} people are in it.`,
    join: "Join",
    fullTitle: "This room is full",
    fullText: (max: number) => `All ${max} places are taken.`,
  },
  removed: {
    title: (room: string) => `You were removed from ${room}`,
    reason: (reason: string) => `The reason given: ${quote(reason)}`,
    text: "You can ask to come back.",
  },
  gone: { title: "There is no room here", text: "The link may be old, or the room was closed." },
  failed: {
    title: "The messages did not arrive",
    text: "The server did not answer. Nothing is lost, we just could not fetch it.",
  },
  down: {
    title: "Homeroom is not answering",
    text: "We try again every few seconds. If it stays like this, tell your school’s admin.",
    again: (seconds: number) => `Trying again in ${seconds} s`,
  },
  empty: { title: "It’s quiet in here", text: "Nobody has written yet. You can be the first to say hello." },
  ready: { title: "The room is ready", text: "Say what it is for, then let people in." },
  closed: { title: "It’s quiet in here", text: "Nobody wrote anything before the room was closed." },
  write: "Write a message",
  none: {
    title: "You are not in a room yet",
    text: "Join one from the list, or enter the code your teacher gave you.",
    staffText: "Join one from the list, or make one for your class.",
    refresh: "Look again",
  },
  nothing: { title: "Pick a room", text: "Your rooms are in the list." },
};

export interface NotMemberStateProps {
  room: RoomCard;
  busy: boolean;
  /** Asking again is possible from then on, after a no. */
  askAgainAt?: string | null;
  /** Was removed, and has to ask also where the room is open to everyone else. */
  removed?: boolean;
  onJoin: () => void;
  onAsk: () => void;
  /** Takes the request back. */
  onWithdraw: () => void;
}

/** No component of its own: whoever looks at it while the room opens keeps the focus on the one button there is. */
function openRoomState({ room, busy, onJoin }: NotMemberStateProps) {
  if (room.participant_count >= room.max_participants) {
    return <EmptyState spot="door" title={words.open.fullTitle} text={words.open.fullText(room.max_participants)} />;
  }
  const join = (
    <>
      {null}
      <Button variant="primary" busy={busy} onClick={onJoin}>
        {words.open.join}
      </Button>
    </>
  );
  const text = words.open.text(room.name, room.participant_count);
  return <EmptyState spot="door" title={words.open.title} text={text} actions={join} />;
}

/** A room one may know of and is not in, below its bar: joins, asks, waits, or says when one may ask again. */
export function NotMemberState(props: NotMemberStateProps) {
  const { room, busy, askAgainAt, removed = false, onAsk, onWithdraw } = props;
  const request = room.join_request;
  if (request?.status === "pending") {
    const asked = (
      <>
        <Badge tone="line">
          <Icon icon={Clock} size={14} />
          {words.members.asked}
        </Badge>
        <Button variant="outline-danger" busy={busy} onClick={onWithdraw}>
          {words.members.withdraw}
        </Button>
      </>
    );
    const text = words.members.askedText(room.host.display_name);
    return <EmptyState spot="door" title={words.members.askedTitle} text={text} actions={asked} />;
  }
  if (room.public && !removed) return openRoomState(props);
  // The button of before, with another name: whoever has just withdrawn keeps the focus.
  const ask = (
    <>
      {null}
      <Button variant="primary" busy={busy} onClick={onAsk}>
        {words.members.ask}
      </Button>
    </>
  );
  const denied = request?.status === "denied" ? `${words.members.denied(request.reason)} ` : "";
  const text = askAgainAt
    ? denied + words.members.again(laterTime(askAgainAt))
    : denied || (removed ? words.removed.text : words.members.text(room.name, room.host.display_name));
  const title = removed ? words.removed.title(room.name) : words.members.title;
  return <EmptyState spot="door" title={title} text={text} actions={askAgainAt ? undefined : ask} />;
}

export interface RemovedStateProps {
  roomName: string;
  reason?: string | null;
  /** Absent where a stranger may not know of the room. */
  onAsk?: (() => void) | undefined;
  onBack: () => void;
}

export function RemovedState({ roomName, reason, onAsk, onBack }: RemovedStateProps) {
  const text = [reason && words.removed.reason(reason), onAsk && words.removed.text].filter(Boolean).join(" ");
  const actions = (
    <>
      {onAsk && (
        <Button variant="primary" onClick={onAsk}>
          {words.members.ask}
        </Button>
      )}
      <Button onClick={onBack}>{words.backToRooms}</Button>
    </>
  );
  return <EmptyState level={1} alert spot="door" title={words.removed.title(roomName)} text={text} actions={actions} />;
}

/** Also for rooms that one may not know about. */
export function GoneState({ onBack }: { onBack: () => void }) {
  const back = <Button onClick={onBack}>{words.backToRooms}</Button>;
  return <EmptyState level={1} spot="search" title={words.gone.title} text={words.gone.text} actions={back} />;
}

export function LoadErrorState({ busy = false, onRetry }: { busy?: boolean; onRetry: () => void }) {
  const retry = (
    <Button variant="primary" icon={RotateCw} busy={busy} onClick={onRetry}>
      {words.tryAgain}
    </Button>
  );
  return <EmptyState alert spot="plug" title={words.failed.title} text={words.failed.text} actions={retry} />;
}

/** The very first load failed: there is no app to show around it. */
export function ServerDownState({ retryIn, onRetry }: { retryIn?: number; onRetry: () => void }) {
  const actions = (
    <>
      {retryIn !== undefined && <Badge tone="line">{words.down.again(retryIn)}</Badge>}
      <Button size="sm" onClick={onRetry}>
        {words.tryAgain}
      </Button>
    </>
  );
  return <EmptyState alert level={1} spot="plug" title={words.down.title} text={words.down.text} actions={actions} />;
}

export function EmptyRoomState({ host = false, closed = false }: { host?: boolean; closed?: boolean }) {
  if (closed) return <EmptyState spot="hello" title={words.closed.title} text={words.closed.text} />;
  const text = host ? words.ready : words.empty;
  const write = <Button onClick={() => document.getElementById(messageBoxId)?.focus()}>{words.write}</Button>;
  return <EmptyState spot="hello" title={text.title} text={text.text} actions={write} />;
}

export interface NoRoomYetStateProps {
  /** Left out for people who may not make rooms. */
  onNewRoom?: () => void;
  /** Fetches the list again. */
  onRefresh?: () => void;
  /** The field for a class code. */
  classCode?: ReactNode;
}

export function NoRoomYetState({ onNewRoom, onRefresh, classCode }: NoRoomYetStateProps) {
  const make = onNewRoom && (
    <Button variant="primary" onClick={onNewRoom}>
      {words.newRoom}
    </Button>
  );
  const refresh = onRefresh && <Button onClick={onRefresh}>{words.none.refresh}</Button>;
  const text = onNewRoom ? words.none.staffText : words.none.text;
  return (
    <EmptyState
      level={1}
      spot="door"
      title={words.none.title}
      text={text}
      actions={make ?? refresh}
      below={classCode}
    />
  );
}

export function NothingSelectedState() {
  return <EmptyState level={1} spot="hello" title={words.nothing.title} text={words.nothing.text} />;
}
