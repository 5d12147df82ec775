// What a quote shows of the message that is quoted. A private thread may also quote its room, as long as both are in it.
import type { Attachment, Message, UserCard } from "@homeroom/protocol";
import { fileWords } from "@homeroom/protocol/kit/file-words.ts";
import { cardFrom, cardsOf } from "../../kit/cards.store.ts";
import type { Db } from "../../kit/tables.ts";
import { attachmentsOf } from "../attachments/attachments.ts";
import { type MessageRow, messagesById } from "./messages.store.ts";
import { threadsInside } from "./quotes.store.ts";

export type Quote = NonNullable<Message["reply_preview"]>;

const EXCERPT = 140;

/** One line, short: enough to recognise what is quoted. */
const excerptOf = (content: string): string => {
  const line = content.replace(/\s+/g, " ");
  return line.length > EXCERPT ? `${[...line.slice(0, EXCERPT * 2)].slice(0, EXCERPT - 1).join("")}…` : line;
};

/** The files of messages, for those that are quoted and have no words. */
export type QuotedFiles = ReadonlyMap<number, Attachment[]>;

/** A quote of it shows what its files are. */
export const needsFiles = (row: MessageRow): boolean => row.files > 0 && row.content === "" && row.deleted_at === null;

const quoteOf = (row: MessageRow, sender: UserCard, files: QuotedFiles): Quote => ({
  id: row.id,
  sender,
  excerpt: row.deleted_at === null ? excerptOf(row.content || fileWords(files.get(row.id) ?? [])) : "",
  deleted: row.deleted_at !== null,
});

/** As a log shows it; `inside` are the private threads that may show what is said in their room. */
export const quoteIn = (
  logId: number,
  row: MessageRow,
  sender: UserCard,
  inside: ReadonlySet<number>,
  files: QuotedFiles,
): Quote => {
  if (row.log_id === logId) return quoteOf(row, sender, files);
  const room = row.log_id;
  // Whoever left is not told either what became of it since.
  if (!inside.has(logId)) return { id: row.id, sender, excerpt: "", deleted: false, room };
  return { ...quoteOf(row, sender, files), room };
};

/** Room messages as private threads of the room show them, by thread; a fixed number of queries. */
export const quotesInThreads = async (
  db: Db,
  wanted: readonly { thread: number; message: number }[],
): Promise<Map<number, Quote>> => {
  const [rows, inside] = await Promise.all([
    messagesById(
      db,
      wanted.map(({ message }) => message),
    ),
    threadsInside(
      db,
      wanted.map(({ thread }) => thread),
    ),
  ]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const [cards, files] = await Promise.all([
    cardsOf(
      db,
      rows.map((row) => row.sender_id),
    ),
    attachmentsOf(
      db,
      rows.filter(needsFiles).map((row) => row.id),
    ),
  ]);
  return new Map(
    wanted.flatMap(({ thread, message }): [number, Quote][] => {
      const row = byId.get(message);
      return row ? [[thread, quoteIn(thread, row, cardFrom(cards, row.sender_id), inside, files)]] : [];
    }),
  );
};
