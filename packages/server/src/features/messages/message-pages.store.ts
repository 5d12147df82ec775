// Pages of a log in one query each: which messages stand on them, and everything of these.
import { type Expression, type RawBuilder, sql } from "kysely";
import { cardFields, type CardRow } from "../../kit/cards.store.ts";
import { fromJson, inWords, jsonWords, rowOf, rowsAtMost } from "../../kit/json-rows.store.ts";
import { preparedOne } from "../../kit/prepared.ts";
import type { Db } from "../../kit/tables.ts";
import {
  type Line,
  messageLine,
  type MessageTuple,
  readLines,
  readMessage,
  wholeFrom,
} from "./whole-messages.store.ts";

type Sql = RawBuilder<unknown>;

/** Above every seq. */
export const EVER = Number.MAX_SAFE_INTEGER;

/** Which rows of a list that is read by seq, from which end; or up to a message and after it. */
export type Span =
  | { way: "newest"; before: number; rows: number }
  | { way: "oldest"; after: number; rows: number }
  | { way: "around"; id: number; upTo: number; after: number };

/** Ascending. */
export interface FoundRows<T> {
  rows: T[];
  /** The seq of the message that was to be in the middle; null where it is not in this log. */
  centre: number | null;
}

/** What a page asks for: a list by its log or root, one person who looks, and a span with all its parts. */
interface Values {
  list: number;
  viewer: number;
  /** Bounds of the seq, and how many on either side; what a way does not need is not looked at. */
  before: number;
  after: number;
  rows: number;
  id: number;
  more: number;
}

const valuesOf = (list: number, viewer: number, span: Span): Values => {
  const none = { list, viewer, before: 0, after: 0, rows: 0, id: 0, more: 0 };
  if (span.way === "around") return { ...none, id: span.id, rows: span.upTo, more: span.after };
  return { ...none, ...span };
};

type Way = Span["way"];
/** Some rows of a list, by a condition on their seq. */
type Part = (v: Values, where: Sql, order: Sql, rows: Expression<unknown>) => Sql;

/** Where the middle of a page is, as SQL. */
const centreOf = (v: Values): Sql => sql`(select seq from messages where id = ${v.id} and log_id = ${v.list})`;

const rowsOf = (part: Part, seq: Sql, way: Way, v: Values): Sql => {
  const [up, down] = [sql`${seq} asc`, sql`${seq} desc`];
  if (way === "newest") return part(v, sql`${seq} < ${v.before}`, down, sql`${v.rows}`);
  if (way === "oldest") return part(v, sql`${seq} > ${v.after}`, up, sql`${v.rows}`);
  const upTo = part(v, sql`${seq} <= ${centreOf(v)}`, down, sql`${v.rows}`);
  const after = part(v, sql`${seq} > ${centreOf(v)}`, up, sql`${v.more}`);
  return sql`select * from (${upTo}) as up_to union all select * from (${after}) as beyond`;
};

interface Answer {
  page: unknown;
  centre?: number | null;
}

const ways = (build: (db: Db, v: Values, way: Way) => Sql) => {
  const ask = (way: Way) => preparedOne<Values, Answer>((db, v) => inWords(db, sql<Answer>`${build(db, v, way)}`));
  const byWay = { newest: ask("newest"), oldest: ask("oldest"), around: ask("around") };
  return (db: Db, list: number, viewer: number, span: Span) => byWay[span.way](db, valuesOf(list, viewer, span));
};

const bySeq = (a: { seq: number }, b: { seq: number }) => a.seq - b.seq;

/** Those in threads only where they were also said in the room. */
const inTimeline = sql`(m.thread_root is null or m.also_in_room = 1)`;

/** Each is written where it is found: to pick them out first and read them then costs an eighth more. */
const messagePart =
  (db: Db): Part =>
  (v, where, order, rows) =>
    sql`
    select ${messageLine(db, sql`${v.viewer}`)} as line from messages as m join users as s on s.id = m.sender_id
    where m.log_id = ${v.list} and ${inTimeline} and ${where} order by ${order} limit ${rowsAtMost(rows)}`;

