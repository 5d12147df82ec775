// The Pictures port: a process of its own that is started when a picture comes, makes one at a time, is ended when it
// hangs, and ends when it has been idle for a while, so that a quiet server does not pay for it.
import { type ChildProcess, fork } from "node:child_process";
import { setPriority } from "node:os";
import { fileURLToPath } from "node:url";
import { Refusal } from "@homeroom/protocol";
import type { Logger, MadePicture, Pictures } from "../kit/ports.ts";
import type { PictureAnswer, PictureQuestion, PictureTask, Probed } from "./pictures-talk.ts";

/** Milliseconds. */
export interface PicturesOptions {
  /** A process without work is ended after this. */
  idleMs: number;
  /** What takes longer is taken for something that never ends. */
  probeMs: number;
  makeMs: number;
  /** Of the process; the tests have one that misbehaves. */
  program: string;
}

const DEFAULTS: PicturesOptions = {
  idleMs: 60_000,
  probeMs: 15_000,
  makeMs: 60_000,
  program: fileURLToPath(new URL("./pictures-process.ts", import.meta.url)),
};

/** Headers are read while a picture is made, or uploading would wait for it. */
const PROBES_AT_ONCE = 2;
/** A file whose process ended so often is no picture for us. A header may have shared it with a guilty one. */
const TRIES = { probe: 3, make: 2 };
/** What a process that holds more had, it does not give back: the next picture begins in a new one. */
const RETIRED_BYTES = 144 * 1024 * 1024;
/** Pictures can wait; people who write cannot. */
const NICE = 10;

interface Errand {
  readonly task: PictureTask;
  tries: number;
  resolve(value: Probed | MadePicture): void;
  reject(error: Error): void;
}

export const picturesInProcess = (logger: Logger, options: Partial<PicturesOptions> = {}): Pictures => {
  const studio = new Studio(logger, { ...DEFAULTS, ...options });
  return {
    probe: (path) => studio.ask({ do: "probe", path }),
    make: async (path, folder) => (await studio.ask({ do: "make", path, folder })) as MadePicture,
    close: () => studio.close(),
  };
};

