// Messages as rows: finding, adding, changing, paging.
import type { Selectable } from "kysely";
import type { EventRow } from "../../kit/log.ts";
import type { Db, MessagesTable } from "../../kit/tables.ts";

export type MessageRow = Selectable<MessagesTable>;

/** The message and what kind of log it is in: an id of one kind names nothing of the other. */
export const findInKind = async (db: Db, id: number, kind: "room" | "thread"): Promise<MessageRow | null> =>
  (await db
    .selectFrom("messages")
    .innerJoin("logs", "logs.id", "messages.log_id")
    .selectAll("messages")
    .where("messages.id", "=", id)
    .where("logs.kind", "=", kind)
    .executeTakeFirst()) ?? null;

export const findInLog = async (db: Db, logId: number, id: number): Promise<MessageRow | null> =>
  (await db.selectFrom("messages").selectAll().where("id", "=", id).where("log_id", "=", logId).executeTakeFirst()) ??
  null;

export const messagesById = (db: Db, ids: readonly number[]): Promise<MessageRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom("messages")
        .selectAll()
        .where("id", "in", [...new Set(ids)])
        .execute();

export const changeMessage = (
  tx: Db,
  id: number,
  change: Partial<Pick<MessageRow, "content" | "edited_at" | "deleted_at" | "deleted_by" | "pinned_seq">>,
): Promise<MessageRow> =>
  tx.updateTable("messages").set(change).where("id", "=", id).returningAll().executeTakeFirstOrThrow();

/** The newest message that stands in each log's timeline. */
export const newestOf = async (db: Db, logIds: readonly number[]): Promise<MessageRow[]> => {
  if (logIds.length === 0) return [];
  return db
    .selectFrom("messages")
    .selectAll()
    .where("messages.id", "in", (eb) =>
      eb
        .selectFrom("logs")
        .where("logs.id", "in", [...logIds])
        .select((log) =>
          log
            .selectFrom("messages as newest")
            .select("newest.id")
            .whereRef("newest.log_id", "=", "logs.id")
            .where((m) => m.or([m("newest.thread_root", "is", null), m("newest.also_in_room", "=", 1)]))
            .orderBy("newest.seq", "desc")
            .limit(1)
            .as("id"),
        ),
    )
    .execute();
};

export interface Span {
  /** Only seqs below. */
  before?: number | undefined;
  /** Only seqs above. */
  after?: number | undefined;
  rows: number;
  /** From which end to take them. */
  from: "oldest" | "newest";
}

/** Messages of a log's timeline: those in threads only where they were also said in the room. */
export const timelineMessages = async (db: Db, logId: number, span: Span): Promise<MessageRow[]> => {
  let query = db
    .selectFrom("messages")
    .selectAll()
    .where("log_id", "=", logId)
    .where((eb) => eb.or([eb("thread_root", "is", null), eb("also_in_room", "=", 1)]));
  if (span.before !== undefined) query = query.where("seq", "<", span.before);
  if (span.after !== undefined) query = query.where("seq", ">", span.after);
  return ascending(
    await query
      .orderBy("seq", span.from === "oldest" ? "asc" : "desc")
      .limit(span.rows)
      .execute(),
  );
};

const SHOWN_EVENTS = ["chat_message", "private_message", "user_joined", "user_left", "room_updated"];

/** The same with comings, goings and changes of the room in their place, as rows of the log. */
export const timelineEvents = async (db: Db, logId: number, span: Span): Promise<EventRow[]> => {
  let query = db
    .selectFrom("events")
    .leftJoin("messages", (join) =>
      join.onRef("messages.log_id", "=", "events.log_id").onRef("messages.seq", "=", "events.seq"),
    )
    .selectAll("events")
    .where("events.log_id", "=", logId)
    .where("events.type", "in", SHOWN_EVENTS)
    .where((eb) => eb.or([eb("messages.thread_root", "is", null), eb("messages.also_in_room", "=", 1)]));
  if (span.before !== undefined) query = query.where("events.seq", "<", span.before);
  if (span.after !== undefined) query = query.where("events.seq", ">", span.after);
  const rows = await query
    .orderBy("events.seq", span.from === "oldest" ? "asc" : "desc")
    .limit(span.rows)
    .execute();
  return ascending(rows);
};

/** The messages written in one thread. */
export const threadMessages = async (db: Db, rootId: number, span: Span): Promise<MessageRow[]> => {
  let query = db.selectFrom("messages").selectAll().where("thread_root", "=", rootId);
  if (span.before !== undefined) query = query.where("seq", "<", span.before);
  if (span.after !== undefined) query = query.where("seq", ">", span.after);
  return ascending(
    await query
      .orderBy("seq", span.from === "oldest" ? "asc" : "desc")
      .limit(span.rows)
      .execute(),
  );
};

const ascending = <T extends { seq: number }>(rows: T[]): T[] => rows.toSorted((a, b) => a.seq - b.seq);
