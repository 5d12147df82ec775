// Many people's messages in one transaction, on both databases: each is treated as if it had come alone.
import type { Message, Room, UserCard } from "@homeroom/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { eachDatabase, type OpenDatabase } from "../../../../../tests/kit/databases.ts";
import { featuresKit } from "../../../../../tests/kit/features.ts";
import { refusal } from "../../../../../tests/kit/rooms.ts";

eachDatabase((open) => {
  let opened: OpenDatabase;
  let kit: ReturnType<typeof featuresKit>;
  let host: UserCard;
  let pupils: UserCard[];
  let room: Room;

  beforeAll(async () => {
    opened = await open();
    kit = featuresKit(opened);
    host = await kit.user("teacher");
    pupils = await Promise.all(Array.from({ length: 6 }, () => kit.user()));
  });
  afterAll(() => opened.drop());
  beforeEach(async () => {
    room = await kit.room(host, pupils);
  });

  const all = async (of: UserCard = host, { id }: Pick<Room, "id"> = room) =>
    (await kit.ask(of, "listMessages", { params: { id }, query: {} })).results as Message[];
  const act = (name: "muteMember" | "unmuteMember", user: UserCard, body?: object) =>
    kit.ask(host, name, { params: { id: room.id, user_id: user.id }, ...(body && { body }) });

  /** Whatever is said right after it waits, and could go into one transaction. */
  const goesBefore = () => kit.say(host, room.id, "goes before");

  test("what many say at once is stored once each, in one order, with no seq left out", async () => {
    const sent = await Promise.all(
      pupils.flatMap((pupil, i) => [1, 2].map((n) => kit.say(pupil, room.id, `${i}.${n}`))),
    );
    const stored = await all();
    expect(stored.map(({ content }) => content).toSorted()).toEqual(
      pupils.flatMap((_, i) => [`${i}.1`, `${i}.2`]).toSorted(),
    );
    const first = stored[0]?.seq ?? 0;
    expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, i) => first + i));
    // What each was answered is what everybody finds.
    expect(sent.toSorted((a, b) => a.seq - b.seq)).toMatchObject(stored);
    for (const [i] of pupils.entries()) {
      const own = stored.filter(({ content }) => content.startsWith(`${i}.`)).map(({ content }) => content);
      expect(own).toEqual([`${i}.1`, `${i}.2`]);
    }
  });

  test("who may not write, or quotes what is not there, is refused alone", async () => {
    const stranger = await kit.user();
    const [ada, ben, cyd] = pupils as [UserCard, UserCard, UserCard];
    const said = await Promise.allSettled([
      kit.say(ada, room.id, "one"),
      kit.say(stranger, room.id, "not in"),
      kit.say(ben, room.id, "two", { reply_to: 999_999 }),
      kit.say(cyd, room.id, "three"),
    ]);
    expect(said.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected", "fulfilled"]);
    expect((await all()).map(({ content }) => content)).toEqual(["one", "three"]);
  });

  test("one client_id many times at once is one message", async () => {
    const client_id = "0b9a6a5e-6f5c-4d35-9c1e-0e1c6f1d2a3b";
    const [ada] = pupils as [UserCard];
    const before = goesBefore();
    const sent = await Promise.all([1, 2, 3].map(() => kit.say(ada, room.id, "once", { client_id })));
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
    await before;
    expect(await all()).toHaveLength(2);
  });

  test("of two at once by one person in slow mode, the second is too fast", async () => {
    const [ada] = pupils as [UserCard];
    await kit.ask(host, "updateRoom", { params: { id: room.id }, body: { slow_mode_s: 60 } });
    const before = goesBefore();
    const said = ["one", "two"].map((content) => refusal(kit.say(ada, room.id, content)));
    expect(await Promise.all(said)).toEqual([undefined, "rate_limited"]);
    await before;
  });

  test("quotes, replies and mentions in two rooms at once are answered as they are found", async () => {
    const [ada, ben, cyd, dan, eve] = pupils as [UserCard, UserCard, UserCard, UserCard, UserCard];
    const other = await kit.room(host, pupils);
    const root = await kit.say(host, room.id, "Root");
    const inThread = { thread_root: root.id, also_in_room: true };
    const [nowhere, ...sent] = await Promise.all([
      refusal(kit.say(ada, 999_999, "nowhere")),
      kit.say(ben, room.id, "a quote", { reply_to: root.id }),
      kit.say(cyd, room.id, "a reply", inThread),
      kit.say(dan, other.id, `elsewhere, @${ben.username}`),
      kit.say(host, room.id, "a reply of who began", inThread),
      kit.say(eve, other.id, "elsewhere, too"),
    ]);
    expect(nowhere).toBe("not_found");
    const found = [...(await all()), ...(await all(host, other))].filter(({ id }) => id !== root.id);
    expect(found.toSorted((a, b) => a.id - b.id)).toEqual(sent.toSorted((a, b) => a.id - b.id));
    const counts = (await kit.ask(ben, "listRooms")).results.filter(({ id }) => id === other.id);
    expect(counts).toMatchObject([{ unread_count: 2, mention_count: 1 }]);
    const { results } = await kit.ask(host, "listThreads");
    expect(results).toMatchObject([{ id: root.id, replies: { count: 2, unread_count: 1, following: true } }]);
  });

  describe("what somebody may do is looked up again when it changes", () => {
    test("a mute and its end", async () => {
      const [ada] = pupils as [UserCard];
      await kit.say(ada, room.id, "before");
      await act("muteMember", ada, { minutes: 10 });
      expect(await refusal(kit.say(ada, room.id, "muted"))).toBe("muted");
      await act("unmuteMember", ada);
      await kit.say(ada, room.id, "after");
      expect((await all()).map(({ content }) => content)).toEqual(["before", "after"]);
    });

    test("a kick", async () => {
      const [ada] = pupils as [UserCard];
      await kit.say(ada, room.id, "before");
      await kit.ask(host, "kickMember", { params: { id: room.id, user_id: ada.id } });
      expect(await refusal(kit.say(ada, room.id, "after"))).toBe("not_a_member");
    });

    test("the room's settings", async () => {
      const [ada] = pupils as [UserCard];
      const set = (body: object) => kit.ask(host, "updateRoom", { params: { id: room.id }, body });
      await kit.say(ada, room.id, "one");
      await set({ slow_mode_s: 60 });
      expect(await refusal(kit.say(ada, room.id, "too fast"))).toBe("rate_limited");
      await set({ slow_mode_s: 0 });
      await kit.say(ada, room.id, "two");
      await set({ is_active: false });
      expect(await refusal(kit.say(ada, room.id, "closed"))).toBe("room_inactive");
      await set({ is_active: true });
      await kit.ask(host, "deleteRoom", { params: { id: room.id } });
      expect(await refusal(kit.say(ada, room.id, "gone"))).toBe("not_found");
    });

    test("who leads the room", async () => {
      const [ada] = pupils as [UserCard];
      const make = (room_role: "cohost" | "member") =>
        kit.ask(host, "setRoomRole", { params: { id: room.id, user_id: ada.id }, body: { room_role } });
      await kit.ask(host, "updateRoom", { params: { id: room.id }, body: { slow_mode_s: 60 } });
      await make("cohost");
      await kit.say(ada, room.id, "a cohost has no slow mode");
      await kit.say(ada, room.id, "at all");
      await make("member");
      expect(await refusal(kit.say(ada, room.id, "a member has"))).toBe("rate_limited");
    });
  });
});
