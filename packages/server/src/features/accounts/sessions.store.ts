// Sessions and tickets in the database.
import type { Caller } from "../../kit/call.ts";
import { toCard } from "../../kit/cards.store.ts";
import type { Chore } from "../../kit/housekeeping.ts";
import { preparedOne } from "../../kit/prepared.ts";
import { preparedList } from "../../kit/prepared-list.ts";
import { type Db, flag, type SessionsTable } from "../../kit/tables.ts";

const IDS_PER_QUERY = 1_000;

interface CallerRow {
  session: string;
  id: number;
  username: string;
  display_name: string;
  role: string;
}

export const insertSessions = async (tx: Db, sessions: readonly SessionsTable[]): Promise<void> => {
  for (let i = 0; i < sessions.length; i += IDS_PER_QUERY) {
    await tx
      .insertInto("sessions")
      .values(sessions.slice(i, i + IDS_PER_QUERY))
      .execute();
  }
};

/** Over or not. */
export const findSession = async (db: Db, id: string): Promise<SessionsTable | null> =>
  (await db.selectFrom("sessions").selectAll().where("id", "=", id).executeTakeFirst()) ?? null;

/** Held to the end of the transaction: of several exchanges at once each sees what the one before it left. */
export const lockSession = async (tx: Db, id: string): Promise<SessionsTable | null> =>
  (await tx
    .updateTable("sessions")
    .set((eb) => ({ generation: eb.ref("generation") }))
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst()) ?? null;

export const rotateSession = async (
  tx: Db,
  id: string,
  next: Pick<SessionsTable, "generation" | "rotated_at" | "last_seen_at" | "expires_at">,
): Promise<void> => {
  await tx.updateTable("sessions").set(next).where("id", "=", id).execute();
};

const live = (db: Db, now: number) =>
  db
    .selectFrom("sessions")
    .innerJoin("users", "users.id", "sessions.user_id")
    .where("sessions.ended_at", "is", null)
    .where("sessions.expires_at", ">", now)
    .where("users.is_active", "=", flag(true));

const callerColumns = [
  "sessions.id as session",
  "users.id",
  "users.username",
  "users.display_name",
  "users.role",
] as const;
const callers = preparedList<string, { now: number }, CallerRow>((db, ids, { now }) =>
  live(db, now).select(callerColumns).where("sessions.id", "in", ids),
);
const caller = preparedOne<{ id: string; now: number }, CallerRow>((db, { id, now }) =>
  live(db, now).select(callerColumns).where("sessions.id", "=", id),
);
const toCaller = (row: CallerRow): Caller => ({ user: toCard(row), session: row.session });

/** Who each of these sessions is of; null for one that is over, or whose account is not active. */
export const findCallers = async (db: Db, sessions: readonly string[], now: number): Promise<(Caller | null)[]> => {
  const rows = await callers(db, sessions, { now });
  const found = new Map(rows.map((row) => [row.session, toCaller(row)]));
  return sessions.map((session) => found.get(session) ?? null);
};

export const findCaller = async (db: Db, session: string, now: number): Promise<Caller | null> => {
  const row = await caller(db, { id: session, now });
  return row && toCaller(row);
};

/** Those of these that still go on, with when each was last seen. */
export const liveSessions = async (db: Db, ids: readonly string[], now: number): Promise<Map<string, number>> => {
  const found = new Map<string, number>();
  for (let i = 0; i < ids.length; i += IDS_PER_QUERY) {
    const some = ids.slice(i, i + IDS_PER_QUERY);
    const query = live(db, now).select(["sessions.id", "sessions.last_seen_at"]).where("sessions.id", "in", some);
    for (const { id, last_seen_at } of await query.execute()) found.set(id, last_seen_at);
  }
  return found;
};

export const sawSessions = async (tx: Db, ids: readonly string[], now: number): Promise<void> => {
  await tx
    .updateTable("sessions")
    .set({ last_seen_at: now })
    .where("id", "in", [...ids])
    .execute();
};

/** Where somebody is signed in now, last seen first. */
export const sessionsOf = (db: Db, userId: number, now: number): Promise<SessionsTable[]> =>
  live(db, now)
    .selectAll("sessions")
    .where("sessions.user_id", "=", userId)
    .orderBy("sessions.last_seen_at", "desc")
    .orderBy("sessions.id")
    .execute();

/** Answers those that it ended; the ones that were over already are not among them. */
export const endSession = (tx: Db, id: string, now: number): Promise<string[]> =>
  idsOf(
    tx
      .updateTable("sessions")
      .set({ ended_at: now })
      .where("id", "=", id)
      .where("ended_at", "is", null)
      .returning("id")
      .execute(),
  );

/** All of somebody's sessions but, if one is named, that one. */
export const endSessionsOf = (tx: Db, userId: number, now: number, except = ""): Promise<string[]> =>
  idsOf(
    tx
      .updateTable("sessions")
      .set({ ended_at: now })
      .where("user_id", "=", userId)
      .where("ended_at", "is", null)
      .where("id", "!=", except)
      .returning("id")
      .execute(),
  );

const idsOf = async (rows: Promise<Array<{ id: string }>>): Promise<string[]> => (await rows).map(({ id }) => id);

/** Stored only as a digest, so that a copy of the database opens no socket. Clears away what nobody used. */
export const insertTicket = async (
  tx: Db,
  ticket: { digest: string; session_id: string; expires_at: number },
  now: number,
): Promise<void> => {
  await tx.deleteFrom("tickets").where("expires_at", "<=", now).execute();
  await tx.insertInto("tickets").values(ticket).execute();
  await sawSessions(tx, [ticket.session_id], now);
};

/** Answers the session and forgets the ticket: of two that come with the same one, only the first gets it. */
export const takeTicket = async (tx: Db, digest: string, now: number): Promise<string | null> => {
  const row = await tx
    .deleteFrom("tickets")
    .where("digest", "=", digest)
    .returning(["session_id", "expires_at"])
    .executeTakeFirst();
  return row && row.expires_at > now ? row.session_id : null;
};

const DAY_MS = 24 * 60 * 60_000;

/** Those that have been over for a day: until then an old token is told from one that never was. */
export const oldSessions: Chore = {
  what: "sessions that are over",
  clear: async (tx, now, rows) => {
    const over = await tx
      .selectFrom("sessions")
      .select("id")
      .where((eb) => eb.or([eb("ended_at", "<", now - DAY_MS), eb("expires_at", "<", now - DAY_MS)]))
      .limit(rows)
      .execute();
    const ids = over.map(({ id }) => id);
    if (ids.length === 0) return 0;
    await tx.deleteFrom("tickets").where("session_id", "in", ids).execute();
    await tx.deleteFrom("sessions").where("id", "in", ids).execute();
    return ids.length;
  },
};
