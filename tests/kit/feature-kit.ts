// What a feature is built with, for tests: a real database of either kind, a clock that a test turns, effects kept.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "../../packages/server/src/config.ts";
import type { HttpDoor, OpenCall } from "../../packages/server/src/kit/call.ts";
import type { Kit } from "../../packages/server/src/kit/kit.ts";
import type { Dialect, Effect } from "../../packages/server/src/kit/ports.ts";
import { freshDatabases } from "./databases.ts";
import { kitOver } from "./kit.ts";

export interface OpenKit {
  kit: Kit;
  /** What was announced, in order. */
  effects: Effect[];
  /** Turns the clock on by so many milliseconds. */
  pass(ms: number): void;
  dispose(): Promise<void>;
}

export const SECRET = "a secret of the tests, long enough";
const START = Date.UTC(2026, 8, 1, 8);

/** With the tables of today and nothing in them. PostgreSQL only where the run started one. */
export const openKit = async (dialect: Dialect, env: Record<string, string> = {}): Promise<OpenKit> => {
  const folder = mkdtempSync(join(tmpdir(), "homeroom-kit-"));
  const { db, drop } = await freshDatabases[dialect]();
  const effects: Effect[] = [];
  let now = START;
  return {
    effects,
    pass: (ms) => void (now += ms),
    kit: kitOver(
      db,
      readConfig({ DATA_DIR: folder, JWT_SECRET: SECRET, REGISTRATION: "open", ...env }),
      effects,
      () => now,
    ),
    dispose: async () => {
      await drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

export interface TestBrowser extends OpenCall {
  /** What it sends and keeps. */
  cookies: Map<string, string>;
  headers: Map<string, string>;
}

/** One visitor with cookies of their own. */
export const testBrowser = (door: Partial<HttpDoor> = {}): TestBrowser => {
  const cookies = new Map<string, string>();
  const headers = new Map<string, string>();
  const http: HttpDoor = {
    address: "127.0.0.1",
    isLoopback: true,
    isSecure: false,
    userAgent: "test",
    origin: "http://127.0.0.1:8000",
    originAllowed: true,
    header: (name) => headers.get(name.toLowerCase()),
    cookie: (name) => cookies.get(name),
    setCookie: (name, value) => void (value ? cookies.set(name, value) : cookies.delete(name)),
    ...door,
  };
  return { caller: null, http, cookies, headers };
};
