// Opening a private thread: from a message, or with somebody in a room. The same pair always gets the same thread.
import { type Input, type Operations, type PrivateThread, Refusal, type UserCard } from "@homeroom/protocol";
import { actOnce, type Turn } from "../../kit/action.ts";
import type { SignedCall } from "../../kit/call.ts";
import type { Kit } from "../../kit/kit.ts";
import { createLog } from "../../kit/log.ts";
import { logRef } from "../../kit/ports.ts";
import { roomMessage } from "../messages/messages.ts";
import { findPerson, requireActive, requireMember } from "../rooms/rooms.ts";
import { requirePolicy } from "./private-threads.access.ts";
import { findPair, insertThread, type ThreadRow } from "./private-threads.store.ts";
import { viewThread } from "./thread-view.ts";

type Asked = Input<Operations["openPrivateThread"]>["body"];
type Opened = { status: 201 | 200; body: PrivateThread };

interface Wish {
  roomId: number;
  otherId: number;
  ownerMessage: number | null;
}

const wishOf = async (turn: Turn, user: UserCard, asked: Asked): Promise<Wish> => {
  if ("user_id" in asked) return { roomId: asked.room_id, otherId: asked.user_id, ownerMessage: null };
  const message = await roomMessage(turn.tx, user, asked.message_id);
  if (message.deleted_at !== null) throw new Refusal("not_found");
  return { roomId: message.log_id, otherId: message.sender_id, ownerMessage: message.id };
};

export const openThread = (kit: Kit, call: SignedCall, asked: Asked): Promise<Opened> =>
  actOnce<Opened>(kit, call, async (turn) => {
    const { user } = call.caller;
    const { roomId, otherId, ownerMessage } = await wishOf(turn, user, asked);
    // The room's log is the lock under which a pair gets its one thread.
    await turn.lock(logRef("room", roomId));
    const standing = await requireMember(turn.tx, user, roomId);
    if (otherId === user.id) throw new Refusal("cannot_target_self");
    const other = await findPerson(turn.tx, roomId, otherId);
    if (!other) throw new Refusal("not_found");
    const existing = await findPair(turn.tx, roomId, user.id, otherId);
    if (existing) return { status: 200, body: await viewThread(kit.config, turn.tx, existing, user.id) };
    requireActive(standing);
    requirePolicy(kit.config, standing.room.private_replies === 1, [
      { role: user.role, room_role: standing.membership.room_role },
      { role: other.card.role, room_role: other.membership.room_role },
    ]);
    const thread = await create(kit, turn, { roomId, otherId, ownerMessage }, user);
    return { status: 201, body: await viewThread(kit.config, turn.tx, thread, user.id) };
  });

const create = async (
  kit: Kit,
  turn: Turn,
  { roomId, otherId, ownerMessage }: Wish,
  user: UserCard,
): Promise<ThreadRow> => {
  const log = await createLog(turn.tx, "thread");
  const thread = await insertThread(turn.tx, {
    id: log.id,
    room_id: roomId,
    owner_message: ownerMessage,
    user1_id: user.id,
    user2_id: otherId,
    low_id: Math.min(user.id, otherId),
    high_id: Math.max(user.id, otherId),
    is_active: 1,
    created_at: turn.now,
  });
  for (const userId of [user.id, otherId]) {
    turn.effect({ do: "enter", log, epoch: log.epoch, seq: 0, userId });
    turn.tell([userId], {
      type: "thread_added",
      thread: log.id,
      details: await viewThread(kit.config, turn.tx, thread, userId),
    });
  }
  return thread;
};
