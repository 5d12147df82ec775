// Class codes: those of a room, making and withdrawing them, and entering a room with one.
import type { Invite, Room } from "@homeroom/protocol";
import { inviteBody, type NewInviteFields } from "../../features/invites/invites.ts";
import { clearFate } from "../../features/rooms/rooms.state.ts";
import { type Core, update } from "../core.ts";
import { learnRoom } from "../state.ts";
import { noteEntered } from "./rooms.ts";

const PAGE = 100;
const MOST_PAGES = 20;

/** The codes for a room that this person may see, newest first. @throws when they did not arrive */
export async function loadInvites(core: Core, room: number): Promise<Invite[]> {
  const invites: Invite[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = { limit: String(PAGE), offset: String(page * PAGE) };
    const { results, next } = await core.api.get("/api/invites/", { query });
    invites.push(...results.filter((invite) => invite.room === room));
    if (!next) break;
  }
  return invites;
}

/** @throws when it was refused */
export const makeInvite = (core: Core, room: number, fields: NewInviteFields): Promise<Invite> =>
  core.api.post("/api/invites/", {
    body: inviteBody(room, fields, core.clock.now()),
    idempotencyKey: core.randomId(),
  });

/** @throws when it was refused */
export async function withdrawInvite(core: Core, id: number): Promise<void> {
  await core.api.delete("/api/invites/{id}/", { params: { id } });
}

/** Enters the room of a code. @throws when the code or the room refuses */
export async function enterWithCode(core: Core, code: string): Promise<Room> {
  const room = await core.api.post("/api/invites/redeem/", { body: { code } });
  update(core, (state) => learnRoom({ ...state, rooms: clearFate(state.rooms, room.id) }, room));
  noteEntered(core, room.id);
  return room;
}
