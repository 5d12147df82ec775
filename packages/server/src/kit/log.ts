// The log of a room or thread: its lock, its counter, its rows. Knows seqs, not what the events mean.
import { randomUUID } from "node:crypto";
import type { DurableFrame } from "@homeroom/protocol";
import type { Selectable } from "kysely";
import { type LogRef, logRef } from "./ports.ts";
import { prepared, preparedOne } from "./prepared.ts";
import type { Db, EventsTable, LogsTable } from "./tables.ts";
import { together } from "./together.ts";

export interface LogState extends LogRef {
  readonly epoch: string;
  head: number;
  /** Who may do what here has not changed since this seq. */
  rightsSeq: number;
}

export type EventRow = Selectable<EventsTable>;

/** A row of the log, as its feature made it. */
export interface NewEvent {
  type: DurableFrame["type"];
  message_id?: number;
  user_id?: number;
  data?: object;
}

/** What changes neither who belongs to a log nor what they may do there. Everything else counts as if it did. */
const WORDS_ONLY: ReadonlySet<DurableFrame["type"]> = new Set([
  "chat_message",
  "private_message",
  "message_edited",
  "message_deleted",
  "reaction_changed",
  "pins_changed",
  "attachment_updated",
]);

export const createLog = async (tx: Db, kind: LogRef["kind"]): Promise<LogState> => {
  const epoch = randomUUID();
  const { id } = await tx.insertInto("logs").values({ kind, epoch, head: 0 }).returning("id").executeTakeFirstOrThrow();
  return { kind, id, epoch, head: 0, rightsSeq: 0 };
};

const touchLog = preparedOne<
  { id: number; kind: LogRef["kind"] },
  Selectable<Pick<LogsTable, "epoch" | "head" | "rights_seq">>
>((tx, { id, kind }) =>
  tx
    .updateTable("logs")
    .set((eb) => ({ head: eb.ref("head") }))
    .where("id", "=", id)
    .where("kind", "=", kind)
    .returning(["epoch", "head", "rights_seq"]),
);

/**
 * Holds the log until the transaction ends, so that what is checked afterwards (who is a member) still holds when the
 * event gets its seq: this is what makes a kick a fence. The update that changes nothing is the row lock that both
 * databases understand. Null where there is no such log.
 */
export const lockLog = async (tx: Db, log: LogRef): Promise<LogState | null> => {
  const row = await touchLog(tx, log);
  return row && { ...logRef(log.kind, log.id), epoch: row.epoch, head: row.head, rightsSeq: row.rights_seq };
};

const moveHead = prepared<{ id: number; head: number; rights: number }, unknown>((tx, { id, head, rights }) =>
  tx.updateTable("logs").set({ head, rights_seq: rights }).where("id", "=", id),
);

const insertEvent = prepared<EventsTable, unknown>((tx, row) =>
  tx.insertInto("events").values({
    log_id: row.log_id,
    seq: row.seq,
    type: row.type,
    message_id: row.message_id,
    user_id: row.user_id,
    data: row.data,
    created_at: row.created_at,
  }),
);

/** Gives the events the next seqs of a log that this transaction holds, in the order given. Answers the first. */
export const appendEvents = async (
  tx: Db,
  log: LogState,
  events: readonly NewEvent[],
  now: number,
): Promise<number> => {
  const first = log.head + 1;
  log.head += events.length;
  const changing = events.findLastIndex(({ type }) => !WORDS_ONLY.has(type));
  const rights = changing < 0 ? log.rightsSeq : first + changing;
  const rows = events.map((event, i) => ({
    log_id: log.id,
    seq: first + i,
    type: event.type,
    message_id: event.message_id ?? null,
    user_id: event.user_id ?? null,
    data: event.data ? JSON.stringify(event.data) : null,
    created_at: now,
  }));
  log.rightsSeq = rights;
  await together([moveHead(tx, { id: log.id, head: log.head, rights }), insertEvent.each(tx, rows)]);
  return first;
};

/** The rows after a seq, ascending. */
export const eventsAfter = (db: Db, logId: number, after: number, limit: number): Promise<EventRow[]> =>
  db
    .selectFrom("events")
    .selectAll()
    .where("log_id", "=", logId)
    .where("seq", ">", after)
    .orderBy("seq")
    .limit(limit)
    .execute();

export const logHead = async (db: Db, logId: number): Promise<{ epoch: string; head: number } | null> =>
  (await db.selectFrom("logs").select(["epoch", "head"]).where("id", "=", logId).executeTakeFirst()) ?? null;
