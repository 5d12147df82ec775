// Rooms, threads of replies and private chats side by side: each event reaches every place that shows it, and no other.
import type { DurableFrame, Me, Message, PrivateMessage, PrivateThread, ServerFrame } from "@homeroom/protocol";
import { describe, expect, it } from "vitest";
import { fakeMessage, fakePrivate, fakeUser } from "../kit/fake-messages.ts";
import { knowRoot } from "../features/messages/followed.state.ts";
import { extendTimeline, openTimeline } from "../features/messages/messages.state.ts";
import { type Place, privatePlace, repliesPlace, roomPlace } from "../features/messages/place.ts";
import { knowLog } from "../kit/logs.ts";
import { type AppState, apply, forget, initialState, learnThread } from "./state.ts";

const NOW = Date.parse("2026-03-02T08:00:00.000Z");
const user = fakeUser;
const me = { ...user(1), email: null, created_at: "2026-01-01T00:00:00.000Z" } as Me;
const fields = (id: number, sender: number) => ({
  client_id: `c${id}`,
  sender: user(sender),
  content: `words ${id}`,
  created_at: new Date(NOW + id * 1000).toISOString(),
});
const message = (id: number, sender: number, more: Partial<Message> = {}): Message =>
  fakeMessage(id, { ...fields(id, sender), ...more });
const whisper = (id: number, sender: number): PrivateMessage => fakePrivate(id, fields(id, sender));
const chat: PrivateThread = {
  id: 5,
  room: 7,
  owner_message: null,
  owner_preview: null,
  partner_read: 0,
  can_write: true,
  write_refusal: null,
  user1: user(1),
  user2: user(2),
  is_active: true,
  epoch: "p",
  last_seq: 0,
  unread_count: 0,
  last_message: null,
  created_at: "2026-01-01T00:00:00.000Z",
};

const ROOM = roomPlace(7);
const REPLIES = repliesPlace(7, 1);
const PRIVATE = privatePlace(5);
const root = message(1, 1);

/** A room, a thread in it and a private chat, all on the screen; the thread's root is message 1. */
function start(): AppState {
  const known = learnThread({ ...initialState, phase: "in", me, logs: knowLog({}, "r7", "e", 1) }, chat);
  const messages = [ROOM, REPLIES, PRIVATE].reduce((all, place) => {
    const results = place === ROOM ? [{ ...root, kind: "message" as const }] : [];
    return extendTimeline(openTimeline(all, place), place, { results, hasOlder: false, hasNewer: false });
  }, known.messages);
  return { ...known, messages, followed: knowRoot(known.followed, root) };
}
const say = (one: Message): DurableFrame => ({ type: "chat_message", room: 7, seq: one.seq, message: one });
const run = (...frames: ServerFrame[]) => frames.reduce((state, frame) => apply(state, frame, NOW), start());
const seqs = (state: AppState, place: Place) => {
  const key = place.kind === "room" ? "r7" : place.kind === "replies" ? "m1" : "t5";
  return state.messages.timelines[key]?.items.map((item) => item.seq);
};
const where = (state: AppState) => [ROOM, REPLIES, PRIVATE].map((place) => seqs(state, place));

