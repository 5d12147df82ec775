// Rooms as people see them: the card for strangers, the whole room for its members, many at a time.
import {
  type JoinRequest,
  type Message,
  type Participant,
  Refusal,
  type Room,
  type RoomCard,
  type RoomDetails,
  type RoomRole,
  type UserCard,
} from "@homeroom/protocol";
import { readIfAllowed } from "../../kit/allowed.ts";
import { cardFrom, cardsOf, toCard } from "../../kit/cards.store.ts";
import { instant, instantOrNull } from "../../kit/kit.ts";
import type { Db } from "../../kit/tables.ts";
import type { Person } from "./memberships.store.ts";
import type { RequestRow } from "./requests.store.ts";
import { toOwn } from "./room-own.ts";
import { findSheet, type RequestJson, type RoomSheet } from "./room-sheets.store.ts";
import type { RoomRow } from "./rooms.store.ts";

export interface Counts {
  unread_count: number;
  mention_count: number;
}

/** What rooms show of their messages; handed in, since messages stand on rooms. */
export interface MessageFacts {
  /** By room, for one person; none of rooms that they are not in. */
  counts(db: Db, userId: number, logIds: readonly number[]): Promise<ReadonlyMap<number, Counts>>;
  /** By room; none where nothing was written. */
  lastMessages(db: Db, logIds: readonly number[], viewerId: number): Promise<ReadonlyMap<number, Message>>;
}

type Mine = Pick<RoomCard, "my_role" | "join_request">;

const NOBODYS: Mine = { my_role: null, join_request: null };

const toRoomCard = (row: RoomRow, host: UserCard, mine: Mine): RoomCard => ({
  id: row.id,
  name: row.name,
  description: row.description,
  host,
  public: row.public === 1,
  discoverable: row.discoverable === 1,
  is_active: row.is_active === 1,
  participant_count: row.participant_count,
  max_participants: row.max_participants,
  ...mine,
});

const toDetails = (row: RoomRow, host: UserCard, mine: Mine): RoomDetails => ({
  ...toRoomCard(row, host, mine),
  allow_uploads: row.allow_uploads === 1,
  allow_voice: row.allow_voice === 1,
  private_replies: row.private_replies === 1,
  slow_mode_s: row.slow_mode_s,
  updated_at: instant(row.updated_at),
});

/** What every member learns when the room changes; nobody's own view. */
export const roomDetails = async (db: Db, room: RoomRow): Promise<RoomDetails> =>
  toDetails(room, cardFrom(await cardsOf(db, [room.host_id]), room.host_id), NOBODYS);

export const toParticipant = ({ card, membership }: Person): Participant => ({
  ...card,
  room_role: membership.room_role,
  muted_until: instantOrNull(membership.muted_until),
});

const peopleIn = (request: RequestRow) => [request.user_id, ...(request.processed_by ? [request.processed_by] : [])];

const toJoinRequest = (row: RequestRow, user: UserCard, processor: UserCard | null): JoinRequest => ({
  id: row.id,
  room: row.room_id,
  user,
  status: row.status,
  created_at: instant(row.created_at),
  processed_at: instantOrNull(row.processed_at),
  processed_by: processor,
  note: row.note,
  reason: row.reason,
  denied_before: row.denied_before,
});

export const viewRequests = async (db: Db, rows: readonly RequestRow[]): Promise<JoinRequest[]> => {
  const cards = await cardsOf(db, rows.flatMap(peopleIn));
  return rows.map((row) => {
    const processor = row.processed_by === null ? null : cardFrom(cards, row.processed_by);
    return toJoinRequest(row, cardFrom(cards, row.user_id), processor);
  });
};

/** An approved request has done its work; a member has no need of any. */
const requestToShow = (request: RequestJson | null, role: RoomRole | null) =>
  request && !role && request.status !== "approved"
    ? toJoinRequest(request, toCard(request.user), request.processor && toCard(request.processor))
    : null;

export const roomViews = (facts: MessageFacts) => {
  /** The counts come last: where there are some, the viewer was still in the room when its message was read. */
  const memberFacts = async (db: Db, user: UserCard, ids: readonly number[]) => {
    let counts: ReadonlyMap<number, Counts> = new Map();
    const last = await readIfAllowed(
      db,
      () => facts.lastMessages(db, ids, user.id),
      async () => void (counts = await facts.counts(db, user.id, ids)),
    );
    return { counts, last };
  };

  /**
   * The whole room where the viewer is a member, its card everywhere else; in the order of the sheets. A room that they
   * were in by its sheet, and are not any more, is left out.
   */
  const viewRooms = async (db: Db, user: UserCard, sheets: readonly RoomSheet[]): Promise<Array<Room | RoomCard>> => {
    const mine = sheets.filter(({ place }) => place.room_role).map(({ row }) => row.id);
    const { counts, last } = await memberFacts(db, user, mine);
    return sheets.flatMap(({ row, place, pending, ...sheet }): Array<Room | RoomCard> => {
      const my_role = place.room_role;
      const own: Mine = { my_role, join_request: requestToShow(sheet.request, my_role) };
      const host = toCard(sheet.host);
      if (!my_role) return [toRoomCard(row, host, own)];
      const counted = counts.get(row.id);
      if (!counted) return [];
      const room = {
        ...toDetails(row, host, own),
        ...toOwn(place, new Map([[row.id, pending ?? 0]])),
        created_at: instant(row.created_at),
        epoch: place.epoch,
        last_seq: place.head,
        ...counted,
        last_message: last.get(row.id) ?? null,
      };
      return [room];
    });
  };

  /** A room as its member sees it. */
  const viewRoom = async (db: Db, user: UserCard, roomId: number): Promise<Room> => {
    const sheet = await findSheet(db, user.id, roomId);
    const [view] = sheet ? await viewRooms(db, user, [sheet]) : [];
    if (!view || !("epoch" in view)) throw new Refusal("not_a_member");
    return view;
  };

  return { viewRooms, viewRoom };
};

export type RoomViews = ReturnType<typeof roomViews>;
