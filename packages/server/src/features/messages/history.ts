// Pages of history: a log's timeline from either end, around a message, with or without what happened besides.
import { Refusal, SIZES, type TimelineItem } from "@homeroom/protocol";
import { toCard } from "../../kit/cards.store.ts";
import { instant } from "../../kit/kit.ts";
import type { LogRef } from "../../kit/ports.ts";
import type { Db } from "../../kit/tables.ts";
import { writtenList } from "../../kit/written.ts";
import {
  EVER,
  type FoundRows,
  type Span,
  type TimelineEvent,
  timelineEvents,
  timelineMessages,
} from "./message-pages.store.ts";
import { type AnyMessage, lineWriter } from "./message-view.ts";
import type { Line } from "./whole-messages.store.ts";

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

const limitOf = ({ limit }: LogAsked): number => limit ?? SIZES.page_default;
/** How many of a page stand up to the message in its middle. */
const halfOf = (asked: LogAsked): number => Math.max(1, Math.ceil(limitOf(asked) / 2));

/** What to fetch: one row more on each side than the page shows. Throws `bad_request` for contradicting marks. */
const spanOf = (asked: LogAsked): Span => {
  const named = (["before", "after", "around"] as const).filter((name) => asked[name] !== undefined);
  if (named.length > 1) {
    throw new Refusal("bad_request", { fields: Object.fromEntries(named.map((n) => [n, ["Only one of these."]])) });
  }
  if (asked.around !== undefined) {
    return { way: "around", id: asked.around, upTo: halfOf(asked) + 1, after: limitOf(asked) - halfOf(asked) + 1 };
  }
  return pageSpan(asked);
};

/** The same for lists that have no middle. */
export const pageSpan = ({ before, after, ...asked }: LogAsked): Exclude<Span, { way: "around" }> =>
  after === undefined
    ? { way: "newest", before: before ?? EVER, rows: limitOf(asked) + 1 }
    : { way: "oldest", after, rows: limitOf(asked) + 1 };

/** What of the rows that were fetched, in ascending order, stands on the page, and whether there is more on either side. */
export const sliceBySeq = <R extends { seq: number }>({ rows, centre }: FoundRows<R>, asked: LogAsked): Slice<R> => {
  const limit = limitOf(asked);
  if (asked.around !== undefined) {
    if (centre === null) throw new Refusal("not_found");
    const half = halfOf(asked);
    const upTo = rows.filter(({ seq }) => seq <= centre);
    const from = rows.slice(upTo.length);
    const older = upTo.length > half;
    const newer = from.length > limit - half;
    return { rows: [...(older ? upTo.slice(1) : upTo), ...(newer ? from.slice(0, -1) : from)], older, newer };
  }
  const isMore = rows.length > limit;
  if (asked.after !== undefined) {
    return { rows: isMore ? rows.slice(0, -1) : rows, older: asked.after > 0, newer: isMore };
  }
  return { rows: isMore ? rows.slice(1) : rows, older: isMore, newer: asked.before !== undefined };
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
export const messagePage = async (
  db: Db,
  log: LogRef,
  asked: LogAsked,
  path: string,
  viewerId: number,
): Promise<LogPage<AnyMessage>> => {
  const found = sliceBySeq(await timelineMessages(db, log.id, viewerId, spanOf(asked)), asked);
  const results = writtenList<AnyMessage>(found.rows.map(lineWriter(log, viewerId)));
  return { results, ...linksBySeq(found, asked, path, "") };
};

/** With `user_joined`, `user_left` and `room_updated` in their place. Throws as `messagePage` does. */
export const timelinePage = async (
  db: Db,
  log: LogRef,
  asked: LogAsked,
  path: string,
  viewerId: number,
): Promise<LogPage<TimelineItem>> => {
  const found = sliceBySeq(await timelineEvents(db, log.id, viewerId, spanOf(asked)), asked);
  const results = writtenList<TimelineItem>(found.rows.map(itemWriter(log, viewerId)));
  return { results, ...linksBySeq(found, asked, path, "&include=events") };
};

const itemWriter = (log: LogRef, viewerId: number): ((line: Line) => string) => {
  const write = lineWriter(log, viewerId);
  return (line) =>
    line.json.startsWith("{") ? JSON.stringify(eventItem(log, line)) : `{"kind":"message",${write(line).slice(1)}`;
};

const eventItem = (log: LogRef, { seq, created_at, json }: Line): TimelineItem => {
  const { type, data, card } = JSON.parse(json) as TimelineEvent;
  const place = { seq, created_at: instant(created_at) };
  if (type === "room_updated") return { kind: "room_updated", ...place };
  if (!card) throw new Error(`whom event ${seq} of log ${log.id} is about is missing`);
  const user = toCard(card);
  if (type === "user_joined") return { kind: "user_joined", ...place, user };
  const { kicked } = JSON.parse(data ?? "{}") as { kicked: boolean };
  return { kind: "user_left", ...place, user, kicked };
};
