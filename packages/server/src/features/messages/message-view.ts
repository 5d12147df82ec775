// Messages as people see them: what the database tells of whole messages to the objects of the contract.
import type { Attachment, Message, PrivateMessage, Reaction, Replies, UserCard } from "@homeroom/protocol";
import { toCard } from "../../kit/cards.store.ts";
import { instant, instantOrNull } from "../../kit/kit.ts";
import type { LogRef } from "../../kit/ports.ts";
import type { Db } from "../../kit/tables.ts";
import { toAttachment } from "../attachments/attachments.ts";
import { toReactions } from "../reactions/reactions.ts";
import type { MessageRow } from "./messages.store.ts";
import { type Quote, quotedFrom, quoteIn } from "./quotes.ts";
import type { RepliesJson } from "./reply-threads.store.ts";
import { type Line, type MessageTuple, readMessage, wholeById, type WholeMessage } from "./whole-messages.store.ts";

export type AnyMessage = Message | PrivateMessage;

/** Nobody's id: what a log's events carry is as everybody sees it. */
const NOBODY = 0;

type Words = Omit<WholeMessage, "sender" | "quote" | "replies" | "attachments" | "reactions">;

interface Surroundings {
  sender: UserCard;
  quote: Quote | null;
  replies: Replies | null;
  attachments: Attachment[];
  reactions: Reaction[];
}

const toMessage = (kind: LogRef["kind"], row: Words, around: Surroundings): AnyMessage => {
  const deleted = row.deleted_at !== null;
  const fields = {
    id: row.id,
    seq: row.seq,
    client_id: row.client_id,
    sender: around.sender,
    content: deleted ? "" : row.content,
    reply_to: around.quote?.id ?? null,
    reply_preview: around.quote,
    thread_root: row.thread_root,
    also_in_room: row.also_in_room === 1,
    replies: around.replies,
    attachments: around.attachments,
    reactions: around.reactions,
    pinned: row.pinned_seq !== null,
    created_at: instant(row.created_at),
    edited_at: deleted ? null : instantOrNull(row.edited_at),
    deleted,
  };
  return kind === "room" ? { room: row.log_id, ...fields } : { thread: row.log_id, ...fields };
};

const toReplies = ({ following, unread, people }: RepliesJson, viewer: number): Replies => ({
  count: people.reduce((total, { count }) => total + count, 0),
  last_at: instant(Math.max(...people.map(({ last_at }) => last_at))),
  people: people.map(({ card }) => toCard(card)),
  unread_count: viewer === NOBODY ? null : unread,
  following: viewer === NOBODY ? null : following === 1,
});

export const viewWhole = (kind: LogRef["kind"], found: WholeMessage, viewerId: number | null): AnyMessage => {
  const isGone = found.deleted_at !== null;
  return toMessage(kind, found, {
    sender: toCard(found.sender),
    quote: found.quote === null || isGone ? null : quoteIn(found.log_id, quotedFrom(found.quote)),
    replies: found.replies && toReplies(found.replies, viewerId ?? NOBODY),
    attachments: found.attachments?.map(toAttachment) ?? [],
    reactions: found.reactions ? toReactions(found.reactions) : [],
  });
};

/** Messages of a list as JSON: what the database wrote, and what it could not. */
export const lineWriter = ({ kind, id }: LogRef, viewerId: number): ((line: Line) => string) => {
  const start = `{"${kind}":${id},`;
  return ({ json, created_at, edited_at }) => {
    if (json.startsWith("[")) {
      return JSON.stringify(viewWhole(kind, readMessage(JSON.parse(json) as MessageTuple), viewerId));
    }
    const edited = edited_at === null ? ',"edited_at":null}' : `,"edited_at":"${instant(edited_at)}"}`;
    return `${start}${json},"created_at":"${instant(created_at)}"${edited}`;
  };
};

/**
 * Messages of any logs of one kind by their ids, in one query; where there is none, none is told. With `viewerId` null,
 * as everybody sees them.
 */
export const viewMessages = async (
  db: Db,
  kind: LogRef["kind"],
  ids: readonly number[],
  viewerId: number | null,
): Promise<Map<number, AnyMessage>> => {
  const found = await wholeById(db, ids, viewerId ?? NOBODY);
  return new Map(found.map((one) => [one.id, viewWhole(kind, one, viewerId)]));
};

/** Messages of rooms, in the order of the ids. */
export const viewRoomMessages = async (db: Db, ids: readonly number[], viewerId: number): Promise<Message[]> => {
  const views = await viewMessages(db, "room", ids, viewerId);
  return ids.flatMap((id) => (views.get(id) as Message | undefined) ?? []);
};

/** A message that is there. */
export const viewMessage = async (
  db: Db,
  log: LogRef,
  { id }: Pick<MessageRow, "id">,
  viewerId: number | null,
): Promise<AnyMessage> => {
  const message = (await viewMessages(db, log.kind, [id], viewerId)).get(id);
  if (!message) throw new Error(`message ${id} is missing`);
  return message;
};

/** A message that was just written: nothing about it has to be looked up. */
export const viewNew = (
  log: LogRef,
  row: MessageRow,
  sender: UserCard,
  quote: MessageRow | null,
  quotee: UserCard | null,
  attachments: Attachment[],
  quotedFiles: Attachment[] = [],
): AnyMessage =>
  toMessage(log.kind, row, {
    sender,
    quote: quote && quotee && quoteIn(row.log_id, { ...quote, sender: quotee, files: quotedFiles, inside: true }),
    replies: null,
    attachments,
    reactions: [],
  });
