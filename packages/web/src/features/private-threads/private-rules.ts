// Who may write to whom privately, and why nobody may write in a private chat any more. Pure; the server decides.
import type { PrivateThread, Role, RoomRole, SetupState } from "@homeroom/protocol";

export type PrivatePolicy = SetupState["private_threads"];

export interface Side {
  role: Role;
  /** Null for somebody who is not in the room; undefined where nobody knows yet. */
  room_role: RoomRole | null | undefined;
}

const leads = (role: RoomRole | null | undefined): boolean => role === "host" || role === "cohost";

export interface PrivateRules {
  policy: PrivatePolicy;
  /** The room lets its members write to one another privately. */
  privateReplies: boolean;
}

/** Whether the school's policy and the room's setting allow a chat of these two. */
export function mayWhisper({ policy, privateReplies }: PrivateRules, people: readonly [Side, Side]): boolean {
  if (policy === "off") return false;
  if (policy === "staff" && people.every(({ role }) => role === "student")) return false;
  return privateReplies || people.some(({ room_role }) => leads(room_role));
}

/** Staff may look at private chats, unless the school says that nobody does. */
export const isReviewed = (policy: PrivatePolicy): boolean => policy !== "open";

export type PrivateBarrier = "closed" | "room-closed" | "not-member" | "left" | "restricted" | "muted";

export interface PrivateStanding extends PrivateRules {
  thread: Pick<PrivateThread, "is_active" | "write_refusal">;
  me: Side;
  partner: Side;
  /** Undefined where nobody here knows the room. */
  roomIsActive: boolean | undefined;
  isMuted: boolean;
}

/**
 * What keeps me from writing. What is live counts before what the thread said when it was fetched; what only the server
 * can know (an account that was closed, who else leads the room) is the thread's.
 */
export function barrierOf(standing: PrivateStanding): PrivateBarrier | null {
  const { thread, me, partner, roomIsActive } = standing;
  const { is_active, write_refusal } = thread;
  const withLeader = leads(me.room_role) || leads(partner.room_role);
  if (me.room_role === null && write_refusal === "not_a_member") return "not-member";
  if (!is_active) return "closed";
  if (roomIsActive === false || (roomIsActive === undefined && write_refusal === "room_inactive")) return "room-closed";
  const isGone = partner.room_role === null && me.room_role !== null && !withLeader;
  if (isGone || write_refusal === "partner_gone") return "left";
  if (write_refusal === "private_threads_restricted") return "restricted";
  if (me.room_role && partner.room_role && !mayWhisper(standing, [me, partner])) return "restricted";
  return standing.isMuted && !withLeader ? "muted" : null;
}
