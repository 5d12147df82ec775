// Rows of a room's log as frames again, for whoever missed them.
import type { RoomRole } from "@homeroom/protocol";
import { type DurableBody, durableFrame } from "../../kit/action.ts";
import { cardFrom, cardsOf } from "../../kit/cards.store.ts";
import { instantOrNull } from "../../kit/kit.ts";
import type { EventRow } from "../../kit/log.ts";
import type { Replay, Replays } from "../../kit/replay.ts";
import { roomDetails } from "./room-view.ts";
import { findRoom } from "./rooms.store.ts";

const kept = <T>(row: EventRow): T => JSON.parse(row.data ?? "{}") as T;

/** The replay of events that are about one person each. */
const aboutPeople =
  (body: (row: EventRow, user: ReturnType<typeof cardFrom>) => DurableBody): Replay =>
  async (db, log, rows) => {
    const cards = await cardsOf(
      db,
      rows.map((row) => row.user_id ?? 0),
    );
    return rows.map((row) => durableFrame(log, row.seq, body(row, cardFrom(cards, row.user_id ?? 0))));
  };

const userJoined = aboutPeople((_row, user) => ({ type: "user_joined", user }));

const userLeft = aboutPeople((row, user) => ({
  type: "user_left",
  user,
  kicked: kept<{ kicked: boolean }>(row).kicked,
}));

const memberUpdated = aboutPeople((row, user) => {
  const { room_role, muted_until } = kept<{ room_role: RoomRole; muted_until: number | null }>(row);
  return { type: "member_updated", user, room_role, muted_until: instantOrNull(muted_until) };
});

/** With today's details: what lies between would only flicker by. */
const roomUpdated: Replay = async (db, log, rows) => {
  const room = await findRoom(db, log.id);
  if (!room) throw new Error(`room ${log.id} is missing`);
  const details = await roomDetails(db, room);
  return rows.map((row) => durableFrame(log, row.seq, { type: "room_updated", details }));
};

const roomDeleted: Replay = (_db, log, rows) =>
  Promise.resolve(rows.map((row) => durableFrame(log, row.seq, { type: "room_deleted" })));

export const replayRooms = {
  user_joined: userJoined,
  user_left: userLeft,
  member_updated: memberUpdated,
  room_updated: roomUpdated,
  room_deleted: roomDeleted,
} satisfies Partial<Replays>;
