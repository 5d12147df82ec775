// Reactions over both databases: whose they are, in which order they stand, when something is told, and what ends them.
import type { Message, UserCard } from "@homeroom/protocol";
import { Refusal } from "@homeroom/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { eachDatabase, type OpenDatabase } from "../../../../../tests/kit/databases.ts";
import { featuresKit, type FeaturesKit } from "../../../../../tests/kit/features.ts";
import { inWords, refusal } from "../../../../../tests/kit/rooms.ts";
import type { Throttle } from "../../kit/ports.ts";

/** Twenty-one of them, all different. */
const MANY = [..."😀😃😄😁😆😅🤣😂🙂🙃😉😊😇🥰😍🤩😘😗😚😙🥲"];

eachDatabase((open) => {
  let opened: OpenDatabase;
  let kit: FeaturesKit;
  let teacher: UserCard;
  let ada: UserCard;
  let ben: UserCard;
  let room: number;
  let hello: Message;
  const taken: string[] = [];
  const throttle: Throttle = { take: (...budgets) => void taken.push(...budgets.map(([name]) => name)) };
  beforeAll(async () => {
    opened = await open();
    kit = featuresKit(opened, {}, { throttle });
  });
  afterAll(() => opened.drop());
  beforeEach(async () => {
    [teacher, ada, ben] = [await kit.user("teacher"), await kit.user(), await kit.user()];
    room = (await kit.room(teacher, [ada, ben])).id;
    hello = await kit.say(teacher, room, "Hello");
    kit.base.taken();
    taken.length = 0;
  });

  const on = (emoji: string, message: { id: number } = hello) => ({ params: { id: message.id, emoji } });
  const react = (who: UserCard, emoji: string, message?: { id: number }) =>
    kit.ask(who, "addReaction", on(emoji, message));
  const unreact = (who: UserCard, emoji: string, message?: { id: number }) =>
    kit.ask(who, "removeReaction", on(emoji, message));
  const history = async (who: UserCard) =>
    (await kit.ask(who, "listMessages", { params: { id: room } })).results as Message[];
  const emojiOf = ({ reactions }: Message) => reactions.map(({ emoji }) => emoji);

  test("stand in order of first use, with everybody who used them in the order in which they did", async () => {
    await react(ada, "👍");
    kit.base.now += 1;
    await react(ben, "❤️");
    kit.base.now += 1;
    const last = await react(teacher, "👍");
    expect(last.reactions).toEqual([
      { emoji: "👍", count: 2, user_ids: [ada.id, teacher.id] },
      { emoji: "❤️", count: 1, user_ids: [ben.id] },
    ]);
    expect(await history(ada)).toEqual([last]);
  });

  test("keep their place when the first who used one takes it back, and lose it with the last", async () => {
    for (const [who, emoji] of [
      [ada, "👍"],
      [ben, "❤️"],
      [ben, "👍"],
    ] as const)
      await react(who, emoji);
    expect(emojiOf(await unreact(ada, "👍"))).toEqual(["👍", "❤️"]);
    expect(emojiOf(await unreact(ben, "👍"))).toEqual(["❤️"]);
    expect(emojiOf(await react(ben, "👍"))).toEqual(["❤️", "👍"]);
  });

  test("are told in the log each time something changes, and never when nothing does", async () => {
    await react(ada, "👍");
    await react(ada, "👍");
    await unreact(ben, "👍");
    await unreact(ada, "❤️");
    await unreact(ada, "👍");
    await unreact(ada, "👍");
    const effects = kit.base.taken();
    const from = hello.seq;
    expect(inWords(effects)).toEqual([`deliver reaction_changed ${from + 1}`, `deliver reaction_changed ${from + 2}`]);
    expect(effects).toMatchObject([
      { frame: { room, message_id: hello.id, reactions: [{ emoji: "👍", count: 1, user_ids: [ada.id] }] } },
      { frame: { room, message_id: hello.id, reactions: [] } },
    ]);
  });

  test("are nothing unread, and cost nothing of what one may send; what changes nothing costs nothing", async () => {
    await kit.ask(ada, "readRoom", { params: { id: room }, body: { seq: hello.seq } });
    await react(ben, "👍");
    expect(await kit.ask(ada, "getRoom", { params: { id: room } })).toMatchObject({ unread_count: 0 });
    await react(ben, "👍");
    expect(taken).toEqual(["reactions_in_room"]);
  });

  test("of twenty kinds a message has enough, but those may still be joined and exchanged", async () => {
    for (const emoji of MANY.slice(0, 20)) await react(ada, emoji);
    const error = await react(ben, MANY[20] as string).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(Refusal);
    expect((error as Refusal).body).toMatchObject({ code: "too_many_reactions", limit: 20 });
    expect((await react(ben, MANY[19] as string)).reactions.at(-1)?.count).toBe(2);
    await unreact(ada, MANY[0] as string);
    expect(emojiOf(await react(ben, MANY[20] as string))).toEqual(MANY.slice(1));
  });

  test("show wherever the message does: in the room's list, in its thread, among the threads one follows", async () => {
    const reply = await kit.say(ada, room, "Me too", { thread_root: hello.id });
    await react(ben, "👍", reply);
    await react(ben, "🎉");
    const thread = await kit.ask(ada, "getThread", { params: { id: hello.id } });
    expect([emojiOf(thread.root), ...thread.results.map(emojiOf)]).toEqual([["🎉"], ["👍"]]);
    expect((await kit.ask(ada, "listThreads")).results.map(emojiOf)).toEqual([["🎉"]]);
    expect(await kit.ask(ada, "getRoom", { params: { id: room } })).toMatchObject({
      last_message: { id: hello.id, reactions: [{ emoji: "🎉" }] },
    });
    const timeline = await kit.ask(ada, "listMessages", { params: { id: room }, query: { include: "events" } });
    expect(timeline.results.at(-1)).toMatchObject({ kind: "message", reactions: [{ emoji: "🎉" }] });
    expect(
      emojiOf(await kit.ask(teacher, "editMessage", { params: { id: hello.id }, body: { content: "Hi" } })),
    ).toEqual(["🎉"]);
  });

  test("go with the message, and no more come", async () => {
    await react(ada, "👍");
    await kit.ask(teacher, "deleteMessage", { params: { id: hello.id } });
    expect((await history(ada))[0]).toMatchObject({ deleted: true, reactions: [] });
    expect(await refusal(react(ben, "👍"))).toBe("message_deleted");
    expect(await refusal(unreact(ada, "👍"))).toBe("message_deleted");
    const rows = await kit.db.read.selectFrom("reactions").select("emoji").where("message_id", "=", hello.id).execute();
    expect(rows).toEqual([]);
  });

  test("are told to whoever was away as they are today", async () => {
    await react(ada, "👍");
    await react(ben, "❤️");
    const replay = async () => {
      const rows = await kit.db.read.selectFrom("events").selectAll().where("type", "=", "reaction_changed").execute();
      const mine = rows.filter((row) => row.log_id === room);
      return kit.features.reactions.replay.reaction_changed(kit.db.read, { kind: "room", id: room }, mine);
    };
    const today = [{ emoji: "👍" }, { emoji: "❤️" }];
    expect(await replay()).toMatchObject([{ reactions: today }, { reactions: today }]);
    await kit.ask(teacher, "deleteMessage", { params: { id: hello.id } });
    expect(await replay()).toMatchObject([{ reactions: [] }, { reactions: [] }]);
  });

  test("of two people at the same moment are both kept, and each has a seq of its own", async () => {
    await Promise.all([react(ada, "👍"), react(ben, "👍"), react(teacher, "🎉"), react(ada, "👍")]);
    const [message] = await history(ada);
    expect(message?.reactions.reduce((sum, { count }) => sum + count, 0)).toBe(3);
    const seqs = kit.base.taken().map((effect) => ("seq" in effect ? effect.seq - hello.seq : 0));
    expect(seqs.toSorted((a, b) => a - b)).toEqual([1, 2, 3]);
  });

  test("a mute and an archived room stop them as they stop words", async () => {
    await kit.ask(teacher, "muteMember", { params: { id: room, user_id: ada.id }, body: { minutes: 5 } });
    expect(await refusal(react(ada, "👍"))).toBe("muted");
    await kit.ask(teacher, "updateRoom", { params: { id: room }, body: { is_active: false } });
    expect(await refusal(react(ben, "👍"))).toBe("room_inactive");
    expect(await refusal(react(ben, "👍", { id: 999_999 }))).toBe("not_found");
    expect(await refusal(react(await kit.user(), "👍"))).toBe("not_found");
  });

  describe("in a private thread", () => {
    test("both react to what either wrote, nobody else can, and a closed thread takes none", async () => {
      const thread = await kit.openThread(ada, room, teacher);
      const whisper = await kit.tell(ada, thread.id, "Psst");
      kit.base.taken();
      await kit.ask(teacher, "addPrivateReaction", on("🤫", whisper));
      const both = await kit.ask(ada, "addPrivateReaction", on("🤫", whisper));
      expect(both).toMatchObject({ thread: thread.id, pinned: false, reactions: [{ emoji: "🤫", count: 2 }] });
      expect(kit.base.taken()).toMatchObject([
        { do: "deliver", frame: { type: "reaction_changed", thread: thread.id, message_id: whisper.id } },
        { do: "deliver", frame: { type: "reaction_changed", thread: thread.id, message_id: whisper.id } },
      ]);
      const { results } = await kit.ask(ada, "listPrivateThreads");
      expect(results).toMatchObject([{ unread_count: 0, last_message: { reactions: [{ count: 2 }] } }]);
      expect(await refusal(kit.ask(ben, "addPrivateReaction", on("🤫", whisper)))).toBe("not_found");
      expect(await refusal(react(ada, "🤫", whisper))).toBe("not_found");
      expect(await refusal(kit.ask(ada, "addPrivateReaction", on("🤫")))).toBe("not_found");
      await kit.ask(teacher, "updatePrivateThread", { params: { id: thread.id }, body: { is_active: false } });
      expect(await refusal(kit.ask(ada, "removePrivateReaction", on("🤫", whisper)))).toBe("thread_inactive");
    });
  });
});
