// What a host changes about a room: only what was touched is sent, everything else follows the room.
import { describe, expect, test } from "vitest";
import { slowModes } from "./room-options.tsx";
import { editField, fieldsFrom, type KnownRoom, patchOf, roomProblems } from "./room-settings.ts";
import { roomChoices } from "./room-menu.ts";

const room = {
  id: 1,
  name: "Biology 7b",
  description: "Cress",
  public: true,
  discoverable: true,
  is_active: true,
  participant_count: 5,
  max_participants: 30,
  my_role: "host",
  private_replies: true,
  allow_uploads: true,
  allow_voice: false,
  slow_mode_s: 0,
} as KnownRoom;

describe("a room's settings", () => {
  test("send nothing while nothing is different", () => {
    expect(patchOf(room, {})).toEqual({});
    expect(patchOf(room, { name: " Biology 7b ", places: "30", access: "everyone" })).toEqual({});
  });

  test("send only what is different, in the server's names", () => {
    expect(patchOf(room, { access: "hidden", places: "40", slow_mode_s: 30, private_replies: true })).toEqual({
      public: false,
      discoverable: false,
      max_participants: 40,
      slow_mode_s: 30,
    });
    expect(patchOf(room, { access: "request" })).toEqual({ public: false });
  });

  test("keep what was typed when somebody else changes the room, and follow in the rest", () => {
    const edits = editField({}, room, "name", "Biology 8b");
    const later = { ...room, name: "Bio", description: "Peas" };
    expect({ ...fieldsFrom(later), ...edits }).toMatchObject({ name: "Biology 8b", description: "Peas" });
    expect(patchOf(later, edits)).toEqual({ name: "Biology 8b" });
  });

  test("a field that was set back is untouched again", () => {
    const edits = editField({ name: "X" }, room, "name", "Biology 7b");
    expect(edits).toEqual({});
  });

  test("say at the field what cannot be", () => {
    expect(roomProblems(room, { name: " B " })).toHaveProperty("name");
    expect(roomProblems(room, { name: "Bio" })).toEqual({});
    for (const places of ["", "x", "1", "4", "1001", "2.5"]) {
      expect(roomProblems(room, { places })).toHaveProperty("max_participants");
    }
    expect(roomProblems(room, { places: "5" })).toEqual({});
  });

  test("offer the slow mode that the room has, also an unusual one", () => {
    expect(slowModes(7)).toEqual([0, 5, 7, 10, 30, 60, 300]);
    expect(slowModes(0)).toHaveLength(6);
  });
});

describe("the menu of a room", () => {
  const choices = (my_role: "host" | "cohost" | "member", isStaff: boolean, more = {}) =>
    roomChoices({ room: { my_role, is_active: true, ...more }, isStaff, heirs: [] });

  test("has for members what concerns themselves", () => {
    expect(choices("member", false)).toEqual(["quiet", "leave"]);
    expect(choices("member", false, { quiet: true })).toEqual(["unquiet", "leave"]);
    // A teacher who leads it not is a member like any other.
    expect(choices("member", true)).toEqual(["quiet", "leave"]);
  });

  test("lets cohosts invite, if they are teachers", () => {
    expect(choices("cohost", true)).toEqual(["invite", "quiet", "leave"]);
    expect(choices("cohost", false)).toEqual(["quiet", "leave"]);
  });

  test("has everything for the host, as far as it can be done now", () => {
    expect(choices("host", true)).toEqual(["invite", "edit", "quiet", "archive", "leave", "delete"]);
    expect(choices("host", true, { is_active: false })).toEqual(["edit", "quiet", "reopen", "leave", "delete"]);
  });
});
