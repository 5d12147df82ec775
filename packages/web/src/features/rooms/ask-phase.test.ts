import type { RoomCard } from "@homeroom/protocol";
import { describe, expect, test } from "vitest";
import { askPhase } from "./ask-phase.ts";

const user = { id: 1, username: "u", display_name: "U", role: "student", avatar_url: null } as const;

const room = (more: Partial<RoomCard> = {}): RoomCard => ({
  id: 41,
  name: "Theatre AG",
  description: "",
  host: { ...user, id: 2 },
  public: false,
  discoverable: true,
  is_active: true,
  participant_count: 5,
  max_participants: 30,
  my_role: null,
  join_request: null,
  ...more,
});

const DECIDED = "2026-11-22T10:20:00.000Z";
const DAY = 24 * 60 * 60 * 1000;

const answer = (status: "pending" | "approved" | "denied"): RoomCard["join_request"] => ({
  id: 9,
  room: 41,
  user,
  status,
  created_at: "2026-11-22T10:00:00.000Z",
  processed_at: status === "pending" ? null : DECIDED,
  processed_by: null,
  note: "",
  reason: "only for 10th grade",
  denied_before: 0,
});

const soon = { removed: false, now: Date.parse(DECIDED) + 1000 };
const later = { removed: false, now: Date.parse(DECIDED) + DAY };
const kind = (card: RoomCard | undefined, view = soon) => askPhase(card, view).kind;

describe("asking to be let in", () => {
  test("a private room is asked, a full one cannot be", () => {
    expect(kind(room())).toBe("ask");
    expect(kind(room({ participant_count: 30 }))).toBe("full");
  });

  test("who has asked waits, whatever else is true", () => {
    expect(kind(room({ join_request: answer("pending"), participant_count: 30 }))).toBe("asked");
  });

  test("after a no one may ask again a day later, and the no is remembered", () => {
    const denied = room({ join_request: answer("denied") });
    expect(askPhase(denied, soon)).toMatchObject({ kind: "denied", again: "2026-11-23T10:20:00.000Z" });
    expect(askPhase(denied, later)).toMatchObject({ kind: "ask", before: { reason: "only for 10th grade" } });
  });

  test("a room that became public is joined directly, but not by somebody who was removed from it", () => {
    expect(kind(room({ public: true, join_request: answer("denied") }))).toBe("open");
    expect(askPhase(room({ public: true }), { ...soon, removed: true })).toEqual({
      kind: "ask",
      removed: true,
      before: null,
    });
  });

  test("being let in, and a room that is gone, end it", () => {
    expect(kind(room({ my_role: "member" }))).toBe("in");
    expect(kind(undefined)).toBe("gone");
  });
});
