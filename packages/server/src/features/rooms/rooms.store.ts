// Rooms and who is in them, as rows.
import { type Expression, type Selectable, sql } from "kysely";
import { preparedOne } from "../../kit/prepared.ts";
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

/** A room that was not deleted, and how somebody stands to it. */
const standingQuery = (db: Db, room: Expression<number>, user: number) =>
  db
    .selectFrom("rooms")
    .leftJoin("memberships", (join) =>
      join.onRef("memberships.room_id", "=", "rooms.id").on("memberships.user_id", "=", user),
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
              .where("join_requests.user_id", "=", user)
              .whereRef("join_requests.room_id", "=", "rooms.id"),
          ),
        )
        .then(1)
        .else(0)
        .end()
        .as("has_asked"),
    )
    .where("rooms.id", "=", room)
    .where("rooms.deleted_at", "is", null);

type StandingRow = Awaited<ReturnType<ReturnType<typeof standingQuery>["execute"]>>[number];

const inRoom = preparedOne<{ room: number; user: number }, StandingRow>((db, { room, user }) =>
  standingQuery(db, sql.val(room), user),
);
const atMessage = preparedOne<{ message: number; user: number }, StandingRow>((db, { message, user }) => {
  const room = db.selectFrom("messages").select("messages.log_id").where("messages.id", "=", message);
  return standingQuery(db, room.$asScalar().$notNull(), user);
});

export interface FoundStanding {
  room: RoomRow;
  membership: Membership | null;
  has_asked: boolean;
}

/** Its own columns by name: every request to a room passes here, and the rest of an object is costly to make. */
const roomIn = (row: StandingRow): RoomRow => ({
  id: row.id,
  name: row.name,
  description: row.description,
  host_id: row.host_id,
  public: row.public,
  discoverable: row.discoverable,
  is_active: row.is_active,
  max_participants: row.max_participants,
  participant_count: row.participant_count,
  allow_uploads: row.allow_uploads,
  allow_voice: row.allow_voice,
  private_replies: row.private_replies,
  slow_mode_s: row.slow_mode_s,
  created_at: row.created_at,
  updated_at: row.updated_at,
  deleted_at: row.deleted_at,
});

const toStanding = (row: StandingRow | null): FoundStanding | null => {
  if (!row) return null;
  const { has_asked, m_user_id, m_room_role, m_joined_at, m_muted_until, m_mute_reason } = row;
  const { m_ended_at, m_ended_seq, m_kicked, m_quiet } = row;
  const room = roomIn(row);
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

/** A room that was not deleted, and how somebody stands to it, in one query. */
export const findStanding = async (db: Db, room: number, user: number): Promise<FoundStanding | null> =>
  toStanding(await inRoom(db, { room, user }));

/** The same for the room that a message is in. */
export const findStandingAt = async (db: Db, message: number, user: number): Promise<FoundStanding | null> =>
  toStanding(await atMessage(db, { message, user }));

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
