// Messages over both databases: pages of history either way, what a deletion leaves, mentions, counts, threads.
import { Refusal, type UserCard } from "@homeroom/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eachDatabase, type OpenDatabase } from "../../../../../tests/kit/databases.ts";
import { type MessagesKit, messagesKit } from "../../../../../tests/kit/messages.ts";
import { refusal } from "../../../../../tests/kit/rooms.ts";
import { act } from "../../kit/action.ts";
import { hold } from "./holding.ts";
import { roomPlace } from "./room-place.ts";

eachDatabase((open) => {
  let opened: OpenDatabase;
  let kit: MessagesKit;
  beforeAll(async () => {
    opened = await open();
    kit = messagesKit(opened);
  });
  afterAll(() => opened.drop());

  const classroom = async () => {
    const [ada, ben] = [await kit.user(), await kit.user()];
    return { ada, ben, ...(await kit.room(ada, ben)) };
  };
  /** Messages 1 to n at seqs 4 to n + 3, behind three who joined. */
  const lesson = async (n: number) => {
    const room = await classroom();
    for (let i = 1; i <= n; i++) await kit.say(room.ada, room.id, `${i}`);
    return room;
  };
  const words = (items: { results: { seq: number }[] }) =>
    items.results.map((item) => ("content" in item ? item.content : item.seq));
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => String(from + i));

  describe("history", () => {
    test("begins with the newest page, in ascending order, and leads back to the beginning", async () => {
      const { ada, id } = await lesson(7);
      const newest = await kit.page(ada, id, { limit: 3 });
      expect(words(newest)).toEqual(range(5, 7));
      expect(newest).toMatchObject({ next: null, previous: `/api/chat/rooms/${id}/messages/?before=8&limit=3` });
      const middle = await kit.page(ada, id, { limit: 3, before: 8 });
      expect(words(middle)).toEqual(range(2, 4));
      expect(middle.next).toBe(`/api/chat/rooms/${id}/messages/?after=7&limit=3`);
      const oldest = await kit.page(ada, id, { limit: 3, before: 5 });
      expect(words(oldest)).toEqual(["1"]);
      expect(oldest.previous).toBeNull();
    });

    test("leads forwards from anywhere, up to the newest", async () => {
      const { ada, id } = await lesson(5);
      const first = await kit.page(ada, id, { limit: 2, after: 0 });
      expect(words(first)).toEqual(range(1, 2));
      expect(first).toMatchObject({ previous: null, next: `/api/chat/rooms/${id}/messages/?after=5&limit=2` });
      const last = await kit.page(ada, id, { limit: 3, after: 5 });
      expect(words(last)).toEqual(range(3, 5));
      expect(last.next).toBeNull();
      expect(words(await kit.page(ada, id, { after: 8 }))).toEqual([]);
    });

    test("shows a message in its surroundings, wherever it stands", async () => {
      const { ada, id } = await lesson(9);
      const all = (await kit.page(ada, id)).results;
      const around = (n: number) => kit.page(ada, id, { limit: 5, around: (all[n - 1] as { id: number }).id });
      expect(words(await around(5))).toEqual(range(3, 7));
      const first = await around(1);
      expect(words(first)).toEqual(range(1, 3));
      expect(first).toMatchObject({ previous: null, next: expect.stringContaining("after=") });
      const last = await around(9);
      expect(words(last)).toEqual(range(7, 9));
      expect(last).toMatchObject({ next: null, previous: expect.stringContaining("before=") });
    });

    test("knows no message of another room, and no two places at once", async () => {
      const [one, other] = [await lesson(1), await lesson(1)];
      const [strange] = (await kit.page(other.ada, other.id)).results as { id: number }[];
      expect(await refusal(kit.page(one.ada, one.id, { around: strange?.id }))).toBe("not_found");
      expect(await refusal(kit.page(one.ada, one.id, { around: 999_999 }))).toBe("not_found");
      expect(await refusal(kit.page(one.ada, one.id, { before: 5, after: 1 }))).toBe("bad_request");
      expect(await refusal(kit.page(other.ada, one.id))).toBe("not_a_member");
      expect(await refusal(kit.page(one.ada, 999_999))).toBe("not_found");
    });

    test("shows who came and went and what changed, in their place, where that is asked for", async () => {
      const { ada, ben, host, id } = await classroom();
      await kit.say(ada, id, "Hello");
      await kit.change(host, id, { description: "On Mondays" });
      await kit.kick(host, id, ben.id);
      await kit.say(ada, id, "Oh");
      const { results } = await kit.page(ada, id, { include: "events" });
      expect(results.map((item) => [("kind" in item && item.kind) || "", item.seq])).toEqual([
        ["user_joined", 1],
        ["user_joined", 2],
        ["user_joined", 3],
        ["message", 4],
        ["room_updated", 5],
        ["user_left", 6],
        ["message", 7],
      ]);
      expect(results[5]).toMatchObject({ user: ben, kicked: true });
      const paged = await kit.page(ada, id, { include: "events", limit: 2, before: 5 });
      expect(words(paged)).toEqual([3, "Hello"]);
      expect(paged.previous).toContain("include=events");
    });
  });

  describe("a deleted message", () => {
    test("keeps its place and loses its words, its quote and its time of editing", async () => {
      const { ada, ben, id } = await classroom();
      const one = await kit.say(ada, id, "A secret");
      const two = await kit.say(ben, id, "Quoting it", { reply_to: one.id });
      await kit.edit(ben, two.id, "Quoting it still");
      await kit.remove(ada, one.id);
      await kit.remove(ben, two.id);
      const { results } = await kit.page(ada, id);
      expect(results).toEqual([
        { ...one, content: "", deleted: true },
        { ...two, content: "", reply_to: null, reply_preview: null, edited_at: null, deleted: true },
      ]);
    });

    test("is quoted without its words", async () => {
      const { ada, ben, id } = await classroom();
      const one = await kit.say(ada, id, "A secret");
      await kit.say(ben, id, "What?", { reply_to: one.id });
      await kit.remove(ada, one.id);
      const [, two] = (await kit.page(ada, id)).results;
      expect(two).toMatchObject({ reply_to: one.id, reply_preview: { id: one.id, excerpt: "", deleted: true } });
    });

    test("is deleted by its sender or who leads the room, once, and edited by nobody", async () => {
      const { ada, ben, host, id } = await classroom();
      const message = await kit.say(ada, id, "Mine");
      expect(await refusal(kit.remove(ben, message.id))).toBe("forbidden");
      expect(await refusal(kit.edit(host, message.id, "Yours"))).toBe("forbidden");
      kit.base.taken();
      await kit.remove(host, message.id);
      await kit.remove(ada, message.id);
      expect(kit.base.taken()).toHaveLength(1);
      expect(await refusal(kit.edit(ada, message.id, "Again"))).toBe("message_deleted");
    });

    test("names nothing for who may not read the room", async () => {
      const { ada, id } = await classroom();
      const stranger = await kit.user("teacher");
      const message = await kit.say(ada, id, "Ours");
      for (const there of [message.id, 999_999]) {
        expect(await refusal(kit.remove(stranger, there))).toBe("not_found");
        expect(await refusal(kit.edit(stranger, there, "Hm"))).toBe("not_found");
        expect(await refusal(kit.thread(stranger, there))).toBe("not_found");
      }
    });
  });

  describe("an excerpt", () => {
    test("is one line of at most 140 characters, and no character is cut in half", async () => {
      const { ada, id } = await classroom();
      const quoteOf = async (content: string) => {
        const { id: quoted } = await kit.say(ada, id, content);
        return (await kit.say(ada, id, "Hm", { reply_to: quoted })).reply_preview?.excerpt ?? "";
      };
      expect(await quoteOf("One\n\n  two")).toBe("One two");
      expect(await quoteOf("x".repeat(140))).toBe("x".repeat(140));
      expect(await quoteOf("x".repeat(141))).toBe(`${"x".repeat(139)}…`);
      const snails = await quoteOf("🐌".repeat(200));
      expect([...snails]).toHaveLength(140);
      expect(snails.isWellFormed()).toBe(true);
    });
  });

  describe("mentions and unread numbers", () => {
    const counts = async (user: UserCard, id: number) => {
      const room = await kit.getRoom(user, id);
      return "unread_count" in room ? [room.unread_count, room.mention_count] : null;
    };

    test("count others' standing messages above the mark, and in the room those of threads only if said there", async () => {
      const { ada, ben, id } = await classroom();
      const one = await kit.say(ben, id, "One");
      await kit.say(ada, id, "Mine");
      await kit.say(ben, id, "In a thread", { thread_root: one.id });
      await kit.say(ben, id, "In both", { thread_root: one.id, also_in_room: true });
      const gone = await kit.say(ben, id, "Gone");
      expect(await counts(ada, id)).toEqual([3, 0]);
      await kit.remove(ben, gone.id);
      expect(await counts(ada, id)).toEqual([2, 0]);
      expect(await kit.read(ada, id, one.seq)).toEqual({ seq: one.seq, unread_count: 1, mention_count: 0 });
      expect(await counts(ben, id)).toEqual([1, 0]);
    });

    test("find names whatever stands around them, and nobody who is not there", async () => {
      const { ada, ben, id } = await classroom();
      const name = ada.username;
      for (const content of [`@${name}`, `(@${name}),`, `Ask @${name}.`, `@${name.toUpperCase()}!`]) {
        await kit.say(ben, id, content);
      }
      expect(await counts(ada, id)).toEqual([4, 4]);
      for (const content of [`x@${name}`, `@${name}x`, name, `@nobody`, `@${ben.username}`])
        await kit.say(ben, id, content);
      expect(await counts(ada, id)).toEqual([9, 4]);
      expect(await counts(ben, id)).toEqual([0, 0]);
    });

    test("follow an edit and a deletion", async () => {
      const { ada, ben, id } = await classroom();
      const message = await kit.say(ben, id, `@${ada.username}`);
      await kit.edit(ben, message.id, "nobody");
      expect(await counts(ada, id)).toEqual([1, 0]);
      await kit.edit(ben, message.id, `@${ada.username} @${ada.username}`);
      expect(await counts(ada, id)).toEqual([1, 1]);
      await kit.remove(ben, message.id);
      expect(await counts(ada, id)).toEqual([0, 0]);
    });

    test("begin anew for who comes back, and are nobody's who is out", async () => {
      const { ada, ben, id } = await classroom();
      await kit.say(ben, id, "Before");
      await kit.leave(ada, id);
      await kit.say(ben, id, "Meanwhile");
      expect(await refusal(kit.read(ada, id, 1))).toBe("not_a_member");
      await kit.join(ada, id);
      expect(await counts(ada, id)).toEqual([0, 0]);
      await kit.say(ben, id, "Welcome");
      expect(await counts(ada, id)).toEqual([1, 0]);
    });
  });

  describe("threads", () => {
    test("are counted at their root, with who wrote in them in the order in which they began to", async () => {
      const { ada, ben, host, id } = await classroom();
      const root = await kit.say(ada, id, "Root");
      expect((await kit.thread(ada, root.id)).root.replies).toBeNull();
      await kit.say(ben, id, "1", { thread_root: root.id });
      await kit.say(host, id, "2", { thread_root: root.id });
      const last = await kit.say(ben, id, "3", { thread_root: root.id });
      await kit.remove(ben, last.id);
      const { root: seen, results } = await kit.thread(ada, root.id);
      expect(seen.replies).toEqual({
        count: 2,
        last_at: last.created_at,
        people: [ben, host],
        unread_count: 2,
        following: true,
      });
      expect(results.map((m) => m.content)).toEqual(["1", "2", ""]);
    });

    test("are followed and left; the list has those I follow, newest activity first, in pages", async () => {
      const { ada, ben, id } = await classroom();
      const roots = [];
      for (const content of ["A", "B", "C"]) {
        const root = await kit.say(ada, id, content);
        await kit.say(ada, id, "reply", { thread_root: root.id });
        roots.push(root);
      }
      const [a] = roots as [(typeof roots)[0]];
      await kit.say(ben, id, "again", { thread_root: a.id });
      const titles = async (user: UserCard) => (await kit.myThreads(user)).results.map((m) => m.content);
      expect(await titles(ada)).toEqual(["A", "C", "B"]);
      expect(await titles(ben)).toEqual(["A"]);
      const page = await kit.myThreads(ada, { limit: 2 });
      expect(page.results.map((m) => m.content)).toEqual(["A", "C"]);
      expect(page.next).toContain("offset=2");
      expect((await kit.unfollow(ada, a.id)).replies?.following).toBe(false);
      expect(await titles(ada)).toEqual(["C", "B"]);
      expect((await kit.follow(ada, a.id)).replies).toMatchObject({ following: true, unread_count: 1 });
    });
  });

  test("a database that is away is no reason to say that there is no message", async () => {
    const { ada, id } = await classroom();
    const { id: message } = await kit.say(ada, id, "There");
    const away = () => ({ ...roomPlace(id), read: () => Promise.reject(new Refusal("unavailable")) });
    expect(await refusal(act(kit.base.kit, (turn) => hold(turn, "room", away, ada, message)))).toBe("unavailable");
  });

  test("in slow mode members wait, and who leads the room does not", async () => {
    const { ada, host, id } = await classroom();
    await kit.change(host, id, { slow_mode_s: 10 });
    await kit.say(ada, id, "One");
    expect(await refusal(kit.say(ada, id, "Two"))).toBe("rate_limited");
    await kit.say(host, id, "One");
    await kit.say(host, id, "Two");
    kit.base.now += 10_000;
    await kit.say(ada, id, "Two");
  });
});
