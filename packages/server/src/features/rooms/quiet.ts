// Keeping a room quiet: one's own choice, which nobody else hears of and which ends with the membership.
import type { Room, UserCard } from "@homeroom/protocol";
import { act } from "../../kit/action.ts";
import type { Handlers } from "../../kit/call.ts";
import type { Kit } from "../../kit/kit.ts";
import { type Flag, flag } from "../../kit/tables.ts";
import { holdRoom } from "./hold-room.ts";
import { changeMembership } from "./memberships.store.ts";
import { tellOwn } from "./room-own.ts";
import type { RoomViews } from "./room-view.ts";
import { requireMember } from "./rooms.access.ts";

export const quiet = (kit: Kit, { viewRoom }: RoomViews): Pick<Handlers, "quietRoom" | "unquietRoom"> => {
  const choose = (user: UserCard, roomId: number, choice: Flag): Promise<Room> =>
    act(kit, async (turn) => {
      const { log, membership } = await holdRoom(turn, user, roomId, requireMember);
      if (membership.quiet !== choice) {
        await changeMembership(turn.tx, membership, { quiet: choice });
        await tellOwn(turn, log, user.id);
      }
      return viewRoom(turn.tx, user, roomId);
    });
  return {
    quietRoom: async ({ params }, { caller }) => ({
      status: 200,
      body: await choose(caller.user, params.id, flag(true)),
    }),
    unquietRoom: async ({ params }, { caller }) => ({
      status: 200,
      body: await choose(caller.user, params.id, flag(false)),
    }),
  };
};
