// Reactions: the front of the feature. Messages show them and stand below; how to get at a message is handed in.
import { type Message, type PrivateMessage, type Reaction, Refusal, SIZES, type UserCard } from "@homeroom/protocol";
import { act, durableFrame, type Turn } from "../../kit/action.ts";
import type { Handlers } from "../../kit/call.ts";
import type { Kit } from "../../kit/kit.ts";
import type { Replay } from "../../kit/replay.ts";
import type { Db } from "../../kit/tables.ts";
import type { HoldMessage } from "../messages/messages.ts";
import { deleteReaction, insertReaction, emojiPlace, reactionsOf } from "./reactions.store.ts";

export { forgetReactions, hasReactions, type ReactionJson, reactionsIn, toReactions } from "./reactions.store.ts";

type Operations = Pick<Handlers, "addReaction" | "removeReaction" | "addPrivateReaction" | "removePrivateReaction">;

export interface ReactionsFeature {
  operations: Operations;
  replay: { reaction_changed: Replay };
}

/** How one gets at a message of either kind. */
export interface MessageDoors {
  room: HoldMessage<Message>;
  thread: HoldMessage<PrivateMessage>;
}

interface Wish {
  id: number;
  emoji: string;
  /** Whether the reaction is to be there afterwards. */
  wanted: boolean;
}

export const reactionsFeature = (kit: Kit, doors: MessageDoors): ReactionsFeature => {
  const change = <M extends Message | PrivateMessage>(hold: HoldMessage<M>, user: UserCard, wish: Wish) =>
    act(kit, async (turn) => {
      const held = await hold(turn, user, wish.id);
      await held.requireWrite();
      if (held.isDeleted) throw new Refusal("message_deleted");
      if (await changeReaction(turn, user, wish)) {
        turn.take(["reactions_in_room", String(held.log.id)]);
        const reactions = await reactionsNow(turn.tx, wish.id);
        const row = { message_id: wish.id, user_id: user.id };
        await turn.append(held.log, { type: "reaction_changed", message_id: wish.id, reactions }, row);
      }
      return { status: 200 as const, body: await held.view() };
    });
  return {
    operations: {
      addReaction: ({ params }, { caller }) => change(doors.room, caller.user, { ...params, wanted: true }),
      removeReaction: ({ params }, { caller }) => change(doors.room, caller.user, { ...params, wanted: false }),
      addPrivateReaction: ({ params }, { caller }) => change(doors.thread, caller.user, { ...params, wanted: true }),
      removePrivateReaction: ({ params }, { caller }) =>
        change(doors.thread, caller.user, { ...params, wanted: false }),
    },
    replay: { reaction_changed: reactionChanged },
  };
};

const reactionsNow = async (db: Db, id: number): Promise<Reaction[]> => (await reactionsOf(db, [id])).get(id) ?? [];

/** False where it was so already. */
const changeReaction = async ({ tx, now }: Turn, user: UserCard, { id, emoji, wanted }: Wish): Promise<boolean> => {
  const there = await reactionsNow(tx, id);
  const same = there.find((reaction) => reaction.emoji === emoji);
  if ((same?.user_ids.includes(user.id) ?? false) === wanted) return false;
  if (!wanted) {
    await deleteReaction(tx, id, emoji, user.id);
    return true;
  }
  if (!same && there.length >= SIZES.reactions) throw new Refusal("too_many_reactions", { limit: SIZES.reactions });
  const place = await emojiPlace(tx, id, emoji);
  await insertReaction(tx, { message_id: id, emoji, user_id: user.id, place, created_at: now });
  return true;
};

/** With today's reactions: what lies between would only flicker by. Of a deleted message there are none. */
const reactionChanged: Replay = async (db, log, rows) => {
  const today = await reactionsOf(db, [...new Set(rows.map(({ message_id }) => message_id ?? 0))]);
  return rows.map(({ seq, message_id }) => {
    const id = message_id ?? 0;
    return durableFrame(log, seq, { type: "reaction_changed", message_id: id, reactions: today.get(id) ?? [] });
  });
};
