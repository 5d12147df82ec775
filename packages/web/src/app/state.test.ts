// Whatever the network does to a log, the state ends where the log in its order would have put it.
import type {
  Attachment,
  DurableFrame,
  Me,
  Message,
  Room,
  RoomDetails,
  ServerFrame,
  UserCard,
} from "@homeroom/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { knowRoot } from "../features/messages/followed.state.ts";
import { roomPlace } from "../features/messages/place.ts";
import { emptyTimeline } from "../features/messages/timeline.state.ts";
import { knowRooms } from "../features/rooms/rooms.state.ts";
import { knowLog, resumeFor, roomKey } from "../kit/logs.ts";
import { type AppState, apply, initialState, learnRoom, learnRooms } from "./state.ts";

const NOW = Date.parse("2026-03-02T08:00:00.000Z");
const ROOM = 7;
const card = (id: number): UserCard => {
  return { id, username: `user${id}`, display_name: `User ${id}`, role: "student", avatar_url: null };
};
const me: Me = { ...card(1), email: null, created_at: "2026-01-01T00:00:00.000Z" };

const details: RoomDetails = {
  id: ROOM,
  name: "Biology 7b",
  description: "",
  host: card(2),
  public: true,
  discoverable: true,
  is_active: true,
  participant_count: 4,
  max_participants: 30,
  my_role: null,
  join_request: null,
  allow_uploads: true,
  allow_voice: true,
  private_replies: true,
  slow_mode_s: 0,
  updated_at: "2026-01-01T00:00:00.000Z",
};
const counts = { last_seq: 0, unread_count: 0, mention_count: 0, last_message: null };
const own = { my_role: "member" as const, pending_requests: null, quiet: false, my_mute: null };
const room: Room = { ...details, ...counts, ...own, epoch: "e", created_at: details.updated_at };

const start = (): AppState => ({
  ...initialState,
  me,
  rooms: knowRooms(initialState.rooms, [room]),
  logs: knowLog({}, roomKey(ROOM), "e", 0),
  messages: {
    ...initialState.messages,
    timelines: { r7: { ...emptyTimeline(roomPlace(ROOM)), isLoaded: true, atStart: true } },
  },
});

/** What may happen next: words of somebody, an edit or deletion of an earlier message, people coming and going. */
type Step = {
  kind: "say" | "reply" | "edit" | "delete" | "join" | "leave" | "role" | "rename";
  who: number;
  which: number;
};
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom("say", "say", "say", "reply", "edit", "delete", "join", "leave", "role", "rename"),
  who: fc.integer({ min: 1, max: 5 }),
  which: fc.nat(20),
});

function say(seq: number, step: Step, root: Message | undefined): Message {
  const at = new Date(NOW + seq * 1000).toISOString();
  return {
    id: 100 + seq,
    room: ROOM,
    seq,
    client_id: `c${seq}`,
    sender: card(step.who),
    content: step.which % 3 ? `words ${seq}` : `@user1 ${seq}`,
    created_at: at,
    edited_at: null,
    deleted: false,
    pinned: false,
    reply_to: null,
    reply_preview: null,
    attachments: [],
    reactions: [],
    replies: null,
    thread_root: root?.id ?? null,
    also_in_room: root !== undefined && step.which % 2 === 0,
  };
}

/** One event, given what has been said before it. */
function eventOf(step: Step, seq: number, said: Message[]): DurableFrame {
  const place = { room: ROOM, seq };
  const at = new Date(NOW + seq * 1000).toISOString();
  const index = said.length > 0 ? step.which % said.length : -1;
  const old = said[index];
  if ((step.kind === "edit" || step.kind === "delete") && old && !old.deleted) {
    const message =
      step.kind === "edit"
        ? { ...old, content: `edited ${seq}`, edited_at: at }
        : { ...old, content: "", deleted: true };
    said[index] = message;
    return { type: step.kind === "edit" ? "message_edited" : "message_deleted", ...place, message };
  }
  const user = card(step.who + 10);
  if (step.kind === "join") return { type: "user_joined", ...place, user };
  if (step.kind === "leave") return { type: "user_left", ...place, user, kicked: step.which % 2 === 0 };
  if (step.kind === "role")
    return { type: "member_updated", ...place, user: card(step.who), room_role: "cohost", muted_until: null };
  if (step.kind === "rename") {
    return { type: "room_updated", ...place, details: { ...details, name: `Room ${seq}` } };
  }
  const message = say(seq, step, step.kind === "reply" ? said.find((m) => m.thread_root === null) : undefined);
  said.push(message);
  return { type: "chat_message", ...place, message };
}

