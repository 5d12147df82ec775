// Class codes as their makers see them: what is left of each, and the links that carry them. Pure.
import type { Invite } from "@homeroom/protocol";
import { laterTime } from "../../ui/time.ts";

const words = {
  unlimited: "For any number of people",
  left: (left: number, all: number) => `${left} of ${all} ${all === 1 ? "use" : "uses"} left`,
  usedUp: "Used up",
  over: "Not valid any more",
  until: (when: string) => `until ${when.replace(/^at /, "")}`,
  used: (count: number) => (count === 1 ? "1 person came with it" : `${count} people came with it`),
};

export type InviteState = "good" | "used-up" | "over";

/** @param now milliseconds since 1970 */
export function stateOf(invite: Invite, now: number): InviteState {
  if (invite.expires_at !== null && Date.parse(invite.expires_at) <= now) return "over";
  return invite.max_uses !== null && invite.uses >= invite.max_uses ? "used-up" : "good";
}

/** "28 of 30 uses left, until tomorrow, 10:20". @param now milliseconds since 1970 */
export function describeInvite(invite: Invite, now: number): string {
  const state = stateOf(invite, now);
  if (state !== "good") return state === "over" ? words.over : words.usedUp;
  const { max_uses, uses, expires_at } = invite;
  const uses_left = max_uses === null ? words.unlimited : words.left(max_uses - uses, max_uses);
  const came = max_uses === null && uses > 0 ? [words.used(uses)] : [];
  const until = expires_at === null ? [] : [words.until(laterTime(expires_at, new Date(now)))];
  return [uses_left, ...came, ...until].join(", ");
}

/** Where somebody without an account makes one with the code, and anybody else enters the room. */
export const linkOf = (code: string, origin: string): string => `${origin}/register?code=${encodeURIComponent(code)}`;

export interface NewInviteFields {
  /** 0: any number. */
  uses: number;
  /** Days; 0: for ever. */
  days: number;
}

const DAY = 24 * 60 * 60 * 1000;

/** As the server is asked for it. @param now milliseconds since 1970 */
export const inviteBody = (room: number, { uses, days }: NewInviteFields, now: number) => ({
  role: "student" as const,
  room,
  ...(uses > 0 && { max_uses: uses }),
  ...(days > 0 && { expires_at: new Date(now + days * DAY).toISOString() }),
});
