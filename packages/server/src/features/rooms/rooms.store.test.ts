// Rooms over both databases: what may be done, what is told to whom, and what races come to.
import type { UserCard } from "@homeroom/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { eachDatabase, type OpenDatabase } from "../../../../../tests/kit/databases.ts";
import { inWords, refusal, type RoomsKit, roomsKit } from "../../../../../tests/kit/rooms.ts";
import { eventsAfter } from "../../kit/log.ts";
import { logRef } from "../../kit/ports.ts";
import { holdRoom, moderatorsOf, requireHost } from "./rooms.ts";

eachDatabase((open) => {
  let opened: OpenDatabase;
  let kit: RoomsKit;
  beforeAll(async () => {
    opened = await open();
    kit = roomsKit(opened);
  });
  afterAll(() => opened.drop());
  beforeEach(() => void kit.base.taken());

  /** A room with its host, and so many students in it. */
  const classroom = async (students: number, body: Parameters<RoomsKit["create"]>[1] = {}) => {
    const host = await kit.user("teacher");
    const room = await kit.create(host, { ...body, public: true });
    const members = [];
    for (let i = 0; i < students; i++) {
      const student = await kit.user();
      await kit.join(student, room.id);
      members.push(student);
    }
    if (body.public === false) await kit.update(host, room.id, { public: false });
    kit.base.taken();
    return { host, room, members };
  };
  const rolesIn = async (viewer: Parameters<RoomsKit["get"]>[0], id: number) => {
    const view = await kit.get(viewer, id);
    return "participants" in view ? view.participants.map((p) => `${p.id} ${p.room_role}`) : null;
  };

  describe("a room", () => {
    test("belongs to the teacher who made it, who is its first participant and has nothing unread", async () => {
      const teacher = await kit.user("teacher");
      const room = await kit.create(teacher, { name: "Chemistry" });
      expect(room).toMatchObject({ name: "Chemistry", my_role: "host", participant_count: 1, last_seq: 1 });
      expect(room).toMatchObject({ host: teacher, public: true, discoverable: true, is_active: true, slow_mode_s: 0 });
      expect(inWords(kit.base.taken())).toEqual(["deliver user_joined 1", "enter 1", "tell room_added"]);
      expect(await kit.rooms.door.logsOf(teacher.id)).toEqual([
        { kind: "room", id: room.id, epoch: room.epoch, head: 1, read: 1 },
      ]);
    });

    test("is made by no student", async () => {
      expect(await refusal(kit.create(await kit.user()))).toBe("forbidden");
    });

    test("is made once however often the same key asks for it", async () => {
      const teacher = await kit.user("teacher");
      const made = await Promise.all([1, 2, 3].map(() => kit.create(teacher, {}, "key-1")));
      expect(new Set(made.map((room) => room.id)).size).toBe(1);
      expect((await kit.rooms.door.logsOf(teacher.id)).length).toBe(1);
    });

    test("is changed by its host alone, and tells the members only what really changed", async () => {
      const { host, room, members } = await classroom(1);
      const [member] = members as [(typeof members)[0]];
      const stranger = await kit.user("teacher");
      expect(await refusal(kit.update(member, room.id, { name: "Mine" }))).toBe("forbidden");
      expect(await refusal(kit.update(stranger, room.id, { name: "Mine" }))).toBe("not_a_member");
      expect(await refusal(kit.update(host, 999_999, { name: "Mine" }))).toBe("not_found");
      expect(await refusal(kit.update(host, room.id, { max_participants: 1 }))).toBe("bad_request");
      expect((await kit.update(host, room.id, { name: "Biology 7b" })).last_seq).toBe(2);
      expect(kit.base.taken()).toEqual([]);
      const changed = await kit.update(host, room.id, { name: "Biology 8b", slow_mode_s: 5 });
      expect(changed).toMatchObject({ name: "Biology 8b", slow_mode_s: 5, last_seq: 3 });
      expect(kit.base.taken()).toMatchObject([
        { do: "deliver", seq: 3, frame: { type: "room_updated", details: { name: "Biology 8b", my_role: null } } },
      ]);
    });

    test("that is archived is open to its members only, and nobody comes in until it is taken up again", async () => {
      const { host, room, members } = await classroom(1);
      const stranger = await kit.user();
      await kit.update(host, room.id, { is_active: false });
      expect(await refusal(kit.get(stranger, room.id))).toBe("not_found");
      expect(await refusal(kit.join(stranger, room.id))).toBe("not_found");
      const isListed = async (user: UserCard) => (await kit.list(user)).results.some(({ id }) => id === room.id);
      expect([await isListed(stranger), await isListed(host)]).toEqual([false, true]);
      const [member] = members as [(typeof members)[0]];
      expect(await kit.get(member, room.id)).toMatchObject({ is_active: false, my_role: "member" });
      await kit.leave(member, room.id);
      expect(await refusal(kit.join(member, room.id))).toBe("room_inactive");
      await kit.update(host, room.id, { is_active: true });
      expect(await kit.join(stranger, room.id)).toMatchObject({ my_role: "member" });
    });

    test("that is deleted is gone for everybody, its host included", async () => {
      const { host, room, members } = await classroom(1);
      const [member] = members as [(typeof members)[0]];
      expect(await refusal(kit.remove(member, room.id))).toBe("forbidden");
      await kit.remove(host, room.id);
      expect(inWords(kit.base.taken())).toEqual(["deliver room_deleted 3", "close"]);
      for (const user of [host, member]) {
        expect(await refusal(kit.get(user, room.id))).toBe("not_found");
        expect(await kit.rooms.door.logsOf(user.id)).toEqual([]);
        expect((await kit.list(user)).results.map((r) => r.id)).not.toContain(room.id);
      }
      expect(await refusal(kit.remove(host, room.id))).toBe("not_found");
    });
  });

  describe("who may see a room", () => {
    test("a stranger gets the card of a listed one, and nothing of a hidden one", async () => {
      const { room } = await classroom(0, { public: false });
      const hidden = await classroom(1, { public: false, discoverable: false });
      const stranger = await kit.user("admin");
      const card = await kit.get(stranger, room.id);
      expect(card).toMatchObject({ id: room.id, my_role: null, join_request: null });
      expect(Object.keys(card)).not.toContain("participants");
      expect(Object.keys(card)).not.toContain("last_seq");
      expect(await refusal(kit.get(stranger, hidden.room.id))).toBe("not_found");
      const [member] = hidden.members as [(typeof hidden.members)[0]];
      await kit.leave(member, hidden.room.id);
      expect(await refusal(kit.get(member, hidden.room.id))).toBe("not_a_member");
    });

    test("the list has one's own rooms by activity, then public ones, then private ones, in pages", async () => {
      const { room: quiet, members } = await classroom(1);
      const [me] = members as [(typeof members)[0]];
      kit.base.now += 1_000;
      const { room: lively } = await classroom(0);
      await kit.join(me, lively.id);
      const { room: discoverable } = await classroom(0, { public: false });
      const { room: hidden } = await classroom(0, { public: false, discoverable: false });
      const { room: listed } = await classroom(0);
      const ids: number[] = [];
      let offset = 0;
      for (let next: string | null = ""; next !== null; offset += 3) {
        const page = await kit.list(me, { limit: 3, offset });
        ids.push(...page.results.map((r) => r.id));
        next = page.next;
      }
      expect(ids.slice(0, 2)).toEqual([lively.id, quiet.id]);
      expect(ids.indexOf(listed.id)).toBeLessThan(ids.indexOf(discoverable.id));
      expect(ids).not.toContain(hidden.id);
      expect(new Set(ids).size).toBe(ids.length);
    });

    test("participants stand in the order host, cohosts, members", async () => {
      const { host, room, members } = await classroom(2);
      const [one, two] = members as [(typeof members)[0], (typeof members)[0]];
      await kit.role(host, room.id, two.id, "cohost");
      expect(await rolesIn(one, room.id)).toEqual([`${host.id} host`, `${two.id} cohost`, `${one.id} member`]);
      expect(new Set(await moderatorsOf(kit.db.read, room.id))).toEqual(new Set([host.id, two.id]));
    });
  });

  describe("joining", () => {
    test("tells the room and shows it to the new member; a second time changes nothing", async () => {
      const { room } = await classroom(0);
      const student = await kit.user();
      expect(await kit.join(student, room.id)).toMatchObject({ my_role: "member", participant_count: 2, last_seq: 2 });
      const effects = kit.base.taken();
      expect(inWords(effects)).toEqual(["deliver user_joined 2", "enter 2", "tell room_added"]);
      expect(effects[2]).toMatchObject({ userIds: [student.id], frame: { details: { last_seq: 2 } } });
      expect(await kit.join(student, room.id)).toMatchObject({ last_seq: 2 });
      expect(kit.base.taken()).toEqual([]);
    });

    test("is refused at a private room, and after a kick, but not after leaving", async () => {
      const { host, room, members } = await classroom(2);
      const [left, kicked] = members as [(typeof members)[0], (typeof members)[0]];
      await kit.leave(left, room.id);
      await kit.kick(host, room.id, kicked.id);
      expect(await refusal(kit.join(kicked, room.id))).toBe("kicked");
      expect(await kit.join(left, room.id)).toMatchObject({ my_role: "member" });
      await kit.update(host, room.id, { public: false });
      expect(await refusal(kit.join(await kit.user(), room.id))).toBe("join_request_required");
      expect(await refusal(kit.join(kicked, room.id))).toBe("kicked");
    });

    test("by a dozen at once fills the last place once", async () => {
      const { host, room } = await classroom(1, { max_participants: 3 });
      const crowd = await Promise.all(Array.from({ length: 12 }, () => kit.user()));
      const outcomes = await Promise.all(crowd.map((user) => refusal(kit.join(user, room.id))));
      expect(outcomes.filter((o) => o === undefined)).toHaveLength(1);
      expect(outcomes.filter((o) => o === "room_full")).toHaveLength(11);
      expect(await kit.get(host, room.id)).toMatchObject({ participant_count: 3, last_seq: 3 });
    });

    test("by the same person many times at once makes one member and one event", async () => {
      const { host, room } = await classroom(0);
      const student = await kit.user();
      const views = await Promise.all(Array.from({ length: 8 }, () => kit.join(student, room.id)));
      expect(views.every((view) => view.my_role === "member")).toBe(true);
      expect(await kit.get(host, room.id)).toMatchObject({ participant_count: 2, last_seq: 2 });
    });

    test("with a code needs no open door, and is nothing new to a member", async () => {
      const { room } = await classroom(0, { public: false, discoverable: false });
      const student = await kit.user();
      const enter = () => kit.act((turn) => kit.rooms.hooks.enterRoomById(turn, student, room.id));
      await enter();
      await enter();
      expect(await kit.get(student, room.id)).toMatchObject({ my_role: "member", participant_count: 2 });
    });
  });

  describe("going", () => {
    test("closes the leaver's sockets before the room hears of it", async () => {
      const { host, room, members } = await classroom(1);
      const [student] = members as [(typeof members)[0]];
      await kit.leave(student, room.id);
      expect(inWords(kit.base.taken())).toEqual(["leave 3", "deliver user_left 3"]);
      expect(await refusal(kit.leave(student, room.id))).toBe("not_a_member_conflict");
      expect(await refusal(kit.leave(host, room.id))).toBe("host_must_transfer");
      expect(await refusal(kit.leave(student, 999_999))).toBe("not_found");
      expect(await kit.get(host, room.id)).toMatchObject({ participant_count: 1 });
    });

    test("by a kick says so to the kicked, and ends a cohost's role with it", async () => {
      const { host, room, members } = await classroom(1);
      const [student] = members as [(typeof members)[0]];
      await kit.role(host, room.id, student.id, "cohost");
      kit.base.taken();
      await kit.kick(host, room.id, student.id, "Enough");
      expect(kit.base.taken()).toMatchObject([
        {
          do: "leave",
          seq: 4,
          userId: student.id,
          farewell: { type: "kick_user", room: room.id, user: { id: student.id }, reason: "Enough" },
        },
        { do: "deliver", frame: { type: "user_left", kicked: true } },
      ]);
      const withCode = kit.act((turn) => kit.rooms.hooks.enterRoomById(turn, student, room.id));
      expect(await refusal(withCode)).toBe("kicked");
      await kit.act(async (turn) => {
        const held = await holdRoom(turn, host, room.id, requireHost);
        await kit.rooms.enterRoom(turn, held.log, student, held.room);
      });
      expect(await kit.get(student, room.id)).toMatchObject({ my_role: "member" });
    });

    test("by a kick is for moderators, and not against themselves, the host, or one another", async () => {
      const { host, room, members } = await classroom(4);
      const [one, two, cohost, other] = members as [typeof host, typeof host, typeof host, typeof host];
      await kit.role(host, room.id, cohost.id, "cohost");
      await kit.role(host, room.id, other.id, "cohost");
      const stranger = await kit.user();
      expect(await refusal(kit.kick(one, room.id, 999_999))).toBe("forbidden");
      expect(await refusal(kit.kick(stranger, room.id, two.id))).toBe("not_a_member");
      expect(await refusal(kit.kick(cohost, room.id, cohost.id))).toBe("cannot_target_self");
      expect(await refusal(kit.kick(cohost, room.id, host.id))).toBe("cannot_target_host");
      expect(await refusal(kit.kick(cohost, room.id, other.id))).toBe("forbidden");
      expect(await refusal(kit.kick(cohost, room.id, stranger.id))).toBe("not_found");
      expect(await refusal(kit.kick(cohost, room.id, two.id))).toBeUndefined();
      expect(await refusal(kit.kick(host, room.id, two.id))).toBe("not_found");
    });

    test("by a kick over a socket is the same", async () => {
      const { host, room, members } = await classroom(1);
      const [student] = members as [(typeof members)[0]];
      const frame = { type: "kick_user" as const, user_id: student.id };
      const call = { caller: { user: host, session: "s" } };
      expect(await refusal(kit.rooms.frames.kick_user(frame, null, call))).toBe("bad_request");
      expect(await kit.rooms.frames.kick_user(frame, logRef("room", room.id), call)).toBeNull();
      expect(await refusal(kit.join(student, room.id))).toBe("kicked");
    });
  });

  describe("roles", () => {
    test("the host hands over to a teacher in the room, and stays as cohost", async () => {
      const { host, room, members } = await classroom(1);
      const [student] = members as [(typeof members)[0]];
      const teacher = await kit.user("teacher");
      expect(await refusal(kit.transfer(host, room.id, teacher.id))).toBe("not_found");
      await kit.join(teacher, room.id);
      expect(await refusal(kit.transfer(teacher, room.id, teacher.id))).toBe("forbidden");
      expect(await refusal(kit.transfer(host, room.id, student.id))).toBe("bad_request");
      expect(await refusal(kit.transfer(host, room.id, host.id))).toBe("cannot_target_self");
      kit.base.taken();
      expect(await kit.transfer(host, room.id, teacher.id)).toMatchObject({ host: teacher, my_role: "cohost" });
      expect(kit.base.taken()).toMatchObject([
        { frame: { type: "member_updated", user: { id: host.id }, room_role: "cohost" } },
        { userIds: [host.id], frame: { type: "my_room_changed" } },
        { frame: { type: "member_updated", user: { id: teacher.id }, room_role: "host" } },
        { userIds: [teacher.id], frame: { type: "my_room_changed", pending_requests: 0 } },
        { frame: { type: "room_updated", details: { host: { id: teacher.id } } } },
      ]);
      await kit.leave(host, room.id);
    });

    test("a cohost is made by the host alone, and making one again says nothing", async () => {
      const { host, room, members } = await classroom(2);
      const [one, two] = members as [typeof host, typeof host];
      expect(await kit.role(host, room.id, one.id, "cohost")).toMatchObject({ id: one.id, room_role: "cohost" });
      expect(inWords(kit.base.taken())).toEqual(["deliver member_updated 4", "tell my_room_changed there"]);
      await kit.role(host, room.id, one.id, "cohost");
      expect(kit.base.taken()).toEqual([]);
      expect(await refusal(kit.role(one, room.id, two.id, "cohost"))).toBe("forbidden");
      expect(await refusal(kit.role(host, room.id, host.id, "member"))).toBe("cannot_target_host");
      expect(await refusal(kit.role(host, room.id, 999_999, "member"))).toBe("not_found");
    });

    test("a mute lasts through leaving and coming back, and the room is told so", async () => {
      const { host, room, members } = await classroom(1);
      const [student] = members as [(typeof members)[0]];
      const until = new Date(kit.base.now + 600_000).toISOString();
      expect(await kit.mute(host, room.id, student.id, 10)).toMatchObject({ muted_until: until });
      await kit.leave(student, room.id);
      kit.base.taken();
      await kit.join(student, room.id);
      const effects = kit.base.taken();
      expect(inWords(effects)).toEqual([
        "deliver user_joined 5",
        "deliver member_updated 6",
        "enter 6",
        "tell room_added",
      ]);
      expect(effects[1]).toMatchObject({ frame: { muted_until: until } });
      expect(await kit.unmute(host, room.id, student.id)).toMatchObject({ muted_until: null });
      expect(inWords(kit.base.taken())).toEqual(["deliver member_updated 7", "tell my_room_changed there"]);
    });

    test("nobody mutes themselves or the host, and only the host a cohost", async () => {
      const { host, room, members } = await classroom(3);
      const [one, two, student] = members as [typeof host, typeof host, typeof host];
      await kit.role(host, room.id, one.id, "cohost");
      await kit.role(host, room.id, two.id, "cohost");
      expect(await refusal(kit.mute(one, room.id, one.id))).toBe("cannot_target_self");
      expect(await refusal(kit.mute(one, room.id, host.id))).toBe("cannot_target_host");
      expect(await refusal(kit.mute(one, room.id, two.id))).toBe("forbidden");
      expect(await refusal(kit.mute(student, room.id, one.id))).toBe("forbidden");
      await kit.mute(host, room.id, one.id);
      expect(await refusal(kit.unmute(one, room.id, one.id))).toBe("forbidden");
    });
  });

  describe("the end of an account", () => {
    test("hands rooms over: to a cohost who is staff, else to staff in the room, else to who did it", async () => {
      const admin = await kit.user("admin");
      const leaver = await kit.user("teacher");
      const [older, younger] = [await kit.user("teacher"), await kit.user("teacher")];
      const rooms = [
        await kit.create(leaver),
        await kit.create(leaver),
        await kit.create(leaver, { max_participants: 2 }),
      ];
      const [first, second, third] = rooms as [(typeof rooms)[0], (typeof rooms)[0], (typeof rooms)[0]];
      for (const room of [first, second]) {
        await kit.join(older, room.id);
        kit.base.now += 1;
        await kit.join(younger, room.id);
      }
      await kit.role(leaver, first.id, younger.id, "cohost");
      await kit.join(await kit.user(), third.id);
      kit.base.taken();
      await kit.deactivate(leaver, admin);
      expect(await kit.get(older, first.id)).toMatchObject({ host: younger, participant_count: 2 });
      expect(await kit.get(older, second.id)).toMatchObject({ host: older, participant_count: 2 });
      expect(await kit.get(admin, third.id)).toMatchObject({ host: admin, my_role: "host", participant_count: 2 });
      expect(await kit.rooms.door.logsOf(leaver.id)).toEqual([]);
      expect(await refusal(kit.join(leaver, first.id))).toBe("not_found");
      const words = inWords(kit.base.taken());
      expect(words.filter((w) => w.startsWith("leave"))).toHaveLength(3);
    });
  });

  test("what is replayed is what was delivered", async () => {
    const { host, room, members } = await classroom(2);
    const [one, two] = members as [typeof host, typeof host];
    await kit.role(host, room.id, one.id, "cohost");
    await kit.mute(host, room.id, two.id, 5);
    await kit.kick(one, room.id, two.id);
    await kit.leave(one, room.id);
    await kit.update(host, room.id, { description: "Cells" });
    await kit.remove(host, room.id);
    const delivered = kit.base.taken().flatMap((e) => (e.do === "deliver" ? [e.frame] : []));
    const rows = await eventsAfter(kit.db.read, room.id, 3, 100);
    const replayed = [];
    for (const row of rows) {
      const replay = kit.rooms.replay[row.type as keyof typeof kit.rooms.replay];
      replayed.push(...(await replay(kit.db.read, logRef("room", room.id), [row])));
    }
    // The details are those of today: the deletion touched the room once more.
    expect(replayed.map((f) => f.type)).toEqual(delivered.map((f) => f.type));
    expect(replayed.filter((f) => f.type !== "room_updated")).toEqual(
      delivered.filter((f) => f.type !== "room_updated"),
    );
  });
});
