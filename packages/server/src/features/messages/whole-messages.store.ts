// Whole messages: each with its sender, what it quotes, its thread, files and reactions, many of them in one query.
import { type Expression, type RawBuilder, sql } from "kysely";
import { cardFields, type CardRow } from "../../kit/cards.store.ts";
import { Flag, fromJson, inWords, jsonWords, Numeric, readRows, rowOf } from "../../kit/json-rows.store.ts";
import { preparedOne } from "../../kit/prepared.ts";
import type { Db } from "../../kit/tables.ts";
import { type AttachmentJson, attachmentsIn } from "../attachments/attachments.ts";
import { hasReactions, type ReactionJson, reactionsIn } from "../reactions/reactions.ts";
import { type QuoteJson, quoteOf } from "./quotes.store.ts";
import { type RepliesJson, repliesIn } from "./reply-threads.store.ts";

type Sql = RawBuilder<unknown>;

export interface WholeMessage {
  id: number;
  log_id: number;
  seq: number;
  client_id: string | null;
  sender: CardRow;
  content: string;
  thread_root: number | null;
  also_in_room: number;
  pinned_seq: number | null;
  created_at: number;
  edited_at: number | null;
  deleted_at: number | null;
  quote: QuoteJson | null;
  replies: RepliesJson | null;
  attachments: AttachmentJson[] | null;
  reactions: ReactionJson[] | null;
}

/** A message `m` with its sender `s`, as `readMessage` takes it. */
export const messageTuple = (db: Db, viewer: Expression<unknown>): Sql => {
  const json = jsonWords(db);
  return json.tuple([
    "m.id",
    "m.log_id",
    "m.seq",
    "m.client_id",
    "s.id",
    "s.username",
    "s.display_name",
    "s.role",
    "m.content",
    "m.thread_root",
    "m.also_in_room",
    "m.pinned_seq",
    "m.created_at",
    "m.edited_at",
    "m.deleted_at",
    json.nested(sql`case when m.reply_to is not null and m.deleted_at is null then ${quoteOf(db, "m.reply_to")} end`),
    repliesIn(db, viewer),
    json.nested(sql`case when m.files > 0 and m.deleted_at is null then ${attachmentsIn(db, "m.id")} end`),
    json.nested(sql`case when m.deleted_at is null and ${hasReactions("m.id")} then ${reactionsIn(db, "m.id")} end`),
  ]);
};

export type MessageTuple = [
  id: number,
  log_id: number,
  seq: number,
  client_id: string | null,
  sender_id: number,
  username: string,
  display_name: string,
  role: string,
  content: string,
  thread_root: number | null,
  also_in_room: number,
  pinned_seq: number | null,
  created_at: number,
  edited_at: number | null,
  deleted_at: number | null,
  quote: QuoteJson | null,
  replies: RepliesJson | null,
  attachments: AttachmentJson[] | null,
  reactions: ReactionJson[] | null,
];

/** An object of one shape, made in one go: a page has many of them. */
export const readMessage = (t: MessageTuple): WholeMessage => ({
  id: t[0],
  log_id: t[1],
  seq: t[2],
  client_id: t[3],
  sender: { id: t[4], username: t[5], display_name: t[6], role: t[7] },
  content: t[8],
  thread_root: t[9],
  also_in_room: t[10],
  pinned_seq: t[11],
  created_at: t[12],
  edited_at: t[13],
  deleted_at: t[14],
  quote: t[15],
  replies: t[16],
  attachments: t[17],
  reactions: t[18],
});

/** Rows `id` of messages as a page: `read` them with `readMessage`. */
export const wholeFrom = (db: Db, ids: Sql, viewer: Expression<unknown>): Sql => sql`
  select ${jsonWords(db).list(messageTuple(db, viewer))} as page
  from (${ids}) as b join messages as m on m.id = b.id join users as s on s.id = m.sender_id`;

/** Nothing is around it that has to be looked at: a quote, files, reactions, a thread. */
const isPlain = sql`(m.deleted_at is not null or (m.reply_to is null and m.files = 0 and not ${hasReactions("m.id")}))
  and not exists (select 1 from messages as r where r.thread_root = m.id)`;

/** What such a message is to people, but for its log and the times, which no two databases write alike. */
const PLAIN = {
  id: new Numeric("m.id"),
  seq: new Numeric("m.seq"),
  client_id: "m.client_id",
  sender: { ...cardFields("s"), id: new Numeric("s.id"), avatar_url: null },
  content: sql`case when m.deleted_at is null then m.content else '' end`,
  reply_to: null,
  reply_preview: null,
  thread_root: new Numeric("m.thread_root"),
  also_in_room: new Flag(sql`m.also_in_room = 1`),
  replies: null,
  attachments: [],
  reactions: [],
  pinned: new Flag(sql`m.pinned_seq is not null`),
  deleted: new Flag(sql`m.deleted_at is not null`),
} as const;

/** A message `m` with its sender `s` as a row of a list, as `readLines` takes it. */
export const messageLine = (db: Db, viewer: Expression<unknown>): Sql => {
  const json = jsonWords(db);
  const place = ["m.seq", "m.created_at", sql`case when m.deleted_at is null then m.edited_at end`] as const;
  return sql`
    case when ${isPlain} then ${rowOf(json, place, PLAIN)} else ${rowOf(json, place, messageTuple(db, viewer))} end`;
};

/** A row of a list in which most are never made into objects. */
export interface Line {
  seq: number;
  created_at: number;
  edited_at: number | null;
  /** As JSON: a plain message's fields (`"id":…`), a message as a tuple (`[…]`), or something else (`{…}`). */
  json: string;
}

const lineOf = (seq: string, created: string, edited: string, json: string): Line => ({
  seq: Number(seq),
  created_at: Number(created),
  edited_at: edited === "" ? null : Number(edited),
  json,
});

/** Ascending. */
export const readLines = (page: unknown): Line[] => readRows(page, lineOf).toSorted((a, b) => a.seq - b.seq);

const byIds = preparedOne<{ ids: string; viewer: number }, { page: unknown }>((db, v) =>
  inWords(db, sql<{ page: unknown }>`${wholeFrom(db, jsonWords(db).ids(sql`${v.ids}`), sql`${v.viewer}`)}`),
);

/** In no order. `viewer` 0 is nobody. */
export const wholeById = async (db: Db, ids: readonly number[], viewer: number): Promise<WholeMessage[]> => {
  if (ids.length === 0) return [];
  const found = await byIds(db, { ids: JSON.stringify([...new Set(ids)]), viewer });
  return fromJson<MessageTuple[]>(found?.page).map(readMessage);
};

const newest = preparedOne<{ logs: string; viewer: number }, { page: unknown }>((db, v) => {
  const ids = sql`
    select (
      select newest.id from messages as newest
      where newest.log_id = l.id and (newest.thread_root is null or newest.also_in_room = 1)
      order by newest.seq desc limit 1
    ) as id from (${jsonWords(db).ids(sql`${v.logs}`)}) as l`;
  return inWords(db, sql<{ page: unknown }>`${wholeFrom(db, ids, sql`${v.viewer}`)}`);
});

/** The newest message that stands in each log's timeline. */
export const newestOf = async (db: Db, logIds: readonly number[], viewer: number): Promise<WholeMessage[]> => {
  if (logIds.length === 0) return [];
  const found = await newest(db, { logs: JSON.stringify(logIds), viewer });
  return fromJson<MessageTuple[]>(found?.page).map(readMessage);
};
