// The threads that I follow, in the order of what happens in them, with what I have not read.
import type { DurableFrame, Message, Replies } from "@homeroom/protocol";
import { describe, expect, it } from "vitest";
import { fakeMessage, fakeUser } from "../../kit/fake-messages.ts";
import {
  applyFollowed,
  followedRoots,
  type FollowedState,
  followedUnread,
  followsThread,
  forgetRoots,
  knowChoice,
  knowFollowed,
  knowRoot,
  markRootRead,
  noFollowed,
} from "./followed.state.ts";
import type { Root } from "./replies.ts";

const ME = 1;
const user = fakeUser;
const at = (second: number) => `2026-03-02T08:00:${String(second).padStart(2, "0")}.000Z`;
const message = (id: number, more: Partial<Message> = {}): Message =>
  fakeMessage(id, { created_at: at(id % 60), ...more });
const summary = (second: number, more: Partial<Replies> = {}): Replies => {
  return { count: 1, last_at: at(second), people: [user(2)], unread_count: 0, following: true, ...more };
};
const say = (one: Message): DurableFrame => ({ type: "chat_message", room: one.room, seq: one.seq, message: one });
const apply = (state: FollowedState, frame: DurableFrame, found?: Root) =>
  applyFollowed(state, frame, { meId: ME, isGhost: () => false, find: () => found });
const list = (...roots: Message[]) => knowFollowed(noFollowed, roots);
const ids = (state: FollowedState) => followedRoots(state).map((root) => root.id);

describe("the threads that I follow", () => {
  it("stand in the order of their newest replies, and a new one moves its thread up", () => {
    const state = list(message(1, { replies: summary(30) }), message(2, { replies: summary(20) }));
    expect(ids(state)).toEqual([1, 2]);
    const after = apply(state, say(message(41, { thread_root: 2 })));
    expect(ids(after)).toEqual([2, 1]);
    expect(followedUnread(after)).toBe(1);
    expect(followedUnread(markRootRead(after, 2, 41, 0))).toBe(0);
  });

  it("are joined by a thread that grows from my message, or that I write in, as soon as its root is known", () => {
    const mine = message(5, { sender: user(ME) });
    expect(ids(apply(noFollowed, say(message(8, { thread_root: 5 })), mine))).toEqual([5]);
    const theirs = message(5);
    expect(ids(apply(noFollowed, say(message(8, { thread_root: 5 })), theirs))).toEqual([]);
    expect(ids(apply(noFollowed, say(message(8, { thread_root: 5, sender: user(ME) })), theirs))).toEqual([5]);
    expect(apply(noFollowed, say(message(8, { thread_root: 5 })))).toBe(noFollowed);
  });

  it("are those that I chose, also where nobody has replied yet", () => {
    const silent = knowRoot(noFollowed, message(5, { sender: user(ME) }));
    expect(followsThread(silent, 5)).toBeNull();
    const chosen = knowChoice(silent, 5, false);
    expect([followsThread(chosen, 5), followsThread(chosen, 6), ids(chosen)]).toEqual([false, null, []]);
    const theirs = list(message(1, { replies: summary(30, { unread_count: 3 }) }));
    const stopped = knowChoice(theirs, 1, false);
    expect([followsThread(stopped, 1), ids(stopped), followedUnread(stopped)]).toEqual([false, [], 0]);
    expect([followsThread(theirs, 1), ids(knowChoice(stopped, 1, true))]).toEqual([true, [1]]);
  });

  it("are left by one that I stop following, here or on another device", () => {
    const state = list(message(1, { replies: summary(30, { unread_count: 2 }) }));
    expect(ids(knowRoot(state, message(1, { replies: summary(30, { following: false }) })))).toEqual([]);
    const elsewhere = knowFollowed(state, []);
    expect([ids(elsewhere), followedUnread(elsewhere)]).toEqual([[], 0]);
  });

  it("show today's words of their roots, and go with their room", () => {
    const state = list(message(1, { replies: summary(30) }), message(2, { room: 9, replies: summary(20) }));
    const edited = message(1, { content: "better words", edited_at: at(50) });
    const after = apply(state, { type: "message_edited", room: 7, seq: 50, message: edited });
    expect(after.roots[1]).toMatchObject({ content: "better words", replies: { count: 1, following: true } });
    // A page that was read before the edit does not bring the old words back.
    expect(knowRoot(after, message(1)).roots[1]?.content).toBe("better words");
    expect(ids(forgetRoots(after, 7))).toEqual([2]);
  });
});
