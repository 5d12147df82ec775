// Messages that were found right, written: their rows and all that names them, in one go.
import type { Attachment, UserCard } from "@homeroom/protocol";
import type { Turn } from "../../kit/action.ts";
import { cardFrom, cardsOf } from "../../kit/cards.store.ts";
import type { LogState } from "../../kit/log.ts";
import { indexMessages } from "../../kit/message-words.store.ts";
import type { Db } from "../../kit/tables.ts";
import { together } from "../../kit/together.ts";
import { attachmentsOf, bindFiles } from "../attachments/attachments.ts";
import { noteMentions } from "./mentions.ts";
import { viewNew } from "./message-view.ts";
import type { MessageRow } from "./messages.store.ts";
import { needsFiles } from "./quotes.ts";
import { followUnlessChosen } from "./reply-threads.store.ts";
import { digestOf, type Named } from "./send-checks.ts";
import { insertMessages } from "./sending.store.ts";
import type { Sending, Sent } from "./sending.ts";

/** A draft that may be written, with its id, the log that it goes to, which is held, and whom it mentions. */
export interface Accepted extends Sending, Named {
  readonly id: number;
  readonly log: LogState;
  readonly meant: readonly number[];
}

/** A message that has its row. */
interface Written {
  readonly row: MessageRow;
  readonly sent: Sent;
}

/** Answers what became of each, in the order given, which is also the order of their seqs. */
export const writeMessages = async (turn: Turn, accepted: readonly Accepted[]): Promise<Sent[]> => {
  if (accepted.length === 0) return [];
  const { tx } = turn;
  const byLog = Map.groupBy(accepted, ({ log }) => log);
  const seqs = new Map([...byLog].flatMap(([log, some]) => some.map((one, i) => [one, log.head + 1 + i] as const)));
  const rows = accepted.map((one) => newRow(one, seqs.get(one) ?? 0, turn.now));
  const quoted = await quotedBy(tx, accepted);
  // Files are bound to a row that is there. Otherwise the rows travel with the rest, in front of it.
  const isFirst = rows.some(({ files }) => files > 0);
  if (isFirst) await insertMessages(tx, rows);
  const written = new Map<Accepted, Written>();
  for (const [i, one] of accepted.entries()) written.set(one, await view(turn, one, rows[i] as MessageRow, quoted));
  const all = [...written];
  await together([
    isFirst ? undefined : insertMessages(tx, rows),
    ...[...byLog].map(([log, some]) =>
      turn.appendAll(
        log,
        some.map((one) => eventOf(one, written.get(one) as Written)),
      ),
    ),
    indexMessages(tx, rows),
    ...all.flatMap(([one, { row }]) => [...follows(turn, one, row), noteMentions(tx, row, one.meant)]),
  ]);
  return all.map(([, { sent }]) => sent);
};

/** Of what is quoted: its authors, and the files of what has no words. */
interface Quoted {
  readonly authors: ReadonlyMap<number, UserCard>;
  readonly files: ReadonlyMap<number, Attachment[]>;
}

const quotedBy = async (tx: Db, accepted: readonly Accepted[]): Promise<Quoted> => {
  const quotes = accepted.flatMap(({ quote }) => quote ?? []);
  const [authors, files] = await together([
    cardsOf(
      tx,
      quotes.map(({ sender_id }) => sender_id),
    ),
    attachmentsOf(
      tx,
      quotes.filter(needsFiles).map(({ id }) => id),
    ),
  ]);
  return { authors, files };
};

const newRow = ({ id, log, user, draft, quote, root }: Accepted, seq: number, now: number): MessageRow => ({
  id,
  log_id: log.id,
  seq,
  sender_id: user.id,
  client_id: draft.client_id ?? null,
  first_digest: digestOf(draft),
  content: draft.content,
  reply_to: quote?.id ?? null,
  thread_root: root?.id ?? null,
  also_in_room: draft.also_in_room ? 1 : 0,
  created_at: now,
  edited_at: null,
  deleted_at: null,
  deleted_by: null,
  pinned_seq: null,
  files: draft.attachments?.length ?? 0,
});

/** Most have no files, and wait for nothing. */
const view = async (
  turn: Turn,
  { log, user, draft, quote }: Accepted,
  row: MessageRow,
  quoted: Quoted,
): Promise<Written> => {
  const ids = draft.attachments ?? [];
  const files = ids.length === 0 ? [] : await bindFiles(turn, user, row, ids);
  const quotee = quote ? cardFrom(quoted.authors, quote.sender_id) : null;
  const message = viewNew(log, row, user, quote, quotee, files, quote ? quoted.files.get(quote.id) : undefined);
  return { row, sent: { message, epoch: log.epoch, duplicate: false } };
};

const eventOf = ({ place }: Accepted, { row, sent }: Written) => ({
  body: place.sent(sent.message),
  row: { message_id: row.id },
});

/** Who writes in a thread follows it, and so does who began it. */
const follows = (turn: Turn, { root }: Accepted, reply: MessageRow): Promise<void>[] => {
  if (!root) return [];
  const follow = (userId: number, read: number) =>
    followUnlessChosen(turn.tx, { root_id: root.id, user_id: userId, following: 1, read_seq: read });
  const own = follow(reply.sender_id, reply.seq);
  return root.sender_id === reply.sender_id ? [own] : [own, follow(root.sender_id, root.seq)];
};
