// The one gate to private threads: the two people read; they write while both belong here and the school allows it.
import { type PrivateThread, Refusal, type Role, type RoomRole, type UserCard } from "@homeroom/protocol";
import type { Config } from "../../config.ts";
import { instant } from "../../kit/kit.ts";
import type { Db } from "../../kit/tables.ts";
import { leads } from "../rooms/rooms.ts";
import { findThreadStanding, type ThreadRow, type ThreadStanding } from "./private-threads.store.ts";

export type WriteRefusal = NonNullable<PrivateThread["write_refusal"]>;

export const partnerOf = (thread: ThreadRow, userId: number): number =>
  thread.user1_id === userId ? thread.user2_id : thread.user1_id;

/** One of the two; everybody else learns nothing, not even that it exists. */
export const requireParticipant = async (db: Db, user: UserCard, id: number): Promise<ThreadStanding> => {
  const standing = await findThreadStanding(db, id);
  if (!standing?.people.has(user.id) || standing.room.deleted_at !== null) throw new Refusal("not_found");
  return standing;
};

const sidesOf = (standing: ThreadStanding, userId: number) => {
  const me = standing.people.get(userId);
  const other = standing.people.get(partnerOf(standing.thread, userId));
  return { me, other, withStaff: leads(me?.room_role) || leads(other?.room_role) };
};

/** What keeps one of the two from writing, whatever the school's rules. */
const barrier = (standing: ThreadStanding, userId: number): WriteRefusal | null => {
  const { me, other, withStaff } = sidesOf(standing, userId);
  if (!me?.room_role && !withStaff) return "not_a_member";
  if (standing.thread.is_active !== 1) return "thread_inactive";
  if (standing.room.is_active !== 1) return "room_inactive";
  return other?.is_active !== 1 || (!other.room_role && !withStaff) ? "partner_gone" : null;
};

/**
 * May write: thread and room are open, both are in the room. A thread with somebody who leads the room goes on also
 * for who had to leave it, since that is whom they would ask to come back. Without an instant a mute is not looked at.
 */
export const requireThreadVoice = (standing: ThreadStanding, user: UserCard, now: number | null): void => {
  const { me, withStaff } = sidesOf(standing, user.id);
  const refusal = barrier(standing, user.id);
  if (refusal === "not_a_member") throw new Refusal(refusal);
  const until = me?.muted_until ?? null;
  if (until !== null && now !== null && until > now && !withStaff) {
    throw new Refusal("muted", {
      retry_after_ms: until - now,
      detail: `You are muted in this room until ${instant(until)}.`,
    });
  }
  if (refusal === "partner_gone") {
    throw new Refusal("thread_inactive", { detail: "The other person is not in the room any more." });
  }
  if (refusal !== null) throw new Refusal(refusal);
};

interface Person {
  role: Role;
  /** Null for somebody who is not in the room any more. */
  room_role: RoomRole | null;
}

const isRestricted = (config: Config, privateReplies: boolean, people: readonly Person[]): boolean => {
  const policy = config.privateThreads;
  const withStaff = people.some(({ role }) => role !== "student");
  const withModerator = people.some(({ room_role }) => leads(room_role));
  return policy === "off" || (policy === "staff" && !withStaff) || (!privateReplies && !withModerator);
};

/** The school's policy and the room's setting, for opening a thread and for writing in one. */
export const requirePolicy = (config: Config, privateReplies: boolean, people: readonly Person[]): void => {
  if (isRestricted(config, privateReplies, people)) throw new Refusal("private_threads_restricted");
};

/** Why one of the two may not write now, a mute aside; null where they may. */
export const writeRefusal = (config: Config, standing: ThreadStanding, userId: number): WriteRefusal | null => {
  const privateReplies = standing.room.private_replies === 1;
  if (isRestricted(config, privateReplies, [...standing.people.values()])) {
    return barrier(standing, userId) ?? "private_threads_restricted";
  }
  return barrier(standing, userId);
};
