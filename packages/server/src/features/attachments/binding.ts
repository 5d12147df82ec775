// Files of a message that is sent: checked before anything is written, bound with the message in one transaction.
import { type Attachment, Refusal, type UserCard } from "@homeroom/protocol";
import type { Turn } from "../../kit/action.ts";
import { toAttachment } from "./attachment-view.ts";
import { unsentSince } from "./attachments.access.ts";
import { bindAttachment, sendable } from "./attachments.store.ts";

/** What a room lets its members send. */
export interface FilesAllowed {
  readonly uploads: boolean;
  readonly voice: boolean;
}

const unknownFile = () =>
  new Refusal("bad_request", {
    fields: { attachments: ["There is no such file of yours to send. It may have been sent, blocked or removed."] },
  });

/** Throws `bad_request` for what is not there to be sent, `uploads_off` and `voice_off` for what the room forbids. */
export const requireFiles = async (
  { tx, now }: Turn,
  user: UserCard,
  ids: readonly string[],
  allowed: FilesAllowed,
): Promise<void> => {
  if (ids.length === 0) return;
  const found = await sendable(tx, user.id, unsentSince(now), ids);
  if (found.length < ids.length) throw unknownFile();
  if (!allowed.uploads && found.some(({ kind }) => kind !== "voice")) throw new Refusal("uploads_off");
  if (!allowed.voice && found.some(({ kind }) => kind === "voice")) throw new Refusal("voice_off");
};

/** In the order in which they were named, each as it is at that moment. The log is held. */
export const bindFiles = async (
  { tx }: Turn,
  user: UserCard,
  message: { id: number; log_id: number },
  ids: readonly string[],
): Promise<Attachment[]> => {
  const bound: Attachment[] = [];
  for (const [place, id] of ids.entries()) {
    const to = { message_id: message.id, log_id: message.log_id, place };
    const row = await bindAttachment(tx, id, user.id, to);
    if (!row) throw unknownFile();
    bound.push(toAttachment(row));
  }
  return bound;
};
