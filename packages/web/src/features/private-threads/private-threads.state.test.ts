// My private threads: what is unread in them, how far the other person has read, and in which order they stand.
import type { DurableFrame, PrivateMessage, PrivateThread } from "@homeroom/protocol";
import { describe, expect, it } from "vitest";
import { fakePrivate, fakeUser } from "../../kit/fake-messages.ts";
import {
  applyThreadEvent,
  applyThreadNews,
  changeOrigin,
  knowThreads,
  lastReadByPartner,
  listThreads,
  moveThreadRead,
  noThreads,
  partnerOf,
  type ThreadsState,
  threadsUnread,
} from "./private-threads.state.ts";

const ME = 1;
const user = fakeUser;
const at = (second: number) => `2026-03-02T08:00:${String(second).padStart(2, "0")}.000Z`;
const thread = (id: number, more: Partial<PrivateThread> = {}): PrivateThread => ({
  id,
  room: 7,
  owner_message: null,
  owner_preview: null,
  can_write: true,
  write_refusal: null,
  user1: user(2),
  user2: user(ME),
  is_active: true,
  epoch: "e",
  last_seq: 4,
  unread_count: 0,
  partner_read: 0,
  last_message: null,
  created_at: at(id),
  ...more,
});
const message = (seq: number, sender: number, more: Partial<PrivateMessage> = {}): PrivateMessage =>
  fakePrivate(100 + seq, { seq, sender: user(sender), created_at: at(seq), ...more });
const say = (one: PrivateMessage): DurableFrame => {
  return { type: "private_message", thread: 5, seq: one.seq, message: one };
};
const gone = (seq: number, one: PrivateMessage): DurableFrame => {
  return { type: "message_deleted", thread: 5, seq, message: { ...one, content: "", deleted: true } };
};
const run = (state: ThreadsState, ...frames: DurableFrame[]) =>
  frames.reduce((next, frame) => applyThreadEvent(next, frame, ME), state);
const unread = (state: ThreadsState) => state.byId[5]?.unread_count;

describe("a private thread", () => {
  it("counts what the other person writes, not what I write, and each event once", () => {
    const state = knowThreads(noThreads, [thread(5)]);
    const after = run(state, say(message(5, 2)), say(message(6, ME)), say(message(7, 2)), say(message(7, 2)));
    expect([unread(after), threadsUnread(after)]).toEqual([2, 2]);
    expect(after.byId[5]?.last_message?.seq).toBe(7);
  });

  it("takes off what was unread and is deleted, and leaves what was read", () => {
    const state = run(knowThreads(noThreads, [thread(5)]), say(message(5, 2)), say(message(6, 2)));
    expect(unread(run(state, gone(7, message(6, 2))))).toBe(1);
    const read = moveThreadRead(state, 5, 5);
    expect(unread(run(read, gone(7, message(5, 2))))).toBe(1);
  });

  it("counts by the events since, whatever arrived meanwhile; below what was fetched only the server knows", () => {
    const state = run(knowThreads(noThreads, [thread(5, { unread_count: 3 })]), say(message(5, 2)), say(message(6, 2)));
    expect(unread(state)).toBe(5);
    expect(unread(moveThreadRead(state, 5, 5))).toBe(1);
    expect(unread(moveThreadRead(state, 5, 2))).toBe(5);
    expect(unread(moveThreadRead(state, 5, 2, 4))).toBe(4);
  });

  it("remembers how far the other person has read, and only forwards", () => {
    const state = knowThreads(noThreads, [thread(5)]);
    const read = (seq: number) => ({ type: "read" as const, thread: 5, user: user(2), seq });
    const after = applyThreadNews(applyThreadNews(state, read(4), ME), read(3), ME);
    expect(after.byId[5]).toMatchObject({ partner_read: 4, unread_count: 0 });
  });

  it("stands above those with older news; one that nobody wrote in counts from when it was opened", () => {
    const state = knowThreads(noThreads, [thread(5), thread(6), thread(8)]);
    expect(listThreads(state).map(({ id }) => id)).toEqual([8, 6, 5]);
    expect(listThreads(run(state, say(message(9, 2)))).map(({ id }) => id)).toEqual([5, 8, 6]);
  });

  it("keeps one that was opened while the list was on its way, and what events brought further", () => {
    const added = applyThreadNews(noThreads, { type: "thread_added", thread: 9, details: thread(9) }, ME);
    const state = knowThreads(run(knowThreads(added, [thread(5)]), say(message(5, 2))), [thread(5)]);
    expect(Object.keys(state.byId)).toEqual(["5", "9"]);
    expect(unread(state)).toBe(1);
    expect(partnerOf(thread(5), ME).id).toBe(2);
  });

  it("shows the room's message that it began with as it is now, unless that is hidden", () => {
    const began = { id: 70, sender: user(2), excerpt: "frist words", deleted: false, room: 7 };
    const state = knowThreads(noThreads, [
      thread(5, { owner_message: 70, owner_preview: began }),
      thread(6, { owner_message: 70, owner_preview: { ...began, excerpt: "" } }),
    ]);
    const { thread: _, ...rest } = message(9, 2, { id: 70, content: "first words" });
    const said = { ...rest, room: 7 };
    const edited = changeOrigin(state, said, "first words");
    expect(edited.byId[5]?.owner_preview).toMatchObject({ excerpt: "first words", deleted: false });
    const after = changeOrigin(edited, { ...said, deleted: true }, "");
    expect(after.byId[5]?.owner_preview).toMatchObject({ excerpt: "", deleted: true });
    expect(after.byId[6]?.owner_preview).toMatchObject({ excerpt: "", deleted: false });
  });

  it("says which of my messages was read last: not the other person's, and none that was deleted", () => {
    const items = [message(1, ME), message(2, ME), message(3, ME, { deleted: true }), message(4, 2), message(5, ME)];
    const of = (partner_read: number | null) =>
      lastReadByPartner(
        items.map((item) => ({ ...item, kind: "message" })),
        { partner_read },
        ME,
      );
    expect([of(null), of(0), of(1), of(4), of(5)]).toEqual([null, null, 101, 102, 105]);
  });
});
