// A socket's heartbeat: pings go out, and who gave no sign of life for too long is let go. The clock is the test's own.
import { EventEmitter } from "node:events";
import { PassThrough } from "node:stream";
import type { UserCard } from "@homeroom/protocol";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ChatSocket } from "./chat-socket.ts";
import type { Directory, FrameHandlers, OpenLog } from "../kit/call.ts";
import { Hub } from "./hub.ts";
import { noThrottle } from "./limits.ts";
import { deliver, ROOM, turns } from "./peer.fixture.ts";
import { Presence } from "./presence.ts";
import { Sockets } from "./socket.ts";

const SECOND = 1_000;
const user: UserCard = { id: 1, username: "ada", display_name: "Ada", role: "student", avatar_url: null };

let now = 0;
let ended: string[] = [];
let logs: OpenLog[] = [];
let hub: Hub;
let sockets: Sockets;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "setTimeout", "clearInterval", "clearTimeout"] });
  now = 0;
  ended = [];
  logs = [];
  const quiet = () => undefined;
  const logger = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  hub = new Hub(() => Promise.resolve([]), logger);
  sockets = new Sockets({
    hub,
    presence: new Presence(hub, quiet),
    directory: { logsOf: () => Promise.resolve(logs) } as unknown as Directory,
    doorman: {
      visitor: () => Promise.resolve(null),
      identify: () => Promise.reject(new Error("not asked")),
      recognise: () => null,
      redeem: () => Promise.reject(new Error("not asked")),
      ended: (ids) => Promise.resolve(ids.filter((id) => ended.includes(id))),
    },
    handlers: {} as FrameHandlers,
    limiter: noThrottle,
    logger,
    now: () => now,
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Turns the clock on, and gives what was waiting for it its turn. */
const pass = async (ms: number) => {
  now += ms;
  await vi.advanceTimersByTimeAsync(ms);
};

const open = async (session = "s", wire = new PassThrough()) => {
  const peer = { code: null as number | null, pings: 0 };
  const ws = Object.assign(new EventEmitter(), {
    pause: () => undefined,
    resume: () => undefined,
    terminate: () => undefined,
    ping: () => void peer.pings++,
    close: (code: number) => void (peer.code = code),
  });
  const caller = { user, session };
  await sockets.admit({
    ws: ws as unknown as ChatSocket,
    socket: wire,
    caller,
    log: null,
  });
  return { peer, ws };
};

test("who answers no ping for 45 seconds is let go, and who does stays", async () => {
  const [silent, alive] = [await open(), await open()];
  const wait = async (seconds: number) => {
    for (let s = 0; s < seconds; s += 5) {
      await pass(5 * SECOND);
      alive.ws.emit("pong");
    }
  };
  await wait(45);
  expect(silent.peer.code).toBeNull();
  await wait(15);
  expect(silent.peer.code).toBe(4409);
  expect(alive.peer.code).toBeNull();
  expect(alive.peer.pings).toBe(2);
});

test("a frame or a ping of its own is a sign of life as well", async () => {
  const { peer, ws } = await open();
  await pass(40 * SECOND);
  ws.emit("message", Buffer.from('{"type":"ping"}'), false);
  await pass(40 * SECOND);
  ws.emit("ping");
  await pass(40 * SECOND);
  expect(peer.code).toBeNull();
  await pass(10 * SECOND);
  expect(peer.code).toBe(4409);
});

test("a session that ended elsewhere closes its sockets within a minute, and no others", async () => {
  const [over, other] = [await open("one"), await open("two")];
  ended = ["one"];
  for (let s = 0; s < 60; s += 5) {
    await pass(5 * SECOND);
    for (const { ws } of [over, other]) ws.emit("pong");
  }
  expect(over.peer.code).toBe(4401);
  expect(other.peer.code).toBeNull();
});

test("many sockets are pinged some in each turn of the event loop, and all in the end", async () => {
  const all: Awaited<ReturnType<typeof open>>[] = [];
  for (let i = 0; i < 450; i++) all.push(await open());
  now += 25 * SECOND;
  vi.advanceTimersByTime(25 * SECOND);
  const pinged = () => all.filter(({ peer }) => peer.pings === 1).length;
  expect(pinged()).toBe(200);
  await turns(1);
  expect(pinged()).toBe(400);
  await turns(1);
  expect(pinged()).toBe(450);
});

test("a stop writes what was committed to everybody before it closes, also to those whose turn had not come", async () => {
  // A clock that runs fast: one turn serves few.
  let clock = 0;
  vi.spyOn(performance, "now").mockImplementation(() => (clock += 10));
  logs = [{ ...ROOM, epoch: "e", head: 0, read: 0 }];
  const all = [];
  for (let i = 0; i < 60; i++) {
    const wire = new PassThrough();
    all.push({ wire, ...(await open("s", wire)) });
  }
  await turns(10);
  for (const { wire } of all) wire.read();
  hub.publish([deliver(1), deliver(2)]);
  await sockets.drain(0);
  for (const { wire, peer } of all) {
    expect(String(wire.read()).match(/"seq":\d/g)).toEqual(['"seq":1', '"seq":2']);
    expect(peer.code).toBe(1012);
  }
});

test("who comes through the door when the others have been sent away is sent away as well", async () => {
  await sockets.drain(0);
  const { peer } = await open();
  expect(peer.code).toBe(1012);
  expect(hub.connections.size).toBe(0);
});
