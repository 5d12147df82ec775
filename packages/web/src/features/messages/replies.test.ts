// What a root says of its thread stays right: by events, by what is fetched, whichever comes first.
import type { Message, Replies } from "@homeroom/protocol";
import { describe, expect, it } from "vitest";
import { fakeMessage, fakeUser } from "../../kit/fake-messages.ts";
import { isUnsure, mergeReplies, readReplies, type Root, withoutReply, withReply } from "./replies.ts";

const ME = 1;
const user = fakeUser;
const at = (second: number) => `2026-03-02T08:00:${String(second).padStart(2, "0")}.000Z`;
const message = (id: number, sender: number, second: number, more: Partial<Message> = {}): Message =>
  fakeMessage(id, { sender: user(sender), created_at: at(second), ...more });
const reply = (id: number, sender: number, second: number, more: Partial<Message> = {}) =>
  message(id, sender, second, { thread_root: 1, ...more });
const root = (sender: number, replies: Replies | null = null): Root => message(1, sender, 0, { replies });
const add = (start: Root, ...replies: Message[]) => replies.reduce((next, one) => withReply(next, one, ME), start);
const fetched = (count: number, second: number, more: Partial<Replies> = {}): Replies => {
  return { count, last_at: at(second), people: [user(2)], unread_count: 0, following: true, ...more };
};

describe("a thread that begins", () => {
  it("is followed by who wrote its root, and has their replies unread", () => {
    const { replies } = add(root(ME), reply(2, 2, 1), reply(3, 3, 2));
    expect(replies).toMatchObject({ count: 2, last_at: at(2), unread_count: 2, following: true });
    expect(replies?.people.map((p) => p.id)).toEqual([2, 3]);
  });

  it("has nothing unread for those who do not follow, and is followed by who writes in it", () => {
    expect(add(root(2), reply(2, 3, 1)).replies).toMatchObject({ unread_count: 0, following: false });
    const after = add(root(2), reply(2, 3, 1), reply(3, ME, 2), reply(4, 3, 3));
    expect(after.replies).toMatchObject({ count: 3, unread_count: 1, following: true });
  });

  it("counts two replies of one millisecond as two, and one that comes twice as one", () => {
    const after = add(root(ME), reply(2, 2, 1), reply(3, 3, 1), reply(3, 3, 1));
    expect(after.replies).toMatchObject({ count: 2, unread_count: 2 });
  });
});

describe("a thread that was fetched", () => {
  it("does not count again what the answer knew already", () => {
    const after = add(root(ME, fetched(4, 10, { unread_count: 1 })), reply(5, 2, 10), reply(6, 2, 11));
    expect(after.replies).toMatchObject({ count: 5, last_at: at(11), unread_count: 2 });
  });

  it("keeps what events have brought while the answer was on its way", () => {
    const now = add(root(ME, fetched(4, 10)), reply(6, 2, 11)).replies;
    expect(mergeReplies(now, fetched(4, 10))).toMatchObject({ count: 5, unread_count: 1 });
    expect(mergeReplies(now, fetched(6, 12, { unread_count: 2 }))).toMatchObject({ count: 6, unread_count: 2 });
  });

  it("keeps what is mine where an event, the same for everybody, tells of it", () => {
    const event = fetched(6, 12, { unread_count: null, following: null });
    const after = { ...root(ME), replies: mergeReplies(fetched(4, 10, { unread_count: 3 }), event) };
    expect(after.replies).toMatchObject({ count: 6, unread_count: 3, following: true });
    // A resume brings the replies that this count already has: new to me all the same.
    expect(add(after, reply(8, 2, 11), reply(9, 3, 12)).replies).toMatchObject({ count: 6, unread_count: 5 });
  });
});

describe("a reply that is deleted", () => {
  const drop = (start: Root, gone: Message, isGhost = false) => withoutReply(start, gone, ME, isGhost);

  it("takes back what it has added, once", () => {
    const two = add(root(ME), reply(2, 2, 1), reply(3, 3, 2));
    const one = drop(two, reply(3, 3, 2, { deleted: true }));
    expect(one.replies).toMatchObject({ count: 1, unread_count: 1 });
    expect(drop(one, reply(3, 3, 2, { deleted: true })).replies).toMatchObject({ count: 1, unread_count: 1 });
  });

  it("takes nothing from the unread when I have read it", () => {
    const two = add(root(ME), reply(2, 2, 1), reply(3, 3, 2));
    const read = { ...two, replies: two.replies && readReplies(two.replies, 3, 0) };
    const more = add(read, reply(4, 2, 3));
    expect(drop(more, reply(3, 3, 2, { deleted: true })).replies).toMatchObject({ count: 2, unread_count: 1 });
  });

  it("was counted by nobody who saw it come as deleted", () => {
    const ghost = reply(3, 3, 2, { deleted: true });
    expect(drop(add(root(ME), reply(2, 2, 1), ghost), ghost, true).replies).toMatchObject({
      count: 1,
      unread_count: 1,
    });
    expect(drop(root(ME, fetched(1, 1)), ghost, true).replies).toMatchObject({ count: 1 });
  });

  it("leaves the numbers to the server where nothing here knows whether it was one of them", () => {
    const start = root(ME, fetched(4, 10, { unread_count: 2 }));
    const gone = reply(5, 2, 9, { deleted: true });
    expect(isUnsure(start, gone)).toBe(true);
    expect(drop(start, gone).replies).toMatchObject({ count: 3, unread_count: 2 });
    expect(isUnsure(add(start, reply(6, 2, 11)), reply(6, 2, 11))).toBe(false);
    expect(isUnsure(root(ME), gone)).toBe(false);
  });
});
