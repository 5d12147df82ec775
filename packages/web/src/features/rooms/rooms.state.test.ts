// What becomes of a room that I am not in any more.
import type { Room, ServerFrame, UserCard } from "@homeroom/protocol";
import { describe, expect, it } from "vitest";
import { strangerRow } from "./room-row-item.ts";
import {
  callsMe,
  applyRoomEvent,
  applyRoomNews,
  clearFate,
  knowRooms,
  leaveRoom,
  noRooms,
  type RoomsState,
  unreadIn,
} from "./rooms.state.ts";

const user = (id: number): UserCard => {
  return { id, username: `u${id}`, display_name: `User ${id}`, role: "student", avatar_url: null };
};
const me = user(1);
const room: Room = {
  id: 7,
  name: "Chess",
  description: "",
  host: user(2),
  public: true,
  discoverable: true,
  is_active: true,
  participant_count: 2,
  max_participants: 30,
  my_role: "member",
  join_request: null,
  allow_uploads: true,
  allow_voice: true,
  private_replies: true,
  slow_mode_s: 0,
  updated_at: "2026-01-01T00:00:00.000Z",
  created_at: "2026-01-01T00:00:00.000Z",
  epoch: "e",
  last_seq: 3,
  unread_count: 0,
  mention_count: 0,
  last_message: null,
  pending_requests: null,
  quiet: false,
  my_mute: null,
};
const start = knowRooms(noRooms, [room]);
const kick: ServerFrame = { type: "kick_user", room: 7, user: me, reason: "Please talk to me." };
const wayIn = (state: RoomsState) => {
  const card = state.byId[7];
  return card && strangerRow(card, { removed: state.removed.includes(7) }).end;
};

describe("an open room that I was removed from", () => {
  const left = applyRoomEvent(start, { type: "user_left", room: 7, seq: 4, user: me, kicked: true }, me, true);
  const out = applyRoomNews(left, kick, me);

  it("asks for a request from then on, also when the page that said so was left", () => {
    expect(out.fates[7]).toEqual({ kind: "removed", name: "Chess", reason: "Please talk to me." });
    expect([wayIn(left), wayIn(out), wayIn(clearFate(out, 7))]).toEqual(["ask", "ask", "ask"]);
    const { my_role: _, ...card } = room;
    const listed = knowRooms(clearFate(out, 7), [{ ...card, my_role: null }]);
    expect(wayIn(listed)).toBe("ask");
  });

  it("is an open room again once I was let in", () => {
    const back = applyRoomNews(out, { type: "join_approved", room: 7, details: room } as ServerFrame, me);
    expect(back.removed).toEqual([]);
    expect(wayIn(leaveRoom(back, 7))).toBe("join");
  });

  it("is not one that I left myself", () => {
    expect(wayIn(leaveRoom(start, 7))).toBe("join");
  });
});

it("a room that I muted calls me only where I am named", () => {
  const rooms = [
    { ...room, id: 1, unread_count: 3 },
    { ...room, id: 2, unread_count: 4, quiet: true },
    { ...room, id: 3, unread_count: 4, mention_count: 1, quiet: true },
    { ...room, id: 4 },
  ];
  const { byId } = knowRooms(noRooms, rooms);
  expect(Object.values(byId).map(callsMe)).toEqual([true, false, true, false]);
});

it("what is unread counts without the rooms that I muted", () => {
  const state = knowRooms(noRooms, [
    { ...room, id: 1, unread_count: 3 },
    { ...room, id: 2, unread_count: 4, quiet: true },
  ]);
  expect(unreadIn(state)).toBe(3);
});
