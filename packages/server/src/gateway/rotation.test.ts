// The rotation: some of those who wait in each turn of the event loop, everybody in the end, and nothing out of order.
import { Duplex } from "node:stream";
import type { DurableFrame } from "@homeroom/protocol";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type LogRef, logRef } from "../kit/ports.ts";
import { Hub } from "./hub.ts";
import { card, deliver, type Peer, peerOf, ROOM, turns } from "./peer.fixture.ts";

/** As many as the rotation serves between two looks at the clock: with a clock that runs fast, in one turn. */
const SLICE = 16;
const CROWD = 40;

let hub: Hub;
let clock: number;
let next: number;
const quiet = () => undefined;

beforeEach(() => {
  clock = 0;
  next = 1;
  vi.spyOn(performance, "now").mockImplementation(() => (clock += 10));
  hub = new Hub(() => Promise.reject(new Error("not asked")), { debug: quiet, info: quiet, warn: quiet, error: quiet });
});
afterEach(() => void vi.restoreAllMocks());

const join = (peer: Peer, log: LogRef = ROOM, head = next - 1): Peer => {
  hub.add(peer.connection);
  hub.follow(peer.connection, { ...log, epoch: "e", head, read: 0 });
  return peer;
};
const crowd = (count = CROWD, log: LogRef = ROOM) =>
  Array.from({ length: count }, (_, i) => join(peerOf(i + 1, { kind: "user" }), log, 0));
const announce = (count = 1) => {
  for (let i = 0; i < count; i++) hub.publish([deliver(next++)]);
};
const upTo = (n: number, from = 1) => Array.from({ length: n - from + 1 }, (_, i) => from + i);
const kinds = (peer: Peer) => peer.frames().map((f) => ("seq" in f ? f.seq : f.type));

test("serves a part of a full room in each turn, and what comes meanwhile travels with what waits", async () => {
  const peers = crowd();
  announce();
  await turns(1);
  expect(peers.filter((peer) => peer.writes() > 0)).toHaveLength(SLICE);
  announce();
  await turns(4);
  for (const peer of peers) expect(peer.seqs()).toEqual([1, 2]);
  // Whose turn had not come got both at once.
  expect(peers.filter((peer) => peer.writes() === 1)).toHaveLength(CROWD - SLICE);
});

test("everybody has their turn also where there is always something new, in this room and in another one", async () => {
  const other = logRef("room", 2);
  const [peers, others] = [crowd(100), crowd(20, other)];
  announce();
  hub.publish([deliver(1, other)]);
  for (let turn = 0; turn < 39; turn++) {
    announce();
    await turns(1);
  }
  for (const peer of [...peers]) expect(peer.seqs().at(-1)).toBeGreaterThan(20);
  for (const peer of others) expect(peer.seqs()).toEqual([1]);
  await turns(10);
  for (const peer of peers) expect(peer.seqs()).toEqual(upTo(40));
});

test("whoever is answered has the answer, and what was there for them, before all others", async () => {
  const peers = crowd();
  const [last] = peers.slice(-1) as [Peer];
  announce();
  for (const { connection } of peers.slice(0, -1)) hub.send(connection, { type: "pong" });
  hub.answer(last.connection, { type: "pong" });
  await turns(1);
  expect(kinds(last)).toEqual(["pong", 1]);
  expect(peers.filter((peer) => peer.writes() > 0)).toHaveLength(SLICE + 1);
  expect(peers.slice(SLICE, -1).filter((peer) => peer.writes() > 0)).toEqual([]);
});

test("what somebody is told comes after what happened before it, and before what happens then", async () => {
  const peers = crowd();
  announce();
  for (const { connection } of peers) hub.send(connection, { type: "pong" });
  announce();
  await turns(8);
  for (const peer of peers) expect(kinds(peer)).toEqual([1, "pong", 2]);
});

