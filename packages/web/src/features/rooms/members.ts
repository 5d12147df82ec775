// What the list of members shows and offers: who stands where, who may do what to whom, how long a mute lasts. Pure.
import type { Participant, PresenceState, RoomRole } from "@homeroom/protocol";
import { foldText } from "../../ui/names.ts";

const words = {
  minutes: (count: number) => `Muted, ${count} min left`,
  hours: (count: number) => `Muted, ${count} h left`,
  days: (count: number) => `Muted, ${count} days left`,
};

const MINUTE = 60_000;

/** A mute that has run out is none. @param now milliseconds since 1970 */
export const isMuted = ({ muted_until }: Pick<Participant, "muted_until">, now: number): boolean =>
  muted_until !== null && Date.parse(muted_until) > now;

/** The clock that is looked at may be so much behind. */
const SLACK = 6_000;

/** "Muted, 4 min left": begun minutes count. @param now milliseconds since 1970 */
export function muteLeft(until: string, now: number): string {
  const minutes = Math.max(1, Math.ceil((Date.parse(until) - now - SLACK) / MINUTE));
  if (minutes < 100) return words.minutes(minutes);
  const hours = Math.round(minutes / 60);
  return hours < 48 ? words.hours(hours) : words.days(Math.round(hours / 24));
}

export interface MemberGroups {
  /** The host, then the cohosts. */
  hosts: Participant[];
  here: Participant[];
  away: Participant[];
  gone: Participant[];
}

const byName = (a: Participant, b: Participant) => a.display_name.localeCompare(b.display_name);
const byRole = (a: Participant, b: Participant) =>
  Number(b.room_role === "host") - Number(a.room_role === "host") || byName(a, b);

/** Those whose name or user name has the words in it, each group by name. */
export function groupMembers(
  people: readonly Participant[],
  presenceOf: (id: number) => PresenceState,
  search = "",
): MemberGroups {
  const wanted = foldText(search.trim());
  const found = people.filter((one) =>
    [one.display_name, one.username].some((name) => foldText(name).includes(wanted)),
  );
  const members = found.filter((one) => one.room_role === "member").toSorted(byName);
  const those = (state: PresenceState) => members.filter(({ id }) => presenceOf(id) === state);
  return {
    hosts: found.filter((one) => one.room_role !== "member").toSorted(byRole),
    here: those("online"),
    away: those("away"),
    gone: those("offline"),
  };
}

export type MemberAction = "message" | "make-cohost" | "drop-cohost" | "mute" | "unmute" | "hand-over" | "remove";

export interface MemberRules {
  /** The reader. */
  me: number;
  myRole: RoomRole | null;
  /** Whether school and room allow a private chat with somebody. */
  mayMessage: (member: Participant) => boolean;
  /** Nothing can be written in an archived room. */
  isActive: boolean;
}

const leads = (role: RoomRole | null) => role === "host" || role === "cohost";

/** What the reader may do about somebody; nobody acts upon themselves, the host, or an equal. */
export function actionsFor(rules: MemberRules, member: Participant, now: number): MemberAction[] {
  const { me, myRole, mayMessage, isActive } = rules;
  if (member.id === me) return [];
  const actions: MemberAction[] = [];
  if (isActive && mayMessage(member)) actions.push("message");
  const isHost = myRole === "host";
  const isBelow = member.room_role === "member" || (isHost && member.room_role === "cohost");
  if (!leads(myRole) || !isBelow) return actions;
  if (isHost) actions.push(member.room_role === "cohost" ? "drop-cohost" : "make-cohost");
  actions.push(isMuted(member, now) ? "unmute" : "mute");
  if (isHost && member.role !== "student") actions.push("hand-over");
  actions.push("remove");
  return actions;
}

/** Those who can take a room over: a student cannot. */
export const heirsOf = (people: readonly Participant[] | undefined, me: number): Participant[] =>
  (people ?? []).filter((one) => one.id !== me && one.role !== "student").toSorted(byName);
