// Rooms: fetching them, getting in and out, making them.
import type { Room, RoomCard } from "@homeroom/protocol";
import type { CreateRoomValues } from "../../features/rooms/create-room-form.tsx";
import {
  clearFate,
  dropRoom,
  isMember,
  leaveRoom,
  noteRemoved,
  setFate,
  setRequest,
} from "../../features/rooms/rooms.state.ts";
import { ApiError, isRefusal } from "../../kit/failures.ts";
import { roomKey } from "../../kit/logs.ts";
import { type Core, update } from "../core.ts";
import { end, forget, learnRoom, learnRooms } from "../state.ts";
import { perVisit } from "../visit.ts";
import { refreshRequests } from "./join-requests.ts";

const PAGE = 100;
const MOST_PAGES = 20;

async function fetchRooms({ api }: Core): Promise<(Room | RoomCard)[]> {
  const rooms: (Room | RoomCard)[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { results, next } = await api.get("/api/chat/rooms/", {
      query: { limit: String(PAGE), offset: String(page * PAGE) },
    });
    rooms.push(...results);
    if (!next) break;
  }
  return rooms;
}

/** Events have been applied that the room's numbers do not have. */
function isLate({ store }: Core, id: number): boolean {
  const { rooms, logs } = store.getState();
  const room = rooms.byId[id];
  return isMember(room) && (room?.last_seq ?? 0) < (logs[roomKey(id)]?.applied ?? 0);
}

const isIn = ({ store }: Core, id: number): boolean => isMember(store.getState().rooms.byId[id]);

/** Rooms that I came into, one after the other: an answer that was asked for before knows nothing of them. */
const enteredOf = perVisit((): number[] => []);
export const noteEntered = (core: Core, id: number): unknown => enteredOf(core).push(id);

/** The whole list. Failing is told where the list stands, and tried again with the next connection. */
export async function loadRooms(core: Core): Promise<boolean> {
  update(core, (state) => ({ ...state, roomsFailed: false }));
  const before = enteredOf(core).length;
  let entered: ReadonlySet<number>;
  try {
    const rooms = await fetchRooms(core);
    entered = new Set(
      enteredOf(core)
        .slice(before)
        .filter((id) => isIn(core, id)),
    );
    update(core, (state) => learnRooms(state, rooms, entered));
  } catch {
    update(core, (state) => ({ ...state, roomsFailed: true }));
    return false;
  }
  // What events said while the answer was on its way was about rooms that nobody here knew yet.
  const late = Object.values(core.store.getState().rooms.byId).filter(({ id }) => isLate(core, id) || entered.has(id));
  await Promise.allSettled(late.map((room) => loadRoom(core, room.id)));
  await refreshRequests(core);
  return true;
}

const OFTEN = 3;

/** One room with its people. False: there is none, as far as this person may know. @throws when nobody answers */
export async function loadRoom(core: Core, id: number): Promise<boolean> {
  try {
    // An answer that events have overtaken is of no use: then it is asked for again.
    for (let turn = 0; turn < OFTEN; turn += 1) {
      const wasIn = isIn(core, id);
      const room = await core.api.get("/api/chat/rooms/{id}/", { params: { id } });
      if (!wasIn && isIn(core, id) && room.my_role === null) continue;
      update(core, (state) => learnRoom(state, room));
      const known = core.store.getState().rooms.byId[id];
      if (!isMember(known) || (known?.participants && !isLate(core, id))) break;
    }
    return true;
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
    update(core, (state) => {
      const rooms = dropRoom(state.rooms, id);
      // Being removed is told in its own words.
      return { ...forget(state, roomKey(id)), rooms: rooms.fates[id] ? rooms : setFate(rooms, id, { kind: "gone" }) };
    });
    return false;
  }
}

export const forgetFate = (core: Core, id: number): void =>
  update(core, (state) => ({ ...state, rooms: clearFate(state.rooms, id) }));

export async function joinRoom(core: Core, id: number): Promise<void> {
  const room = await core.api
    .post("/api/chat/rooms/{id}/join/", { params: { id }, body: {} })
    .catch((error: unknown) => {
      if (isRefusal(error, "kicked")) update(core, (state) => ({ ...state, rooms: noteRemoved(state.rooms, id) }));
      throw error;
    });
  update(core, (state) => learnRoom({ ...state, rooms: clearFate(state.rooms, id) }, room));
  noteEntered(core, id);
}

export async function askToJoin(core: Core, id: number, note: string): Promise<void> {
  const body = note.trim() ? { note: note.trim() } : {};
  const request = await core.api.post("/api/chat/rooms/{id}/join-request/", { params: { id }, body });
  update(core, (state) => ({ ...state, rooms: setRequest(clearFate(state.rooms, id), request) }));
}

export async function leave(core: Core, id: number): Promise<void> {
  await core.api.post("/api/chat/rooms/{id}/leave/", { params: { id }, body: {} });
  update(core, (state) => ({ ...forget(end(state, id), roomKey(id)), rooms: leaveRoom(state.rooms, id) }));
}

export async function createRoom(core: Core, values: CreateRoomValues, idempotencyKey: string): Promise<Room> {
  const room = await core.api.post("/api/chat/rooms/", { body: values, idempotencyKey });
  update(core, (state) => learnRoom(state, room));
  noteEntered(core, room.id);
  return room;
}

export async function deleteRoom(core: Core, id: number): Promise<void> {
  await core.api.delete("/api/chat/rooms/{id}/", { params: { id } });
  update(core, (state) => ({ ...forget(state, roomKey(id)), rooms: dropRoom(state.rooms, id) }));
}
