// Private threads as rows: one per room and pair.
import type { Role, RoomRole } from "@homeroom/protocol";
import type { Selectable } from "kysely";
import type { Db, PrivateThreadsTable } from "../../kit/tables.ts";

export type ThreadRow = Selectable<PrivateThreadsTable>;

/** A thread with its room's state and what the two are there now; null for somebody who is not in the room. */
export interface ThreadStanding {
  thread: ThreadRow;
  room: {
    is_active: number;
    deleted_at: number | null;
    private_replies: number;
    allow_uploads: number;
    allow_voice: number;
  };
  people: Map<number, { role: Role; room_role: RoomRole | null; muted_until: number | null; is_active: number }>;
}

export const findThread = async (db: Db, id: number): Promise<ThreadRow | null> =>
  (await db.selectFrom("private_threads").selectAll().where("id", "=", id).executeTakeFirst()) ?? null;

export const findPair = async (db: Db, roomId: number, a: number, b: number): Promise<ThreadRow | null> =>
  (await db
    .selectFrom("private_threads")
    .selectAll()
    .where("room_id", "=", roomId)
    .where("low_id", "=", Math.min(a, b))
    .where("high_id", "=", Math.max(a, b))
    .executeTakeFirst()) ?? null;

/** One query with a part for each of the two: an "or" between them makes PostgreSQL read all the school's accounts. */
const standingRows = (db: Db, ids: readonly number[]) => {
  const side = (person: "t.user1_id" | "t.user2_id") =>
    db
      .selectFrom("private_threads as t")
      .innerJoin("rooms as r", "r.id", "t.room_id")
      .innerJoin("users as u", "u.id", person)
      .leftJoin("memberships as m", (join) =>
        join.onRef("m.room_id", "=", "t.room_id").onRef("m.user_id", "=", "u.id").on("m.ended_at", "is", null),
      )
      .selectAll("t")
      .select([
        "r.is_active as room_active",
        "r.deleted_at as room_deleted",
        "r.private_replies",
        "r.allow_uploads",
        "r.allow_voice",
        "u.id as person",
        "u.role",
        "u.is_active as person_active",
        "m.room_role",
        "m.muted_until",
      ])
      .where("t.id", "in", [...ids]);
  return side("t.user1_id").unionAll(side("t.user2_id")).execute();
};

const toStanding = (rows: Awaited<ReturnType<typeof standingRows>>): ThreadStanding | null => {
  const first = rows[0];
  if (!first) return null;
  const { room_active, room_deleted, person: _p, role: _r, person_active: _a, ...rest } = first;
  const { private_replies, allow_uploads, allow_voice, room_role: _rr, muted_until: _m, ...thread } = rest;
  return {
    thread,
    room: { is_active: room_active, deleted_at: room_deleted, private_replies, allow_uploads, allow_voice },
    people: new Map(
      rows.map(({ person, role, room_role, muted_until, person_active }) => [
        person,
        { role: role as Role, room_role, muted_until, is_active: person_active },
      ]),
    ),
  };
};

export const findThreadStanding = async (db: Db, id: number): Promise<ThreadStanding | null> =>
  toStanding(await standingRows(db, [id]));

export const insertThread = (tx: Db, row: ThreadRow): Promise<ThreadRow> =>
  tx.insertInto("private_threads").values(row).returningAll().executeTakeFirstOrThrow();

export const setThreadActive = (tx: Db, id: number, is_active: 0 | 1): Promise<ThreadRow> =>
  tx.updateTable("private_threads").set({ is_active }).where("id", "=", id).returningAll().executeTakeFirstOrThrow();

/** All threads beside a room. */
export const threadIdsOf = async (db: Db, roomId: number): Promise<number[]> => {
  const rows = await db
    .selectFrom("private_threads")
    .select("id")
    .where("room_id", "=", roomId)
    .orderBy("id")
    .execute();
  return rows.map(({ id }) => id);
};

/** All threads of somebody. */
export const threadIdsOfUser = async (db: Db, userId: number): Promise<number[]> => {
  const rows = await db
    .selectFrom("private_threads")
    .select("id")
    .where((eb) => eb.or([eb("low_id", "=", userId), eb("high_id", "=", userId)]))
    .execute();
  return rows.map(({ id }) => id);
};