/** Keeps the lines of what waits, and one process for it. */
class Studio {
  readonly #logger: Logger;
  readonly #options: PicturesOptions;
  readonly #waiting: { probe: Errand[]; make: Errand[] } = { probe: [], make: [] };
  #process: PictureProcess | null = null;
  #idle: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(logger: Logger, options: PicturesOptions) {
    this.#logger = logger;
    this.#options = options;
  }

  ask(task: PictureTask): Promise<Probed | MadePicture> {
    if (this.#closed) return Promise.reject(new Refusal("unavailable"));
    return new Promise((resolve, reject) => {
      this.#waiting[task.do].push({ task, tries: 0, resolve, reject });
      this.#goOn();
    });
  }

  #goOn(): void {
    clearTimeout(this.#idle);
    this.#begin("probe", PROBES_AT_ONCE);
    this.#begin("make", 1);
    if (!this.#process || this.#process.under.size > 0) return;
    // Nobody waits for it: neither does the server's own end.
    this.#idle = setTimeout(() => void this.#process?.end(), this.#options.idleMs).unref();
  }

  #begin(kind: "probe" | "make", atOnce: number): void {
    if (this.#waiting[kind].length > 0 && !this.#isFit()) return;
    for (;;) {
      const under = [...(this.#process?.under.values() ?? [])].filter((errand) => errand.task.do === kind);
      const errand = under.length < atOnce ? this.#waiting[kind].shift() : undefined;
      if (!errand) return;
      errand.tries++;
      this.#process ??= this.#start();
      this.#process.give(errand, kind === "probe" ? this.#options.probeMs : this.#options.makeMs);
    }
  }

  /** Whether the process may be given more. One that is to be retired is ended when it has nothing under way. */
  #isFit(): boolean {
    const process = this.#process;
    if (!process || process.held < RETIRED_BYTES) return true;
    if (process.under.size > 0) return false;
    this.#process = null;
    void process.end();
    return true;
  }

  #start(): PictureProcess {
    const process = new PictureProcess(this.#options.program, {
      answered: () => this.#goOn(),
      ended: (left, why) => {
        if (this.#process === process) this.#process = null;
        if (left.length > 0) this.#logger.warn({ why, left: left.length }, "the pictures process ended at work");
        for (const errand of left) this.#again(errand);
        this.#goOn();
      },
    });
    return process;
  }

  #again(errand: Errand): void {
    const { task, tries } = errand;
    if (this.#closed) errand.reject(new Refusal("unavailable"));
    else if (tries < TRIES[task.do]) this.#waiting[task.do].unshift(errand);
    else errand.reject(new Refusal("unreadable_file"));
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#idle);
    for (const errand of [...this.#waiting.probe.splice(0), ...this.#waiting.make.splice(0)]) {
      errand.reject(new Refusal("unavailable"));
    }
    await this.#process?.end();
  }
}

interface Listener {
  answered(): void;
  /** With what it had not answered. */
  ended(left: Errand[], why: string): void;
}

/** One life of the child process. */
class PictureProcess {
  readonly under = new Map<number, Errand>();
  readonly #child: ChildProcess;
  readonly #timers = new Map<number, NodeJS.Timeout>();
  readonly #gone: Promise<void>;
  readonly #listener: Listener;
  /** Bytes of its memory when it last said something. */
  held = 0;
  #lastId = 0;
  #why: string | null = null;

  constructor(program: string, listener: Listener) {
    this.#listener = listener;
    const { PATH, TMPDIR, NODE_COMPILE_CACHE } = process.env;
    this.#child = fork(program, [], {
      // Nothing of the server's secrets. Few arenas: memory that was given back is given back to the system.
      env: { PATH, TMPDIR, NODE_COMPILE_CACHE, MALLOC_ARENA_MAX: "2", VIPS_CONCURRENCY: "1", VIPS_WARNING: "0" },
      execArgv: ["--max-old-space-size=48", "--max-semi-space-size=1"],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    this.#quieten(true);
    this.#child.on("message", (said: PictureAnswer) => this.#hear(said));
    this.#gone = new Promise((resolve) => {
      const gone = (why: string) => {
        resolve();
        this.#leave(why);
      };
      this.#child.once("exit", (code, signal) => gone(String(signal ?? code)));
      this.#child.once("error", (error) => gone(error.message));
    });
    try {
      if (this.#child.pid) setPriority(this.#child.pid, NICE);
    } catch {
      // Then it is as quick as others.
    }
  }

  give(errand: Errand, limitMs: number): void {
    const id = ++this.#lastId;
    this.under.set(id, errand);
    this.#quieten(false);
    const late = setTimeout(() => void this.end(`nothing came within ${limitMs} ms`), limitMs);
    this.#timers.set(id, late);
    const question: PictureQuestion = { id, task: errand.task };
    // Where it cannot be sent any more, its end is on its way.
    this.#child.send(question, () => undefined);
  }

  /** Of what is under way, nothing is waited for. */
  end(why?: string): Promise<void> {
    this.#why ??= why ?? null;
    this.#quieten(false);
    this.#child.kill("SIGKILL");
    return this.#gone;
  }

  #hear(said: PictureAnswer): void {
    const errand = this.#take(said.id);
    this.held = said.rss ?? 0;
    if (!errand) return;
    if ("value" in said) errand.resolve(said.value);
    else errand.reject("refusal" in said ? new Refusal(said.refusal, said.extra) : new Error(said.error));
    this.#listener.answered();
  }

  #take(id: number): Errand | undefined {
    const errand = this.under.get(id);
    this.under.delete(id);
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    if (this.under.size === 0) this.#quieten(true);
    return errand;
  }

  #leave(why: string): void {
    const left = [...this.under.keys()].flatMap((id) => this.#take(id) ?? []);
    this.#listener.ended(left, this.#why ?? why);
  }

  /** A process without work keeps the server's own from ending no more than a closed book. */
  #quieten(isQuiet: boolean): void {
    const { channel } = this.#child;
    if (isQuiet) {
      this.#child.unref();
      channel?.unref?.();
    } else {
      this.#child.ref();
      channel?.ref?.();
    }
  }
}
