// Editing and deleting, in rooms and private threads alike. A deleted message keeps its place and loses its words.
import { type Message, type PrivateMessage, Refusal, type UserCard } from "@homeroom/protocol";
import { act, type Turn } from "../../kit/action.ts";
import type { Kit } from "../../kit/kit.ts";
import type { LogState } from "../../kit/log.ts";
import { noteMentions } from "./mentions.ts";
import { viewMessage } from "./message-view.ts";
import { changeMessage, findInKind, type MessageRow } from "./messages.store.ts";
import type { Place } from "./place.ts";

/** From a message's log to the place it is in. */
export type PlaceOf = (logId: number) => Place;

interface Held {
  row: MessageRow;
  log: LogState;
  place: Place;
  /** The caller may delete what others wrote. */
  moderates: boolean;
}

/**
 * The message with its log held. 404 for whoever may not read it, so that ids tell nothing; read again under the lock,
 * since it may have changed on the way.
 */
const hold = async (
  turn: Turn,
  kind: "room" | "thread",
  placeOf: PlaceOf,
  user: UserCard,
  id: number,
): Promise<Held> => {
  const found = await findInKind(turn.tx, id, kind);
  if (!found) throw new Refusal("not_found");
  const place = placeOf(found.log_id);
  const log = await turn.lock(place.log);
  const { moderates } = await place.read(turn.tx, user).catch((error: unknown) => {
    throw error instanceof Refusal ? new Refusal("not_found") : error;
  });
  const row = await findInKind(turn.tx, id, kind);
  if (!row) throw new Refusal("not_found");
  return { row, log, place, moderates };
};

export const editMessage = (
  kit: Kit,
  kind: "room" | "thread",
  placeOf: PlaceOf,
  user: UserCard,
  id: number,
  content: string,
): Promise<Message | PrivateMessage> =>
  act(kit, async (turn) => {
    const { row, log, place } = await hold(turn, kind, placeOf, user, id);
    if (row.sender_id !== user.id) throw new Refusal("forbidden");
    await place.write(turn, user);
    if (row.deleted_at !== null) throw new Refusal("message_deleted");
    const edited = await changeMessage(turn.tx, id, { content, edited_at: turn.now });
    await noteMentions(turn, log, edited, true);
    const message = await viewMessage(turn.tx, log, edited, null);
    await turn.append(log, { type: "message_edited", message }, { message_id: id });
    return viewMessage(turn.tx, log, edited, user.id);
  });

/** A second time does nothing. */
export const deleteMessage = (
  kit: Kit,
  kind: "room" | "thread",
  placeOf: PlaceOf,
  user: UserCard,
  id: number,
): Promise<void> =>
  act(kit, async (turn) => {
    const { row, log, place, moderates } = await hold(turn, kind, placeOf, user, id);
    if (row.sender_id !== user.id && !moderates) throw new Refusal("forbidden");
    await place.write(turn, user, { evenMuted: true });
    if (row.deleted_at !== null) return;
    const deleted = await changeMessage(turn.tx, id, { deleted_at: turn.now, deleted_by: user.id });
    const message = await viewMessage(turn.tx, log, deleted, null);
    await turn.append(log, { type: "message_deleted", message }, { message_id: id });
  });
