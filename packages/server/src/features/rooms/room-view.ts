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
import { cardFrom, cardsOf } from "../../kit/cards.store.ts";
import { instant, instantOrNull } from "../../kit/kit.ts";
import type { Db } from "../../kit/tables.ts";
import { together } from "../../kit/together.ts";
import { type Person, placesOf } from "./memberships.store.ts";
import { latestRequestsOf, type RequestRow } from "./requests.store.ts";
import { pendingFor, toOwn } from "./room-own.ts";
import { findRoom, type RoomRow } from "./rooms.store.ts";

export interface Counts {
  unread_count: number;
  mention_count: number;
}

/** What rooms show of their messages; handed in, since messages stand on rooms. */
export interface MessageFacts {
  /** By room, for one person. */
  counts(db: Db, userId: number, logIds: readonly number[]): Promise<ReadonlyMap<number, Counts>>;
  /** By room; none where nothing was written. */
  lastMessages(db: Db, logIds: readonly number[], viewerId: number): Promise<ReadonlyMap<number, Message>>;
}

type Cards = ReadonlyMap<number, UserCard>;
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

const toJoinRequest = (row: RequestRow, cards: Cards): JoinRequest => ({
  id: row.id,
  room: row.room_id,
  user: cardFrom(cards, row.user_id),
  status: row.status,
  created_at: instant(row.created_at),
  processed_at: instantOrNull(row.processed_at),
  processed_by: row.processed_by === null ? null : cardFrom(cards, row.processed_by),
  note: row.note,
  reason: row.reason,
  denied_before: row.denied_before,
});

export const viewRequests = async (db: Db, rows: readonly RequestRow[]): Promise<JoinRequest[]> => {
  const cards = await cardsOf(db, rows.flatMap(peopleIn));
  return rows.map((row) => toJoinRequest(row, cards));
};

/** Everything the cards of these rooms need, in three queries however many they are. */
const gather = async (db: Db, user: UserCard, rows: readonly RoomRow[]) => {
  const ids = rows.map((row) => row.id);
  const [places, requests] = await together([placesOf(db, user.id, ids), latestRequestsOf(db, user.id, ids)]);
  const cards = await cardsOf(db, [...rows.map((row) => row.host_id), ...requests.flatMap(peopleIn)]);
  return {
    cards,
    places: new Map(places.map((place) => [place.id, place])),
    requests: new Map(requests.map((request) => [request.room_id, request])),
  };
};

/** An approved request has done its work; a member has no need of any. */
const requestToShow = (request: RequestRow | undefined, role: RoomRole | null, cards: Cards) =>
  request && !role && request.status !== "approved" ? toJoinRequest(request, cards) : null;

export const roomViews = (facts: MessageFacts) => {
  const memberFacts = async (db: Db, user: UserCard, ids: readonly number[]) => {
    if (ids.length === 0) return { counts: new Map<number, Counts>(), last: new Map<number, Message>() };
    const [counts, last] = await together([facts.counts(db, user.id, ids), facts.lastMessages(db, ids, user.id)]);
    return { counts, last };
  };

  /** The whole room where the viewer is a member, its card everywhere else; in the order of the rows. */
  const viewRooms = async (db: Db, user: UserCard, rows: readonly RoomRow[]): Promise<Array<Room | RoomCard>> => {
    if (rows.length === 0) return [];
    const { cards, places, requests } = await gather(db, user, rows);
    const mine = rows.filter((row) => places.get(row.id)?.room_role).map((row) => row.id);
    const [{ counts, last }, pending] = await together([
      memberFacts(db, user, mine),
      pendingFor(db, [...places.values()]),
    ]);
    return rows.map((row): Room | RoomCard => {
      const place = places.get(row.id);
      const my_role = place?.room_role ?? null;
      const own: Mine = { my_role, join_request: requestToShow(requests.get(row.id), my_role, cards) };
      const host = cardFrom(cards, row.host_id);
      if (!place || !my_role) return toRoomCard(row, host, own);
      return {
        ...toDetails(row, host, own),
        ...toOwn(place, pending),
        created_at: instant(row.created_at),
        epoch: place.epoch,
        last_seq: place.head,
        unread_count: counts.get(row.id)?.unread_count ?? 0,
        mention_count: counts.get(row.id)?.mention_count ?? 0,
        last_message: last.get(row.id) ?? null,
      };
    });
  };

  /** A room as its member sees it. */
  const viewRoom = async (db: Db, user: UserCard, roomId: number): Promise<Room> => {
    const row = await findRoom(db, roomId);
    const [view] = row ? await viewRooms(db, user, [row]) : [];
    if (!view || !("epoch" in view)) throw new Refusal("not_a_member");
    return view;
  };

  return { viewRooms, viewRoom };
};

export type RoomViews = ReturnType<typeof roomViews>;
