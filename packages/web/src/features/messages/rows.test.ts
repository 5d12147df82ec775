// What the message list shows between and around messages, and which of them are one group.
import { describe, expect, it } from "vitest";
import { fakeMessage, fakeUser } from "../../kit/fake-messages.ts";
import { roomPlace } from "./place.ts";
import { countNewer, markByCount, type Row, rowsOf, type UnsentMessage } from "./rows.ts";
import type { Item } from "./timeline.state.ts";

const ME = 1;
const user = fakeUser;
const START = new Date(2026, 2, 2, 9, 0).getTime();
const at = (minute: number) => new Date(START + minute * 60_000).toISOString();
const message = (seq: number, who: number, minute: number, quoted = false): Item => ({
  kind: "message",
  ...fakeMessage(100 + seq, {
    seq,
    client_id: `c${seq}`,
    sender: user(who),
    reply_preview: quoted ? { id: 1, sender: user(3), excerpt: "", deleted: false } : null,
    created_at: at(minute),
  }),
});
const joined = (seq: number, who: number, minute: number): Item => {
  return { kind: "user_joined", seq, created_at: at(minute), user: user(who) };
};
const unsent = (client_id: string, minute: number): UnsentMessage => {
  const shown = { client_id, content: "words", reply_preview: null, attachments: [], created_at: at(minute) };
  const entry = { ...shown, place: roomPlace(7), reply_to: null, status: "queued" as const };
  return { ...shown, id: null, sender: user(ME), edited_at: null, deleted: false, entry };
};
const rows = (items: Item[], more: Partial<Parameters<typeof rowsOf>[0]> = {}) =>
  rowsOf({ items, unsent: [], meId: ME, newAfter: null, ...more });
const tell = (row: Row) => (row.kind === "message" ? (row.first ? "first" : "more") : row.kind);

describe("the rows of the list", () => {
  it("group one author's messages within five minutes", () => {
    const list = rows([message(1, 2, 0), message(2, 2, 4), message(3, 2, 10), message(4, 3, 11)]);
    expect(list.map(tell)).toEqual(["day", "first", "more", "first", "first"]);
  });

  it("break a group at a reply, a coming and a new day", () => {
    const list = rows([
      message(1, 2, 0),
      message(2, 2, 1, true),
      joined(3, 4, 1),
      message(4, 2, 2),
      message(5, 2, 24 * 60),
    ]);
    expect(list.map(tell)).toEqual(["day", "first", "first", "system", "first", "day", "first"]);
  });

  it("fold comings within an hour into one line", () => {
    const list = rows([joined(1, 2, 0), joined(2, 3, 20), joined(3, 4, 90)]);
    expect(list.slice(1)).toEqual([
      { kind: "system", key: "s1", line: { kind: "joined", names: ["User 2", "User 3"] } },
      { kind: "system", key: "s3", line: { kind: "joined", names: ["User 4"] } },
    ]);
  });

  it("have the new line before the first unread of somebody else, never before my own", () => {
    const list = rows([message(1, 2, 0), message(2, ME, 1), message(3, 2, 2), message(4, 2, 3)], { newAfter: 1 });
    expect(list.map(tell)).toEqual(["day", "first", "first", "new", "first", "more"]);
    expect(list[4]).toMatchObject({ afterNewLine: true });
  });

  it("say no day that stands above them already", () => {
    const items = [message(1, 2, 1), message(2, 2, 24 * 60)];
    expect(rows(items, { from: at(0) }).map(tell)).toEqual(["first", "day", "first"]);
  });

  it("keep the key of my message when the server confirms it", () => {
    const before = rows([message(1, ME, 0)], { unsent: [unsent("c2", 1)] });
    const after = rows([message(1, ME, 0), message(2, ME, 1)]);
    expect(before.map((row) => row.key)).toEqual(after.map((row) => row.key));
    expect(before.map(tell)).toEqual(after.map(tell));
  });

  it("give what is unsent no day of its own when this clock is behind", () => {
    const list = rows([message(1, 2, 24 * 60)], { unsent: [unsent("x", 0)] });
    expect(list.map(tell)).toEqual(["day", "first", "first"]);
  });
});

describe("counting", () => {
  const items = [message(1, 2, 0), message(2, ME, 1), message(3, 2, 2), message(4, 3, 3)];

  it("of what is below leaves out my own", () => {
    expect(countNewer(items, 1, ME)).toBe(2);
  });

  it("back from the end finds where reading stopped", () => {
    expect(markByCount(items, 2, ME)).toBe(2);
    expect(markByCount(items, 0, ME)).toBe(4);
    expect(markByCount(items, 9, ME)).toBe(0);
  });
});