export const timelineQuery = (db: Db, v: Values, way: Way): Sql => {
  const lines = rowsOf(messagePart(db), sql`m.seq`, way, v);
  const page = sql`select ${jsonWords(db).rows(sql`b.line`)} as page from (${lines}) as b`;
  return way === "around" ? sql`select w.page, ${centreOf(v)} as centre from (${page}) as w` : page;
};
const askTimeline = ways(timelineQuery);

/** A page of a log's timeline. */
export const timelineMessages = async (db: Db, logId: number, viewer: number, span: Span): Promise<FoundRows<Line>> => {
  const found = await askTimeline(db, logId, viewer, span);
  return { rows: readLines(found?.page), centre: found?.centre ?? null };
};

/** What stands in the timeline and is no message; `card` of whom it is about. */
export interface TimelineEvent {
  type: string;
  data: string | null;
  card: CardRow | null;
}

const SHOWN_EVENTS = sql.join(
  ["chat_message", "private_message", "user_joined", "user_left", "room_updated"].map((type) => sql.lit(type)),
);

const eventPart: Part = (v, where, order, rows) => sql`
  select e.seq, e.type, e.created_at, e.data, e.user_id, m.id as message
  from events as e left join messages as m on m.log_id = e.log_id and m.seq = e.seq
  where e.log_id = ${v.list} and e.type in (${SHOWN_EVENTS}) and ${inTimeline} and ${where}
  order by ${order} limit ${rowsAtMost(rows)}`;

export const eventsQuery = (db: Db, v: Values, way: Way): Sql => {
  const json = jsonWords(db);
  const card = json.nested(sql`case when u.id is not null then ${json.object(cardFields("u"))} end`);
  const event = rowOf(
    json,
    ["b.seq", "b.created_at", sql`null`],
    json.object({ type: "b.type", data: "b.data", card }),
  );
  const each = sql`case when m.id is null then ${event} else ${messageLine(db, sql`${v.viewer}`)} end`;
  const page = sql`
    select ${json.rows(each)} as page from (${rowsOf(eventPart, sql`e.seq`, way, v)}) as b
    left join messages as m on m.id = b.message left join users as s on s.id = m.sender_id
    left join users as u on u.id = b.user_id`;
  return way === "around" ? sql`select w.page, ${centreOf(v)} as centre from (${page}) as w` : page;
};
const askEvents = ways(eventsQuery);

/** The same with comings, goings and changes of the room in their place: a `TimelineEvent` each. */
export const timelineEvents = async (db: Db, logId: number, viewer: number, span: Span): Promise<FoundRows<Line>> => {
  const found = await askEvents(db, logId, viewer, span);
  return { rows: readLines(found?.page), centre: found?.centre ?? null };
};

const replyPart: Part = (v, where, order, rows) => sql`
  select m.id from messages as m where m.thread_root = ${v.list} and ${where} order by ${order} limit ${rowsAtMost(rows)}`;

export const repliesQuery = (db: Db, v: Values, way: Way): Sql => {
  const ids = sql`
    select id from (${rowsOf(replyPart, sql`m.seq`, way, v)}) as replies
    union all select id from messages where id = ${v.list}`;
  return sql`
    select w.page, (select following from thread_follows where user_id = ${v.viewer} and root_id = ${v.list}) as following
    from (${wholeFrom(db, ids, sql`${v.viewer}`)}) as w`;
};
const askReplies = ways(repliesQuery);

/** A page of the messages of one thread, with the one it grows from, and what the viewer chose: null for nothing yet. */
export const threadMessages = async (
  db: Db,
  rootId: number,
  viewer: number,
  span: Exclude<Span, { way: "around" }>,
) => {
  const found: (Answer & { following?: number | null }) | null = await askReplies(db, rootId, viewer, span);
  const all = fromJson<MessageTuple[]>(found?.page).map(readMessage);
  return {
    root: all.find(({ id }) => id === rootId) ?? null,
    rows: all.filter(({ id }) => id !== rootId).toSorted(bySeq),
    following: found?.following ?? null,
  };
};
