// ClamAV's daemon as the Scanner port: a file is sent over a socket, and the answer is one line.
import { connect, type Socket } from "node:net";
import type { Readable } from "node:stream";
import { Later, type Scanner } from "../kit/ports.ts";

export interface ClamavPatience {
  /** Until it takes a connection or answers a ping. */
  readonly answerMs: number;
  /** Until it takes more of a file, or the file's store gives more of it. */
  readonly stallMs: number;
  /** From the last byte to the verdict: longer than clamd's own MaxScanTime (two minutes), so that it speaks first. */
  readonly verdictMs: number;
}

const PATIENCE: ClamavPatience = { answerMs: 2_000, stallMs: 20_000, verdictMs: 150_000 };
const DEFAULT_PORT = 3310;
const LONGEST_ANSWER = 4_096;

/** `tcp://host:port` or `unix:/path`. Nothing is asked of it before the first file. */
export const clamav = (url: string, patience: ClamavPatience = PATIENCE): Scanner => ({
  scan: async (file) => {
    const line = new Line(url);
    try {
      await line.open(patience.answerMs);
      await line.send(file, patience.stallMs);
      return verdictOf(await line.answer(patience.verdictMs));
    } finally {
      line.close();
      file.destroy();
    }
  },
  ping: async () => {
    const line = new Line(url);
    try {
      await line.open(patience.answerMs);
      await line.write("zPING\0", patience.answerMs);
      const answer = await line.answer(patience.answerMs);
      if (answer !== "PONG") throw new Later(`clamd answered "${answer}" instead of PONG`);
    } finally {
      line.close();
    }
  },
});

/** Only the one sentence that calls a file clean passes it: whatever else clamd says, the file is held. */
const verdictOf = (answer: string): string | null => {
  if (answer === "stream: OK") return null;
  const found = /^stream: (.+) FOUND$/.exec(answer)?.[1];
  if (found) return found;
  const isTooLarge = /size limit exceeded/i.test(answer);
  throw new Later(isTooLarge ? "the file is larger than clamd's StreamMaxLength: raise it" : `clamd says: ${answer}`);
};

/** One connection to clamd, which is for one command. Whatever goes wrong with it is a `Later`. */
class Line {
  readonly #socket: Socket;
  #received = "";
  #trouble: Later | null = null;
  #ended = false;
  #wake: () => void = () => undefined;

  constructor(url: string) {
    this.#socket = connect(addressOf(url));
    this.#socket.setEncoding("utf8");
    this.#socket.on("data", (text: string) => {
      this.#received += text;
      this.#wake();
    });
    this.#socket.on("error", (error) => {
      this.#trouble = new Later(`clamd cannot be reached: ${error.message}`);
      this.#wake();
    });
    this.#socket.on("close", () => {
      this.#ended = true;
      this.#wake();
    });
    for (const event of ["connect", "drain"]) this.#socket.on(event, () => this.#wake());
  }

  async open(ms: number): Promise<void> {
    await this.#until(() => !this.#socket.connecting, ms, "does not take a connection");
    if (this.#isOver) throw this.#why();
  }

  /** The file in pieces with their lengths before them. Stops where clamd has spoken already. */
  async send(file: Readable, stallMs: number): Promise<void> {
    await this.write("zINSTREAM\0", stallMs);
    const stalled = new Later(`no more of the file came within ${stallMs} ms`);
    const watch = setTimeout(() => file.destroy(stalled), stallMs);
    try {
      for await (const piece of file) {
        if (this.#isOver) return;
        const length = Buffer.alloc(4);
        length.writeUInt32BE((piece as Buffer).length);
        if ((piece as Buffer).length > 0) await this.write(Buffer.concat([length, piece as Buffer]), stallMs);
        watch.refresh();
      }
    } finally {
      clearTimeout(watch);
    }
    if (!this.#isOver) await this.write(Buffer.alloc(4), stallMs);
  }

  async write(bytes: Buffer | string, ms: number): Promise<void> {
    this.#socket.write(bytes);
    await this.#until(() => !this.#socket.writableNeedDrain, ms, "takes nothing more");
  }

  /** What it said before it hung up counts, also when it did not read to the end. */
  async answer(ms: number): Promise<string> {
    await this.#until(() => this.#isOver, ms, "says nothing");
    const end = this.#received.indexOf("\0");
    if (end < 0) throw this.#why();
    return this.#received.slice(0, end).trim();
  }

  close(): void {
    this.#socket.destroy();
  }

  get #isOver(): boolean {
    return this.#ended || this.#trouble !== null || /\0/.test(this.#received) || this.#received.length > LONGEST_ANSWER;
  }

  #why(): Later {
    return this.#trouble ?? new Later("clamd hung up without an answer");
  }

  async #until(isDone: () => boolean, ms: number, trouble: string): Promise<void> {
    if (isDone() || this.#isOver) return;
    const patience = AbortSignal.timeout(ms);
    patience.addEventListener("abort", () => this.#wake());
    while (!isDone() && !this.#isOver && !patience.aborted) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (!isDone() && !this.#isOver) throw new Later(`clamd ${trouble} (${ms} ms)`);
  }
}

const addressOf = (url: string): { path: string } | { host: string; port: number } => {
  const { protocol, pathname, hostname, port } = new URL(url);
  if (protocol === "unix:") return { path: decodeURIComponent(pathname) };
  return { host: hostname.replace(/^\[(.*)\]$/, "$1"), port: Number(port || DEFAULT_PORT) };
};
