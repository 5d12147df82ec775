// One room as I see it: my numbers, its people, and what one event of its log makes of them. Pure.
import type { DurableFrame, Message, Participant, Room, RoomCard, RoomDetails } from "@homeroom/protocol";
import { changePeople } from "./people.state.ts";

/** A card, and for members the rest. */
export interface RoomState extends RoomCard, Partial<Omit<Room, keyof RoomCard>> {
  /** My read mark; unknown until the socket's hello or an answer names it. */
  readonly read?: number;
  readonly participants?: readonly Participant[];
  /** The seq that the people were fetched at: later events about them count, also where the rest of the room is newer. */
  readonly peopleAsOf?: number;
  /** The seq that the fetched numbers speak of; events above it have been counted here. */
  readonly asOf?: number;
  readonly counted?: readonly Counted[];
}

/** A message above the read mark that an event brought: a deletion takes back only what was counted. */
interface Counted {
  readonly seq: number;
  readonly unread: boolean;
  readonly mention: boolean;
}

const totals = (counted: readonly Counted[]) => ({
  unread_count: counted.filter((c) => c.unread).length,
  mention_count: counted.filter((c) => c.mention).length,
});

export const isMember = (room: RoomState | undefined): boolean => (room?.my_role ?? null) !== null;
export const isModerator = (room: RoomState | undefined): boolean =>
  room?.my_role === "host" || room?.my_role === "cohost";

/** What the server says is left above a mark. */
export interface Left {
  unread_count: number;
  mention_count: number;
}

/**
 * The read mark moved. At or above what was fetched, the events since say exactly what is left, whatever arrived
 * meanwhile; below it only the server knows.
 */
export function withRead(room: RoomState, seq: number, answer?: Left): RoomState {
  const counted = (room.counted ?? []).filter((c) => c.seq > seq);
  if (seq >= (room.asOf ?? 0) && seq >= (room.read ?? 0)) return { ...room, read: seq, counted, ...totals(counted) };
  return { ...room, ...answer, read: seq, counted };
}

export interface Viewer {
  id: number;
  username: string;
}

/** What a message adds to my numbers: others' words above my mark; replies in threads only if they mention me. */
function countOf(message: Message, me: Viewer, read: number): Counted | null {
  if (message.sender.id === me.id || message.deleted || message.seq <= read) return null;
  const unread = message.thread_root === null || message.also_in_room;
  const mention = mentionsMe(message.content, me);
  return unread || mention ? { seq: message.seq, unread, mention } : null;
}

/** The same numbers with one entry in place of another. */
function recount(room: RoomState, old: Counted | null, next: Counted | null): RoomState {
  const step = (key: "unread" | "mention") => (next?.[key] ? 1 : 0) - (old?.[key] ? 1 : 0);
  const others = (room.counted ?? []).filter((c) => c.seq !== (old ?? next)?.seq);
  return {
    ...room,
    unread_count: Math.max(0, (room.unread_count ?? 0) + step("unread")),
    mention_count: Math.max(0, (room.mention_count ?? 0) + step("mention")),
    counted: next ? [...others, next] : others,
  };
}

const onMessage = (room: RoomState, message: Message, me: Viewer): RoomState => {
  const isInTimeline = message.thread_root === null || message.also_in_room;
  const counted = recount(room, null, countOf(message, me, room.read ?? 0));
  return isInTimeline ? { ...counted, last_message: message } : counted;
};

const knownCount = (room: RoomState, seq: number): Counted | null => room.counted?.find((c) => c.seq === seq) ?? null;

const withLast = (room: RoomState, message: Message): RoomState =>
  room.last_message?.id === message.id ? { ...room, last_message: message } : room;

const onEdited = (room: RoomState, message: Message, me: Viewer): RoomState => {
  const old = knownCount(room, message.seq);
  // Whether a fetched message mentioned me before is not known here; the next fetch tells.
  if (!old && message.seq <= (room.asOf ?? 0)) return withLast(room, message);
  return withLast(recount(room, old, countOf(message, me, room.read ?? 0)), message);
};

const onDeleted = (room: RoomState, message: Message, me: Viewer): RoomState => {
  const isFetched = message.sender.id !== me.id && message.seq > (room.read ?? 0) && message.seq <= (room.asOf ?? 0);
  const unread = message.thread_root === null || message.also_in_room;
  // What was fetched as unread had not been deleted by then.
  const fetched = isFetched ? { seq: message.seq, unread, mention: false } : null;
  return withLast(recount(room, knownCount(room, message.seq) ?? fetched, null), message);
};

const NAME = /(?<![\p{L}\p{N}_])@([\p{L}\p{N}._-]{2,40})/gu;
const fold = (name: string) => name.normalize("NFKC").toUpperCase().toLowerCase().normalize("NFKC");

/** As the server finds names: a full stop after one ends the sentence. */
export function mentionsMe(content: string, me: Viewer): boolean {
  if (!content.includes("@")) return false;
  const mine = fold(me.username);
  for (const [, name = ""] of content.matchAll(NAME)) {
    if (fold(name) === mine || fold(name.replace(/[.-]+$/, "")) === mine) return true;
  }
  return false;
}

const onDetails = (room: RoomState, details: RoomDetails): RoomState => {
  // The viewer's own is null in an event and says nothing.
  const { my_role, join_request } = room;
  return { ...room, ...details, my_role, join_request };
};

/** My own role; `participant_count` is the server's, and goes on from where it was fetched. */
const withMine = (room: RoomState, id: number, role: Participant["room_role"], me: Viewer): RoomState =>
  id === me.id ? { ...room, my_role: role } : room;

const recounted = (room: RoomState, step: 1 | -1): RoomState => ({
  ...room,
  participant_count: Math.max(0, room.participant_count + step),
});

/** One event of its log. */
export function changed(room: RoomState, frame: DurableFrame, me: Viewer): RoomState {
  switch (frame.type) {
    case "chat_message":
      return onMessage(room, frame.message, me);
    case "message_edited":
      return "room" in frame.message ? onEdited(room, frame.message, me) : room;
    case "message_deleted":
      return "room" in frame.message ? onDeleted(room, frame.message, me) : room;
    case "user_joined":
      return withMine(recounted(room, 1), frame.user.id, "member", me);
    case "user_left":
      return recounted(room, -1);
    case "member_updated":
      return withMine(room, frame.user.id, frame.room_role, me);
    case "room_updated":
      return onDetails(room, frame.details);
    default:
      return room;
  }
}

/** The list of rooms is fetched without their people, and may be ahead of what was heard: the people follow by themselves. */
export function withPeople(room: RoomState, frame: DurableFrame): RoomState {
  if (frame.seq <= (room.peopleAsOf ?? 0)) return room;
  const participants = changePeople(room.participants, frame);
  return participants && participants !== room.participants ? { ...room, participants, peopleAsOf: frame.seq } : room;
}
