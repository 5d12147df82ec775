// What a stranger or a broken machine can do to the whole process, and what it must live through.
import { connect } from "node:net";
import pg from "pg";
import { afterEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../kit/postgres.ts";
import { canMount, smallDisk } from "../kit/small-disk.ts";
import { type RunningServer, startServer } from "../kit/server.ts";

const undo: Array<() => unknown> = [];
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});

const start = async (options?: Parameters<typeof startServer>[0]): Promise<RunningServer> => {
  const server = await startServer(options);
  undo.push(() => server.dispose());
  return server;
};

/** Writes what it is given and never hangs up by itself. */
const stubborn = (url: string, request: string): { ended: Promise<string> } => {
  const { port } = new URL(url);
  const socket = connect({ port: Number(port), host: "127.0.0.1", allowHalfOpen: true });
  undo.push(() => socket.destroy());
  let said = "";
  socket.on("data", (bytes: Buffer) => void (said += bytes.toString()));
  const ended = new Promise<string>((resolve) => {
    socket.once("end", () => resolve(said));
    socket.once("error", () => resolve(said));
  });
  socket.write(request);
  return { ended };
};

const upgrade = (path: string) =>
  `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`;

const isAlive = async ({ url }: RunningServer) => (await fetch(`${url}/healthz`)).status === 200;

describe("a stranger's packets", () => {
  it("cannot end the process with an address that is none", async () => {
    const server = await start();
    for (const path of ["//", "/%", "http://", "*", "/ws/chat/%ff/"]) {
      const { ended } = stubborn(server.url, upgrade(path));
      expect(await ended).toMatch(/^HTTP\/1.1 4\d\d /);
    }
    expect(await isAlive(server)).toBe(true);
  });

  it("cannot hold a refused line open, nor hold up the end of the server", async () => {
    const server = await start();
    const lines = Array.from({ length: 20 }, () => stubborn(server.url, upgrade("/nope")));
    for (const { ended } of lines) expect(await ended).toMatch(/^HTTP\/1.1 404 /);
    // One that was let through the door and closed with 4401, but never answers the close.
    stubborn(server.url, upgrade("/ws/chat/?token=none"));
    expect(await server.end("SIGTERM")).toBe(0);
  });

  it("leave a request alone that merely names another protocol to change to", async () => {
    const server = await start();
    const { ended } = stubborn(
      server.url,
      "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n",
    );
    expect(await ended).toMatch(/^HTTP\/1.1 200 /);
  });

  it("are counted when they bring made-up tokens", async () => {
    const server = await start();
    const knock = async (i: number) =>
      (await fetch(`${server.url}/api/auth/me/`, { headers: { Authorization: `Bearer made.up.${i}` } })).status;
    expect(await knock(0)).toBe(401);
    // The budget grows again meanwhile, so that a few more than it holds pass, and not the last one need be refused.
    const statuses: number[] = [];
    for (let round = 0; round < 30 && !statuses.includes(429); round++) {
      statuses.push(...(await Promise.all(Array.from({ length: 40 }, (_, i) => knock(round * 40 + i)))));
    }
    expect(statuses).toContain(429);
    expect(statuses.filter((status) => status === 401).length).toBeGreaterThanOrEqual(250);
  });
});

describe("a database that breaks", () => {
  it("PostgreSQL that drops every connection under load ends nothing, and is found again", async () => {
    const database = await freshDatabase();
    undo.push(() => database.drop());
    const server = await start({ env: { DATABASE_URL: database.url, JWT_SECRET: "x".repeat(40) } });
    const body = { username: "ana", password: "a long password", display_name: "Ana" };
    const register = await fetch(`${server.url}/api/auth/register/`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    const { access } = (await register.json()) as { access: string };
    const ask = async () =>
      (await fetch(`${server.url}/api/chat/rooms/`, { headers: { Authorization: `Bearer ${access}` } })).status;
    const admin = new pg.Client({ connectionString: database.url });
    await admin.connect();
    undo.push(() => admin.end());
    const statuses = new Set<number>();
    for (let round = 0; round < 10; round++) {
      const asked = Promise.all(Array.from({ length: 10 }, ask));
      await admin.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()",
      );
      for (const status of await asked) statuses.add(status);
    }
    for (const status of statuses) expect([200, 503]).toContain(status);
    await expect.poll(ask, { timeout: 5_000 }).toBe(200);
  });

  it.runIf(canMount())("a disk that is full answers 507, loses nothing, and goes on when there is room", async () => {
    const disk = smallDisk(6);
    undo.push(() => disk.dispose());
    const server = await start({ dataDir: disk.folder, env: { LIMITS: "off" } });
    const post = async (path: string, body: object, token = "") => {
      const response = await fetch(`${server.url}${path}`, {
        method: "POST",
        headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      });
      return {
        status: response.status,
        body: (await response.json()) as { access: string; id: number; seq: number },
      };
    };
    const setup = { school_name: "S", username: "ana", password: "a long password", display_name: "Ana" };
    const { access } = (await post("/api/setup/", setup)).body;
    const { id } = (await post("/api/chat/rooms/", { name: "Attic" }, access)).body;
    const path = `/api/chat/rooms/${id}/messages/`;
    const send = () => post(path, { content: "x".repeat(9_000) }, access);
    const stored = new Set<number>();
    const refused = new Set<number>();
    while (refused.size === 0) {
      const answers = await Promise.all(Array.from({ length: 20 }, send));
      for (const { status, body } of answers) {
        if (status === 201) stored.add(body.seq);
        else refused.add(status);
      }
    }
    expect([...refused]).toEqual([507]);
    const read = await fetch(`${server.url}${path}?limit=5`, { headers: { Authorization: `Bearer ${access}` } });
    expect(read.status).toBe(200);
    disk.grow(40);
    const again = await send();
    expect(again.status).toBe(201);
    // Dense: the room's first event is its maker's coming, then come the messages that were acknowledged, and no others.
    expect([...stored].toSorted((a, b) => a - b)).toEqual(Array.from({ length: stored.size }, (_, i) => i + 2));
    expect(again.body.seq).toBe(stored.size + 2);
  });
});
