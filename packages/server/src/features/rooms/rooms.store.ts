// Rooms and who is in them, as rows.
import type { Selectable } from "kysely";
import type { Db, MembershipsTable, RoomsTable } from "../../kit/tables.ts";

export type RoomRow = Selectable<RoomsTable>;
export type Membership = Selectable<MembershipsTable>;

const membershipColumns = [
  "memberships.user_id as m_user_id",
  "memberships.room_role as m_room_role",
  "memberships.joined_at as m_joined_at",
  "memberships.muted_until as m_muted_until",
  "memberships.mute_reason as m_mute_reason",
  "memberships.ended_at as m_ended_at",
  "memberships.ended_seq as m_ended_seq",
  "memberships.kicked as m_kicked",
  "memberships.quiet as m_quiet",
] as const;

/** A room that was not deleted, and how somebody stands to it, in one query. */
export const findStanding = async (
  db: Db,
  roomId: number,
  userId: number,
): Promise<{ room: RoomRow; membership: Membership | null; has_asked: boolean } | null> => {
  const row = await db
    .selectFrom("rooms")
    .leftJoin("memberships", (join) =>
      join.onRef("memberships.room_id", "=", "rooms.id").on("memberships.user_id", "=", userId),
    )
    .selectAll("rooms")
    .select(membershipColumns)
    .select((eb) =>
      eb
        .case()
        .when(
          eb.exists(
            eb
              .selectFrom("join_requests")
              .select("join_requests.id")
              .where("join_requests.user_id", "=", userId)
              .where("join_requests.room_id", "=", roomId),
          ),
        )
        .then(1)
        .else(0)
        .end()
        .as("has_asked"),
    )
    .where("rooms.id", "=", roomId)
    .where("rooms.deleted_at", "is", null)
    .executeTakeFirst();
  if (!row) return null;
  const { has_asked, m_user_id, m_room_role, m_joined_at, m_muted_until, m_mute_reason, ...rest } = row;
  const { m_ended_at, m_ended_seq, m_kicked, m_quiet, ...room } = rest;
  const membership: Membership | null =
    m_user_id === null || m_room_role === null || m_joined_at === null || m_kicked === null
      ? null
      : {
          room_id: room.id,
          user_id: m_user_id,
          room_role: m_room_role,
          joined_at: m_joined_at,
          muted_until: m_muted_until,
          mute_reason: m_mute_reason,
          ended_at: m_ended_at,
          ended_seq: m_ended_seq,
          kicked: m_kicked,
          quiet: m_quiet ?? 0,
        };
  return { room, membership, has_asked: has_asked === 1 };
};

/** Also of a deleted room: its history may still be told. */
export const findRoom = async (db: Db, roomId: number): Promise<RoomRow | null> =>
  (await db.selectFrom("rooms").selectAll().where("id", "=", roomId).executeTakeFirst()) ?? null;

export const insertRoom = (tx: Db, room: RoomRow): Promise<RoomRow> =>
  tx.insertInto("rooms").values(room).returningAll().executeTakeFirstOrThrow();

export const changeRoom = (tx: Db, roomId: number, change: Partial<Omit<RoomRow, "id">>): Promise<RoomRow> =>
  tx.updateTable("rooms").set(change).where("id", "=", roomId).returningAll().executeTakeFirstOrThrow();

/** One more or one less. Answers the room as it is then. */
export const countParticipant = (tx: Db, roomId: number, change: 1 | -1): Promise<RoomRow> =>
  tx
    .updateTable("rooms")
    .set((eb) => ({ participant_count: eb("participant_count", "+", change) }))
    .where("id", "=", roomId)
    .returningAll()
    .executeTakeFirstOrThrow();

/** Rooms of somebody, newest activity first; then public ones, then discoverable private ones, by name. */
export const listRoomRows = (
  db: Db,
  userId: number,
  { rows, offset }: { rows: number; offset: number },
): Promise<RoomRow[]> =>
  db
    .selectFrom("rooms")
    .leftJoin("memberships", (join) =>
      join
        .onRef("memberships.room_id", "=", "rooms.id")
        .on("memberships.user_id", "=", userId)
        .on("memberships.ended_at", "is", null),
    )
    .leftJoin("logs", (join) => join.onRef("logs.id", "=", "rooms.id").on("memberships.user_id", "is not", null))
    .leftJoin("events", (join) => join.onRef("events.log_id", "=", "logs.id").onRef("events.seq", "=", "logs.head"))
    .selectAll("rooms")
    .where("rooms.deleted_at", "is", null)
    .where((eb) =>
      eb.or([
        eb("memberships.user_id", "is not", null),
        eb.and([eb("rooms.is_active", "=", 1), eb.or([eb("rooms.public", "=", 1), eb("rooms.discoverable", "=", 1)])]),
      ]),
    )
    .orderBy((eb) => eb.case().when("memberships.user_id", "is not", null).then(0).else(1).end())
    .orderBy("events.created_at", "desc")
    .orderBy("rooms.public", "desc")
    .orderBy("rooms.name")
    .orderBy("rooms.id")
    .limit(rows)
    .offset(offset)
    .execute();