test("a kick in the middle of a round: the kicked get what came before and nothing after, others miss nothing", async () => {
  const peers = crowd();
  announce(2);
  await turns(1);
  const [served, waiting] = [peers[0], peers.at(-1)] as [Peer, Peer];
  expect([served.writes(), waiting.writes()]).toEqual([1, 0]);
  announce();
  const kicked = [served, waiting].map((peer) => peer.connection.caller.user);
  for (const user of kicked) {
    const left: DurableFrame = { type: "user_left", room: 1, seq: next, user, kicked: true };
    const farewell = { type: "kick_user", room: 1, user } as const;
    hub.publish([
      { do: "deliver", log: ROOM, seq: next, frame: left },
      { do: "leave", log: ROOM, seq: next++, userId: user.id, farewell },
    ]);
  }
  announce();
  await turns(8);
  for (const peer of [served, waiting])
    expect(kinds(peer)).toEqual([1, 2, 3, ...upTo(peer === served ? 3 : 4, 4), "kick_user"]);
  for (const peer of peers.slice(1, -1)) expect(kinds(peer)).toEqual(upTo(6));
});

test("those who leave one after the other take nobody with them", async () => {
  const peers = crowd();
  announce();
  await turns(1);
  // Whoever left a place in the ring had it filled by the last one, who then leaves as well.
  for (const i of [20, 39, 3, 38, 37]) hub.remove((peers[i] as Peer).connection);
  expect(hub.channel(ROOM.id)?.subscriptions.map(({ place }) => place)).toEqual(upTo(CROWD - 6, 0));
  announce();
  await turns(8);
  for (const peer of peers.filter(({ connection }) => hub.connections.has(connection)))
    expect(peer.seqs()).toEqual([1, 2]);
});

test("a line that takes nothing is closed once too much waits for it, and everybody else has all of it", async () => {
  const stuck = new Duplex({ read: quiet, write: quiet });
  const slow = join(peerOf(99, { kind: "user" }, stuck));
  const peers = crowd();
  const long = "x".repeat(60_000);
  for (let i = 0; i < 40; i++) {
    const user = { ...card(1), display_name: long };
    hub.publish([{ do: "deliver", log: ROOM, seq: next, frame: { type: "user_joined", room: 1, seq: next++, user } }]);
    if (i % 5 === 0) await turns(1);
  }
  expect(slow.code).toBeNull();
  await turns(60);
  expect(slow.code).toBe(4408);
  // Not everything that was there was written to it first.
  expect(stuck.writableLength).toBeLessThan(1.5 * 1024 * 1024);
  for (const peer of peers) {
    expect(peer.code).toBeNull();
    expect(peer.seqs()).toEqual(upTo(40));
  }
});

test("whatever happens in whatever order, each socket gets a log's events once, in order and without a hole", async () => {
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.constant("announce" as const) },
    { weight: 4, arbitrary: fc.constant("turn" as const) },
    fc.record({ do: fc.constantFrom("come", "go", "tell", "answer"), who: fc.nat(60) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 80 }), async (steps) => {
      hub = new Hub(() => Promise.reject(new Error("not asked")), {
        debug: quiet,
        info: quiet,
        warn: quiet,
        error: quiet,
      });
      next = 1;
      const peers = crowd().map((peer) => ({ peer, from: 1, gone: false }));
      for (const one of steps) {
        if (one === "announce") announce();
        else if (one === "turn") await turns(1);
        else if (one.do === "come")
          peers.push({ peer: join(peerOf(one.who, { kind: "user" })), from: next, gone: false });
        else {
          const who = peers[one.who % peers.length];
          if (!who || who.gone) continue;
          if (one.do === "go") hub.remove(who.peer.connection);
          else if (one.do === "tell") hub.send(who.peer.connection, { type: "pong" });
          else hub.answer(who.peer.connection, { type: "pong" });
          who.gone = one.do === "go";
        }
      }
      await turns(40);
      for (const { peer, from, gone } of peers) {
        const all = upTo(next - 1, from);
        expect(peer.seqs()).toEqual(gone ? all.slice(0, peer.seqs().length) : all);
      }
    }),
    { numRuns: 60 },
  );
});
