// The hub alone, with a database that is a list: whatever order events are announced in, each socket gets each of them
// once and in order, from where it began to where it was taken off.
import type { DurableFrame } from "@homeroom/protocol";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import type { OpenLog } from "../kit/call.ts";
import type { Effect } from "../kit/ports.ts";
import type { Scope } from "./connection.ts";
import { Hub } from "./hub.ts";
import { card, deliver, event, type Peer, peerOf, ROOM, turns } from "./peer.fixture.ts";

/** Everything that was put off to a later turn has been done. */
const settle = () => turns(20);

let stored: number;
let reads: number;
let problems: string[];
let hub: Hub;
const logged = (_facts: object, what: string) => void problems.push(what);

beforeEach(() => {
  stored = 0;
  reads = 0;
  problems = [];
  const replay = async (_log: object, after: number, limit: number) => {
    reads++;
    const last = stored;
    await new Promise((resolve) => setImmediate(resolve));
    return Array.from({ length: Math.min(limit, Math.max(0, last - after)) }, (_, i) => after + i + 1).map((seq) => ({
      seq,
      frame: event(seq),
    }));
  };
  hub = new Hub(replay, { debug: logged, info: logged, warn: logged, error: logged });
});

const openLog = (head: number): OpenLog => ({ ...ROOM, epoch: "e", head, read: 0 });
const follower = (head: number, userId = 1, scope: Scope = { kind: "user" }): Peer => {
  const peer = peerOf(userId, scope);
  hub.add(peer.connection);
  expect(hub.follow(peer.connection, openLog(head))).toBe(head);
  return peer;
};
/** Committed, and then announced in this order. */
const announce = (...seqs: number[]) => {
  stored = Math.max(stored, ...seqs);
  for (const seq of seqs) hub.publish([deliver(seq)]);
};
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

describe("events", () => {
  test("that are announced in order are handed on without asking the database", async () => {
    const peer = follower(0);
    announce(1, 2, 3);
    await settle();
    expect(peer.seqs()).toEqual([1, 2, 3]);
    expect(reads).toBe(0);
  });

  test("that are announced in any order, doubled or not at all but for the last, arrive in order and once", async () => {
    const announcements = fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(announcements, fc.array(fc.nat(29), { maxLength: 5 }), async (seqs, pauses) => {
        hub = new Hub(
          async (_log, after, limit) => {
            const last = stored;
            await new Promise((resolve) => setImmediate(resolve));
            const there = Array.from({ length: Math.max(0, last - after) }, (_, i) => after + i + 1);
            return there.slice(0, limit).map((seq) => ({ seq, frame: event(seq) }));
          },
          { debug: logged, info: logged, warn: logged, error: logged },
        );
        stored = 12;
        const [early, late] = [follower(0, 1), follower(5, 2)];
        for (const [i, seq] of seqs.entries()) {
          announce(seq);
          if (pauses.includes(i)) await settle();
        }
        announce(12);
        await settle();
        expect(early.seqs()).toEqual(upTo(12));
        expect(late.seqs()).toEqual(upTo(12).slice(5));
      }),
      { numRuns: 60 },
    );
  });

  test("of one turn travel as one write", async () => {
    const peer = follower(0);
    announce(...upTo(50));
    await settle();
    expect(peer.seqs()).toEqual(upTo(50));
    expect(peer.writes()).toBe(1);
  });

  test("that cannot be read from the database close the followers, so that they come back and resume", async () => {
    hub = new Hub(() => Promise.reject(new Error("away")), {
      debug: logged,
      info: logged,
      warn: logged,
      error: logged,
    });
    const peer = follower(0);
    announce(2);
    await settle();
    expect(peer.code).toBe(1013);
    expect(problems).toEqual(["could not catch up with a log"]);
  });
});

test("a frame that is sent to many is encoded once", async () => {
  let made = 0;
  const text = { type: "presence", user: card(9), state: "online" } as const;
  const frame = { ...text, toJSON: () => (made++, text) };
  const [one, other] = [follower(0, 1), follower(0, 2)];
  for (const { connection } of [one, other, one]) hub.send(connection, frame);
  await settle();
  expect([one.frames(), other.frames(), made]).toEqual([[text, text], [text], 1]);
});

