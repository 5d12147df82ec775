// Join requests over both databases: who may ask, who is told, who decides, and what races come to.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { eachDatabase, type OpenDatabase } from "../../../../../tests/kit/databases.ts";
import { inWords, refusal, type RoomsKit, roomsKit } from "../../../../../tests/kit/rooms.ts";

const HOUR = 60 * 60_000;

eachDatabase((open) => {
  let opened: OpenDatabase;
  let kit: RoomsKit;
  beforeAll(async () => {
    opened = await open();
    kit = roomsKit(opened);
  });
  afterAll(() => opened.drop());
  beforeEach(() => void kit.base.taken());

  const privateRoom = async (body: Parameters<RoomsKit["create"]>[1] = {}) => {
    const host = await kit.user("teacher");
    const room = await kit.create(host, { public: false, ...body });
    kit.base.taken();
    return { host, room, student: await kit.user() };
  };

  describe("asking", () => {
    test("tells the moderators and nobody else", async () => {
      const { host, room, student } = await privateRoom();
      const request = await kit.ask(student, room.id, "I was ill");
      expect(request).toMatchObject({ room: room.id, user: student, status: "pending", note: "I was ill" });
      expect(request).toMatchObject({ processed_at: null, processed_by: null, denied_before: 0 });
      expect(kit.base.taken()).toMatchObject([
        { do: "tell", userIds: [host.id], frame: { type: "join_request", request: { id: request.id } } },
      ]);
      expect(await kit.get(student, room.id)).toMatchObject({ my_role: null, join_request: { id: request.id } });
    });

    test("is for strangers of a private room who do not wait already", async () => {
      const { host, room, student } = await privateRoom();
      expect(await refusal(kit.ask(student, 999_999))).toBe("not_found");
      expect(await refusal(kit.ask(host, room.id))).toBe("already_member");
      const hidden = await privateRoom({ discoverable: false });
      expect(await refusal(kit.ask(student, hidden.room.id))).toBe("not_found");
      const open = await privateRoom({ public: true });
      expect(await refusal(kit.ask(student, open.room.id))).toBe("room_is_public");
      const { id } = await kit.ask(student, room.id);
      await expect(kit.ask(student, room.id)).rejects.toMatchObject({ key: "already_pending", extra: { id } });
    });

    test("at once from many tabs makes one request", async () => {
      const { host, room, student } = await privateRoom();
      const outcomes = await Promise.all(Array.from({ length: 6 }, () => refusal(kit.ask(student, room.id))));
      expect(outcomes.filter((o) => o === undefined)).toHaveLength(1);
      expect(outcomes.filter((o) => o === "already_pending")).toHaveLength(5);
      expect((await kit.requests(host, room.id)).results).toHaveLength(1);
      expect(await refusal(kit.ask(student, room.id, "", "some key"))).toBe("already_pending");
    });

    test("is the way back for the kicked, even to a public room", async () => {
      const { host, room, student } = await privateRoom({ public: true });
      await kit.join(student, room.id);
      await kit.kick(host, room.id, student.id);
      const { id } = await kit.ask(student, room.id);
      await kit.approve(host, room.id, id);
      expect(await kit.get(student, room.id)).toMatchObject({ my_role: "member", join_request: null });
    });

    test("again after a refusal waits for a day, and the host sees how many there were", async () => {
      const { host, room, student } = await privateRoom();
      await kit.deny(host, room.id, (await kit.ask(student, room.id)).id, "Not yet");
      kit.base.now += HOUR;
      await expect(kit.ask(student, room.id)).rejects.toMatchObject({
        key: "join_cooldown",
        extra: { retry_after_ms: 23 * HOUR },
      });
      expect(await kit.get(student, room.id)).toMatchObject({ join_request: { status: "denied", reason: "Not yet" } });
      kit.base.now += 23 * HOUR;
      expect(await kit.ask(student, room.id)).toMatchObject({ status: "pending", denied_before: 1 });
    });
  });

  describe("approving", () => {
    test("makes a member, and tells the asker first", async () => {
      const { host, room, student } = await privateRoom();
      const { id } = await kit.ask(student, room.id);
      kit.base.taken();
      const done = await kit.approve(host, room.id, id);
      expect(done).toMatchObject({ id, status: "approved", processed_by: host });
      expect(done.processed_at).toBe(new Date(kit.base.now).toISOString());
      const effects = kit.base.taken();
      expect(inWords(effects)).toEqual([
        "tell join_request_decided there",
        "deliver user_joined 2",
        "tell join_approved there",
        "enter 2",
        "tell room_added",
      ]);
      expect(effects[0]).toMatchObject({ userIds: [host.id], frame: { request: { id, status: "approved" } } });
      expect(effects[2]).toMatchObject({
        userIds: [student.id],
        frame: { room: room.id, request: { status: "approved" }, details: { my_role: "member", last_seq: 2 } },
      });
      expect(await refusal(kit.approve(host, room.id, id))).toBe("already_processed");
      expect(await refusal(kit.deny(host, room.id, id))).toBe("already_processed");
    });

    test("is for the moderators of the request's own room", async () => {
      const { host, room, student } = await privateRoom();
      const other = await privateRoom();
      const { id } = await kit.ask(student, room.id);
      expect(await refusal(kit.approve(student, room.id, id))).toBe("not_a_member");
      expect(await refusal(kit.approve(other.host, room.id, id))).toBe("not_a_member");
      expect(await refusal(kit.approve(other.host, other.room.id, id))).toBe("not_found");
      expect(await refusal(kit.requests(other.host, room.id))).toBe("not_a_member");
      expect(await refusal(kit.approve(host, room.id, 999_999))).toBe("not_found");
    });

    test("is refused in a full or archived room, and the request waits on", async () => {
      const { host, room, student } = await privateRoom({ max_participants: 2 });
      const { id } = await kit.ask(student, room.id);
      const first = await kit.ask(await kit.user(), room.id);
      await kit.approve(host, room.id, first.id);
      expect(await refusal(kit.approve(host, room.id, id))).toBe("room_full");
      await kit.update(host, room.id, { is_active: false });
      expect(await refusal(kit.approve(host, room.id, id))).toBe("room_inactive");
      expect((await kit.requests(host, room.id, "pending")).results).toMatchObject([{ id, status: "pending" }]);
    });

    test("by two moderators at once is done by one of them, for one place", async () => {
      const { host, room, student } = await privateRoom({ max_participants: 4 });
      const helper = await kit.user("teacher");
      await kit.approve(host, room.id, (await kit.ask(helper, room.id)).id);
      await kit.role(host, room.id, helper.id, "cohost");
      const { id } = await kit.ask(student, room.id);
      kit.base.taken();
      const outcomes = await Promise.all([
        refusal(kit.approve(host, room.id, id)),
        refusal(kit.approve(helper, room.id, id)),
        refusal(kit.deny(helper, room.id, id)),
      ]);
      expect(outcomes.toSorted()).toEqual(["already_processed", "already_processed", undefined]);
      const told = kit.base.taken().filter((e) => e.do === "tell" && /^join_(approved|denied)$/.test(e.frame.type));
      expect(told).toHaveLength(1);
    });

    test("somebody who walked in meanwhile changes the request alone", async () => {
      const { host, room, student } = await privateRoom();
      const { id } = await kit.ask(student, room.id);
      await kit.update(host, room.id, { public: true });
      await kit.join(student, room.id);
      kit.base.taken();
      expect(await kit.approve(host, room.id, id)).toMatchObject({ status: "approved" });
      expect(inWords(kit.base.taken())).toEqual(["tell join_request_decided there", "tell join_approved there"]);
      expect(await kit.get(host, room.id)).toMatchObject({ participant_count: 2 });
    });

    test("somebody whose account ended is not possible, and nobody sees them wait", async () => {
      const { host, room, student } = await privateRoom();
      const { id } = await kit.ask(student, room.id);
      await kit.deactivate(student, host);
      expect(await refusal(kit.approve(host, room.id, id))).toBe("not_found");
      expect((await kit.requests(host, room.id)).results).toEqual([]);
    });
  });

  test("declining tells the asker, with the reason, and who else leads the room", async () => {
    const { host, room, student } = await privateRoom();
    const { id } = await kit.ask(student, room.id);
    kit.base.taken();
    expect(await kit.deny(host, room.id, id, "Wrong class")).toMatchObject({ status: "denied", reason: "Wrong class" });
    expect(kit.base.taken()).toMatchObject([
      { do: "tell", userIds: [host.id], frame: { type: "join_request_decided", request: { id, status: "denied" } } },
      { do: "tell", userIds: [student.id], log: { id: room.id }, frame: { type: "join_denied", room: room.id } },
      { do: "leave", log: { id: room.id }, userId: student.id },
    ]);
  });

  describe("taking a request back", () => {
    test("leaves nothing of it, tells who leads the room and the asker, and empties the lobby", async () => {
      const { host, room, student } = await privateRoom();
      const { id } = await kit.ask(student, room.id);
      kit.base.taken();
      await kit.withdraw(student, room.id);
      expect(kit.base.taken()).toMatchObject([
        {
          do: "tell",
          userIds: [host.id],
          log: { id: room.id },
          frame: { type: "join_request_withdrawn", request: { id } },
        },
        { do: "tell", userIds: [student.id], frame: { type: "join_request_withdrawn", request: { id } } },
        { do: "leave", log: { id: room.id }, userId: student.id, reason: "withdrawn" },
      ]);
      expect(await refusal(kit.withdraw(student, room.id))).toBe("not_found");
      expect(await refusal(kit.approve(host, room.id, id))).toBe("not_found");
      expect((await kit.requests(host, room.id)).results).toEqual([]);
      expect(await kit.get(student, room.id)).toMatchObject({ my_role: null, join_request: null });
      expect(await kit.ask(student, room.id)).toMatchObject({ status: "pending", denied_before: 0 });
    });

    test("does not undo what was decided", async () => {
      const { host, room, student } = await privateRoom();
      await kit.deny(host, room.id, (await kit.ask(student, room.id)).id);
      expect(await refusal(kit.withdraw(student, room.id))).toBe("not_found");
      expect(await refusal(kit.ask(student, room.id))).toBe("join_cooldown");
    });

    test("hides a hidden room again from who has nothing to do with it any more", async () => {
      const { host, room, student } = await privateRoom();
      await kit.ask(student, room.id);
      await kit.update(host, room.id, { discoverable: false });
      await kit.withdraw(student, room.id);
      expect(await refusal(kit.get(student, room.id))).toBe("not_found");
    });

    test("at the same time as it is decided is one or the other", async () => {
      const { host, room, student } = await privateRoom();
      const { id } = await kit.ask(student, room.id);
      const outcomes = await Promise.all([
        refusal(kit.withdraw(student, room.id)),
        refusal(kit.approve(host, room.id, id)),
      ]);
      expect(outcomes.toSorted()).toEqual(["not_found", undefined]);
    });
  });

  test("the list has pending requests first, then the newest, and filters by status", async () => {
    const { host, room } = await privateRoom();
    const ids: number[] = [];
    for (let i = 0; i < 4; i++) ids.push((await kit.ask(await kit.user(), room.id)).id);
    const [a, b, c, d] = ids as [number, number, number, number];
    await kit.deny(host, room.id, d);
    await kit.approve(host, room.id, b);
    const listed = async (status?: "pending" | "approved" | "denied") =>
      (await kit.requests(host, room.id, status)).results.map((r) => r.id);
    expect(await listed()).toEqual([c, a, d, b]);
    expect(await listed("denied")).toEqual([d]);
    expect(await listed("pending")).toEqual([c, a]);
  });

  test("deleting the room declines what waits, in silence", async () => {
    const { host, room, student } = await privateRoom();
    await kit.ask(student, room.id);
    kit.base.taken();
    await kit.remove(host, room.id);
    expect(inWords(kit.base.taken())).toEqual(["deliver room_deleted 2", "close"]);
    expect(await refusal(kit.ask(student, room.id))).toBe("not_found");
  });
});
