// The one gate to private threads: the two people read; they write while both belong here and the school allows it.
import { Refusal, type Role, type RoomRole, type UserCard } from "@homeroom/protocol";
import type { Config } from "../../config.ts";
import { instant } from "../../kit/kit.ts";
import type { Db } from "../../kit/tables.ts";
import { leads } from "../rooms/rooms.ts";
import { findThreadStanding, type ThreadRow, type ThreadStanding } from "./private-threads.store.ts";

export const partnerOf = (thread: ThreadRow, userId: number): number =>
  thread.user1_id === userId ? thread.user2_id : thread.user1_id;

/** One of the two; everybody else learns nothing, not even that it exists. */
export const requireParticipant = async (db: Db, user: UserCard, id: number): Promise<ThreadStanding> => {
  const standing = await findThreadStanding(db, id);
  if (!standing?.people.has(user.id) || standing.room.deleted_at !== null) throw new Refusal("not_found");
  return standing;
};

/**
 * May write: thread and room are open, both are in the room. A thread with somebody who leads the room goes on also
 * for who had to leave it, since that is whom they would ask to come back. Without an instant a mute is not looked at.
 */
export const requireThreadVoice = (standing: ThreadStanding, user: UserCard, now: number | null): void => {
  const me = standing.people.get(user.id);
  const other = standing.people.get(partnerOf(standing.thread, user.id));
  const withStaff = leads(me?.room_role) || leads(other?.room_role);
  if (!me?.room_role && !withStaff) throw new Refusal("not_a_member");
  const until = me?.muted_until ?? null;
  if (until !== null && now !== null && until > now && !withStaff) {
    throw new Refusal("muted", {
      retry_after_ms: until - now,
      detail: `You are muted in this room until ${instant(until)}.`,
    });
  }
  if (standing.thread.is_active !== 1) throw new Refusal("thread_inactive");
  if (standing.room.is_active !== 1) throw new Refusal("room_inactive");
  if (other?.is_active !== 1 || (!other.room_role && !withStaff)) {
    throw new Refusal("thread_inactive", { detail: "The other person is not in the room any more." });
  }
};

interface Person {
  role: Role;
  /** Null for somebody who is not in the room any more. */
  room_role: RoomRole | null;
}

/** The school's policy and the room's setting, for opening a thread and for writing in one. */
export const requirePolicy = (config: Config, privateReplies: boolean, people: readonly Person[]): void => {
  const policy = config.privateThreads;
  const withStaff = people.some(({ role }) => role !== "student");
  const withModerator = people.some(({ room_role }) => leads(room_role));
  if (policy === "off" || (policy === "staff" && !withStaff) || (!privateReplies && !withModerator)) {
    throw new Refusal("private_threads_restricted");
  }
};
