// What is asked of a message before it is written: that it is new, that its author may write here, that what it names is
// there, that it does not come too fast.
import { hash } from "node:crypto";
import { type Draft, Refusal, type UserCard } from "@homeroom/protocol";
import type { Turn } from "../../kit/action.ts";
import type { LogState } from "../../kit/log.ts";
import { together } from "../../kit/together.ts";
import { requireFiles } from "../attachments/attachments.ts";
import { viewMessage } from "./message-view.ts";
import { findInLog, type MessageRow } from "./messages.store.ts";
import type { WriteRight } from "./place.ts";
import { findLastSent } from "./sending.store.ts";
import type { Sent } from "./sending.ts";

/** Of the words and the files as first sent; no text has the mark between them. */
export const digestOf = ({ content, attachments = [] }: Draft): string => {
  const sent = attachments.length === 0 ? content : `${content}\0${attachments.join(" ")}`;
  return hash("sha256", sent, "base64url");
};

/** The answer to a client_id that was used before. Throws `idempotency_conflict`, or what anybody new would be told. */
export const repeated = async (
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

/** What a draft names, found. */
export interface Named {
  readonly quote: MessageRow | null;
  readonly root: MessageRow | null;
}

/** Throws what keeps this draft from being written; budgets are taken last. */
export const checkDraft = async (
  turn: Turn,
  take: Turn["take"],
  log: LogState,
  user: UserCard,
  draft: Draft,
  right: WriteRight,
): Promise<Named> => {
  const [quote, root] = await together([
    quoted(turn, log, draft, right),
    threadRoot(turn, log, draft),
    keepPace(turn, log, user, right),
    requireFiles(turn, user, draft.attachments ?? [], right.files),
  ]);
  const isStaff = user.role !== "student";
  take(
    [isStaff ? "send_room_staff" : "send_room", `${log.id}:${user.id}`],
    ["send_user", String(user.id)],
    ["send_to_room", String(log.id)],
  );
  return { quote, root };
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
  const last = await findLastSent(turn.tx, { log_id: log.id, sender_id: user.id });
  const wait = last === null ? 0 : last.created_at + slowMs - turn.now;
  if (wait > 0) throw new Refusal("rate_limited", { retry_after_ms: wait });
};
