// Sending: exactly once by client_id, checked under the log's lock, stored before anybody hears of it.
import { createHash } from "node:crypto";
import { type Draft, type Message, type PrivateMessage, Refusal, type UserCard } from "@homeroom/protocol";
import { act, type Turn } from "../../kit/action.ts";
import { cardFrom, cardsOf } from "../../kit/cards.store.ts";
import type { Kit } from "../../kit/kit.ts";
import type { LogState } from "../../kit/log.ts";
import { indexMessages } from "../../kit/message-words.store.ts";
import { together } from "../../kit/together.ts";
import { attachmentsOf, bindFiles, requireFiles } from "../attachments/attachments.ts";
import { noteMentions } from "./mentions.ts";
import { viewMessage, viewNew } from "./message-view.ts";
import { needsFiles } from "./quotes.ts";
import { findByClientId, findInLog, insertMessage, lastSentAt, type MessageRow } from "./messages.store.ts";
import type { Place, WriteRight } from "./place.ts";
import { followUnlessChosen } from "./reply-threads.store.ts";

export interface Sent {
  message: Message | PrivateMessage;
  epoch: string;
  duplicate: boolean;
}

/** Of the words and the files as first sent; no text has the mark between them. */
const digestOf = ({ content, attachments = [] }: Draft) => {
  const sent = attachments.length === 0 ? content : `${content}\0${attachments.join(" ")}`;
  return createHash("sha256").update(sent).digest("base64url");
};

/** Throws what the place refuses; `idempotency_conflict`; `bad_request` for a quote or thread that is not here. */
export const send = (kit: Kit, place: Place, user: UserCard, draft: Draft): Promise<Sent> =>
  act(kit, async (turn) => {
    // The lock goes first: what is found out after it stays true until the commit.
    const [log, earlier, right] = await together([
      turn.lock(place.log),
      draft.client_id === undefined ? null : findByClientId(turn.tx, user.id, draft.client_id),
      rightOrRefusal(place, turn, user),
    ]);
    if (earlier) return again(turn, log, earlier, draft, right);
    if (right instanceof Refusal) throw right;
    const [quote, root] = await together([
      quoted(turn, log, draft, right),
      threadRoot(turn, log, draft),
      keepPace(turn, log, user, right),
      requireFiles(turn, user, draft.attachments ?? [], right.files),
    ]);
    takeBudget(turn, log, user);
    return { ...(await write(turn, place, log, user, draft, quote, root)), duplicate: false };
  });

/** A refusal is kept for a moment: somebody who asks for what they sent before is answered first. */
const rightOrRefusal = (place: Place, turn: Turn, user: UserCard): Promise<WriteRight | Refusal> =>
  place.write(turn, user).catch((error: unknown) => {
    if (error instanceof Refusal) return error;
    throw error;
  });

const again = async (
  turn: Turn,
  log: LogState,
  earlier: MessageRow,
  draft: Draft,
  right: WriteRight | Refusal,
): Promise<Sent> => {
  // Of another place: who may not write here is told what anybody with a new id would be told, and nothing of ids.
  if (earlier.log_id !== log.id && right instanceof Refusal) throw right;
  if (earlier.log_id !== log.id || earlier.first_digest !== digestOf(draft)) {
    throw new Refusal("idempotency_conflict");
  }
  // Who was removed, or whose room is gone, learns that it is stored, and nothing else.
  if (right instanceof Refusal && (right.key === "not_a_member" || right.key === "not_found")) {
    throw new Refusal(right.key, { id: earlier.id, seq: earlier.seq });
  }
  return { message: await viewMessage(turn.tx, log, earlier, earlier.sender_id), epoch: log.epoch, duplicate: true };
};

const wrong = (field: string, sentence: string) => new Refusal("bad_request", { fields: { [field]: [sentence] } });

const quoted = async (
  turn: Turn,
  log: LogState,
  { reply_to }: Draft,
  { quotesFrom }: WriteRight,
): Promise<MessageRow | null> => {
  if (reply_to === undefined || reply_to === null) return null;
  const here = await findInLog(turn.tx, log.id, reply_to);
  const found = here ?? (quotesFrom ? await findInLog(turn.tx, quotesFrom, reply_to) : null);
  if (!found) throw wrong("reply_to", "There is no such message here.");
  return found;
};

const threadRoot = async (turn: Turn, log: LogState, draft: Draft): Promise<MessageRow | null> => {
  if (draft.thread_root === undefined || draft.thread_root === null) {
    if (draft.also_in_room) throw wrong("also_in_room", "Goes with thread_root.");
    return null;
  }
  const found = log.kind === "room" ? await findInLog(turn.tx, log.id, draft.thread_root) : null;
  if (!found || found.thread_root !== null) throw wrong("thread_root", "No thread can grow from this message.");
  return found;
};

const keepPace = async (turn: Turn, log: LogState, user: UserCard, { slowMs }: WriteRight): Promise<void> => {
  if (slowMs === 0) return;
  const last = await lastSentAt(turn.tx, log.id, user.id);
  const wait = last === null ? 0 : last + slowMs - turn.now;
  if (wait > 0) throw new Refusal("rate_limited", { retry_after_ms: wait });
};

const takeBudget = (turn: Turn, log: LogState, user: UserCard): void => {
  const isStaff = user.role !== "student";
  turn.take(
    [isStaff ? "send_room_staff" : "send_room", `${log.id}:${user.id}`],
    ["send_user", String(user.id)],
    ["send_to_room", String(log.id)],
  );
};

const write = async (
  turn: Turn,
  place: Place,
  log: LogState,
  user: UserCard,
  draft: Draft,
  quote: MessageRow | null,
  root: MessageRow | null,
): Promise<Omit<Sent, "duplicate">> => {
  const row = await insertMessage(turn.tx, {
    log_id: log.id,
    seq: log.head + 1,
    sender_id: user.id,
    client_id: draft.client_id ?? null,
    first_digest: digestOf(draft),
    content: draft.content,
    reply_to: quote?.id ?? null,
    thread_root: root?.id ?? null,
    also_in_room: draft.also_in_room ? 1 : 0,
    created_at: turn.now,
    files: draft.attachments?.length ?? 0,
  });
  const quotee = quote ? cardFrom(await cardsOf(turn.tx, [quote.sender_id]), quote.sender_id) : null;
  const files = await bindFiles(turn, user, row, draft.attachments ?? []);
  const quoted = quote && needsFiles(quote) ? (await attachmentsOf(turn.tx, [quote.id])).get(quote.id) : undefined;
  const message = viewNew(log, row, user, quote, quotee, files, quoted);
  await together([
    turn.append(log, place.sent(message), { message_id: row.id }),
    // On its way with the rest: nobody waits for it alone.
    indexMessages(turn.tx, [row]),
  ]);
  if (root) await followThread(turn, root, row);
  await noteMentions(turn, log, row);
  return { message, epoch: log.epoch };
};

/** Who writes in a thread follows it, and so does who began it. */
const followThread = async (turn: Turn, root: MessageRow, reply: MessageRow): Promise<void> => {
  const follow = (userId: number, read: number) =>
    followUnlessChosen(turn.tx, { root_id: root.id, user_id: userId, following: 1, read_seq: read });
  await follow(reply.sender_id, reply.seq);
  if (root.sender_id !== reply.sender_id) await follow(root.sender_id, root.seq);
};
