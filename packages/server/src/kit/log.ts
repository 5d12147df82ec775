// The log of a room or thread: its lock, its counter, its rows. Knows seqs, not what the events mean.
import { randomUUID } from "node:crypto";
import type { DurableFrame } from "@homeroom/protocol";
import type { Selectable } from "kysely";
import { type LogRef, logRef } from "./ports.ts";
import type { Db, EventsTable } from "./tables.ts";

export interface LogState extends LogRef {
  readonly epoch: string;
  head: number;
}

export type EventRow = Selectable<EventsTable>;

/** A row of the log, as its feature made it. */
export interface NewEvent {
  type: DurableFrame["type"];
  message_id?: number;
  user_id?: number;
  data?: object;
}

export const createLog = async (tx: Db, kind: LogRef["kind"]): Promise<LogState> => {
  const epoch = randomUUID();
  const { id } = await tx.insertInto("logs").values({ kind, epoch, head: 0 }).returning("id").executeTakeFirstOrThrow();
  return { kind, id, epoch, head: 0 };
};

/**
 * Holds the log until the transaction ends, so that what is checked afterwards (who is a member) still holds when the
 * event gets its seq: this is what makes a kick a fence. The update that changes nothing is the row lock that both
 * databases understand. Null where there is no such log.
 */
export const lockLog = async (tx: Db, log: LogRef): Promise<LogState | null> => {
  const row = await tx
    .updateTable("logs")
    .set((eb) => ({ head: eb.ref("head") }))
    .where("id", "=", log.id)
    .where("kind", "=", log.kind)
    .returning(["epoch", "head"])
    .executeTakeFirst();
  return row ? { ...logRef(log.kind, log.id), epoch: row.epoch, head: row.head } : null;
};

/** Gives the event the next seq of a log that this transaction holds. */
export const appendEvent = async (tx: Db, log: LogState, event: NewEvent, now: number): Promise<number> => {
  const seq = ++log.head;
  await Promise.all([
    tx.updateTable("logs").set({ head: seq }).where("id", "=", log.id).execute(),
    tx
      .insertInto("events")
      .values({
        log_id: log.id,
        seq,
        type: event.type,
        message_id: event.message_id ?? null,
        user_id: event.user_id ?? null,
        data: event.data ? JSON.stringify(event.data) : null,
        created_at: now,
      })
      .execute(),
  ]);
  return seq;
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
