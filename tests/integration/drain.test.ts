// SIGTERM while people write: what was answered is stored, what was not is sent again and found once; everybody is
// told to come back, and the server ends by itself, whatever its clients do.
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { chanceOf } from "../kit/chance.ts";
import { accountsIn, type Address, faults, roomFor, Sender } from "../kit/crowd.ts";
import { caller } from "../kit/school.ts";
import { type RunningServer, startServer } from "../kit/server.ts";
import { socketUrl, TestSocket } from "../kit/socket.ts";

const PEOPLE = 12;

let dataDir: string;
let server: RunningServer;
const start = () => startServer({ dataDir, env: { LIMITS: "off", LOG_LEVEL: "error" } });

beforeEach(() => void (dataDir = mkdtempSync(join(tmpdir(), "homeroom-drain-"))));
afterEach(async () => {
  await server.dispose();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Sends SIGTERM and waits for the end; how long that took. */
const drained = async (): Promise<{ code: number | null; ms: number }> => {
  const began = performance.now();
  const code = await server.end("SIGTERM");
  return { code, ms: performance.now() - began };
};

test("nothing is lost in restarts while people write, and all are told when to come back", async () => {
  const chance = chanceOf();
  const tokens = await accountsIn(dataDir, PEOPLE);
  server = await start();
  const room = await roomFor(server.url, tokens);
  const address: Address = { url: Promise.resolve(server.url) };
  const crowd = tokens.map((token) => new Sender(token, room, address, chance));
  const lives = crowd.map((sender) => sender.live());
  for (let restart = 1; restart <= 3; restart++) {
    await pause(chance.between(400, 1_200));
    const next = drained().then(async ({ code, ms }) => {
      expect(code).toBe(0);
      expect(ms).toBeLessThan(15_000);
      return start();
    });
    address.url = next.then(({ url }) => url);
    server = await next;
  }
  for (const sender of crowd) sender.hush();
  await Promise.all(lives);
  await Promise.all(crowd.map((sender) => sender.catchUp()));
  const told = crowd.flatMap((sender) => sender.closes).filter(({ code }) => code === 1012);
  expect(told.length).toBeGreaterThan(PEOPLE);
  for (const { reason } of told) expect(reason).toMatch(/^reconnect_ms=\d+$/);
  // Whoever was not told found the door closed already; nobody's line just broke.
  const others = crowd
    .flatMap((sender) => sender.closes)
    .filter(({ code }) => ![1000, 1005, 1006, 1012].includes(code));
  expect(others).toEqual([]);
  await drained();
  expect(faults(dataDir, room, crowd), `seed ${chance.seed}`).toEqual([]);
});

/** The status of a request that races with the end: its connection may come after the door was shut. */
const readyAnswer = (token: string): Promise<number | "no connection"> =>
  caller(server.url, token)("GET", "/readyz").then(
    ({ status }) => status,
    () => "no connection" as const,
  );

/** A handshake by hand, after which nothing more is read or answered: a machine that fell asleep. */
const sleeper = async (url: string, path: string): Promise<Socket> => {
  const line = connect(Number(new URL(url).port), "127.0.0.1");
  await once(line, "connect");
  line.on("error", () => undefined);
  const key = "dGhlIHNhbXBsZSBub25jZQ==";
  const upgrade = `Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}`;
  line.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n${upgrade}\r\n\r\n`);
  await once(line, "data");
  line.pause();
  return line;
};

test("it ends in time although one client sleeps, one does not read, and one never finished its request", async () => {
  const tokens = await accountsIn(dataDir, 3);
  server = await start();
  const room = await roomFor(server.url, tokens);
  const [token = "", slowToken = "", sleepy = ""] = tokens;
  const socket = new TestSocket(socketUrl(server.url, null, { token }));
  const slow = new TestSocket(socketUrl(server.url, null, { token: slowToken }));
  await Promise.all([socket.next("hello"), slow.next("hello")]);
  slow.pause();
  const asleep = await sleeper(server.url, `/ws/chat/rooms/${room.id}/?token=${sleepy}`);
  const unfinished = connect(Number(new URL(server.url).port), "127.0.0.1");
  unfinished.on("error", () => undefined);
  unfinished.write("POST /api/auth/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Le");
  const said = Array.from({ length: 30 }, (_, i) => socket.chat(`word ${i}`, { room: room.id }));
  const rest = readyAnswer(token);
  const end = drained();
  const acks = await Promise.allSettled(said);
  expect(await socket.closed).toMatchObject({ code: 1012 });
  expect([200, 503, "no connection"]).toContain(await rest);
  const { code, ms } = await end;
  expect(code).toBe(0);
  expect(ms).toBeLessThan(15_000);
  for (const line of [asleep, unfinished]) line.destroy();

  server = await start();
  const again = new TestSocket(socketUrl(server.url, null, { token }));
  await again.next("hello");
  await again.resume({ room: room.id }, room.epoch, 0);
  const stored = new Set(again.of("chat_message").map((frame) => frame.seq));
  const answered = acks.flatMap((ack) => (ack.status === "fulfilled" ? [ack.value.seq] : []));
  for (const seq of answered) expect(stored).toContain(seq);
});

test("a server that stops takes no new sockets and no new requests", async () => {
  const [token = ""] = await accountsIn(dataDir, 1);
  server = await start();
  const socket = new TestSocket(socketUrl(server.url, null, { token }));
  await socket.next("hello");
  const end = drained();
  await socket.closed;
  const late = new TestSocket(socketUrl(server.url, null, { token }));
  expect((await late.closed).code).toBe(1006);
  expect([503, "no connection"]).toContain(await readyAnswer(token));
  expect((await end).code).toBe(0);
});
