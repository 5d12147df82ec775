// Read marks: moving them, and telling one's other devices (in a private thread also the other person).
import { Refusal, type ServerFrame, type UserCard } from "@homeroom/protocol";
import { act } from "../../kit/action.ts";
import type { Kit } from "../../kit/kit.ts";
import { logHead } from "../../kit/log.ts";
import { logField } from "../../kit/ports.ts";
import type { Place } from "./place.ts";
import { countUnread, type Counts, moveReadMark } from "./read-marks.store.ts";

export interface ReadAsked {
  seq: number;
  /** Also backwards: the person's own "mark unread". */
  unread?: boolean | undefined;
}

export const read = async (
  kit: Kit,
  place: Place,
  user: UserCard,
  asked: ReadAsked,
  { socket, alsoTell = [] }: { socket?: number | undefined; alsoTell?: readonly number[] } = {},
): Promise<{ seq: number } & Counts> => {
  const { log } = place;
  const seq = await act(kit, async (turn) => {
    await place.read(turn.tx, user);
    const state = await logHead(turn.tx, log.id);
    if (!state) throw new Refusal("not_found");
    const mark = { log_id: log.id, user_id: user.id, seq: Math.min(asked.seq, state.head) };
    const stands = await moveReadMark(turn.tx, mark, asked.unread ?? false);
    const frame: ServerFrame = { type: "read", ...logField(log), user, seq: stands };
    turn.effect({
      do: "tell",
      // That somebody wants to come back to it is nobody else's business.
      userIds: asked.unread ? [user.id] : [user.id, ...alsoTell],
      log,
      frame,
      ...(socket !== undefined && { exceptSocket: socket }),
    });
    return stands;
  });
  // After the commit: who writes does not wait until somebody's unread messages are counted.
  const counts = await countUnread(kit.db.read, user.id, [log.id]);
  return { seq, ...(counts.get(log.id) ?? { unread_count: 0, mention_count: 0 }) };
};
