// The socket door: lines that break, before and after they were let in.
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { Config } from "../config.ts";
import type { Doorman } from "../kit/call.ts";
import { card } from "./peer.fixture.ts";
import { type Newcomer, serveUpgrades } from "./upgrade.ts";

let server: Server;
let here: Newcomer[];

beforeEach(async () => {
  here = [];
  const quiet = () => undefined;
  server = createServer();
  serveUpgrades(server, {
    config: { limits: true, trustProxy: false } as unknown as Config,
    doorman: { identify: () => Promise.resolve({ user: card(1), session: "s" }) } as unknown as Doorman,
    logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    isDraining: () => false,
    socketsOf: () => here.length,
    admit(newcomer) {
      here.push(newcomer);
      newcomer.ws.on("close", () => here.splice(here.indexOf(newcomer), 1));
      newcomer.ws.resume();
      return Promise.resolve();
    },
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(() => {
  server.close();
});

const address = () => `127.0.0.1:${(server.address() as AddressInfo).port}`;
const open = async (): Promise<WebSocket> => {
  const ws = new WebSocket(`ws://${address()}/ws/chat/?token=t`);
  ws.on("error", () => undefined);
  await once(ws, "open");
  return ws;
};

test("a line that breaks is not taken down at that instant, and then its socket closes once", async () => {
  const client = await open();
  const [{ ws, socket } = {}] = here;
  let closes = 0;
  ws?.on("close", () => closes++);
  socket?.destroy(new Error("as Node says it"));
  socket?.destroy();
  expect([socket?.isBroken, socket?.destroyed, here.length]).toEqual([true, false, 1]);
  await once(client, "close");
  expect([socket?.destroyed, here.length, closes]).toEqual([true, 0, 1]);
});

test("who comes back when all of theirs have just broken is let in: those stand before them in the queue", async () => {
  for (let i = 0; i < 10; i++) await open();
  const before = [...here];
  // In the turn in which the new one asks, and after everything else that happens in it.
  server.prependOnceListener("upgrade", () => {
    for (const { socket } of before) socket.destroy();
    expect(here.length).toBe(10);
  });
  const back = await open();
  while (here.length !== 1) await new Promise((resolve) => setTimeout(resolve, 2));
  expect(before).not.toContain(here[0]);
  back.terminate();
});

test("a line that breaks while it waits for its turn is not let in", async () => {
  server.on("upgrade", (_, socket) => socket.destroy());
  const ws = new WebSocket(`ws://${address()}/ws/chat/?token=t`);
  const [error] = (await once(ws, "error")) as [Error];
  expect(error.message).toMatch(/hang up|ECONNRESET/);
  expect(here).toEqual([]);
});
