// One socket: what it follows, what waits to be written to it, and how far behind it is. Knows bytes, no rules.
import { CLOSE, type CloseCode, type ServerFrame } from "@homeroom/protocol";
import type { WebSocket } from "ws";
import type { Caller } from "../kit/call.ts";
import type { LogRef } from "../kit/ports.ts";
import { encode } from "./encode.ts";
import type { Subscription } from "./channel.ts";
import type { Line } from "./line.ts";

const MOST_BYTES_BEHIND = 1024 * 1024;
const MOST_EVENTS_BEHIND = 1_000;
const MOST_MS_BEHIND = 30_000;
/** Few bytes are copied into one buffer: that is cheaper than one write of many buffers. */
const MOST_BYTES_COPIED = 32 * 1024;
/** How long a peer may take to answer our close before the line is cut. */
const CLOSE_PATIENCE_MS = 2_000;

/** What a socket is for: everything of its user, one log, or waiting to be let into one. */
export type Scope = { kind: "user" } | { kind: "log"; log: LogRef } | { kind: "lobby"; log: LogRef };

let nextId = 1;
const NOTHING: readonly number[] = [];
const NOW: Promise<void> = Promise.resolve();

export class Connection {
  readonly id = nextId++;
  readonly subscriptions = new Map<number, Subscription>();
  /** What it followed last, also after it closed. */
  followed: readonly number[] = NOTHING;
  caller: Caller;
  scope: Scope;
  /** Until its hello; what changes meanwhile makes it ask again. */
  opening = true;
  stale = false;
  /** When anything last came from the peer, ms, monotonic. */
  heardAt: number;
  /** Frames that were read and not yet answered, and when the last of them will be: one after the other. */
  waiting = 0;
  answered = NOW;
  /** Where it stands in the rotation, for what it was told. */
  lane: "first" | "later" | null = null;
  /** Nobody looks at the client, as it said itself. */
  away = false;

  readonly #ws: WebSocket;
  readonly #socket: Line;
  readonly #now: () => number;
  /** What waits to be written. Most times it is one buffer: that needs no list. */
  #queued: Buffer | null = null;
  #more: Buffer[] | null = null;
  #queuedBytes = 0;
  #isOver = false;
  #eventsBehind = 0;
  #behindSince: number | null = null;

  constructor(ws: WebSocket, socket: Line, options: { caller: Caller; scope: Scope; now: () => number }) {
    this.#ws = ws;
    this.#socket = socket;
    this.#now = options.now;
    this.caller = options.caller;
    this.scope = options.scope;
    this.heardAt = options.now();
  }

  /** From the moment on at which its line broke: what follows from that has its own time. */
  get closed(): boolean {
    return this.#isOver || this.#socket.isBroken === true;
  }

  /** Nothing more is written to it. */
  conclude(): void {
    this.#isOver = true;
  }

  /** Queues whole frames; `flush` writes what was gathered, at once. */
  queue(bytes: Buffer, events = 1): void {
    if (this.closed) return;
    if (this.#queued) (this.#more ??= []).push(bytes);
    else this.#queued = bytes;
    this.#queuedBytes += bytes.length;
    if (this.#behindSince !== null) this.#eventsBehind += events;
  }

  queueFrame(frame: ServerFrame | null): void {
    if (frame) this.queue(encode(frame));
  }

  send(frame: ServerFrame): void {
    this.queueFrame(frame);
    this.flush();
  }

  /** Queues what came in the logs it follows up to now: what is queued after this comes after them. */
  gather(): void {
    for (const subscription of this.subscriptions.values()) subscription.channel.give(subscription);
  }

  /** Its turn: writes what it was told and what it lacks of its logs. */
  serve(): void {
    this.lane = null;
    this.gather();
    this.flush();
  }

  /** Before it leaves: all that came up to now is its own, and is written at once. */
  finish(): void {
    const lacks = ({ channel, sent, replaying }: Subscription) => !replaying && sent < channel.cursor;
    do this.serve();
    while (!this.closed && [...this.subscriptions.values()].some(lacks));
  }

  flush(): void {
    const [first, more, size] = [this.#queued, this.#more, this.#queuedBytes];
    if (!first || this.closed) return;
    this.#queued = null;
    this.#more = null;
    this.#queuedBytes = 0;
    if (!more) this.#socket.write(first);
    else if (size <= MOST_BYTES_COPIED) this.#socket.write(Buffer.concat([first, ...more], size));
    else {
      this.#socket.cork();
      this.#socket.write(first);
      for (const bytes of more) this.#socket.write(bytes);
      this.#socket.uncork();
    }
    this.#watch();
  }

  get backlog(): number {
    return this.#socket.writableLength + this.#queuedBytes;
  }

  /** Closes a socket that cannot follow. Called after each write, and now and then for those that get nothing. */
  checkPace(): void {
    if (this.#behindSince === null || this.closed) return;
    if (this.#socket.writableLength === 0) {
      this.#behindSince = null;
      this.#eventsBehind = 0;
      return;
    }
    const tooSlow =
      this.backlog > MOST_BYTES_BEHIND ||
      this.#eventsBehind > MOST_EVENTS_BEHIND ||
      this.#now() - this.#behindSince > MOST_MS_BEHIND;
    if (tooSlow) this.close(CLOSE.TOO_SLOW, "too_slow");
  }

  #watch(): void {
    if (this.#socket.writableLength > 0) this.#behindSince ??= this.#now();
    this.checkPace();
  }

  /** Resolves when what was written has left, or the socket closed. */
  async drained(): Promise<void> {
    while (!this.closed && this.#socket.writableLength > MOST_BYTES_BEHIND / 4) {
      await new Promise((resolve) => {
        const timer = setTimeout(done, 1_000);
        const socket = this.#socket;
        function done() {
          clearTimeout(timer);
          socket.off("drain", done);
          resolve(undefined);
        }
        socket.on("drain", done);
      });
      this.checkPace();
    }
  }

  ping(): void {
    if (!this.closed) this.#ws.ping();
  }

  /** No frames from the peer until `listen`. */
  hush(): void {
    this.#ws.pause();
  }

  listen(): void {
    this.#ws.resume();
  }

  close(code: CloseCode, reason: string): void {
    if (this.closed) return;
    this.flush();
    this.conclude();
    closeSocket(this.#ws, code, reason);
  }
}

/** Closes with a code; a peer that does not answer in time is cut off. */
export const closeSocket = (ws: WebSocket, code: CloseCode, reason: string): void => {
  // A paused socket would not even hear the answer.
  ws.resume();
  ws.close(code, reason.slice(0, 100));
  setTimeout(() => ws.terminate(), CLOSE_PATIENCE_MS).unref();
};
