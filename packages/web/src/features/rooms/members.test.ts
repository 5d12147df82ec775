// Who may do what to whom, who stands where, and how long a mute lasts.
import type { Participant } from "@homeroom/protocol";
import { describe, expect, test } from "vitest";
import { memberMenu } from "./member-menu.ts";
import { actionsFor, groupMembers, heirsOf, isMuted, type MemberRules, muteLeft } from "./members.ts";
import { minutesOf, MOST_MINUTES } from "./mute-dialog.tsx";

const NOW = Date.parse("2026-11-22T10:00:00.000Z");
const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();

let ids = 0;
const person = (name: string, more: Partial<Participant> = {}): Participant => ({
  id: ++ids,
  username: name.toLowerCase().replaceAll(" ", "."),
  display_name: name,
  role: "student",
  avatar_url: null,
  room_role: "member",
  muted_until: null,
  ...more,
});

const host = person("Dr. Miriam Vogel", { role: "teacher", room_role: "host" });
const cohost = person("Thomas Okafor", { role: "teacher", room_role: "cohost" });
const helper = person("Zoé Blanc", { room_role: "cohost" });
const noah = person("Noah Fischer", { muted_until: at(4) });
const aylin = person("Aylin Demir");
const linh = person("Linh Nguyen");
const rules = (reader: Participant, more: Partial<MemberRules> = {}): MemberRules => ({
  me: reader.id,
  myRole: reader.room_role,
  mayMessage: () => true,
  isActive: true,
  ...more,
});

describe("what may be done about a member", () => {
  test("a host writes to them, makes them a cohost, mutes and removes them", () => {
    expect(actionsFor(rules(host), aylin, NOW)).toEqual(["message", "make-cohost", "mute", "remove"]);
    expect(actionsFor(rules(host), noah, NOW)).toEqual(["message", "make-cohost", "unmute", "remove"]);
  });

  test("a host hands the room over to staff alone", () => {
    expect(actionsFor(rules(host), cohost, NOW)).toEqual(["message", "drop-cohost", "mute", "hand-over", "remove"]);
    expect(actionsFor(rules(host), helper, NOW)).not.toContain("hand-over");
    expect(heirsOf([host, cohost, helper, aylin], host.id)).toEqual([cohost]);
  });

  test("a cohost acts upon members, and upon no host and no cohost", () => {
    expect(actionsFor(rules(cohost), aylin, NOW)).toEqual(["message", "mute", "remove"]);
    expect(actionsFor(rules(cohost), host, NOW)).toEqual(["message"]);
    expect(actionsFor(rules(cohost), helper, NOW)).toEqual(["message"]);
  });

  test("a member can write to those with whom it is allowed, and nothing else", () => {
    expect(actionsFor(rules(aylin), noah, NOW)).toEqual(["message"]);
    const toHosts = rules(aylin, { mayMessage: ({ room_role }) => room_role === "host" });
    expect(actionsFor(toHosts, noah, NOW)).toEqual([]);
    expect(actionsFor(toHosts, host, NOW)).toEqual(["message"]);
    expect(actionsFor(rules(aylin, { isActive: false }), host, NOW)).toEqual([]);
  });

  test("nobody acts upon themselves", () => {
    for (const reader of [host, cohost, aylin]) expect(actionsFor(rules(reader), reader, NOW)).toEqual([]);
  });
});

describe("the menu of a member", () => {
  test("names for how long, and asks where nothing is named", () => {
    const chosen: unknown[] = [];
    const items = memberMenu(["mute", "remove"], aylin, (choice) => chosen.push(choice));
    expect(items.map(({ name, label }) => name ?? label)).toEqual([
      "Mute Aylin for 5 min",
      "Mute Aylin for 15 min",
      "Mute Aylin for 45 minutes, a lesson",
      "Mute Aylin for Other…",
      "Remove from room…",
    ]);
    for (const item of items) item.onSelect();
    expect(chosen).toEqual([
      { kind: "mute", minutes: 5 },
      { kind: "mute", minutes: 15 },
      { kind: "mute", minutes: 45 },
      { kind: "mute", minutes: null },
      { kind: "remove" },
    ]);
  });
});

describe("the list of members", () => {
  const people = [noah, helper, aylin, host, cohost, linh];
  const names = (list: Participant[]) => list.map(({ display_name }) => display_name);

  test("has the host first, the cohosts by name, then who is here, who is away and who is neither", () => {
    const groups = groupMembers(people, (id) => (id === noah.id ? "online" : id === linh.id ? "away" : "offline"));
    expect(names(groups.hosts)).toEqual(["Dr. Miriam Vogel", "Thomas Okafor", "Zoé Blanc"]);
    expect(names(groups.here)).toEqual(["Noah Fischer"]);
    expect(names(groups.away)).toEqual(["Linh Nguyen"]);
    expect(names(groups.gone)).toEqual(["Aylin Demir"]);
  });

  test("finds people by name and user name, whatever the case and the accents", () => {
    const found = (search: string) => names(Object.values(groupMembers(people, () => "online", search)).flat());
    expect(found(" zoe")).toEqual(["Zoé Blanc"]);
    expect(found("AYLIN.d")).toEqual(["Aylin Demir"]);
    expect(found("xyz")).toEqual([]);
  });
});

describe("a mute", () => {
  test("is over when its time has passed", () => {
    expect(isMuted(noah, NOW)).toBe(true);
    expect(isMuted(noah, NOW + 240_000)).toBe(false);
    expect(isMuted(aylin, NOW)).toBe(false);
  });

  test("counts down in minutes, then in what a person would say", () => {
    expect(muteLeft(at(4), NOW)).toBe("Muted, 4 min left");
    expect(muteLeft(at(4), NOW + 200_000)).toBe("Muted, 1 min left");
    // a clock that steps every five seconds does not make five minutes six
    expect(muteLeft(at(5), NOW - 5_000)).toBe("Muted, 5 min left");
    expect(muteLeft(at(60 * 5), NOW)).toBe("Muted, 5 h left");
    expect(muteLeft(at(60 * 24 * 7), NOW)).toBe("Muted, 7 days left");
  });

  test("takes whole minutes, a year at most", () => {
    expect(["1", " 30 ", "0", "-5", "1.5", "x", String(MOST_MINUTES), "999999"].map(minutesOf)).toEqual([
      1,
      30,
      null,
      null,
      null,
      null,
      MOST_MINUTES,
      null,
    ]);
  });
});
