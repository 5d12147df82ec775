// The processes of a run: servers and load, each on its core. They end with main, however it ends (but for kill -9).
import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Job, Report, Results } from "./jobs.ts";
import type { Pins } from "./machine.ts";

const START_MS = 180_000;
const STOP_MS = 20_000;
const WATCH = new URL("watch-loop.ts", import.meta.url).href;
const LOAD = fileURLToPath(new URL("load/main.ts", import.meta.url));

const alive = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of alive) child.kill("SIGKILL");
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));

const keep = (child: ChildProcess): void => {
  alive.add(child);
  child.once("exit", () => alive.delete(child));
};

const pinned = (core: number | undefined, command: string[]): [string, string[]] => {
  const [name = "", ...args] = core === undefined ? command : ["taskset", "-c", String(core), ...command];
  return [name, args];
};

/** It and everything that it started. */
const treeOf = (pid: number): number[] => {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const children = threads.flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, "latin1").split(" ").filter(Boolean).map(Number),
    );
    return [pid, ...children.flatMap(treeOf)];
  } catch {
    return [pid];
  }
};

const residentKb = (pid: number): number => {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1] ?? 0);
  } catch {
    return 0;
  }
};

export interface ServerProcess {
  port: number;
  /** From its start until it said that it is ready. */
  startMs: number;
  pids(): number[];
  /** Resident memory of it and everything that it started, in units of 1,024 bytes. */
  memoryKb(): number;
  /** The longest time that its event loop was held up since this was asked before; 0 where nobody watches it. */
  heldUpMs(): Promise<number>;
  stop(): Promise<void>;
}

/** `ready` finds the port in what it writes. */
export const startServer = async (
  args: string[],
  ready: RegExp,
  pins: Pins | null,
  { env = {}, watch = false }: { env?: Record<string, string>; watch?: boolean } = {},
): Promise<ServerProcess> => {
  const { PATH, HOME, TMPDIR } = process.env;
  const begun = performance.now();
  const before = watch ? ["--import", WATCH] : [];
  const child = spawn(...pinned(pins?.server, [process.execPath, ...before, ...args]), {
    env: { PATH, HOME, TMPDIR, ...env },
    stdio: ["ignore", "pipe", "pipe", ...(watch ? (["ipc"] as const) : [])],
  });
  keep(child);
  const port = await portFrom(child, ready);
  const startMs = performance.now() - begun;
  const pids = () => treeOf(child.pid ?? 0);
  return {
    port,
    startMs,
    pids,
    async heldUpMs() {
      if (!watch) return 0;
      child.send("how long?");
      const [{ most }] = (await once(child, "message")) as [{ most: number }];
      return most;
    },
    memoryKb: () => pids().reduce((sum, pid) => sum + residentKb(pid), 0),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const patience = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
      child.kill("SIGTERM");
      await once(child, "exit");
      clearTimeout(patience);
    },
  };
};

const portFrom = (child: ChildProcess, ready: RegExp): Promise<number> =>
  new Promise((resolve, reject) => {
    const said: string[] = [];
    const fail = (why: string) => reject(new Error(`${why}:\n${said.join("\n")}`));
    const patience = setTimeout(() => fail("a server did not start in time"), START_MS);
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on("line", (line) => {
        if (said.length < 100) said.push(line);
        const port = ready.exec(line)?.[1];
        if (port === undefined) return;
        clearTimeout(patience);
        resolve(Number(port));
      });
    }
    child.once("exit", () => {
      clearTimeout(patience);
      fail("a server ended at its start");
    });
  });

/** Runs a command to its end; throws with what it wrote when that is a bad one. */
export const runToEnd = async (args: string[], env: Record<string, string>): Promise<void> => {
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(process.execPath, args, {
    env: { PATH, HOME, TMPDIR, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  keep(child);
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  await once(child, "close");
  if (child.exitCode !== 0) throw new Error(said || `${args.join(" ")} failed`);
};

/** A process that makes load; jobs come one after the other. */
export class Load {
  readonly #child: ChildProcess;

  constructor(pins: Pins | null) {
    const [execPath, execArgv] = pins
      ? ["taskset", ["-c", String(pins.load), process.execPath]]
      : [process.execPath, []];
    this.#child = fork(LOAD, { execPath, execArgv, stdio: ["ignore", "inherit", "inherit", "ipc"] });
    keep(this.#child);
  }

  /** Resolves with the result; `whileReady` runs when everybody is there, and then what waits for `go` gets it. */
  async run<Kind extends Job["kind"]>(
    job: Extract<Job, { kind: Kind }>,
    whileReady?: () => Promise<void>,
  ): Promise<Results[Kind]> {
    const { promise, resolve, reject } = Promise.withResolvers<Results[Kind]>();
    const onExit = () => reject(new Error("the load process ended"));
    const onMessage = (report: Report) => {
      if ("result" in report) resolve(report.result as Results[Kind]);
      else if ("error" in report) reject(new Error(`${job.kind}: ${report.error}`));
      else if (whileReady) whileReady().then(() => this.#child.send("go"), reject);
    };
    this.#child.on("message", onMessage);
    this.#child.once("exit", onExit);
    this.#child.send(job);
    try {
      return await promise;
    } finally {
      this.#child.off("message", onMessage);
      this.#child.off("exit", onExit);
    }
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    this.#child.disconnect();
    await once(this.#child, "exit");
  }
}
