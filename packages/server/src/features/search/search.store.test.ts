// Search over both databases: what is found by which words, where, in which order, and what is found by nobody.
import { type Operations, Refusal, type Result, type UserCard } from "@homeroom/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eachDatabase, type OpenDatabase } from "../../../../../tests/kit/databases.ts";
import { type FeaturesKit, featuresKit } from "../../../../../tests/kit/features.ts";

type Found = Result<Operations["searchMessages"]>;
type Asked = { room?: number; thread?: number; from?: number; before?: number; limit?: number };

eachDatabase((open) => {
  let opened: OpenDatabase;
  let kit: FeaturesKit;
  beforeAll(async () => {
    opened = await open();
    kit = featuresKit(opened);
  });
  afterAll(() => opened.drop());

  const search = (user: UserCard, q: string, asked: Asked = {}): Promise<Found> =>
    kit.ask(user, "searchMessages", { query: { q, ...asked } });
  const find = async (user: UserCard, q: string, asked: Asked = {}) =>
    (await search(user, q, asked)).results.map(({ content }) => content);
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => "none",
      (error: unknown) => (error instanceof Refusal ? error.key : error),
    );
  const classroom = async () => {
    const [host, ada, ben] = [await kit.user("teacher"), await kit.user(), await kit.user()];
    const { id } = await kit.room(host, [ada, ben]);
    return { host, ada, ben, id };
  };

  describe("words", () => {
    test("all of them must occur, in any order, the last one may be unfinished", async () => {
      const { ada, id } = await classroom();
      await kit.say(ada, id, "Photosynthesis needs light, water and air.");
      await kit.say(ada, id, "Light bulbs need none of it.");
      expect(await find(ada, "light photosynthesis")).toHaveLength(1);
      expect(await find(ada, "LIGHT")).toEqual([
        "Light bulbs need none of it.",
        "Photosynthesis needs light, water and air.",
      ]);
      expect(await find(ada, "light photosyn")).toHaveLength(1);
      expect(await find(ada, "photosyn light")).toEqual([]);
      expect(await find(ada, "light darkness")).toEqual([]);
    });

    test("look the same with and without accents, in capitals, in other scripts", async () => {
      const { ada, id } = await classroom();
      for (const words of ["Ein Café an der Straße", "İstanbul ılık", "光合作用很重要", "хорошо Ёлка", "Party 🎉!"]) {
        await kit.say(ada, id, words);
      }
      for (const typed of ["cafe", "CAFÉ", "cafe\u0301", "strasse", "STRAẞE", "stra", "strass"]) {
        expect([typed, await find(ada, typed)]).toEqual([typed, ["Ein Café an der Straße"]]);
      }
      for (const typed of ["istanbul", "ISTANBUL", "ILIK", "ilik"]) {
        expect([typed, await find(ada, typed)]).toEqual([typed, ["İstanbul ılık"]]);
      }
      expect(await find(ada, "作用")).toEqual(["光合作用很重要"]);
      expect(await find(ada, "елка ХОР")).toEqual(["хорошо Ёлка"]);
      expect(await find(ada, "🎉")).toEqual(["Party 🎉!"]);
    });

    test("in quotes stand next to each other, and are whole", async () => {
      const { ada, id } = await classroom();
      await kit.say(ada, id, "The cell wall is rigid");
      await kit.say(ada, id, "A wall around every cell, and walls of cells");
      expect(await find(ada, '"cell wall"')).toEqual(["The cell wall is rigid"]);
      expect(await find(ada, '"cell wa"')).toEqual([]);
      expect(await find(ada, "„Wall is“ ri")).toEqual(["The cell wall is rigid"]);
      expect(await find(ada, "cell-wall")).toEqual(["The cell wall is rigid"]);
      expect(await find(ada, "cell wall")).toHaveLength(2);
    });

    test("operators of either database are words like others", async () => {
      const { ada, id } = await classroom();
      await kit.say(ada, id, "this OR that AND those, NOT near");
      await kit.say(ada, id, "nothing here");
      expect(await find(ada, "this OR nothing")).toEqual([]);
      expect(await find(ada, "or")).toEqual(["this OR that AND those, NOT near"]);
      expect(await find(ada, "nothing NOT here")).toEqual([]);
      expect(await find(ada, "words:this")).toEqual([]);
      expect(await find(ada, "th* & !near | 'nothing'")).toEqual([]);
      expect(await find(ada, `_l${id}`)).toEqual([]);
      expect(await find(ada, `_s${ada.id}`)).toEqual([]);
    });

    test("a hundred hostile ones are answered", async () => {
      const { ada, id } = await classroom();
      await kit.say(ada, id, "Hello");
      const signs = [
        '"',
        '""',
        "'",
        "''",
        "*",
        "**",
        "^",
        ":",
        "::",
        "-",
        "+",
        "(",
        ")",
        "()",
        "{",
        "}",
        "&",
        "|",
        "!",
      ];
      const words = [
        "NEAR",
        "AND",
        "OR",
        "NOT",
        "NEAR(a b, 2)",
        "words : x",
        "a <-> b",
        ":*",
        "x:*A",
        "'a' & 'b",
        "\\",
      ];
      const mean = ["%00", "\u{10ffff}", "\ufffd", "\u202e", "x\u0301", "\u0301", "e".repeat(200), "字".repeat(200)];
      const more = ["\ufdfa".repeat(200), "a ".repeat(100).trim(), '"a" '.repeat(50).trim(), "' OR 1=1 --", "$1", "?1"];
      const alone = [...signs, ...words, ...mean, ...more];
      const all = [...alone, ...alone.map((one) => `hello ${one}`), ...alone.map((one) => `${one}hello`)];
      expect(all.length).toBeGreaterThan(100);
      const outcomes = await Promise.all(all.map((q) => search(ada, q).then(({ results }) => Array.isArray(results))));
      expect(outcomes.every(Boolean)).toBe(true);
      expect(await find(ada, '"!?*')).toEqual([]);
    });

    test("of the longest messages are found", async () => {
      const { ada, id } = await classroom();
      for (const long of ["字".repeat(9_999), "\ufdfa".repeat(9_999), "ab ".repeat(3_332), "x".repeat(9_990)]) {
        await kit.say(ada, id, `${long}${long.endsWith(" ") ? "" : " "}z`);
      }
      expect(await find(ada, "z")).toHaveLength(4);
      expect(await find(ada, "字字 z")).toHaveLength(1);
    });
  });

  describe("messages", () => {
    test("that were edited are found by their new words, and not by the old", async () => {
      const { ada, id } = await classroom();
      const message = await kit.say(ada, id, "mitochondria");
      await kit.ask(ada, "editMessage", { params: { id: message.id }, body: { content: "chloroplasts" } });
      expect(await find(ada, "mitochondria")).toEqual([]);
      expect(await find(ada, "chloroplasts")).toEqual(["chloroplasts"]);
    });

    test("that were deleted are not found, whoever deleted them", async () => {
      const { host, ada, id } = await classroom();
      const [mine, theirs] = [await kit.say(ada, id, "regret one"), await kit.say(ada, id, "regret two")];
      await kit.ask(ada, "deleteMessage", { params: { id: mine.id } });
      await kit.ask(host, "deleteMessage", { params: { id: theirs.id } });
      for (const user of [ada, host]) expect(await find(user, "regret")).toEqual([]);
    });

    test("come as they are read: with their room, their thread, what they quote", async () => {
      const { host, ada, id } = await classroom();
      const root = await kit.say(host, id, "Question of the day");
      const reply = await kit.say(ada, id, "An answer about the day", { thread_root: root.id, reply_to: root.id });
      const thread = await kit.openThread(ada, id, host);
      const whisper = await kit.tell(ada, thread.id, "Not my day");
      const { results } = await search(ada, "day");
      expect(results.map((m) => [m.id, "room" in m ? m.room : null, "thread" in m ? m.thread : null])).toEqual([
        [whisper.id, null, thread.id],
        [reply.id, id, null],
        [root.id, id, null],
      ]);
      expect(results[1]).toMatchObject({ thread_root: root.id, reply_preview: { excerpt: "Question of the day" } });
      expect(results[2]).toMatchObject({ replies: { count: 1, following: true } });
    });

    test("of one sender, one room, one thread can be asked for", async () => {
      const { host, ada, ben, id } = await classroom();
      const other = await kit.room(host, [ada]);
      const thread = await kit.openThread(ada, id, host);
      await kit.say(ada, id, "gravity of ada");
      await kit.say(ben, id, "gravity of ben");
      await kit.say(ada, other.id, "gravity elsewhere");
      await kit.tell(host, thread.id, "gravity between us");
      expect(await find(ada, "gravity", { from: ben.id })).toEqual(["gravity of ben"]);
      expect(await find(ada, "gravity", { room: other.id })).toEqual(["gravity elsewhere"]);
      expect(await find(ada, "gravity", { thread: thread.id })).toEqual(["gravity between us"]);
      expect(await find(ada, "gravity", { room: id, from: ada.id })).toEqual(["gravity of ada"]);
      expect(await find(ada, "gravity", { from: 999_999 })).toEqual([]);
      expect(await refusal(search(ada, "gravity", { room: id, thread: thread.id }))).toBe("bad_request");
    });

    test("come newest first, page by page, each once", async () => {
      const { ada, id } = await classroom();
      for (let i = 1; i <= 7; i++) await kit.say(ada, id, `lesson ${i}`);
      const first = await search(ada, "lesson", { limit: 3, room: id });
      expect(first.results.map(({ content }) => content)).toEqual(["lesson 7", "lesson 6", "lesson 5"]);
      const last = first.results.at(-1)?.id ?? 0;
      expect(first.next).toBe(`/api/chat/search/?q=lesson&limit=3&room=${id}&before=${last}`);
      expect(await find(ada, "lesson", { limit: 4, before: last })).toEqual([
        "lesson 4",
        "lesson 3",
        "lesson 2",
        "lesson 1",
      ]);
      expect((await search(ada, "lesson", { limit: 4, before: last })).next).toBeNull();
    });
  });

  describe("who finds what", () => {
    test("a stranger finds nothing of a room, public or not, and is refused where they name it", async () => {
      const { ada, host, id } = await classroom();
      const stranger = await kit.user();
      await kit.say(ada, id, "secret plans");
      expect(await find(stranger, "secret")).toEqual([]);
      expect(await refusal(search(stranger, "secret", { room: id }))).toBe("not_a_member");
      await kit.ask(host, "updateRoom", { params: { id }, body: { public: false, discoverable: false } });
      expect(await refusal(search(stranger, "secret", { room: id }))).toBe("not_found");
      expect(await refusal(search(stranger, "secret", { room: 999_999 }))).toBe("not_found");
    });

    test("who was removed or left finds nothing from then on, and everything once back", async () => {
      const { host, ada, ben, id } = await classroom();
      await kit.say(ada, id, "harvest time");
      await kit.ask(host, "kickMember", { params: { id, user_id: ada.id }, body: {} });
      await kit.ask(ben, "leaveRoom", { params: { id } });
      for (const user of [ada, ben]) {
        expect(await find(user, "harvest")).toEqual([]);
        expect(await refusal(search(user, "harvest", { room: id }))).toBe("not_a_member");
      }
      expect(await find(host, "harvest")).toHaveLength(1);
      await kit.ask(ben, "joinRoom", { params: { id } });
      expect(await find(ben, "harvest")).toHaveLength(1);
    });

    test("an archived room is searched, a deleted one is not, nor its private threads", async () => {
      const { host, ada, id } = await classroom();
      const thread = await kit.openThread(ada, id, host);
      await kit.say(ada, id, "old times");
      await kit.tell(ada, thread.id, "old secrets");
      await kit.ask(host, "updateRoom", { params: { id }, body: { is_active: false } });
      expect(await find(ada, "old")).toEqual(["old secrets", "old times"]);
      await kit.ask(host, "deleteRoom", { params: { id } });
      expect(await find(ada, "old")).toEqual([]);
      expect(await refusal(search(ada, "old", { room: id }))).toBe("not_found");
      expect(await refusal(search(ada, "old", { thread: thread.id }))).toBe("not_found");
    });

    test("private threads are searched by the two, also after one had to leave, and by nobody else", async () => {
      const { host, ada, ben, id } = await classroom();
      const admin = await kit.user("admin");
      const thread = await kit.openThread(ada, id, host);
      await kit.tell(ada, thread.id, "whispered worries");
      for (const user of [ada, host]) expect(await find(user, "worries")).toHaveLength(1);
      for (const user of [ben, admin]) {
        expect(await find(user, "worries")).toEqual([]);
        expect(await refusal(search(user, "worries", { thread: thread.id }))).toBe("not_found");
      }
      await kit.ask(host, "kickMember", { params: { id, user_id: ada.id }, body: {} });
      expect(await find(ada, "worries")).toEqual(["whispered worries"]);
    });

    test("a room's id names no thread, and a thread's no room", async () => {
      const { host, ada, id } = await classroom();
      const thread = await kit.openThread(ada, id, host);
      expect(await refusal(search(ada, "x", { thread: id }))).toBe("not_found");
      expect(await refusal(search(ada, "x", { room: thread.id }))).toBe("not_found");
    });

    test("somebody in hundreds of rooms searches them all", async () => {
      const host = await kit.user("teacher");
      const ids: number[] = [];
      for (let i = 0; i < 300; i++) ids.push((await kit.room(host)).id);
      await kit.say(host, ids[0] ?? 0, "needle in the first");
      await kit.say(host, ids.at(-1) ?? 0, "needle in the last");
      expect(await find(host, "needle")).toEqual(["needle in the last", "needle in the first"]);
    });
  });
});
