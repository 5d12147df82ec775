// The three servers that are compared, and the data that Homeroom's is started on.
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Dialect, Target } from "./jobs.ts";
import type { Pins } from "./machine.ts";
import { runToEnd, type ServerProcess, startServer } from "./processes.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const MAIN = here("../packages/server/src/main.ts");
/** What `npm start` gives Node. All three get it: what is compared is what they do, and not how V8 is set. */
const V8_FLAGS = (
  JSON.parse(readFileSync(here("../package.json"), "utf8")) as { config: { v8: string } }
).config.v8.split(" ");
/** Where Node keeps what it compiled, as `npm start` has it. */
const COMPILED = { NODE_COMPILE_CACHE: here("../node_modules/.cache/homeroom-server") };
const CLI = here("../packages/server/src/cli.ts");
const PEERS = { "socket.io": here("peers/socket-io.ts"), ws: here("peers/ws.ts") };
const BLASTER = here("peers/blaster.ts");
const HOMEROOM_READY = /Homeroom is ready: http:\/\/[^:]+:(\d+)/;
const PEER_READY = /ready on port (\d+)/;
/** Tokens of the data live for a day. */
const FRESH_MS = 20 * 3600 * 1000;
/** Fewer messages than this are written in a second or two. */
const WORTH_KEEPING = 100_000;

export const SERVERS: readonly Dialect[] = ["homeroom", "socket.io", "ws"];
export const NAMES: Record<Dialect, string> = { homeroom: "Homeroom", "socket.io": "Socket.IO 4", ws: "plain ws" };

export interface Running extends ServerProcess {
  dialect: Dialect;
  target(): Target;
  /** Addresses of so many sockets in the room. */
  paths(count: number): string[];
}

export interface DataSet {
  users: number;
  messages: number;
}

/** Made in this run: whoever comes later in it finds what those before have written. */
const made = new Set<string>();

/** Where the data lies, made unless it is there: from this run, or large, only read, and fresh enough to be let in. */
export const provideData = async (root: string, { users, messages }: DataSet): Promise<string> => {
  const folder = join(root, `${users}-people-${messages}-messages`);
  const sockets = join(folder, "sockets");
  const isKept = messages >= WORTH_KEEPING && existsSync(sockets) && Date.now() - statSync(sockets).mtimeMs < FRESH_MS;
  if (made.has(folder) || (isKept && statSync(sockets).size > 0)) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const counts = ["--users", String(users), "--messages", String(messages)];
  await runToEnd([CLI, "load-data", ...counts, "--out", sockets], environment(folder));
  made.add(folder);
  return folder;
};

const environment = (folder: string) => ({
  DATA_DIR: folder,
  PORT: "0",
  LIMITS: "off",
  LOG_LEVEL: "warn",
  ...COMPILED,
});

export const startHomeroom = async (folder: string, pins: Pins | null, watch = false): Promise<Running> => {
  const server = await startServer([...V8_FLAGS, MAIN], HOMEROOM_READY, pins, { env: environment(folder), watch });
  const lines = readFileSync(join(folder, "sockets"), "utf8").split("\n").filter(Boolean);
  return running(server, "homeroom", (i) => lines[i % lines.length] ?? "");
};

export const startPeer = async (dialect: Exclude<Dialect, "homeroom">, pins: Pins | null): Promise<Running> => {
  const start = () => startServer([...V8_FLAGS, PEERS[dialect]], PEER_READY, pins, { env: COMPILED });
  // Once for nothing: otherwise it would hold Node's compiler of TypeScript as long as it runs, which ours does not.
  await (await start()).stop();
  return running(await start(), dialect, (i) =>
    dialect === "ws" ? `/?user=${i}` : `/socket.io/?EIO=4&transport=websocket&user=${i}`,
  );
};

/** Writes so many frames at a time to so many sockets, as fast as they are taken. */
export const startBlaster = async (frames: number, sockets: number, pins: Pins | null): Promise<Running> =>
  running(await startServer([BLASTER, String(frames), String(sockets)], PEER_READY, pins), "ws", () => "/");

const running = (server: ServerProcess, dialect: Dialect, path: (i: number) => string): Running => ({
  ...server,
  dialect,
  target: () => ({ dialect, port: server.port, pids: server.pids() }),
  paths: (count) => Array.from({ length: count }, (_, i) => path(i)),
});
