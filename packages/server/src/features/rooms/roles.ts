// Who leads a room and who may speak in it: handing over, cohosts, mutes.
import { Refusal, type UserCard } from "@homeroom/protocol";
import { act, type Turn } from "../../kit/action.ts";
import type { Handlers } from "../../kit/call.ts";
import type { Kit } from "../../kit/kit.ts";
import type { LogState } from "../../kit/log.ts";
import type { Db } from "../../kit/tables.ts";
import { announceMember } from "./entering.ts";
import { holdRoom } from "./hold-room.ts";
import { changeMembership, findPerson, type Person } from "./memberships.store.ts";
import { tellOwn } from "./room-own.ts";
import { type RoomViews, toParticipant } from "./room-view.ts";
import { updateRow } from "./room-settings.ts";
import { type MemberStanding, requireHost, requireModerator } from "./rooms.access.ts";
import type { Membership } from "./rooms.store.ts";

const MINUTE = 60_000;

export const personOf = async (db: Db, roomId: number, userId: number): Promise<Person> => {
  const person = await findPerson(db, roomId, userId);
  if (!person) throw new Refusal("not_found");
  return person;
};

/** Somebody whom this moderator may act upon: never the host, and a cohost only if the moderator is the host. */
export const targetOf = async (db: Db, moderator: MemberStanding, userId: number): Promise<Person> => {
  const target = await personOf(db, moderator.room.id, userId);
  const { room_role } = target.membership;
  if (room_role === "host") throw new Refusal("cannot_target_host");
  if (room_role === "cohost" && moderator.membership.room_role !== "host") throw new Refusal("forbidden");
  return target;
};

/** Changes what somebody is in the room and tells it; says nothing where nothing changed. */
export const changePerson = async (
  turn: Turn,
  log: LogState,
  person: Person,
  change: Partial<Pick<Membership, "room_role" | "muted_until" | "mute_reason">>,
): Promise<Person> => {
  const { membership: before, card } = person;
  const membership = await changeMembership(turn.tx, before, change);
  if (membership.room_role !== before.room_role || membership.muted_until !== before.muted_until) {
    await announceMember(turn, log, card, membership);
    // The reason of a mute is theirs to know, and how many wait is a leader's.
    await tellOwn(turn, log, card.id);
  }
  return { card, membership };
};

/** Makes somebody in the room its host. What becomes of the old one is the caller's business. */
export const makeHost = async (turn: Turn, log: LogState, heir: Person): Promise<void> => {
  // A host answers to nobody in the room: a mute from before would never be lifted.
  await changePerson(turn, log, heir, { room_role: "host", muted_until: null, mute_reason: null });
};

const requireStaff = (user: UserCard): void => {
  if (user.role !== "student") return;
  throw new Refusal("bad_request", { fields: { user_id: ["Only a teacher or an admin can host a room."] } });
};

type RoleHandlers = Pick<Handlers, "transferHost" | "setRoomRole" | "muteMember" | "unmuteMember">;

export const roles = (kit: Kit, { viewRoom }: RoomViews): RoleHandlers => ({
  transferHost: ({ params, body }, { caller: { user } }) =>
    act(kit, async (turn) => {
      const { log, room, membership } = await holdRoom(turn, user, params.id, requireHost);
      if (body.user_id === user.id) throw new Refusal("cannot_target_self");
      const heir = await personOf(turn.tx, room.id, body.user_id);
      requireStaff(heir.card);
      await changePerson(turn, log, { card: user, membership }, { room_role: "cohost" });
      await makeHost(turn, log, heir);
      await updateRow(turn, log, { host_id: heir.card.id });
      return { status: 200, body: await viewRoom(turn.tx, user, room.id) };
    }),

  setRoomRole: ({ params, body }, { caller: { user } }) =>
    act(kit, async (turn) => {
      const { log, ...standing } = await holdRoom(turn, user, params.id, requireHost);
      const target = await targetOf(turn.tx, standing, params.user_id);
      return { status: 200, body: toParticipant(await changePerson(turn, log, target, body)) };
    }),

  muteMember: ({ params, body }, { caller: { user } }) =>
    act(kit, async (turn) => {
      const { log, ...standing } = await holdRoom(turn, user, params.id, requireModerator);
      if (params.user_id === user.id) throw new Refusal("cannot_target_self");
      const target = await targetOf(turn.tx, standing, params.user_id);
      const change = { muted_until: turn.now + body.minutes * MINUTE, mute_reason: body.reason ?? null };
      return { status: 200, body: toParticipant(await changePerson(turn, log, target, change)) };
    }),

  unmuteMember: ({ params }, { caller: { user } }) =>
    act(kit, async (turn) => {
      const { log, ...standing } = await holdRoom(turn, user, params.id, requireModerator);
      const target = await targetOf(turn.tx, standing, params.user_id);
      const change = { muted_until: null, mute_reason: null };
      return { status: 200, body: toParticipant(await changePerson(turn, log, target, change)) };
    }),
});
