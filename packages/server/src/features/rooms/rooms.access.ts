// The one gate to rooms: who may know of a room, read it, write in it, lead it. REST, sockets and search all pass here.
import { Refusal, type RoomRole, type UserCard } from "@homeroom/protocol";
import { instant } from "../../kit/kit.ts";
import type { Db } from "../../kit/tables.ts";
import { findRoom, findStanding, findStandingAt, type Membership, type RoomRow } from "./rooms.store.ts";

/** How somebody stands to a room: never a member, once a member, or a member. */
export interface Standing {
  readonly room: RoomRow;
  /** Also of somebody who left or was kicked: `ended_at` tells. */
  readonly membership: Membership | null;
}
export type MemberStanding = Standing & { readonly membership: Membership };

export const isMember = (standing: Standing): standing is MemberStanding =>
  standing.membership !== null && standing.membership.ended_at === null;

/** Whether a stranger may see that the room exists. */
export const isListed = ({ room }: Standing) => room.is_active === 1 && (room.public === 1 || room.discoverable === 1);

/** A room whose existence the caller may know: its members, past members, askers; anybody for a listed one. Else 404. */
export const requireVisible = async (db: Db, user: UserCard, roomId: number): Promise<Standing> => {
  const found = await findStanding(db, roomId, user.id);
  if (!found || !(found.membership || found.has_asked || isListed(found))) throw new Refusal("not_found");
  return found;
};

/** 404 where the caller may not know of the room, 403 where they are not in it (any more). */
export const requireMember = async (db: Db, user: UserCard, roomId: number): Promise<MemberStanding> => {
  const standing = await requireVisible(db, user, roomId);
  if (!isMember(standing)) throw new Refusal("not_a_member");
  return standing;
};

/** The room of a message, for its members; 404 for everybody else, whether there is such a message or not. */
export const requireReader = async (db: Db, user: UserCard, messageId: number): Promise<MemberStanding> => {
  const standing = await findStandingAt(db, messageId, user.id);
  if (!standing || !isMember(standing)) throw new Refusal("not_found");
  return standing;
};

/** Host or cohost. */
export const requireModerator = async (db: Db, user: UserCard, roomId: number): Promise<MemberStanding> => {
  const standing = await requireMember(db, user, roomId);
  if (!isModerator(standing)) throw new Refusal("forbidden");
  return standing;
};

export const requireHost = async (db: Db, user: UserCard, roomId: number): Promise<MemberStanding> => {
  const standing = await requireMember(db, user, roomId);
  if (standing.membership.room_role !== "host") throw new Refusal("forbidden");
  return standing;
};

/** Host or cohost; null for somebody who is not in the room. */
export const leads = (role: RoomRole | null | undefined): boolean => role === "host" || role === "cohost";

export const isModerator = ({ membership }: MemberStanding): boolean => leads(membership.room_role);

/** A room that is archived can be read by its members and written by nobody. */
export const requireActive = ({ room }: Standing): void => {
  if (room.is_active !== 1) throw new Refusal("room_inactive");
};

/** May write words here now: the room is active and the member not muted. */
export const requireVoice = (standing: MemberStanding, now: number): void => {
  const until = standing.membership.muted_until;
  if (until !== null && until > now) {
    throw new Refusal("muted", {
      retry_after_ms: until - now,
      detail: `You are muted in this room until ${instant(until)}.`,
    });
  }
  requireActive(standing);
};

/** A room that is there, for those who need no standing in it. */
export const requireRoom = async (db: Db, roomId: number): Promise<void> => {
  const room = await findRoom(db, roomId);
  if (!room || room.deleted_at !== null) throw new Refusal("not_found");
};
