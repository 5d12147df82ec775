// Messages that were found right, written: rows first, since their ids are what everything else about them names.
import type { Attachment, UserCard } from "@homeroom/protocol";
import type { Turn } from "../../kit/action.ts";
import { cardFrom, cardsOf } from "../../kit/cards.store.ts";
import type { LogState } from "../../kit/log.ts";
import { indexMessages } from "../../kit/message-words.store.ts";
import { together } from "../../kit/together.ts";
import { attachmentsOf, bindFiles } from "../attachments/attachments.ts";
import { noteMentions } from "./mentions.ts";
import { viewNew } from "./message-view.ts";
import type { MessageRow } from "./messages.store.ts";
import { needsFiles } from "./quotes.ts";
import { followUnlessChosen } from "./reply-threads.store.ts";
import { digestOf, type Named } from "./send-checks.ts";
import { insertMessages, type NewMessage } from "./sending.store.ts";
import type { Sending, Sent } from "./sending.ts";

/** A draft that may be written, with the log that it goes to, which is held, and whom it mentions. */
export interface Accepted extends Sending, Named {
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
  const rows = await insertMessages(
    tx,
    accepted.map((one) => newRow(one, seqs.get(one) ?? 0, turn.now)),
  );
  const quotees = await cardsOf(
    tx,
    accepted.flatMap(({ quote }) => (quote ? [quote.sender_id] : [])),
  );
  const written = new Map<Accepted, Written>();
  for (const [i, one] of accepted.entries()) written.set(one, await view(turn, one, rows[i] as MessageRow, quotees));
  const all = [...written];
  await together([
    ...[...byLog].map(([log, some]) =>
      turn.appendAll(
        log,
        some.map((one) => eventOf(one, written.get(one) as Written)),
      ),
    ),
    // On its way with the rest: nobody waits for it alone.
    indexMessages(tx, rows),
    ...all.flatMap(([one, { row }]) => [...follows(turn, one, row), noteMentions(tx, row, one.meant)]),
  ]);
  return all.map(([, { sent }]) => sent);
};

const newRow = ({ log, user, draft, quote, root }: Accepted, seq: number, now: number): NewMessage => ({
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
  files: draft.attachments?.length ?? 0,
});

/** Most have neither files nor quotes, and wait for nothing. */
const view = async (
  turn: Turn,
  { log, user, draft, quote }: Accepted,
  row: MessageRow,
  quotees: ReadonlyMap<number, UserCard>,
): Promise<Written> => {
  const ids = draft.attachments ?? [];
  const files = ids.length === 0 ? [] : await bindFiles(turn, user, row, ids);
  const quotedFiles = quote && needsFiles(quote) ? await filesOf(turn, quote) : undefined;
  const quotee = quote ? cardFrom(quotees, quote.sender_id) : null;
  const message = viewNew(log, row, user, quote, quotee, files, quotedFiles);
  return { row, sent: { message, epoch: log.epoch, duplicate: false } };
};

const filesOf = async (turn: Turn, quote: MessageRow): Promise<Attachment[] | undefined> =>
  (await attachmentsOf(turn.tx, [quote.id])).get(quote.id);

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
