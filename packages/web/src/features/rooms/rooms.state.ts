// The rooms that I see, as they are now: a pure function of what was fetched and of the events since.
import type {
  DurableFrame,
  Message,
  Participant,
  Room,
  RoomCard,
  RoomDetails,
  RoomWithParticipants,
  ServerFrame,
  ServerFrameOf,
} from "@homeroom/protocol";
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

/** What became of a room that somebody may be looking at. */
export type Fate = { kind: "removed"; name: string; reason: string | null } | { kind: "gone" };

export interface RoomsState {
  readonly byId: Readonly<Record<number, RoomState>>;
  readonly fates: Readonly<Record<number, Fate>>;
  /** The list has been fetched once. */
  readonly isLoaded: boolean;
}

export const noRooms: RoomsState = { byId: {}, fates: {}, isLoaded: false };

export const isMember = (room: RoomState | undefined): boolean => (room?.my_role ?? null) !== null;
export const isModerator = (room: RoomState | undefined): boolean =>
  room?.my_role === "host" || room?.my_role === "cohost";

type Fetched = Room | RoomCard | RoomWithParticipants;

const put = (state: RoomsState, room: RoomState): RoomsState => ({
  ...state,
  byId: { ...state.byId, [room.id]: room },
});

export const setFate = (state: RoomsState, id: number, fate: Fate): RoomsState => ({
  ...state,
  fates: { ...state.fates, [id]: fate },
});

export function clearFate(state: RoomsState, id: number): RoomsState {
  if (!(id in state.fates)) return state;
  const { [id]: _, ...fates } = state.fates;
  return { ...state, fates };
}

const patch = (state: RoomsState, id: number | undefined, change: (room: RoomState) => RoomState): RoomsState => {
  const room = id === undefined ? undefined : state.byId[id];
  if (!room) return state;
  const next = change(room);
  return next === room ? state : put(state, next);
};

export const dropRoom = (state: RoomsState, id: number): RoomsState => {
  if (!(id in state.byId)) return state;
  const { [id]: _, ...byId } = state.byId;
  return { ...state, byId };
};

/** Takes in one fetched room. What events have brought further than the answer stays. */
export function knowRoom(state: RoomsState, fetched: Fetched): RoomsState {
  const old = state.byId[fetched.id];
  if (!("last_seq" in fetched) || fetched.my_role === null) return put(state, fetched);
  const people = "participants" in fetched ? { peopleAsOf: fetched.last_seq } : {};
  const fresh = { ...fetched, ...people, read: old?.read, asOf: fetched.last_seq, counted: [] };
  if (!old?.epoch || old.epoch !== fetched.epoch) return put(state, fresh);
  if ((old.last_seq ?? 0) > fetched.last_seq) return state;
  return put(state, { ...old, ...fresh });
}

/** Takes in the whole list: what is not in it is not to be seen any more. */
export function knowRooms(state: RoomsState, fetched: readonly Fetched[]): RoomsState {
  const ids = new Set(fetched.map((room) => room.id));
  const kept = Object.values(state.byId).filter((room) => ids.has(room.id));
  const before = { ...state, byId: Object.fromEntries(kept.map((room) => [room.id, room])), isLoaded: true };
  return fetched.reduce(knowRoom, before);
}

/** I am out: what stays is the card, where a stranger may see it. */
export function leaveRoom(state: RoomsState, id: number): RoomsState {
  const room = state.byId[id];
  if (!room) return state;
  if (!room.is_active || !(room.public || room.discoverable)) return dropRoom(state, id);
  const { name, description, host, discoverable, is_active, participant_count, max_participants } = room;
  const card = { id, name, description, host, discoverable, is_active, participant_count, max_participants };
  return put(state, { ...card, public: room.public, my_role: null, join_request: null });
}

/** The same, against my will. Two frames tell it, in either order, and only one of them knows the reason. */
const removedFrom = (state: RoomsState, id: number, reason = ""): RoomsState => {
  const old = state.fates[id];
  const told = old?.kind === "removed" ? old : null;
  const name = state.byId[id]?.name ?? told?.name ?? "";
  return setFate(leaveRoom(state, id), id, { kind: "removed", name, reason: reason || (told?.reason ?? null) });
};

