// The rooms that I see, as they are now: a pure function of what was fetched and of the events since.
import type {
  DurableFrame,
  Room,
  RoomCard,
  RoomWithParticipants,
  ServerFrame,
  ServerFrameOf,
} from "@homeroom/protocol";
import { changed, type Left, type RoomState, type Viewer, withPeople, withRead } from "./room.state.ts";

export { isMember, isModerator, mentionsMe, type RoomState } from "./room.state.ts";

/** What became of a room that somebody may be looking at. */
export type Fate = { kind: "removed"; name: string; reason: string | null } | { kind: "gone" };

export interface RoomsState {
  readonly byId: Readonly<Record<number, RoomState>>;
  readonly fates: Readonly<Record<number, Fate>>;
  /** Rooms that I was removed from: there I have to ask, also where everybody else may walk in. */
  readonly removed: readonly number[];
  /** The list has been fetched once. */
  readonly isLoaded: boolean;
}

export const noRooms: RoomsState = { byId: {}, fates: {}, removed: [], isLoaded: false };

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

const setRemoved = (state: RoomsState, id: number, isRemoved: boolean): RoomsState => {
  if (state.removed.includes(id) === isRemoved) return state;
  const others = state.removed.filter((other) => other !== id);
  return { ...state, removed: isRemoved ? [...others, id] : others };
};

/** The server says so, of a time before this page. */
export const noteRemoved = (state: RoomsState, id: number): RoomsState => setRemoved(state, id, true);

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
export function knowRoom(before: RoomsState, fetched: Fetched): RoomsState {
  const state = fetched.my_role === null ? before : setRemoved(before, fetched.id, false);
  const old = state.byId[fetched.id];
  if (!("last_seq" in fetched) || fetched.my_role === null) return put(state, fetched);
  const people = "participants" in fetched ? { peopleAsOf: fetched.last_seq } : {};
  const fresh = { ...fetched, ...people, read: old?.read, asOf: fetched.last_seq, counted: [] };
  if (!old?.epoch || old.epoch !== fetched.epoch) return put(state, fresh);
  if ((old.last_seq ?? 0) > fetched.last_seq) return state;
  return put(state, { ...old, ...fresh });
}

/** Takes in the whole list: what is not in it is not to be seen any more, but for what it could not know. */
export function knowRooms(
  state: RoomsState,
  fetched: readonly Fetched[],
  entered: ReadonlySet<number> = new Set(),
): RoomsState {
  const ids = new Set(fetched.map((room) => room.id));
  const kept = Object.values(state.byId).filter(({ id }) => ids.has(id) || entered.has(id));
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
  return setFate(noteRemoved(leaveRoom(state, id), id), id, {
    kind: "removed",
    name,
    reason: reason || (told?.reason ?? null),
  });
};

/** My mark in a room moved. @param answer what is left, where the server has said it */
export const moveRead = (state: RoomsState, id: number, seq: number, answer?: Left): RoomsState =>
  patch(state, id, (room) => withRead(room, seq, answer));

/** Takes in the read marks of a new socket. */
export const greetRooms = (state: RoomsState, hello: ServerFrameOf<"hello">): RoomsState =>
  hello.logs.reduce(
    (rooms, log) => patch(rooms, log.room, (room) => (room.read === log.read ? room : { ...room, read: log.read })),
    state,
  );

/**
 * One event of a room's log, in its order. An event that the fetched room already shows changes nothing.
 * @param isMyEnd the event says that I left, and I am not back
 */
export function applyRoomEvent(state: RoomsState, frame: DurableFrame, me: Viewer, isMyEnd: boolean): RoomsState {
  if (frame.room === undefined) return state;
  const room = state.byId[frame.room];
  if (!room?.epoch) return state;
  if (frame.seq <= (room.last_seq ?? 0)) return patch(state, room.id, (known) => withPeople(known, frame));
  if (frame.type === "room_deleted") return setFate(dropRoom(state, room.id), room.id, { kind: "gone" });
  if (isMyEnd && frame.type === "user_left") {
    return frame.kicked ? removedFrom(state, room.id) : leaveRoom(state, room.id);
  }
  return put(state, withPeople({ ...changed(room, frame, me), last_seq: frame.seq }, frame));
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

/** Whether it wants to be looked at: something is new there; in a room that I muted, only what names me. */
export const callsMe = ({ quiet, unread_count = 0, mention_count = 0 }: RoomState): boolean =>
  (quiet ? (mention_count ?? 0) : (unread_count ?? 0)) > 0;

/** What is unread in all of them; rooms that I muted are not counted. */
export const unreadIn = ({ byId }: RoomsState): number =>
  Object.values(byId).reduce((sum, room) => sum + (room.quiet ? 0 : (room.unread_count ?? 0)), 0);
