// Private threads over both databases: one per pair and room, whoever asks at the same time; lists and pages.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eachDatabase, type OpenDatabase } from "../../../../../tests/kit/databases.ts";
import { type MessagesKit, messagesKit } from "../../../../../tests/kit/messages.ts";
import { inWords, refusal } from "../../../../../tests/kit/rooms.ts";

eachDatabase((open) => {
  let opened: OpenDatabase;
  let kit: MessagesKit;
  beforeAll(async () => {
    opened = await open();
    kit = messagesKit(opened);
  });
  afterAll(() => opened.drop());

  const pair = async () => {
    const [ada, ben] = [await kit.user(), await kit.user()];
    const room = await kit.room(ada, ben);
    const { body: thread } = await kit.open(ada, { user_id: ben.id, room_id: room.id });
    kit.base.taken();
    return { ada, ben, room, thread };
  };

  describe("opening", () => {
    test("makes one thread of a pair in a room, however many ask at once and from whichever side", async () => {
      const [ada, ben] = [await kit.user(), await kit.user()];
      const { id } = await kit.room(ada, ben);
      kit.base.taken();
      const asked = Array.from({ length: 12 }, (_, i) =>
        i % 2
          ? kit.open(ada, { user_id: ben.id, room_id: id }, i === 1 ? "key" : undefined)
          : kit.open(ben, { user_id: ada.id, room_id: id }),
      );
      const answers = await Promise.all(asked);
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
      expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
      expect(inWords(kit.base.taken())).toEqual(["enter 0", "tell thread_added", "enter 0", "tell thread_added"]);
    });

    test("makes another one in another room", async () => {
      const { ada, ben, thread } = await pair();
      const { id } = await kit.room(ada, ben);
      const { status, body } = await kit.open(ben, { user_id: ada.id, room_id: id });
      expect(status).toBe(201);
      expect(body).toMatchObject({ room: id, user1: ben, user2: ada, is_active: true, last_seq: 0, unread_count: 0 });
      expect(body.id).not.toBe(thread.id);
      expect((await kit.privateThreads(ada)).map((t) => t.id)).toEqual([body.id, thread.id]);
    });

    test("is refused where one of the two is not there, and tells strangers nothing", async () => {
      const { ada, ben, room } = await pair();
      const stranger = await kit.user();
      const message = await kit.say(ada, room.id, "Hello");
      const opening = (who: typeof ada, other: typeof ada) => kit.open(who, { user_id: other.id, room_id: room.id });
      expect(await refusal(opening(ada, stranger))).toBe("not_found");
      expect(await refusal(opening(stranger, ada))).toBe("not_a_member");
      expect(await refusal(opening(ada, ada))).toBe("cannot_target_self");
      expect(await refusal(kit.open(stranger, { message_id: message.id }))).toBe("not_found");
      expect(await refusal(kit.open(ada, { message_id: 999_999 }))).toBe("not_found");
      await kit.leave(ada, room.id);
      expect(await refusal(kit.open(ben, { message_id: message.id }))).toBe("not_found");
      await kit.change(room.host, room.id, { is_active: false });
      expect(await refusal(opening(room.host, ben))).toBe("room_inactive");
    });

    test("with the same key gives the same answer again", async () => {
      const [ada, ben] = [await kit.user(), await kit.user()];
      const { id } = await kit.room(ada, ben);
      const ask = () => kit.open(ada, { user_id: ben.id, room_id: id }, "the key");
      const [first, second] = [await ask(), await ask()];
      expect(second).toEqual(first);
      expect(first.status).toBe(201);
    });
  });

  describe("the policy of the school", () => {
    const outcome = async (privateThreads: "off" | "staff" | "supervised" | "open", privateReplies: boolean) => {
      const strict = messagesKit(opened, { privateThreads });
      const pupils = [await kit.user(), await kit.user()] as const;
      const guest = await kit.user("teacher");
      const room = await kit.room(...pupils, guest);
      await kit.change(room.host, room.id, { private_replies: privateReplies });
      const others = { pupil: pupils[1], teacher: guest, host: room.host };
      const allowed = [];
      for (const [name, other] of Object.entries(others)) {
        const refused = await refusal(strict.open(pupils[0], { user_id: other.id, room_id: room.id }));
        if (!refused) allowed.push(name);
      }
      return allowed;
    };

    test.each([
      ["off", true, []],
      ["staff", true, ["teacher", "host"]],
      ["staff", false, ["host"]],
      ["supervised", true, ["pupil", "teacher", "host"]],
      ["supervised", false, ["host"]],
      ["open", true, ["pupil", "teacher", "host"]],
      ["open", false, ["host"]],
    ] as const)("%s, private replies %s: a pupil may write to %j", async (policy, replies, allowed) => {
      expect(await outcome(policy, replies)).toEqual(allowed);
    });

    test("that is switched off later leaves what was written to be read", async () => {
      const { ada, ben, thread } = await pair();
      await kit.whisper(ada, thread.id, "Hello");
      const strict = messagesKit(opened, { privateThreads: "off" });
      expect(await refusal(strict.whisper(ben, thread.id, "Yes?"))).toBe("private_threads_restricted");
      expect((await strict.whispers(ben, thread.id)).results).toHaveLength(1);
    });
  });

  describe("what is whispered", () => {
    test("is paged either way like a room's history", async () => {
      const { ada, ben, thread } = await pair();
      for (let i = 1; i <= 5; i++) await kit.whisper(i % 2 ? ada : ben, thread.id, String(i));
      const words = async (query: Parameters<MessagesKit["whispers"]>[2]) =>
        (await kit.whispers(ada, thread.id, query)).results.map((m) => m.content);
      expect(await words({ limit: 2 })).toEqual(["4", "5"]);
      expect(await words({ limit: 2, before: 4 })).toEqual(["2", "3"]);
      expect(await words({ limit: 2, after: 0 })).toEqual(["1", "2"]);
      const page = await kit.whispers(ada, thread.id, { limit: 2, after: 2 });
      expect(page).toMatchObject({
        next: `/api/chat/private-threads/${thread.id}/messages/?after=4&limit=2`,
        previous: `/api/chat/private-threads/${thread.id}/messages/?before=3&limit=2`,
      });
    });

    test("is counted for the other, shown as the last word, and moves the thread to the top", async () => {
      const { ada, ben, room, thread } = await pair();
      const { body: second } = await kit.open(ada, { user_id: room.host.id, room_id: room.id });
      await kit.whisper(ben, thread.id, "One");
      const last = await kit.whisper(ben, thread.id, "Two");
      const [first, other] = await kit.privateThreads(ada);
      expect(first).toMatchObject({ id: thread.id, unread_count: 2, last_message: { id: last.id }, last_seq: 2 });
      expect(other).toMatchObject({ id: second.id, last_message: null });
      expect((await kit.privateThreads(ben))[0]).toMatchObject({ unread_count: 0 });
      kit.base.taken();
      expect((await kit.readThread(ada, thread.id, last.seq)).body).toMatchObject({ seq: last.seq, unread_count: 0 });
      expect(kit.base.taken()).toMatchObject([{ do: "tell", userIds: [ada.id, ben.id], frame: { type: "read" } }]);
      expect(await kit.privateThreads(ada, { limit: 1 })).toHaveLength(1);
    });

    test("is nobody's else, and the thread's staff see that it is there, not what is said", async () => {
      const { ada, room, thread } = await pair();
      await kit.whisper(ada, thread.id, "Secret");
      expect(await refusal(kit.whispers(room.host, thread.id))).toBe("not_found");
      expect(await refusal(kit.readThread(room.host, thread.id, 1))).toBe("not_found");
      const { body } = await kit.setActive(room.host, thread.id, false);
      expect(body).toMatchObject({ is_active: false, last_message: null, unread_count: 0 });
      expect(inWords(kit.base.taken()).filter((word) => word.startsWith("deliver thread"))).toEqual([
        "deliver thread_updated 2",
      ]);
      await kit.setActive(room.host, thread.id, false);
      expect(kit.base.taken()).toEqual([]);
    });
  });
});
