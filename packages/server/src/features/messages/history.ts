// Pages of history: a log's timeline from either end, around a message, with or without what happened besides.
import { type Message, type PrivateMessage, Refusal, SIZES, type TimelineItem } from "@homeroom/protocol";
import { cardFrom, cardsOf } from "../../kit/cards.store.ts";
import { instant } from "../../kit/kit.ts";
import type { EventRow } from "../../kit/log.ts";
import type { LogRef } from "../../kit/ports.ts";
import type { Db } from "../../kit/tables.ts";
import { viewMessages } from "./message-view.ts";
import {
  findInLog,
  type MessageRow,
  messagesById,
  type Span,
  timelineEvents,
  timelineMessages,
} from "./messages.store.ts";

type AnyMessage = Message | PrivateMessage;

export interface LogAsked {
  limit?: number | undefined;
  before?: number | undefined;
  after?: number | undefined;
  around?: number | undefined;
}

export interface LogPage<T> {
  results: T[];
  next: string | null;
  previous: string | null;
}

interface Slice<R> {
  rows: R[];
  older: boolean;
  newer: boolean;
}

type Fetch<R> = (span: Span) => Promise<R[]>;

/** Rows of any list that is read by seq, ascending, and whether there are more on either side. */
export const sliceBySeq = async <R extends { seq: number }>(
  fetch: Fetch<R>,
  asked: LogAsked,
  centre: number | null,
): Promise<Slice<R>> => {
  const limit = asked.limit ?? SIZES.page_default;
  if (centre !== null) {
    const half = Math.max(1, Math.ceil(limit / 2));
    const [upTo, from] = await Promise.all([
      fetch({ before: centre + 1, rows: half + 1, from: "newest" }),
      fetch({ after: centre, rows: limit - half + 1, from: "oldest" }),
    ]);
    const older = upTo.length > half;
    const newer = from.length > limit - half;
    return { rows: [...(older ? upTo.slice(1) : upTo), ...(newer ? from.slice(0, -1) : from)], older, newer };
  }
  if (asked.after !== undefined) {
    const rows = await fetch({ after: asked.after, rows: limit + 1, from: "oldest" });
    const newer = rows.length > limit;
    return { rows: newer ? rows.slice(0, -1) : rows, older: asked.after > 0, newer };
  }
  const rows = await fetch({ before: asked.before, rows: limit + 1, from: "newest" });
  const older = rows.length > limit;
  return { rows: older ? rows.slice(1) : rows, older, newer: asked.before !== undefined };
};

export const linksBySeq = <R extends { seq: number }>(
  found: Slice<R>,
  asked: LogAsked,
  path: string,
  extra: string,
) => {
  const limit = asked.limit ?? SIZES.page_default;
  const first = found.rows[0]?.seq ?? (asked.after ?? 0) + 1;
  const last = found.rows.at(-1)?.seq ?? (asked.before ?? 1) - 1;
  return {
    next: found.newer ? `${path}?after=${last}&limit=${limit}${extra}` : null,
    previous: found.older ? `${path}?before=${first}&limit=${limit}${extra}` : null,
  };
};

/** Throws `bad_request` for contradicting marks, `not_found` for a message to centre that is not here. */
const centreOf = async (db: Db, log: LogRef, asked: LogAsked): Promise<number | null> => {
  const named = (["before", "after", "around"] as const).filter((name) => asked[name] !== undefined);
  if (named.length > 1) {
    throw new Refusal("bad_request", { fields: Object.fromEntries(named.map((n) => [n, ["Only one of these."]])) });
  }
  if (asked.around === undefined) return null;
  const found = await findInLog(db, log.id, asked.around);
  if (!found) throw new Refusal("not_found");
  return found.seq;
};

export const messagePage = async (
  db: Db,
  log: LogRef,
  asked: LogAsked,
  path: string,
  viewerId: number,
): Promise<LogPage<AnyMessage>> => {
  const centre = await centreOf(db, log, asked);
  const found = await sliceBySeq((span) => timelineMessages(db, log.id, span), asked, centre);
  return { results: await viewMessages(db, log, found.rows, viewerId), ...linksBySeq(found, asked, path, "") };
};

/** With `user_joined`, `user_left` and `room_updated` in their place. */
export const timelinePage = async (
  db: Db,
  log: LogRef,
  asked: LogAsked,
  path: string,
  viewerId: number,
): Promise<LogPage<TimelineItem>> => {
  const centre = await centreOf(db, log, asked);
  const found = await sliceBySeq((span) => timelineEvents(db, log.id, span), asked, centre);
  return {
    results: await timelineItems(db, log, found.rows, viewerId),
    ...linksBySeq(found, asked, path, "&include=events"),
  };
};

const timelineItems = async (
  db: Db,
  log: LogRef,
  rows: readonly EventRow[],
  viewerId: number,
): Promise<TimelineItem[]> => {
  const written: MessageRow[] = await messagesById(
    db,
    rows.flatMap((r) => (r.message_id === null ? [] : [r.message_id])),
  );
  const [views, cards] = await Promise.all([
    viewMessages(db, log, written, viewerId),
    cardsOf(
      db,
      rows.flatMap((r) => (r.user_id === null ? [] : [r.user_id])),
    ),
  ]);
  const bySeq = new Map(views.map((view) => [view.seq, view as Message]));
  return rows.map((row): TimelineItem => {
    const place = { seq: row.seq, created_at: instant(row.created_at) };
    const message = bySeq.get(row.seq);
    if (message) return { kind: "message", ...message };
    if (row.type === "room_updated") return { kind: "room_updated", ...place };
    const user = cardFrom(cards, row.user_id ?? 0);
    if (row.type === "user_joined") return { kind: "user_joined", ...place, user };
    const { kicked } = JSON.parse(row.data ?? "{}") as { kicked: boolean };
    return { kind: "user_left", ...place, user, kicked };
  });
};
