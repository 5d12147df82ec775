// Editing and deleting, in rooms and private threads alike. A deleted message keeps its place and loses its words.
import { type Message, type PrivateMessage, Refusal, type UserCard } from "@homeroom/protocol";
import { isBlank } from "@homeroom/protocol/kit/primitives.ts";
import { act } from "../../kit/action.ts";
import type { Kit } from "../../kit/kit.ts";
import { reindexMessage } from "../../kit/message-words.store.ts";
import { forgetReactions } from "../reactions/reactions.ts";
import { hold, type PlaceOf } from "./holding.ts";
import { renewMentions } from "./mentions.ts";
import { viewMessage } from "./message-view.ts";
import { changeMessage } from "./messages.store.ts";

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
    if (row.files === 0 && isBlank(content)) {
      throw new Refusal("bad_request", { fields: { content: ["Must not be blank."] } });
    }
    const edited = await changeMessage(turn.tx, id, { content, edited_at: turn.now });
    await reindexMessage(turn.tx, edited);
    await renewMentions(turn, log, edited);
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
    await forgetReactions(turn.tx, id);
    const gone = { deleted_at: turn.now, deleted_by: user.id, pinned_seq: null };
    const deleted = await changeMessage(turn.tx, id, gone);
    await reindexMessage(turn.tx, deleted);
    const message = await viewMessage(turn.tx, log, deleted, null);
    await turn.append(log, { type: "message_deleted", message }, { message_id: id });
  });
