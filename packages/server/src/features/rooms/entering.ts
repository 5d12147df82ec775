// Coming into a room and going out of it, whatever the way: joining, approval, codes, leaving, kicks, deactivation.
import { Refusal, type Room, type RoomRole, type ServerFrame, type UserCard } from "@homeroom/protocol";
import { durableFrame, type Turn } from "../../kit/action.ts";
import { instant } from "../../kit/kit.ts";
import type { LogState } from "../../kit/log.ts";
import { logRef } from "../../kit/ports.ts";
import { changeMembership, findMembership, holdActiveUser, markRead, saveMembership } from "./memberships.store.ts";
import type { RoomViews } from "./room-view.ts";
import { countParticipant, findStanding, type Membership, type RoomRow } from "./rooms.store.ts";

export interface EnterOptions {
  /** The maker of a room comes as its host. */
  role?: RoomRole;
  /** One who takes over a room finds a place even in a full one. */
  evenIfFull?: boolean;
  /** Called when the room can be shown to the new member, before their sockets follow it. */
  greet?: (details: Room) => void;
}

/** A mute is not escaped by leaving; one that is over is forgotten. */
const renewed = (room: RoomRow, user: UserCard, role: RoomRole, before: Membership | null, now: number): Membership => {
  const stillMuted = before !== null && before.muted_until !== null && before.muted_until > now;
  return {
    room_id: room.id,
    user_id: user.id,
    room_role: role,
    joined_at: now,
    muted_until: stillMuted ? before.muted_until : null,
    mute_reason: stillMuted ? before.mute_reason : null,
    ended_at: null,
    ended_seq: null,
    kicked: 0,
    quiet: 0,
  };
};

/**
 * Makes somebody a member of the room whose log the turn holds, and shows them the room.
 * Refuses with `room_full`, and with `not_found` where the account was deactivated meanwhile.
 */
export const enterRoom =
  ({ viewRoom }: RoomViews) =>
  async (turn: Turn, log: LogState, user: UserCard, room: RoomRow, options: EnterOptions = {}): Promise<Room> => {
    const { tx, now } = turn;
    if (!options.evenIfFull && room.participant_count >= room.max_participants) throw new Refusal("room_full");
    if (!(await holdActiveUser(tx, user.id))) throw new Refusal("not_found");
    const before = await findMembership(tx, room.id, user.id);
    const membership = renewed(room, user, options.role ?? "member", before, now);
    await saveMembership(tx, membership);
    await countParticipant(tx, room.id, 1);
    await turn.append(log, { type: "user_joined", user }, { user_id: user.id });
    if (membership.muted_until !== null) await announceMember(turn, log, user, membership);
    const seq = log.head;
    await markRead(tx, room, user.id, seq);
    const details = await viewRoom(tx, user, room.id);
    options.greet?.(details);
    turn.effect({ do: "enter", log, epoch: log.epoch, seq, userId: user.id });
    turn.tell([user.id], { type: "room_added", room: room.id, details });
    return details;
  };

export type EnterRoom = ReturnType<typeof enterRoom>;

/**
 * For codes that open a room: the code is the permission, so only the room itself can refuse. Who was removed has to
 * ask, code or not. `joined` is false for somebody who is in the room already.
 */
export const enterRoomById =
  (enter: EnterRoom, { viewRoom }: RoomViews) =>
  async (turn: Turn, user: UserCard, roomId: number): Promise<{ room: Room; joined: boolean }> => {
    const log = await turn.lock(logRef("room", roomId));
    const found = await findStanding(turn.tx, roomId, user.id);
    if (!found) throw new Refusal("not_found");
    const { membership } = found;
    if (membership?.ended_at === null) return { room: await viewRoom(turn.tx, user, roomId), joined: false };
    if (membership?.kicked) throw new Refusal("kicked");
    if (found.room.is_active !== 1) throw new Refusal("room_inactive");
    return { room: await enter(turn, log, user, found.room), joined: true };
  };

/** Ends a membership of the room whose log the turn holds. From this event on nothing of the room reaches them. */
export const leaveRoomOf = async (
  turn: Turn,
  log: LogState,
  membership: Membership,
  user: UserCard,
  { kicked, reason }: { kicked: boolean; reason?: string | undefined },
): Promise<void> => {
  const body = { type: "user_left" as const, user, kicked };
  // The last that they hear of the room: on their other devices, too, they are out of it.
  const farewell = (seq: number): ServerFrame =>
    kicked ? { type: "kick_user", room: log.id, user, ...(reason ? { reason } : {}) } : durableFrame(log, seq, body);
  const seq = await turn.append(log, body, {
    user_id: user.id,
    data: { kicked },
    before: (at) => ({ do: "leave", log, seq: at, userId: user.id, farewell: farewell(at) }),
  });
  await changeMembership(turn.tx, membership, {
    room_role: "member",
    ended_at: turn.now,
    ended_seq: seq,
    kicked: kicked ? 1 : 0,
    quiet: 0,
  });
  await countParticipant(turn.tx, log.id, -1);
};

/** Tells the room what somebody in it is and may. */
export const announceMember = async (
  turn: Turn,
  log: LogState,
  user: UserCard,
  { room_role, muted_until }: Pick<Membership, "room_role" | "muted_until">,
): Promise<void> => {
  const until = muted_until === null ? null : instant(muted_until);
  await turn.append(
    log,
    { type: "member_updated", user, room_role, muted_until: until },
    { user_id: user.id, data: { room_role, muted_until } },
  );
};
