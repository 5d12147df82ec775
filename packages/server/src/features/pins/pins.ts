// Pinned messages of a room: the front of the feature. Whether one is pinned stands in its own row.
import { Refusal, SIZES, type UserCard } from "@homeroom/protocol";
import { act, durableFrame } from "../../kit/action.ts";
import type { Handlers } from "../../kit/call.ts";
import type { Kit } from "../../kit/kit.ts";
import { pageOf, pageWindow } from "../../kit/page.ts";
import type { Replay } from "../../kit/replay.ts";
import { holdRoomMessage, viewRoomMessages } from "../messages/messages.ts";
import { requireMember } from "../rooms/rooms.ts";
import { countPins, listPinned, pinnedAmong, setPinned } from "./pins.store.ts";

export interface PinsFeature {
  operations: Pick<Handlers, "pinMessage" | "unpinMessage" | "listPins">;
  replay: { pins_changed: Replay };
}

export const pinsFeature = (kit: Kit): PinsFeature => {
  const change = (user: UserCard, id: number, wanted: boolean) =>
    act(kit, async (turn) => {
      const held = await holdRoomMessage(turn, user, id);
      if (!held.moderates) throw new Refusal("forbidden");
      // It says nothing new, so that a mute does not stop it.
      await held.requireWrite({ evenMuted: true });
      if (held.isDeleted) throw new Refusal("message_deleted");
      if (held.isPinned !== wanted) {
        const { tx } = turn;
        if (wanted && (await countPins(tx, held.log.id)) >= SIZES.pins) {
          throw new Refusal("too_many_pins", { limit: SIZES.pins });
        }
        const body = { type: "pins_changed", message_id: id, pinned: wanted } as const;
        const seq = await turn.append(held.log, body, { message_id: id, user_id: user.id });
        await setPinned(tx, id, wanted ? seq : null);
      }
      return { status: 200 as const, body: await held.view() };
    });
  return {
    operations: {
      pinMessage: ({ params }, { caller }) => change(caller.user, params.id, true),
      unpinMessage: ({ params }, { caller }) => change(caller.user, params.id, false),
      listPins: async ({ params, query }, { caller: { user } }) => {
        const { read } = kit.db;
        const ids = await listPinned(read, params.id, pageWindow(query));
        const page = pageOf(ids, { path: `/api/chat/rooms/${params.id}/pins/`, query });
        const results = await viewRoomMessages(read, page.results, user.id);
        // Asked last: whoever may read it now may have had all of it.
        await requireMember(read, user, params.id);
        return { status: 200, body: { ...page, results } };
      },
    },
    replay: { pins_changed: pinsChanged },
  };
};

/** As it is today; a message that was deleted since is pinned no more. */
const pinsChanged: Replay = async (db, log, rows) => {
  const pinned = await pinnedAmong(db, [...new Set(rows.map(({ message_id }) => message_id ?? 0))]);
  return rows.map(({ seq, message_id }) => {
    const id = message_id ?? 0;
    return durableFrame(log, seq, { type: "pins_changed", message_id: id, pinned: pinned.has(id) });
  });
};
