// Messages as people see them: rows of one log to the objects of the contract, with a fixed number of queries a page.
import type { Attachment, Message, PrivateMessage, Reaction, Replies, UserCard } from "@homeroom/protocol";
import { cardFrom, cardsOf } from "../../kit/cards.store.ts";
import { instant, instantOrNull } from "../../kit/kit.ts";
import type { LogRef } from "../../kit/ports.ts";
import type { Db } from "../../kit/tables.ts";
import { attachmentsOf } from "../attachments/attachments.ts";
import { reactionsOf } from "../reactions/reactions.ts";
import { type MessageRow, messagesById } from "./messages.store.ts";
import { needsFiles, quoteIn } from "./quotes.ts";
import { threadsInside } from "./quotes.store.ts";
import { type Following, followsOf, threadFacts, threadPeople, threadUnread } from "./reply-threads.store.ts";

type AnyMessage = Message | PrivateMessage;

interface Surroundings {
  cards: ReadonlyMap<number, UserCard>;
  quoted: ReadonlyMap<number, MessageRow>;
  /** The private threads that may show what is said in their room. */
  inside: ReadonlySet<number>;
  replies: ReadonlyMap<number, Replies>;
  reactions: ReadonlyMap<number, Reaction[]>;
  /** Of those that are quoted and have no words, too. */
  attachments: ReadonlyMap<number, Attachment[]>;
}

const toMessage = (log: LogRef, row: MessageRow, around: Surroundings): AnyMessage => {
  const { cards, quoted, replies, reactions, attachments } = around;
  const deleted = row.deleted_at !== null;
  const quote = row.reply_to === null || deleted ? undefined : quoted.get(row.reply_to);
  const fields = {
    id: row.id,
    seq: row.seq,
    client_id: row.client_id,
    sender: cardFrom(cards, row.sender_id),
    content: deleted ? "" : row.content,
    reply_to: quote ? quote.id : null,
    reply_preview: quote
      ? quoteIn(row.log_id, quote, cardFrom(cards, quote.sender_id), around.inside, attachments)
      : null,
    thread_root: row.thread_root,
    also_in_room: row.also_in_room === 1,
    replies: replies.get(row.id) ?? null,
    attachments: attachments.get(row.id) ?? [],
    reactions: reactions.get(row.id) ?? [],
    pinned: row.pinned_seq !== null,
    created_at: instant(row.created_at),
    edited_at: deleted ? null : instantOrNull(row.edited_at),
    deleted,
  };
  return log.kind === "room" ? { room: log.id, ...fields } : { thread: log.id, ...fields };
};

const repliesOf = async (db: Db, roots: readonly number[], viewerId: number | null): Promise<Map<number, Replies>> => {
  const facts = await threadFacts(db, roots);
  const ids = [...facts.keys()];
  if (ids.length === 0) return new Map();
  const [people, follows, unread] = await Promise.all([
    threadPeople(db, ids),
    viewerId === null ? new Map<number, Following>() : followsOf(db, viewerId, ids),
    viewerId === null ? new Map<number, number>() : threadUnread(db, viewerId, ids),
  ]);
  const cards = await cardsOf(db, [...people.values()].flat());
  return new Map(
    [...facts.values()].map(({ root_id, count, last_at }) => [
      root_id,
      {
        count,
        last_at: instant(last_at),
        people: (people.get(root_id) ?? []).map((id) => cardFrom(cards, id)),
        unread_count: viewerId === null ? null : (unread.get(root_id) ?? 0),
        following: viewerId === null ? null : (follows.get(root_id)?.following ?? false),
      },
    ]),
  );
};

/** With `viewerId` null, as everybody sees them: what a log's events carry. */
export const viewMessages = async (
  db: Db,
  log: LogRef,
  rows: readonly MessageRow[],
  viewerId: number | null,
): Promise<AnyMessage[]> => {
  if (rows.length === 0) return [];
  const roots = rows.filter((r) => r.thread_root === null).map((r) => r.id);
  const standing = rows.filter((r) => r.deleted_at === null);
  const quotedRows = await messagesById(
    db,
    rows.flatMap((r) => (r.reply_to === null ? [] : [r.reply_to])),
  );
  const [replies, reactions, attachments] = await Promise.all([
    log.kind === "room" ? repliesOf(db, roots, viewerId) : new Map<number, Replies>(),
    reactionsOf(
      db,
      standing.map((r) => r.id),
    ),
    attachmentsOf(
      db,
      [...standing.filter((r) => r.files > 0), ...quotedRows.filter(needsFiles)].map((r) => r.id),
    ),
  ]);
  const quoted = new Map(quotedRows.map((r) => [r.id, r]));
  const isOfRoom = (r: MessageRow) => r.reply_to !== null && quoted.get(r.reply_to)?.log_id !== r.log_id;
  const [cards, inside] = await Promise.all([
    cardsOf(
      db,
      [...rows, ...quotedRows].map((r) => r.sender_id),
    ),
    threadsInside(db, log.kind === "thread" ? rows.filter(isOfRoom).map((r) => r.log_id) : []),
  ]);
  return rows.map((row) => toMessage(log, row, { cards, quoted, inside, replies, reactions, attachments }));
};

export const viewMessage = async (
  db: Db,
  log: LogRef,
  row: MessageRow,
  viewerId: number | null,
): Promise<AnyMessage> => {
  const [message] = await viewMessages(db, log, [row], viewerId);
  return message as AnyMessage;
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
) =>
  toMessage(log, row, {
    cards: new Map([sender, ...(quotee ? [quotee] : [])].map((card) => [card.id, card])),
    quoted: new Map(quote ? [[quote.id, quote]] : []),
    inside: new Set([log.id]),
    replies: new Map(),
    reactions: new Map(),
    attachments: new Map([
      [quote?.id ?? 0, quotedFiles],
      [row.id, attachments],
    ]),
  });

export const viewRoomMessages = async (
  db: Db,
  log: LogRef,
  rows: readonly MessageRow[],
  viewerId: number,
): Promise<Message[]> => (await viewMessages(db, log, rows, viewerId)) as Message[];
