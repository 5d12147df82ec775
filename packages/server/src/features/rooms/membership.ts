// Joining a public room, leaving, removing somebody.
import { Refusal, type UserCard } from "@homeroom/protocol";
import { act } from "../../kit/action.ts";
import type { FrameHandlers, Handlers } from "../../kit/call.ts";
import type { Kit } from "../../kit/kit.ts";
import { type EnterRoom, leaveRoomOf } from "./entering.ts";
import { holdRoom } from "./hold-room.ts";
import { targetOf } from "./roles.ts";
import type { RoomViews } from "./room-view.ts";
import { isMember, requireActive, requireModerator, requireVisible, type Standing } from "./rooms.access.ts";

const requireOpenDoor = (standing: Standing): void => {
  if (standing.membership?.kicked) throw new Refusal("kicked");
  if (!standing.room.public) throw new Refusal("join_request_required");
  requireActive(standing);
};

/** A kick, through whichever door it was asked for. */
const kick = (kit: Kit, user: UserCard, roomId: number, targetId: number, reason: string | undefined): Promise<void> =>
  act(kit, async (turn) => {
    const { log, ...standing } = await holdRoom(turn, user, roomId, requireModerator);
    if (targetId === user.id) throw new Refusal("cannot_target_self");
    const target = await targetOf(turn.tx, standing, targetId);
    await leaveRoomOf(turn, log, target.membership, target.card, { kicked: true, reason });
  });

export const membership = (
  kit: Kit,
  { viewRoom }: RoomViews,
  enterRoom: EnterRoom,
): Pick<Handlers, "joinRoom" | "leaveRoom" | "kickMember"> => ({
  joinRoom: ({ params }, { caller: { user } }) =>
    act(kit, async (turn) => {
      const { log, ...standing } = await holdRoom(turn, user, params.id, requireVisible);
      if (isMember(standing)) return { status: 200, body: await viewRoom(turn.tx, user, params.id) };
      requireOpenDoor(standing);
      return { status: 200, body: await enterRoom(turn, log, user, standing.room) };
    }),

  leaveRoom: ({ params }, { caller: { user } }) =>
    act(kit, async (turn) => {
      const { log, ...standing } = await holdRoom(turn, user, params.id, requireVisible);
      if (!isMember(standing)) throw new Refusal("not_a_member_conflict");
      if (standing.membership.room_role === "host") throw new Refusal("host_must_transfer");
      await leaveRoomOf(turn, log, standing.membership, user, { kicked: false });
      return { status: 200, body: {} };
    }),

  kickMember: async ({ params, body }, { caller: { user } }) => {
    await kick(kit, user, params.id, params.user_id, body?.reason);
    return { status: 200, body: {} };
  },
});

export const kickFrame = (kit: Kit): Pick<FrameHandlers, "kick_user"> => ({
  /** The kicker sees it done by `user_left`, as everybody does. */
  kick_user: async (frame, log, { caller: { user } }) => {
    if (log?.kind !== "room") throw new Refusal("bad_request", { fields: { room: ["Say which room."] } });
    await kick(kit, user, log.id, frame.user_id, frame.reason);
    return null;
  },
});
