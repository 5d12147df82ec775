// The index that search looks into: the words of each message, with where it stands and who wrote it. Written in the
// transaction of the message itself, so that there is never one without the other.
import { prepared } from "./prepared.ts";
import type { Db } from "./tables.ts";
import { wordsOf } from "./words.ts";

/** No word of a message has an underscore: nobody can write or look for one of these. */
export const placeMark = (logId: number): string => `_l${logId}`;
export const senderMark = (senderId: number): string => `_s${senderId}`;

export interface Indexable {
  id: number;
  log_id: number;
  sender_id: number;
  content: string;
}

const rowOf = ({ id, log_id, sender_id, content }: Indexable) => ({
  rowid: id,
  words: [placeMark(log_id), senderMark(sender_id), ...wordsOf(content)].join(" "),
});

const insertWords = prepared<{ rowid: number; words: string }, unknown>((tx, { rowid, words }) =>
  tx.insertInto("message_words").values({ rowid, words }),
);

/** New ones. */
export const indexMessages = async (tx: Db, messages: readonly Indexable[]): Promise<void> => {
  await insertWords.each(tx, messages.map(rowOf));
};

/** One whose words changed, or that was deleted: then it has none. */
export const reindexMessage = async (tx: Db, message: Indexable & { deleted_at: number | null }): Promise<void> => {
  await tx.deleteFrom("message_words").where("rowid", "=", message.id).execute();
  if (message.deleted_at === null) await indexMessages(tx, [message]);
};
