// Who is in which room, with which role, and what is theirs there: rows of memberships and read marks.
import type { UserCard } from "@homeroom/protocol";
import { cardColumns, toCard } from "../../kit/cards.store.ts";
import type { Db } from "../../kit/tables.ts";
import type { Membership, RoomRow } from "./rooms.store.ts";

/** Somebody in a room, with what is needed to show or to judge them. */
export interface Person {
  readonly card: UserCard;
  readonly membership: Membership;
}

const people = (db: Db, roomId: number) =>
  db
    .selectFrom("memberships")
    .innerJoin("users", "users.id", "memberships.user_id")
    .selectAll("memberships")
    .select(cardColumns)
    .where("memberships.room_id", "=", roomId)
    .where("memberships.ended_at", "is", null);

type PersonRow = Membership & { id: number; username: string; display_name: string; role: string };

const toPerson = ({ id, username, display_name, role, ...membership }: PersonRow): Person => ({
  card: toCard({ id, username, display_name, role }),
  membership,
});

/** Null for everybody who is not in the room now. */
export const findPerson = async (db: Db, roomId: number, userId: number): Promise<Person | null> => {
  const row = await people(db, roomId).where("memberships.user_id", "=", userId).executeTakeFirst();
  return row ? toPerson(row) : null;
};

/** Host, cohosts, members; each by name. */
export const peopleOf = async (db: Db, roomId: number): Promise<Person[]> => {
  const rows = await people(db, roomId)
    .orderBy((eb) =>
      eb
        .case()
        .when("memberships.room_role", "=", "host")
        .then(0)
        .when("memberships.room_role", "=", "cohost")
        .then(1)
        .else(2)
        .end(),
    )
    .orderBy((eb) => eb.fn<string>("lower", ["users.display_name"]))
    .orderBy("users.id")
    .execute();
  return rows.map(toPerson);
};

/** Whom a room without its host goes to: the cohost, else the member, who is staff and has been there longest. */
export const findHeir = async (db: Db, roomId: number): Promise<Person | null> => {
  const row = await people(db, roomId)
    .where("memberships.room_role", "!=", "host")
    .where("users.role", "in", ["teacher", "admin"])
    .where("users.is_active", "=", 1)
    .orderBy((eb) => eb.case().when("memberships.room_role", "=", "cohost").then(0).else(1).end())
    .orderBy("memberships.joined_at")
    .orderBy("users.id")
    .executeTakeFirst();
  return row ? toPerson(row) : null;
};

/** Some admin other than this one, for what would be left with nobody. */
export const findOtherAdmin = async (db: Db, userId: number): Promise<UserCard | null> => {
  const row = await db
    .selectFrom("users")
    .select(cardColumns)
    .where("role", "=", "admin")
    .where("is_active", "=", 1)
    .where("id", "!=", userId)
    .orderBy("id")
    .executeTakeFirst();
  return row ? toCard(row) : null;
};

/** Hosts and cohosts. */
export const moderatorsOf = async (db: Db, roomId: number): Promise<number[]> => {
  const rows = await db
    .selectFrom("memberships")
    .select("user_id")
    .where("room_id", "=", roomId)
    .where("ended_at", "is", null)
    .where("room_role", "!=", "member")
    .execute();
  return rows.map((row) => row.user_id);
};

export const roomIdsOf = async (db: Db, userId: number): Promise<number[]> => {
  const rows = await db
    .selectFrom("memberships")
    .innerJoin("rooms", "rooms.id", "memberships.room_id")
    .select("rooms.id")
    .where("memberships.user_id", "=", userId)
    .where("memberships.ended_at", "is", null)
    .where("rooms.deleted_at", "is", null)
    .orderBy("rooms.id")
    .execute();
  return rows.map((row) => row.id);
};

/** What somebody is in each of these rooms now, with the room's log. */
export const placesOf = (db: Db, userId: number, roomIds: readonly number[]) =>
  db
    .selectFrom("logs")
    .leftJoin("memberships", (join) =>
      join
        .onRef("memberships.room_id", "=", "logs.id")
        .on("memberships.user_id", "=", userId)
        .on("memberships.ended_at", "is", null),
    )
    .select(["logs.id", "logs.epoch", "logs.head", "memberships.room_role"])
    .select(["memberships.quiet", "memberships.muted_until", "memberships.mute_reason"])
    .where("logs.id", "in", roomIds)
    .execute();

export type Place = Awaited<ReturnType<typeof placesOf>>[number];

/** Begins a membership or renews one that ended. */
export const saveMembership = (tx: Db, membership: Membership): Promise<unknown> => {
  const { room_id: _room, user_id: _user, ...rest } = membership;
  return tx
    .insertInto("memberships")
    .values(membership)
    .onConflict((conflict) => conflict.columns(["room_id", "user_id"]).doUpdateSet(rest))
    .execute();
};

export const changeMembership = (
  tx: Db,
  { room_id, user_id }: Pick<Membership, "room_id" | "user_id">,
  change: Partial<Omit<Membership, "room_id" | "user_id">>,
): Promise<Membership> =>
  tx
    .updateTable("memberships")
    .set(change)
    .where("room_id", "=", room_id)
    .where("user_id", "=", user_id)
    .returningAll()
    .executeTakeFirstOrThrow();

export const findMembership = async (db: Db, roomId: number, userId: number): Promise<Membership | null> =>
  (await db
    .selectFrom("memberships")
    .selectAll()
    .where("room_id", "=", roomId)
    .where("user_id", "=", userId)
    .executeTakeFirst()) ?? null;

/** What is in the room before somebody came is not unread to them. */
export const markRead = (tx: Db, room: Pick<RoomRow, "id">, userId: number, seq: number): Promise<unknown> =>
  tx
    .insertInto("read_marks")
    .values({ log_id: room.id, user_id: userId, seq })
    .onConflict((conflict) => conflict.columns(["log_id", "user_id"]).doUpdateSet({ seq }))
    .execute();

/**
 * Whether the account is in use, held so to the end of the transaction: somebody who is deactivated at the same time
 * is either refused here, or already in the room when their memberships end.
 */
export const holdActiveUser = async (tx: Db, userId: number): Promise<boolean> => {
  const row = await tx
    .updateTable("users")
    .set((eb) => ({ is_active: eb.ref("is_active") }))
    .where("id", "=", userId)
    .returning("is_active")
    .executeTakeFirst();
  return row?.is_active === 1;
};