const logOf = (steps: Step[]): DurableFrame[] => {
  const said: Message[] = [];
  return steps.map((step, index) => eventOf(step, index + 1, said));
};

const run = (state: AppState, frames: readonly ServerFrame[]) => frames.reduce((s, f) => apply(s, f, NOW), state);

/** What matters; how far a log is ahead of us is told apart. */
const seen = ({ rooms, messages, followed, live, threads }: AppState) => ({ rooms, messages, followed, live, threads });

/** The server's answer to a resume. */
function answer(state: AppState, log: DurableFrame[]): ServerFrame[] {
  const asked = resumeFor({
    ...state.logs,
    r7: { ...(state.logs.r7 ?? { epoch: "e", applied: 0, held: {} }), head: log.length },
  });
  const after = asked?.logs[0]?.after ?? log.length;
  return [...log.slice(after), { type: "resumed", room: ROOM, head: log.length }];
}

describe("a log of a room", () => {
  it("ends in the same state however its events are doubled, delayed and reordered, once it has been resumed", () => {
    const noise = fc.array(fc.tuple(fc.nat(60), fc.nat(60)), { maxLength: 60 });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), noise, fc.nat(60), (steps, swaps, resumeAt) => {
        const log = logOf(steps);
        const arrived = [...log];
        // Doubled and moved about.
        for (const [from, to] of swaps) {
          const frame = arrived[from % arrived.length];
          if (frame) arrived.splice(to % arrived.length, from % 2, frame);
        }
        const half = run(start(), arrived.slice(0, resumeAt));
        const resumed = run(half, answer(half, log));
        const all = run(resumed, arrived.slice(resumeAt));
        expect(seen(run(all, answer(all, log)))).toEqual(seen(run(start(), log)));
        expect(all.logs.r7?.applied).toBe(log.length);
        expect(all.logs.r7?.held).toEqual({});
      }),
      { numRuns: 300 },
    );
  });

  it("changes nothing when it is applied a second time", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const log = logOf(steps);
        const once = run(start(), log);
        expect(run(once, log)).toEqual(once);
      }),
    );
  });

  it("counts as unread what others wrote and did not delete, above my mark", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.nat(40), (steps, mark) => {
        const log = logOf(steps);
        const read: ServerFrame = { type: "read", room: ROOM, user: me, seq: Math.min(mark, log.length) };
        const state = run(start(), [...log.slice(0, mark), read, ...log.slice(mark)]);
        const last = new Map<number, Message>();
        for (const frame of log)
          if ("message" in frame && "room" in frame.message) last.set(frame.message.id, frame.message);
        const others = [...last.values()].filter((m) => m.sender.id !== me.id && !m.deleted && m.seq > read.seq);
        const unread = others.filter((m) => m.thread_root === null || m.also_in_room);
        expect(state.rooms.byId[ROOM]?.unread_count).toBe(unread.length);
        const mentions = others.filter((m) => m.content.includes("@user1"));
        expect(state.rooms.byId[ROOM]?.mention_count).toBe(mentions.length);
      }),
    );
  });
});

describe("a hole", () => {
  const log = logOf(Array.from({ length: 5 }, () => ({ kind: "say" as const, who: 2, which: 1 })));

  it("holds later events back and asks for what is missing", () => {
    const state = run(
      start(),
      [log[0], log[3], log[2]].filter((f) => f !== undefined),
    );
    expect(state.messages.timelines.r7?.items.map((item) => item.seq)).toEqual([1]);
    expect(resumeFor(state.logs)).toEqual({ type: "resume", logs: [{ room: ROOM, epoch: "e", after: 1 }] });
  });

  it("is closed by what was missing, and everything held back follows", () => {
    const state = run(
      start(),
      [log[0], log[3], log[2], log[1]].filter((f) => f !== undefined),
    );
    expect(state.messages.timelines.r7?.items.map((item) => item.seq)).toEqual([1, 2, 3, 4]);
    expect(resumeFor(state.logs)).toBeNull();
  });

  it("is seen when a new socket says a higher head", () => {
    const hello: ServerFrame = {
      type: "hello",
      user: me,
      heartbeat_ms: 25_000,
      limits: {},
      logs: [{ room: ROOM, epoch: "e", head: 5, read: 0 }],
    };
    expect(resumeFor(run(start(), [hello]).logs)).toEqual({
      type: "resume",
      logs: [{ room: ROOM, epoch: "e", after: 0 }],
    });
  });
});

