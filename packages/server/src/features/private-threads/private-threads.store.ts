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

/** By thread, in one query: a row for each of the two. */
export const findThreadStandings = async (db: Db, ids: readonly number[]): Promise<Map<number, ThreadStanding>> => {
  const byThread = Map.groupBy(await standingRows(db, ids), (row) => row.id);
  return new Map(
    [...byThread].flatMap(([id, rows]): [number, ThreadStanding][] => {
      const standing = toStanding(rows);
      return standing ? [[id, standing]] : [];
    }),
  );
};

export const findThreadStanding = async (db: Db, id: number): Promise<ThreadStanding | null> =>
  toStanding(await standingRows(db, [id]));

export const insertThread = (tx: Db, row: ThreadRow): Promise<ThreadRow> =>
  tx.insertInto("private_threads").values(row).returningAll().executeTakeFirstOrThrow();

export const setThreadActive = (tx: Db, id: number, is_active: 0 | 1): Promise<ThreadRow> =>
  tx.updateTable("private_threads").set({ is_active }).where("id", "=", id).returningAll().executeTakeFirstOrThrow();

const mine = (db: Db, userId: number) =>
  db
    .selectFrom("private_threads as t")
    .innerJoin("rooms", "rooms.id", "t.room_id")
    .innerJoin("logs", "logs.id", "t.id")
    .where("rooms.deleted_at", "is", null)
    .where((eb) => eb.or([eb("t.low_id", "=", userId), eb("t.high_id", "=", userId)]));

/** Newest activity first. */
export const listThreads = (
  db: Db,
  userId: number,
  { rows, offset }: { rows: number; offset: number },
): Promise<ThreadRow[]> =>
  mine(db, userId)
    .leftJoin("events", (join) => join.onRef("events.log_id", "=", "t.id").onRef("events.seq", "=", "logs.head"))
    .selectAll("t")
    .orderBy((eb) => eb.fn.coalesce("events.created_at", "t.created_at"), "desc")
    .orderBy("t.id", "desc")
    .limit(rows)
    .offset(offset)
    .execute();

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

/** How far the other person of each thread has read, by thread. */
export const partnerMarks = async (
  db: Db,
  userId: number,
  threads: readonly ThreadRow[],
): Promise<Map<number, number>> => {
  const rows = await db
    .selectFrom("read_marks")
    .innerJoin("private_threads as t", "t.id", "read_marks.log_id")
    .select(["t.id", "read_marks.seq"])
    .where(
      "t.id",
      "in",
      threads.map(({ id }) => id),
    )
    .where("read_marks.user_id", "!=", userId)
    // Both columns, since a mark of somebody who only looked in would be nobody's here.
    .where((eb) =>
      eb.or([eb("t.low_id", "=", eb.ref("read_marks.user_id")), eb("t.high_id", "=", eb.ref("read_marks.user_id"))]),
    )
    .execute();
  return new Map(rows.map(({ id, seq }) => [id, seq]));
};

export const logStates = async (db: Db, ids: readonly number[]) => {
  const rows = await db
    .selectFrom("logs")
    .select(["id", "epoch", "head"])
    .where("id", "in", [...ids])
    .execute();
  return new Map(rows.map((r) => [r.id, r]));
};