/**
 * The read mark moved. At or above what was fetched, the events since say exactly what is left, whatever arrived
 * meanwhile; below it only the server knows.
 */
export const moveRead = (
  state: RoomsState,
  id: number,
  seq: number,
  answer?: { unread_count: number; mention_count: number },
) =>
  patch(state, id, (room) => {
    const counted = (room.counted ?? []).filter((c) => c.seq > seq);
    if (seq >= (room.asOf ?? 0) && seq >= (room.read ?? 0)) {
      return { ...room, read: seq, counted, ...totals(counted) };
    }
    return { ...room, ...answer, read: seq, counted };
  });

/** Takes in the read marks of a new socket. */
export const greetRooms = (state: RoomsState, hello: ServerFrameOf<"hello">): RoomsState =>
  hello.logs.reduce(
    (rooms, log) => patch(rooms, log.room, (room) => (room.read === log.read ? room : { ...room, read: log.read })),
    state,
  );

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

function change(room: RoomState, frame: DurableFrame, me: Viewer): RoomState {
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

/**
 * One event of a room's log, in its order. An event that the fetched room already shows changes nothing.
 * @param isMyEnd the event says that I left, and I am not back
 */
export function applyRoomEvent(state: RoomsState, frame: DurableFrame, me: Viewer, isMyEnd: boolean): RoomsState {
  if (frame.room === undefined) return state;
  const room = state.byId[frame.room];
  if (!room?.epoch) return state;
  if (frame.seq <= (room.last_seq ?? 0)) return putPeople(state, room, frame);
  if (frame.type === "room_deleted") return setFate(dropRoom(state, room.id), room.id, { kind: "gone" });
  if (isMyEnd && frame.type === "user_left") {
    return frame.kicked ? removedFrom(state, room.id) : leaveRoom(state, room.id);
  }
  const next = { ...change(room, frame, me), last_seq: frame.seq };
  return putPeople(put(state, next), next, frame);
}

/** The list of rooms is fetched without their people, and may be ahead of what was heard: the people follow by themselves. */
function putPeople(state: RoomsState, room: RoomState, frame: DurableFrame): RoomsState {
  if (frame.seq <= (room.peopleAsOf ?? 0)) return state;
  const participants = changePeople(room.participants, frame);
  return participants && participants !== room.participants
    ? put(state, { ...room, participants, peopleAsOf: frame.seq })
    : state;
}

/** What concerns me personally: being let in, being removed, my marks on another device. */
export function applyRoomNews(state: RoomsState, frame: ServerFrame, me: Viewer): RoomsState {
  switch (frame.type) {
    case "room_added":
    case "join_approved":
      return knowRoom(clearFate(state, frame.room), frame.details);
    case "join_request":
      return frame.request.user.id === me.id ? setRequest(state, frame.request) : state;
    case "join_denied":
      return setRequest(state, frame.request);
    case "join_request_withdrawn":
      return frame.request.user.id === me.id ? clearRequest(state, frame.request.room) : state;
    case "my_room_changed": {
      const { pending_requests, quiet, my_mute } = frame;
      return patch(state, frame.room, (room) => ({ ...room, pending_requests, quiet, my_mute }));
    }
    case "kick_user":
      return frame.user.id === me.id ? removedFrom(state, frame.room, frame.reason) : state;
    case "read":
      return frame.user.id === me.id ? moveRead(state, frame.room ?? 0, frame.seq) : state;
    default:
      return state;
  }
}

export const setRequest = (state: RoomsState, request: NonNullable<RoomCard["join_request"]>): RoomsState =>
  patch(state, request.room, (room) => ({ ...room, join_request: request }));

/** My request is taken back, as if I had not asked. */
export const clearRequest = (state: RoomsState, id: number): RoomsState =>
  patch(state, id, (room) => (room.join_request === null ? room : { ...room, join_request: null }));