describe("what is the viewer's own", () => {
  it("is not overwritten by an event that is the same for everybody", () => {
    const log = logOf([{ kind: "rename", who: 2, which: 0 }]);
    expect(run(start(), log).rooms.byId[ROOM]).toMatchObject({ name: "Room 1", my_role: "member" });
  });

  it("is kept where a resume tells that they left and came back", () => {
    const hello: ServerFrame = {
      type: "hello",
      user: me,
      heartbeat_ms: 25_000,
      limits: {},
      logs: [{ room: ROOM, epoch: "e", head: 2, read: 2 }],
    };
    const past: ServerFrame[] = [
      { type: "user_left", room: ROOM, seq: 1, user: me, kicked: true },
      { type: "user_joined", room: ROOM, seq: 2, user: me },
    ];
    const state = run(start(), [hello, ...past]);
    expect(state.rooms.byId[ROOM]).toMatchObject({ my_role: "member", participant_count: 4, last_seq: 2 });
    expect(state.rooms.fates).toEqual({});
    expect(state.logs.r7?.applied).toBe(2);
  });

  it("is lost with the room when somebody is removed", () => {
    const state = run(start(), [{ type: "user_left", room: ROOM, seq: 1, user: me, kicked: true }]);
    expect(state.rooms.byId[ROOM]).toMatchObject({ my_role: null });
    expect(state.rooms.byId[ROOM]).not.toHaveProperty("last_message");
    expect(state.logs).toEqual({});
    expect(state.messages.timelines).toEqual({});
  });

  it("stays lost when an answer comes late that was read before, and comes back with a newer one", () => {
    const out: ServerFrame[] = [{ type: "user_left", room: ROOM, seq: 4, user: me, kicked: true }];
    const logs = knowLog({}, roomKey(ROOM), "e", 3);
    const removed = run({ ...start(), logs }, out);
    const late = { ...room, last_seq: 3 };
    expect(learnRoom(removed, late).rooms.byId[ROOM]).toMatchObject({ my_role: null });
    expect(learnRooms(removed, [late]).logs).toEqual({});
    const back = learnRoom(removed, { ...room, last_seq: 5 });
    expect(back.rooms.byId[ROOM]).toMatchObject({ my_role: "member", last_seq: 5 });
    expect(learnRoom(removed, { ...late, epoch: "restored" }).rooms.byId[ROOM]).toMatchObject({ my_role: "member" });
  });

  it("is lost, too, by the frame that tells the person alone", () => {
    const out: ServerFrame[] = [{ type: "kick_user", room: ROOM, user: me, reason: "noise" }];
    const removed = run(start(), out);
    expect(learnRoom(removed, room).rooms.byId[ROOM]).toMatchObject({ my_role: null });
  });
});

describe("a file of a message", () => {
  const file = (state: Attachment["state"]): Attachment => ({
    ...{ id: "f".repeat(22), kind: "image", name: "leaf.png", mime: "image/png", size: 9, width: 3, height: 2 },
    ...{ duration_ms: null, waveform: null, placeholder: null, url: "/f/", thumb_url: null, state, problem: null },
  });
  const told = (attachment: Attachment, seq: number): ServerFrame => {
    return { type: "attachment_updated", room: ROOM, seq, message_id: 101, attachment };
  };
  const message = {
    ...say(1, { kind: "say", who: 2, which: 1 }, undefined),
    content: "",
    attachments: [file("scanning")],
  };
  const sent: ServerFrame = { type: "chat_message", room: ROOM, seq: 1, message };
  const filesIn = (state: AppState) =>
    state.messages.timelines.r7?.items.flatMap((item) => (item.kind === "message" ? item.attachments : []));

  it("is there once it was checked, in the room and in the thread that grows from it", () => {
    const open = { ...start(), followed: knowRoot(start().followed, message) };
    const state = run(open, [sent, told(file("ready"), 2)]);
    expect(filesIn(state)).toEqual([file("ready")]);
    expect(state.followed.roots[101]?.attachments).toEqual([file("ready")]);
  });

  it("stays away with a message that was deleted meanwhile", () => {
    const deleted: ServerFrame = {
      ...{ type: "message_deleted", room: ROOM, seq: 2 },
      message: { ...message, deleted: true, attachments: [] },
    };
    expect(filesIn(run(start(), [sent, deleted, told(file("ready"), 3)]))).toEqual([]);
  });
});
