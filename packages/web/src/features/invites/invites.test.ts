// Class codes in words, and the links that carry them.
import type { Invite } from "@homeroom/protocol";
import { describe, expect, test } from "vitest";
import { describeInvite, inviteBody, linkOf, stateOf } from "./invites.ts";

const NOW = Date.parse("2026-11-22T10:00:00.000Z");
const invite = (more: Partial<Invite> = {}): Invite => ({
  id: 1,
  code: "ABCD-EFGH-JKMN",
  role: "student",
  room: 7,
  max_uses: 30,
  uses: 2,
  expires_at: null,
  created_at: "2026-11-22T09:00:00.000Z",
  ...more,
});
const past = "2026-11-22T10:00:00.000Z";

describe("a class code", () => {
  test("says how much is left of it", () => {
    expect(describeInvite(invite(), NOW)).toBe("28 of 30 uses left");
    expect(describeInvite(invite({ max_uses: null }), NOW)).toBe("For any number of people, 2 people came with it");
    expect(describeInvite(invite({ max_uses: 1, uses: 0 }), NOW)).toBe("1 of 1 use left");
    expect(describeInvite(invite({ expires_at: "2026-12-03T08:00:00.000Z" }), NOW)).toMatch(
      /^28 of 30 uses left, until 3 December, \d\d:00$/,
    );
  });

  test("is used up, or over, and says so", () => {
    expect(stateOf(invite({ uses: 30 }), NOW)).toBe("used-up");
    expect(stateOf(invite({ expires_at: past }), NOW)).toBe("over");
    expect(describeInvite(invite({ uses: 30, expires_at: past }), NOW)).toBe("Not valid any more");
  });

  test("is carried by a link to making an account", () => {
    expect(linkOf("ABCD-EFGH-JKMN", "https://chat.school.example")).toBe(
      "https://chat.school.example/register?code=ABCD-EFGH-JKMN",
    );
  });

  test("is asked for with what was chosen, and nothing for no limit", () => {
    expect(inviteBody(7, { uses: 0, days: 0 }, NOW)).toEqual({ role: "student", room: 7 });
    expect(inviteBody(7, { uses: 30, days: 1 }, NOW)).toEqual({
      role: "student",
      room: 7,
      max_uses: 30,
      expires_at: "2026-11-23T10:00:00.000Z",
    });
  });
});
