// Threads that grow from a room's messages: who follows them, what is unread in them, what of them stands in the room.
import type { Message, Replies } from "@homeroom/protocol";
import { expect, test } from "vitest";
import { allPages } from "../kit/fold.ts";
import { eachSchool, type Person } from "../kit/school.ts";
import { say } from "../kit/story.ts";

const pathOf = (root: { id: number }) => `/api/chat/messages/${root.id}/`;
const repliesOf = async (who: Person, root: { id: number }): Promise<Replies | null> =>
  (await who.ask<{ root: Message }>("GET", `${pathOf(root)}thread/`)).root.replies;

eachSchool((school) => {
  const thread = async () => {
    const [ada, ben, cem] = (await school().people(3)) as [Person, Person, Person];
    const room = await school().room([ada, ben, cem]);
    const root = await say(ada, room, "Who wants to present?");
    const reply = (who: Person, content: string, also_in_room = false) =>
      say(who, room, content, { thread_root: root.id, also_in_room });
    return { ada, ben, cem, room, root, reply };
  };

  test("a reply reaches everybody's log, stands in its thread, and in the room only if it was said there too", async () => {
    const { ada, ben, cem, room, root, reply } = await thread();
    const socket = await cem.socket(room.log);
    const inside = await reply(ben, "Me!");
    const outside = await reply(ben, "And it will be short.", true);
    await socket.reaches(room.log, outside.seq);
    expect(socket.of("chat_message").map((f) => f.message.thread_root)).toEqual([root.id, root.id]);
    const timeline = await allPages<Message>(ada, `${room.path}messages/`);
    expect(timeline.map((m) => m.id)).toEqual([root.id, outside.id]);
    expect(timeline[0]?.replies).toMatchObject({ count: 2, last_at: outside.created_at, people: [ben.card] });
    const found = await ada.ask<{ results: Message[]; root: Message }>("GET", `${pathOf(root)}thread/`);
    expect(found.results.map((m) => m.id)).toEqual([inside.id, outside.id]);
    expect(found.root.id).toBe(root.id);
    expect((await ada.call("GET", `${pathOf(inside)}thread/`)).status).toBe(404);
    expect(await ada.ask("GET", room.path)).toMatchObject({ last_message: { id: outside.id }, unread_count: 1 });
  });

  test("who began it and who writes in it follow it; others do when they like", async () => {
    const { ada, ben, cem, root, reply } = await thread();
    expect(await repliesOf(cem, root)).toBeNull();
    await reply(ben, "One");
    await reply(ada, "Two");
    expect(await repliesOf(ada, root)).toMatchObject({ following: true, unread_count: 1 });
    expect(await repliesOf(ben, root)).toMatchObject({ following: true, unread_count: 1 });
    expect(await repliesOf(cem, root)).toMatchObject({ following: false, unread_count: 0 });
    await cem.ask("PUT", `${pathOf(root)}follow/`);
    await reply(ben, "Three");
    expect(await repliesOf(cem, root)).toMatchObject({ following: true, count: 3 });
    await ada.ask("DELETE", `${pathOf(root)}follow/`);
    await reply(ben, "Four");
    await reply(ada, "Five");
    expect(await repliesOf(ada, root), "who chose not to follow is not made to").toMatchObject({ following: false });
  });

  test("the mark of a thread only grows; what is mine or deleted is never unread", async () => {
    const { ada, ben, root, reply } = await thread();
    const [one, two] = [await reply(ben, "One"), await reply(ben, "Two")];
    await reply(ada, "Mine");
    const three = await reply(ben, "Three");
    const read = (seq: number) => ada.ask("POST", `${pathOf(root)}thread/read/`, { seq });
    expect(await read(one.seq)).toMatchObject({ unread_count: 2 });
    expect(await read(root.seq)).toMatchObject({ unread_count: 2 });
    await ben.ask("DELETE", pathOf(two));
    expect(await repliesOf(ada, root)).toMatchObject({ unread_count: 1, count: 3 });
    expect(await read(three.seq)).toMatchObject({ unread_count: 0 });
  });

  test("the list of my threads has the newest activity first, and none of rooms that I left", async () => {
    const { ada, ben, room, root, reply } = await thread();
    const other = await say(ben, room, "Another thing");
    await say(ada, room, "What?", { thread_root: other.id });
    await reply(ben, "Me!");
    const list = () => allPages<Message>(ben, "/api/chat/threads/");
    expect((await list()).map((m) => [m.id, m.replies?.count])).toEqual([
      [root.id, 1],
      [other.id, 1],
    ]);
    await ben.ask("POST", `${room.path}leave/`);
    expect(await list()).toEqual([]);
    expect((await ben.call("GET", `${pathOf(root)}thread/`)).status).toBe(404);
    expect((await ben.call("PUT", `${pathOf(root)}follow/`)).status).toBe(404);
  });

  test("a thread grows from a message of the same room that is not in a thread itself", async () => {
    const { ada, ben, room, root, reply } = await thread();
    const inside = await reply(ben, "Me!");
    const elsewhere = await say(ada, await school().room([ada]), "Elsewhere");
    const socket = await ada.socket(room.log);
    for (const thread_root of [inside.id, elsewhere.id, 999_999]) {
      const refused = await socket.ask({ type: "chat_message", content: "Hm", thread_root });
      expect(refused).toMatchObject({
        code: "bad_request",
        fields: { thread_root: [expect.any(String)] },
        stored: false,
      });
    }
    const lonely = await socket.ask({ type: "chat_message", content: "Hm", also_in_room: true });
    expect(lonely).toMatchObject({ code: "bad_request", fields: { also_in_room: [expect.any(String)] } });
    const quote = await socket.ask({ type: "chat_message", content: "Hm", reply_to: elsewhere.id });
    expect(quote).toMatchObject({ code: "bad_request", fields: { reply_to: [expect.any(String)] } });
    expect((await repliesOf(ada, root))?.count).toBe(1);
  });

  test("a long thread is read in pages from its beginning", async () => {
    const { ada, ben, root, reply } = await thread();
    for (let i = 0; i < 5; i++) await reply(ben, `Reply ${i}`);
    const page = await ada.ask<{ results: Message[]; next: string; previous: null }>(
      "GET",
      `${pathOf(root)}thread/?limit=2`,
    );
    expect(page.results.map((m) => m.content)).toEqual(["Reply 0", "Reply 1"]);
    const all = await allPages<Message>(ada, `${pathOf(root)}thread/?limit=2`);
    expect(all.map((m) => m.content)).toEqual([0, 1, 2, 3, 4].map((i) => `Reply ${i}`));
  });
});