describe("whoever begins to follow", () => {
  test("where the log has moved since it was read begins where it is now, however fast it moves", async () => {
    follower(0);
    announce(1);
    const late = peerOf(2, { kind: "user" });
    expect(hub.follow(late.connection, openLog(0))).toBe(1);
    announce(2);
    await settle();
    expect(late.seqs()).toEqual([2]);
  });

  test("as it was read before somebody else read it is asked again: who was removed in between must not follow", () => {
    const victim = peerOf(7, { kind: "user" });
    hub.add(victim.connection);
    // Read as a member's, at 4; then came the kick, and a reader who saw it, before anything was announced.
    follower(5, 8);
    expect(hub.follow(victim.connection, openLog(4))).toBeNull();
    expect(victim.connection.subscriptions.size).toBe(0);
    expect(hub.follow(victim.connection, openLog(5))).toBe(5);
  });

  test("misses nothing that was announced while nobody followed", async () => {
    const first = follower(0);
    hub.remove(first.connection);
    announce(1);
    const peer = peerOf(2, { kind: "user" });
    expect(hub.follow(peer.connection, openLog(0))).toBeNull();
    expect(hub.follow(peer.connection, openLog(1))).toBe(1);
  });

  test("ahead of what was announced gets nothing twice", async () => {
    const early = follower(0);
    const late = follower(3, 2);
    announce(1, 2, 3, 4);
    await settle();
    expect(early.seqs()).toEqual([1, 2, 3, 4]);
    expect(late.seqs()).toEqual([4]);
  });

  test("by becoming a member starts after that event, also when later ones were announced before", async () => {
    const enter: Effect = { do: "enter", log: ROOM, epoch: "e", seq: 3, userId: 7 };
    const peer = peerOf(7, { kind: "user" });
    hub.add(peer.connection);
    announce(5, 4);
    hub.publish([enter]);
    await settle();
    expect(peer.seqs()).toEqual([4, 5]);
  });

  test("while its hello is being made is asked to look again, and not joined to anything", () => {
    const peer = peerOf(7, { kind: "user" });
    peer.connection.opening = true;
    hub.add(peer.connection);
    hub.publish([{ do: "enter", log: ROOM, epoch: "e", seq: 3, userId: 7 }]);
    expect(peer.connection.stale).toBe(true);
    expect(peer.connection.subscriptions.size).toBe(0);
  });
});

describe("whoever is taken off", () => {
  const leave = (seq: number, userId: number): Effect => ({
    do: "leave",
    log: ROOM,
    seq,
    userId,
    farewell: { type: "kick_user", room: 1, user: card(userId) },
  });

  test("gets what came before, the farewell, and nothing after", async () => {
    const [victim, witness] = [follower(0, 7), follower(0, 8)];
    stored = 4;
    hub.publish([deliver(1), deliver(2), leave(3, 7), deliver(3), deliver(4)]);
    await settle();
    expect(victim.frames().map((f) => ("seq" in f ? f.seq : f.type))).toEqual([1, 2, "kick_user"]);
    expect(witness.seqs()).toEqual([1, 2, 3, 4]);
    expect([victim.code, witness.code]).toEqual([null, null]);
  });

  test("is cut off by the event itself, should nothing else say so", async () => {
    const [victim, witness] = [follower(0, 7), follower(0, 8)];
    stored = 3;
    const left: DurableFrame = { type: "user_left", room: 1, seq: 2, user: card(7), kicked: true };
    hub.publish([deliver(1), { do: "deliver", log: ROOM, seq: 2, frame: left }, deliver(3)]);
    await settle();
    expect(victim.frames().map((f) => ("seq" in f ? f.seq : f.type))).toEqual([1]);
    expect(witness.frames().map((f) => ("seq" in f ? f.seq : f.type))).toEqual([1, 2, 3]);
  });

  test("while its hello is being made is asked to look again by the event itself, too", () => {
    follower(0, 8);
    const peer = peerOf(7, { kind: "user" });
    peer.connection.opening = true;
    hub.add(peer.connection);
    const left: DurableFrame = { type: "user_left", room: 1, seq: 1, user: card(7), kicked: true };
    hub.publish([{ do: "deliver", log: ROOM, seq: 1, frame: left }]);
    expect(peer.connection.stale).toBe(true);
  });

  test("loses the sockets of that log, and keeps those for everything", () => {
    const there = follower(0, 7, { kind: "log", log: ROOM });
    const everything = follower(0, 7);
    hub.publish([leave(1, 7)]);
    expect([there.code, everything.code]).toEqual([4403, null]);
    expect(everything.connection.subscriptions.size).toBe(0);
  });

  test("and came back meanwhile, is not taken off by the old news", async () => {
    const peer = follower(5, 7);
    hub.publish([leave(3, 7)]);
    announce(6);
    await settle();
    expect(peer.seqs()).toEqual([6]);
  });

  test("and let in again follows from there on", async () => {
    const peer = follower(0, 7);
    follower(0, 8);
    stored = 5;
    hub.publish([deliver(1), leave(2, 7), deliver(2), deliver(3)]);
    hub.publish([deliver(4), { do: "enter", log: ROOM, epoch: "e", seq: 4, userId: 7 }, deliver(5)]);
    await settle();
    expect(peer.seqs()).toEqual([1, 5]);
  });
});
