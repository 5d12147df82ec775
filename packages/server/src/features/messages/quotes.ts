// What a quote shows of the message that is quoted. A private thread may also quote its room, as long as both are in it.
import type { Attachment, Message, UserCard } from "@homeroom/protocol";
import { fileWords } from "@homeroom/protocol/kit/file-words.ts";
import { toCard } from "../../kit/cards.store.ts";
import { toAttachment } from "../attachments/attachments.ts";
import type { MessageRow } from "./messages.store.ts";
import type { QuoteJson } from "./quotes.store.ts";

export type Quote = NonNullable<Message["reply_preview"]>;

/** A message that is quoted, with what a quote may need of it. */
export interface Quoted {
  readonly id: number;
  readonly log_id: number;
  readonly content: string;
  readonly deleted_at: number | null;
  readonly sender: UserCard;
  /** Of one that has no words. */
  readonly files: readonly Attachment[];
  /** Whether the log that quotes may show what is said in its log. */
  readonly inside: boolean;
}

const EXCERPT = 140;

/** One line, short: enough to recognise what is quoted. */
const excerptOf = (content: string): string => {
  const line = content.replace(/\s+/g, " ");
  return line.length > EXCERPT ? `${[...line.slice(0, EXCERPT * 2)].slice(0, EXCERPT - 1).join("")}…` : line;
};

/** A quote of it shows what its files are. */
export const needsFiles = (row: MessageRow): boolean => row.files > 0 && row.content === "" && row.deleted_at === null;

export const quotedFrom = (found: QuoteJson): Quoted => ({
  id: found.id,
  log_id: found.log_id,
  content: found.content,
  deleted_at: found.deleted_at,
  sender: toCard(found.sender),
  files: found.files?.map(toAttachment) ?? [],
  inside: found.inside > 0,
});

/** As a log shows it. */
export const quoteIn = (logId: number, quoted: Quoted): Quote => {
  const { id, sender, log_id: room } = quoted;
  const isHere = room === logId;
  // Whoever left is not told either what became of it since.
  if (!isHere && !quoted.inside) return { id, sender, excerpt: "", deleted: false, room };
  const deleted = quoted.deleted_at !== null;
  const excerpt = deleted ? "" : excerptOf(quoted.content || fileWords(quoted.files));
  return { id, sender, excerpt, deleted, ...(!isHere && { room }) };
};