describe("an event", () => {
  it("of a reply is shown in its thread, in the room only if it was sent there too, and counted at its root", () => {
    const inside = message(2, 2, { thread_root: 1 });
    const both = message(3, 2, { thread_root: 1, also_in_room: true });
    const other = message(4, 2, { thread_root: 99 });
    const state = run(say(inside), say(both), say(other));
    expect(where(state)).toEqual([[1, 3], [2, 3], []]);
    expect(state.messages.timelines.r7?.items[0]).toMatchObject({ replies: { count: 2, unread_count: 2 } });
    expect(state.followed.roots[1]?.replies).toMatchObject({ count: 2, unread_count: 2, following: true });
  });

  it("of an edit, a reaction, a pin and a deletion reaches every place where the message is", () => {
    const both = message(2, 2, { thread_root: 1, also_in_room: true });
    const reactions = [{ emoji: "👍", count: 1, users: [2] }] as unknown as Message["reactions"];
    const state = run(
      say(both),
      { type: "message_edited", room: 7, seq: 3, message: { ...both, content: "better", edited_at: both.created_at } },
      { type: "reaction_changed", room: 7, seq: 4, message_id: 2, reactions },
      { type: "pins_changed", room: 7, seq: 5, message_id: 2, pinned: true },
    );
    for (const key of ["r7", "m1"] as const) {
      const shown = state.messages.timelines[key]?.items.at(-1);
      expect(shown).toMatchObject({ content: "better", reactions, pinned: true });
    }
    const gone = apply(
      state,
      { type: "message_deleted", room: 7, seq: 6, message: { ...both, content: "", deleted: true } },
      NOW,
    );
    expect(gone.messages.timelines.m1?.items.at(-1)).toMatchObject({ deleted: true });
    expect(gone.followed.roots[1]?.replies).toMatchObject({ count: 0, unread_count: 0 });
  });

  it("of a private chat is shown there alone, comings and goings in the room alone", () => {
    const state = run(
      { type: "private_message", thread: 5, seq: 1, message: whisper(1, 2) },
      { type: "user_joined", room: 7, seq: 2, user: user(8) },
    );
    expect(where(state)).toEqual([[1, 2], [], [1]]);
    expect(state.threads.byId[5]).toMatchObject({ unread_count: 1, last_seq: 1 });
  });

  it("of my own message, in any place, takes the pending one away", () => {
    const entry = {
      content: "x",
      reply_to: null,
      reply_preview: null,
      created_at: root.created_at,
      status: "sent" as const,
    };
    const pending = [
      { ...entry, client_id: "c2", place: REPLIES },
      { ...entry, client_id: "c1", place: PRIVATE },
    ];
    const state = { ...start(), messages: { ...start().messages, pending } };
    const after = apply(state, say(message(2, 1, { thread_root: 1 })), NOW);
    const both = apply(after, { type: "private_message", thread: 5, seq: 1, message: whisper(1, 1) }, NOW);
    expect([after.messages.pending.length, both.messages.pending.length]).toEqual([1, 0]);
  });
});

describe("a room that is let go of", () => {
  it("takes its threads with it and leaves private chats, and a page that comes late changes nothing", () => {
    const state = forget(start(), "r7");
    expect(Object.keys(state.messages.timelines)).toEqual(["t5"]);
    expect(state.followed.roots).toEqual({});
    const page = { results: [{ ...root, kind: "message" as const }], hasOlder: false };
    expect(extendTimeline(state.messages, ROOM, page)).toBe(state.messages);
    expect(Object.keys(forget(state, "t5").messages.timelines)).toEqual([]);
  });
});

describe("my mark", () => {
  const read = (seq: number): ServerFrame => ({ type: "read", thread: 5, user: me, seq });

  it("that went back on another device is held there until I leave or scroll", () => {
    const written = [1, 2, 3].map((id): ServerFrame => {
      return { type: "private_message", thread: 5, seq: id, message: whisper(id, 2) };
    });
    const forward = run(...written, read(3));
    expect([forward.held, forward.threads.byId[5]?.unread_count]).toEqual([{}, 0]);
    expect(apply(forward, read(1), NOW).held).toEqual({ t5: 1 });
  });
});

describe("a new name", () => {
  const named = { ...user(2), display_name: "New Name" };

  it("is on what was said before, in every place", () => {
    const told: ServerFrame = { type: "user_changed", user: named };
    const said = say(message(2, 2, { thread_root: 1, also_in_room: true }));
    const state = run(said, { type: "private_message", thread: 5, seq: 1, message: whisper(1, 2) }, told);
    for (const key of ["r7", "m1", "t5"] as const) {
      expect(state.messages.timelines[key]?.items.at(-1)).toMatchObject({ sender: named });
    }
    expect(state.threads.byId[5]?.user2).toEqual(named);
    expect(state.followed.roots[1]?.replies?.people).toEqual([named]);
    expect(apply(start(), { type: "user_changed", user: { ...user(1), display_name: "Me" } }, NOW).me).toEqual({
      ...me,
      display_name: "Me",
    });
  });
});
