// What a room is to each person alone, on both databases: who waits for them, their mute and its reason, their quiet.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { eachDatabase, type OpenDatabase } from "../../../../../tests/kit/databases.ts";
import { refusal, type RoomsKit, roomsKit } from "../../../../../tests/kit/rooms.ts";

eachDatabase((open) => {
  let opened: OpenDatabase;
  let kit: RoomsKit;
  beforeAll(async () => {
    opened = await open();
    kit = roomsKit(opened);
  });
  afterAll(() => opened.drop());
  beforeEach(() => void kit.base.taken());

  const classroom = async (body: Parameters<RoomsKit["create"]>[1] = {}) => {
    const [host, student] = [await kit.user("teacher"), await kit.user()];
    const room = await kit.create(host, body);
    await kit.join(student, room.id);
    return { host, student, room };
  };
  const own = () =>
    kit.base
      .taken()
      .flatMap((e) => (e.do === "tell" && e.frame.type === "my_room_changed" ? [{ to: e.userIds, ...e.frame }] : []));

  describe("how many wait", () => {
    test("is told to who leads the room, in the list and alone, and to nobody else", async () => {
      const { host, student, room } = await classroom();
      const quiet = await kit.create(host, { public: false });
      await kit.update(host, room.id, { public: false });
      expect(await kit.get(host, room.id)).toMatchObject({ pending_requests: 0 });
      const [first, second] = [await kit.user(), await kit.user()];
      const { id } = await kit.ask(first, room.id);
      await kit.ask(second, room.id);
      expect(await kit.get(host, room.id)).toMatchObject({ pending_requests: 2 });
      expect(await kit.get(student, room.id)).toMatchObject({ pending_requests: null });
      expect(await kit.get(first, room.id)).not.toHaveProperty("pending_requests");
      const { results } = await kit.list(host);
      const waiting = new Map(results.map((r) => [r.id, "epoch" in r ? r.pending_requests : "a card"]));
      expect([waiting.get(room.id), waiting.get(quiet.id)]).toEqual([2, 0]);
      await kit.deny(host, room.id, id);
      expect(await kit.get(host, room.id)).toMatchObject({ pending_requests: 1 });
      await kit.withdraw(second, room.id);
      expect(await kit.get(host, room.id)).toMatchObject({ pending_requests: 0 });
    });

    test("does not count those whose account is not in use", async () => {
      const { host, room } = await classroom({ public: true });
      await kit.update(host, room.id, { public: false });
      const asker = await kit.user();
      await kit.ask(asker, room.id);
      await kit.deactivate(asker, host);
      expect(await kit.get(host, room.id)).toMatchObject({ pending_requests: 0 });
    });

    test("is told to whom comes to lead the room, and taken from whom does no more", async () => {
      const { host, student, room } = await classroom();
      await kit.update(host, room.id, { public: false });
      await kit.ask(await kit.user(), room.id);
      kit.base.taken();
      await kit.role(host, room.id, student.id, "cohost");
      await kit.role(host, room.id, student.id, "member");
      expect(own()).toMatchObject([
        { to: [student.id], room: room.id, pending_requests: 1 },
        { to: [student.id], room: room.id, pending_requests: null },
      ]);
    });
  });

  describe("a mute", () => {
    test("shows its reason to whom it is about, and to nobody else", async () => {
      const { host, student, room } = await classroom();
      kit.base.taken();
      await kit.mute(host, room.id, student.id, 10, "Shouting");
      const until = new Date(kit.base.now + 600_000).toISOString();
      const [told, ...others] = kit.base
        .taken()
        .map((e) => JSON.stringify(e))
        .filter((e) => e.includes("Shouting"));
      expect(others).toEqual([]);
      const frame = { type: "my_room_changed", room: room.id, my_mute: { until, reason: "Shouting" } };
      expect(JSON.parse(told ?? "{}")).toMatchObject({
        do: "tell",
        userIds: [student.id],
        log: { id: room.id },
        frame,
      });
      expect(await kit.get(student, room.id)).toMatchObject({ my_mute: { until, reason: "Shouting" } });
      expect(JSON.stringify(await kit.get(host, room.id))).not.toContain("Shouting");
      await kit.mute(host, room.id, student.id, 20);
      expect(await kit.get(student, room.id)).toMatchObject({ my_mute: { reason: "" } });
      await kit.unmute(host, room.id, student.id);
      expect(own().map(({ my_mute }) => my_mute?.reason)).toEqual(["", undefined]);
      expect(await kit.get(student, room.id)).toMatchObject({ my_mute: null });
    });

    test("is known again, with its reason, by whom left and came back", async () => {
      const { host, student, room } = await classroom();
      await kit.mute(host, room.id, student.id, 10, "Shouting");
      await kit.leave(student, room.id);
      kit.base.taken();
      expect(await kit.join(student, room.id)).toMatchObject({ my_mute: { reason: "Shouting" } });
    });
  });

  describe("keeping a room quiet", () => {
    test("is one's own choice, told to one's own devices once", async () => {
      const { host, student, room } = await classroom();
      kit.base.taken();
      expect(await kit.quiet(student, room.id)).toMatchObject({ quiet: true, my_role: "member" });
      expect(await kit.quiet(student, room.id)).toMatchObject({ quiet: true });
      expect(own()).toMatchObject([{ to: [student.id], room: room.id, quiet: true, my_mute: null }]);
      expect(await kit.get(host, room.id)).toMatchObject({ quiet: false });
      expect((await kit.list(student)).results[0]).toMatchObject({ id: room.id, quiet: true });
      expect(await kit.unquiet(student, room.id)).toMatchObject({ quiet: false });
      expect(own()).toMatchObject([{ quiet: false }]);
    });

    test("ends with the membership", async () => {
      const { host, student, room } = await classroom();
      await kit.quiet(student, room.id);
      await kit.leave(student, room.id);
      expect(await kit.join(student, room.id)).toMatchObject({ quiet: false });
      await kit.quiet(student, room.id);
      await kit.kick(host, room.id, student.id);
      expect(await refusal(kit.quiet(student, room.id))).toBe("not_a_member");
      expect(await refusal(kit.unquiet(await kit.user(), room.id))).toBe("not_a_member");
      expect(await refusal(kit.quiet(student, 999_999))).toBe("not_found");
    });
  });
});
