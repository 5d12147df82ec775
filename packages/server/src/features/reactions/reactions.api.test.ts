// Reactions over HTTP: every kind of emoji finds its way through the address, and the answer is the message.
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStrict, type Person, type StrictServer } from "../../../../../tests/kit/strict-client.ts";

let school: StrictServer;
let host: Person;
let member: Person;
let room: number;

beforeAll(async () => {
  school = await openStrict();
  ({ host, member } = await school.people({ host: "teacher", member: "student" }));
  room = (await school.ok(host, "createRoom", { body: { name: "Biology 7b" } })).id;
  await school.ok(member, "joinRoom", { params: { id: String(room) } });
});
afterAll(() => school.close());

const say = (content: string) =>
  school.ok(host, "sendMessage", { params: { id: String(room) }, body: { content } }).then(({ id }) => String(id));

test("plain, with a selector, a skin tone, joined, a flag, a keycap: all are one emoji, with and without the slash", async () => {
  const id = await say("Hello");
  const emoji = ["👍", "❤️", "👋🏿", "👩🏽‍🔬", "👨‍👩‍👧‍👦", "🇩🇪", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "#️⃣", "*️⃣", "🏳️‍🌈"];
  for (const [i, one] of emoji.entries()) {
    const path = `/api/chat/messages/${id}/reactions/${encodeURIComponent(one)}${i % 2 ? "/" : ""}`;
    const answer = await school.raw({ method: "PUT", path, token: member.token });
    expect([one, answer.status]).toEqual([one, 200]);
  }
  const message = await school.ok(host, "removeReaction", { params: { id, emoji: "🇩🇪" } });
  const expected = emoji.map((one) => ({ emoji: one, count: 1, user_ids: [member.user.id] }));
  expect(message.reactions).toEqual(expected);
  const page = await school.ok(member, "listMessages", { params: { id: String(room) }, query: {} });
  expect(page.results).toMatchObject([{ reactions: expected }]);
});

test("two emoji, a word or half of one are refused with the field's name, before anybody looks whether there is a message", async () => {
  for (const emoji of ["👍👍", "ok", "❤", "🇩"]) {
    const params = { id: 999_999, emoji: encodeURIComponent(emoji) };
    const answer = await school.call(member, "addReaction", { params });
    expect([emoji, answer.status, answer.body]).toMatchObject([
      emoji,
      400,
      { fields: { emoji: ["Must be one emoji."] } },
    ]);
  }
  expect((await school.call(member, "addReaction", { params: { id: 999_999, emoji: "👍" } })).code).toBe("not_found");
});

test("a message can be pinned and unpinned, and the room's pins are a page of messages", async () => {
  const id = await say("Keep this");
  expect((await school.ok(host, "pinMessage", { params: { id } })).pinned).toBe(true);
  const { results, next, previous } = await school.ok(member, "listPins", { params: { id: String(room) }, query: {} });
  expect({ results, next, previous }).toMatchObject({ results: [{ id: Number(id), pinned: true }], next: null });
  expect((await school.call(member, "unpinMessage", { params: { id } })).code).toBe("forbidden");
  expect((await school.ok(host, "unpinMessage", { params: { id } })).pinned).toBe(false);
});
