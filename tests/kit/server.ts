// Starts the whole server as a process of its own, as `npm start` does, on a free port and in an empty folder.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../packages/server/src/main.ts", import.meta.url));
/** Where `npm start` lets Node keep what it compiled: a server of the tests starts in half the time with it, too. */
export const COMPILE_CACHE = fileURLToPath(new URL("../../node_modules/.cache/homeroom-server", import.meta.url));

export interface RunningServer {
  /** Its address, without a slash at the end. */
  url: string;
  dataDir: string;
  process: ChildProcess;
  /** Everything that it has written so far, a line each. */
  output: readonly string[];
  /** Ends it (SIGTERM unless told otherwise) and resolves with its exit code, or null when the signal killed it. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
  /** Ends it if it still runs, and removes its folder unless `dataDir` was given. */
  dispose(): Promise<void>;
}

export interface ServerOptions {
  /** Added to the environment; LIMITS, REGISTRATION and so on. */
  env?: Record<string, string>;
  /** To start again on what an earlier server left. */
  dataDir?: string;
  args?: string[];
}

/** Resolves when the server says that it is ready; rejects with what it wrote when it ends before. */
export async function startServer({ env = {}, dataDir, args = [] }: ServerOptions = {}): Promise<RunningServer> {
  const folder = dataDir ?? mkdtempSync(join(tmpdir(), "homeroom-server-"));
  // Nothing of the developer's own environment may reach it but what every program needs.
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: {
      PATH,
      HOME,
      TMPDIR,
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      PORT: "0",
      DATA_DIR: folder,
      REGISTRATION: "open",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const output: string[] = [];
  const url = await ready(child, output);
  const end = (signal: NodeJS.Signals = "SIGTERM") => {
    child.kill(signal);
    return ended;
  };
  return {
    url,
    dataDir: folder,
    process: child,
    output,
    end,
    async dispose() {
      await end("SIGKILL");
      if (!dataDir) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function ready(child: ChildProcess, output: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on("line", (line) => {
        output.push(line);
        const url = /Homeroom is ready: (http\S+?)\/?$/.exec(line)?.[1];
        if (url) resolve(url);
      });
    }
    child.once("error", reject);
    child.once("close", (code) => reject(new Error(`The server ended with ${code}:\n${output.join("\n")}`)));
  });
}
