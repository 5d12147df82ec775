// Reply threads over both databases: following them, how far they were read, and their list.
import type { Message, UserCard } from "@homeroom/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { eachDatabase, type OpenDatabase } from "../../../../../tests/kit/databases.ts";
import { featuresKit, type FeaturesKit } from "../../../../../tests/kit/features.ts";

eachDatabase((open) => {
  let opened: OpenDatabase;
  let kit: FeaturesKit;
  let teacher: UserCard;
  let ada: UserCard;
  let room: number;
  let root: Message;
  beforeAll(async () => {
    opened = await open();
    kit = featuresKit(opened);
  });
  afterAll(() => opened.drop());
  beforeEach(async () => {
    [teacher, ada] = [await kit.user("teacher"), await kit.user()];
    room = (await kit.room(teacher, [ada])).id;
    root = await kit.say(teacher, room, "What grows?");
  });

  const read = (seq: number) => kit.ask(ada, "readThread", { params: { id: root.id }, body: { seq } });
  const seen = async (who = ada) => (await kit.ask(who, "getThread", { params: { id: root.id } })).root.replies;
  const addTo = async (id: number) => {
    const user = await kit.user();
    await kit.ask(user, "joinRoom", { params: { id } });
    return user;
  };
  const reply = (who: UserCard, to = root) => kit.say(who, to.room, "cress", { thread_root: to.id });

  describe("reading a thread", () => {
    test("that one does not follow is no choice against it: who then writes in it follows it", async () => {
      await reply(teacher);
      expect(await read(root.seq)).toEqual({ seq: root.seq, unread_count: 0 });
      await reply(ada);
      await reply(teacher);
      expect(await seen()).toMatchObject({ following: true, unread_count: 1 });
    });

    test("goes no further than the room's newest event, so that nothing to come is read already", async () => {
      const mine = await reply(ada);
      expect(await read(1_000_000)).toEqual({ seq: mine.seq, unread_count: 0 });
      await reply(teacher);
      expect(await seen()).toMatchObject({ unread_count: 1 });
    });

    test("never goes back, and answers where the mark stands", async () => {
      const mine = await reply(ada);
      expect(await read(root.seq)).toEqual({ seq: mine.seq, unread_count: 0 });
    });
  });

  test("following is one's own choice, told to one's own sockets, and known before anybody replies", async () => {
    const follows = async (who: UserCard) => (await kit.ask(who, "getThread", { params: { id: root.id } })).following;
    expect([await follows(teacher), await follows(ada)]).toEqual([true, false]);
    kit.base.taken();
    await kit.ask(ada, "followThread", { params: { id: root.id } });
    await kit.ask(teacher, "unfollowThread", { params: { id: root.id } });
    const frame = { type: "my_thread_changed", room, message_id: root.id };
    expect(kit.base.taken()).toMatchObject([
      { do: "tell", userIds: [ada.id], frame: { ...frame, following: true } },
      { do: "tell", userIds: [teacher.id], frame: { ...frame, following: false } },
    ]);
    expect([await follows(teacher), await follows(ada)]).toEqual([false, true]);
    await reply(await addTo(room));
    expect([await follows(teacher), await follows(ada), (await seen())?.unread_count]).toEqual([false, true, 1]);
    expect(await seen(teacher)).toMatchObject({ following: false, unread_count: 0 });
  });

  test("the list shows each thread in its own room, newest activity first, and none without replies", async () => {
    const other = (await kit.room(teacher, [ada])).id;
    const question = await kit.say(ada, other, "And here?");
    const silent = await kit.say(ada, room, "Nobody answers");
    await kit.ask(ada, "followThread", { params: { id: silent.id } });
    await reply(ada, question);
    kit.base.now += 1_000;
    await reply(ada);
    const { results } = await kit.ask(ada, "listThreads");
    expect(results.map((r) => [r.room, r.id, r.replies?.count])).toEqual([
      [room, root.id, 1],
      [other, question.id, 1],
    ]);
    const [newest] = (await kit.ask(ada, "listThreads", { query: { limit: 1 } })).results;
    expect(newest).toEqual(results[0]);
  });
});
