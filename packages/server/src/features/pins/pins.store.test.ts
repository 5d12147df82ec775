// Pins over both databases: who sets them, their order and their number, what is told, and what ends them.
import type { Message, UserCard } from "@homeroom/protocol";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { eachDatabase, type OpenDatabase } from "../../../../../tests/kit/databases.ts";
import { featuresKit, type FeaturesKit } from "../../../../../tests/kit/features.ts";
import { inWords, refusal } from "../../../../../tests/kit/rooms.ts";

eachDatabase((open) => {
  let opened: OpenDatabase;
  let kit: FeaturesKit;
  let teacher: UserCard;
  let ada: UserCard;
  let room: number;
  beforeAll(async () => {
    opened = await open();
    kit = featuresKit(opened);
  });
  afterAll(() => opened.drop());
  beforeEach(async () => {
    [teacher, ada] = [await kit.user("teacher"), await kit.user()];
    room = (await kit.room(teacher, [ada])).id;
    kit.base.taken();
  });

  const say = async (n: number) => {
    const said: Message[] = [];
    for (let i = 1; i <= n; i++) said.push(await kit.say(ada, room, `${i}`));
    kit.base.taken();
    return said as [Message, ...Message[]];
  };
  const pin = (who: UserCard, { id }: { id: number }) => kit.ask(who, "pinMessage", { params: { id } });
  const unpin = (who: UserCard, { id }: { id: number }) => kit.ask(who, "unpinMessage", { params: { id } });
  const pins = (who: UserCard, query: object = {}) => kit.ask(who, "listPins", { params: { id: room }, query });
  const words = async (query: object = {}) => (await pins(ada, query)).results.map(({ content }) => content);

  test("are listed to every member, the newest pin first, whenever the message was written", async () => {
    const [one, two, three] = (await say(3)) as [Message, Message, Message];
    for (const message of [two, three, one]) await pin(teacher, message);
    expect(await words()).toEqual(["1", "3", "2"]);
    await unpin(teacher, three);
    expect(await words()).toEqual(["1", "2"]);
    await pin(teacher, two);
    expect(await words()).toEqual(["1", "2"]);
    const first = await pins(ada, { limit: 1 });
    expect(first).toMatchObject({ next: `/api/chat/rooms/${room}/pins/?limit=1&offset=1`, previous: null });
    expect(await words({ limit: 1, offset: 1 })).toEqual(["2"]);
    expect(await refusal(pins(await kit.user()))).toBe("not_a_member");
  });

  test("are told in the log each time something changes, and show wherever the message does", async () => {
    const [one] = await say(1);
    expect(await pin(teacher, one)).toMatchObject({ id: one.id, pinned: true });
    await pin(teacher, one);
    const { results } = await kit.ask(ada, "listMessages", { params: { id: room } });
    expect(results).toMatchObject([{ pinned: true }]);
    expect(await kit.ask(ada, "getRoom", { params: { id: room } })).toMatchObject({ last_message: { pinned: true } });
    expect(await unpin(teacher, one)).toMatchObject({ pinned: false });
    await unpin(teacher, one);
    const effects = kit.base.taken();
    expect(inWords(effects)).toEqual([`deliver pins_changed ${one.seq + 1}`, `deliver pins_changed ${one.seq + 2}`]);
    expect(effects).toMatchObject([
      { frame: { room, message_id: one.id, pinned: true } },
      { frame: { room, message_id: one.id, pinned: false } },
    ]);
  });

  test("are the hosts' to set, also where one of them is muted, but not in an archived room", async () => {
    const [one] = await say(1);
    expect(await refusal(pin(ada, one))).toBe("forbidden");
    const at = { params: { id: room, user_id: ada.id } };
    await kit.ask(teacher, "setRoomRole", { ...at, body: { room_role: "cohost" } });
    await kit.ask(teacher, "muteMember", { ...at, body: { minutes: 5 } });
    expect(await pin(ada, one)).toMatchObject({ pinned: true });
    await kit.ask(teacher, "updateRoom", { params: { id: room }, body: { is_active: false } });
    expect(await refusal(unpin(ada, one))).toBe("room_inactive");
    expect(await words()).toEqual(["1"]);
    expect(await refusal(pin(await kit.user("teacher"), one))).toBe("not_found");
  });

  test("a reply in a thread can be pinned, a private message cannot", async () => {
    const [one] = await say(1);
    const reply = await kit.say(teacher, room, "In the thread", { thread_root: one.id });
    await pin(teacher, reply);
    expect(await words()).toEqual(["In the thread"]);
    const thread = await kit.openThread(ada, room, teacher);
    const whisper = await kit.tell(ada, thread.id, "Psst");
    expect(await refusal(pin(teacher, whisper))).toBe("not_found");
  });

  test("a deleted message is pinned no more, which its deletion says alone, and cannot be pinned again", async () => {
    const [one] = await say(1);
    await pin(teacher, one);
    kit.base.taken();
    await kit.ask(ada, "deleteMessage", { params: { id: one.id } });
    expect(kit.base.taken()).toMatchObject([{ frame: { type: "message_deleted", message: { pinned: false } } }]);
    expect(await words()).toEqual([]);
    expect(await refusal(pin(teacher, one))).toBe("message_deleted");
    expect(await refusal(unpin(teacher, one))).toBe("message_deleted");
  });

  test("are fifty at most, until one of them goes", async () => {
    const [first, ...others] = await say(51);
    for (const message of others) await pin(teacher, message);
    expect(await refusal(pin(teacher, first))).toBe("too_many_pins");
    await unpin(teacher, others[7] as Message);
    await pin(teacher, first);
    expect((await words({ limit: 100 })).slice(0, 2)).toEqual(["1", "51"]);
    expect(await refusal(pin(teacher, others[7] as Message))).toBe("too_many_pins");
  });

  test("are told to whoever was away as they are today", async () => {
    const [one, two] = (await say(2)) as [Message, Message];
    await pin(teacher, one);
    await pin(teacher, two);
    await unpin(teacher, one);
    const rows = await kit.db.read.selectFrom("events").selectAll().where("type", "=", "pins_changed").execute();
    const mine = rows.filter((row) => row.log_id === room);
    const log = { kind: "room", id: room } as const;
    expect(await kit.features.pins.replay.pins_changed(kit.db.read, log, mine)).toMatchObject([
      { message_id: one.id, pinned: false },
      { message_id: two.id, pinned: true },
      { message_id: one.id, pinned: false },
    ]);
  });
});
