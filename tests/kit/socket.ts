// A client for socket tests that believes nothing: every frame must fit the contract, every log must come without a
// hole, without an inversion, and end where the membership ends. What it finds wrong fails the test that opened it.
import { randomUUID } from "node:crypto";
import type { Socket } from "node:net";
import {
  type ClientFrameInput,
  type DurableFrame,
  events,
  type ServerFrame,
  type ServerFrameOf,
  serverFrameByType,
} from "@homeroom/protocol";
import { afterEach } from "vitest";
import { type ClientOptions, WebSocket } from "ws";

export type LogName = { room: number } | { thread: number };
type Place = { room?: number | undefined; thread?: number | undefined };
type Type = ServerFrame["type"];
/** What a test may send: a frame of the contract, or anything else that it wants to see refused. */
export type Sendable = ClientFrameInput | Record<string, unknown>;
export interface Closed {
  code: number;
  reason: string;
}

const DEADLINE_MS = 12_000;

export const durableTypes: ReadonlySet<string> = new Set(
  Object.values(events)
    .filter((event) => event.durable)
    .map((event) => event.type),
);
export const isDurable = (frame: ServerFrame): frame is DurableFrame => durableTypes.has(frame.type);
export const keyOf = ({ room, thread }: Place): string => (room === undefined ? `thread ${thread}` : `room ${room}`);

/** An `error` frame that answers what was asked. */
export class Refused extends Error {
  readonly frame: ServerFrameOf<"error">;
  constructor(frame: ServerFrameOf<"error">) {
    super(`${frame.code}: ${frame.detail}`);
    this.frame = frame;
  }
}

/** Where a socket stands in one log: what may come next. */
interface Standing {
  cursor: number;
  /** The `after` of each resume that was not answered yet. */
  asked: number[];
  /** The membership ended: nothing more may come. */
  isOver: boolean;
}

/** Holds what arrives against promise 4 of the contract and against the fence. */
class Watch {
  readonly #logs = new Map<string, Standing>();
  #me = 0;

  /** A sentence where the frame may not come here and now. */
  judge(frame: ServerFrame): string | null {
    switch (frame.type) {
      case "hello":
        this.#me = frame.user.id;
        for (const log of frame.logs) this.#begin(log, log.head);
        return null;
      case "room_added":
        return this.#begin(frame, frame.details.last_seq);
      case "thread_added":
        return this.#begin(frame, frame.details.last_seq);
      case "kick_user":
        return this.#end(frame);
      case "reset":
        this.#logs.get(keyOf(frame))?.asked.shift();
        return this.#begin(frame, frame.head, false);
      case "resumed":
        return this.#resumed(frame);
      default:
        return isDurable(frame) ? this.#durable(frame) : null;
    }
  }

  asks(log: Place, after: number): void {
    const isNamed = log.room !== undefined || log.thread !== undefined;
    const [only] = this.#logs.values();
    (isNamed ? this.#logs.get(keyOf(log)) : only)?.asked.push(after);
  }

  /** How far a log got on this socket. */
  seq(log: Place): number {
    return this.#logs.get(keyOf(log))?.cursor ?? 0;
  }

  #begin(log: Place, head: number, fresh = true): null {
    const old = this.#logs.get(keyOf(log));
    this.#logs.set(keyOf(log), { cursor: head, asked: fresh ? [] : (old?.asked ?? []), isOver: false });
    return null;
  }

  #end(log: Place): null {
    const standing = this.#logs.get(keyOf(log));
    if (standing) standing.isOver = true;
    return null;
  }

  #resumed(frame: ServerFrameOf<"resumed">): string | null {
    const standing = this.#logs.get(keyOf(frame));
    const after = standing?.asked.shift();
    if (!standing || after === undefined) return "resumed without having been asked";
    if (after === frame.head) standing.cursor = after;
    return standing.cursor === frame.head ? null : `resumed at ${frame.head}, but came only to ${standing.cursor}`;
  }

  #durable(frame: DurableFrame): string | null {
    const standing = this.#logs.get(keyOf(frame));
    if (!standing) return "an event of a log that this socket was not told of";
    if (standing.isOver) return "an event after the membership had ended";
    // A resume may also tell of an earlier time when I left, and came back.
    const isMyEnd = frame.type === "user_left" && frame.user.id === this.#me && standing.asked.length === 0;
    const expected = [standing.cursor, ...standing.asked].map((seq) => seq + 1);
    standing.cursor = frame.seq;
    if (isMyEnd) standing.isOver = true;
    return isMyEnd || expected.includes(frame.seq) ? null : `seq ${frame.seq} where ${expected.join(" or ")} was due`;
  }
}

const opened = new Set<TestSocket>();

/** A socket lives as long as its test. */
afterEach(() => {
  const sockets = [...opened];
  opened.clear();
  for (const socket of sockets) socket.cut();
  const wrong = sockets.flatMap((socket) => socket.violations);
  if (wrong.length > 0) throw new Error(`The server broke its contract:\n${wrong.slice(0, 5).join("\n")}`);
});

interface Waiter {
  test(frame: ServerFrame): boolean;
  resolve(frame: ServerFrame): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

export class TestSocket {
  /** Everything that came, in order. */
  readonly frames: ServerFrame[] = [];
  readonly violations: string[] = [];
  readonly closed: Promise<Closed>;
  isOpen = true;
  readonly #ws: WebSocket;
  readonly #watch = new Watch();
  readonly #taken = new Set<ServerFrame>();
  readonly #waiters = new Set<Waiter>();

  constructor(url: string, options: ClientOptions = {}) {
    this.#ws = new WebSocket(url, { perMessageDeflate: false, ...options });
    opened.add(this);
    this.#ws.on("error", () => undefined);
    this.#ws.on("message", (data: Buffer) => this.#take(data));
    this.closed = new Promise((resolve) => {
      this.#ws.once("close", (code, reason) => {
        this.isOpen = false;
        const why = reason.toString();
        resolve({ code, reason: why });
        for (const waiter of this.#waiters) this.#give(waiter, new Error(`The socket closed with ${code} ${why}`));
      });
    });
  }

  #take(data: Buffer): void {
    const value = JSON.parse(data.toString("utf8")) as ServerFrame;
    const parsed = serverFrameByType.get(value.type)?.safeParse(value);
    const wrong = parsed?.success ? this.#watch.judge(value) : (parsed?.error.message ?? "unknown type");
    if (wrong) this.violations.push(`${wrong}: ${JSON.stringify(value).slice(0, 300)}`);
    this.frames.push(value);
    for (const waiter of this.#waiters) {
      if (!waiter.test(value)) continue;
      this.#taken.add(value);
      this.#give(waiter, value);
      return;
    }
  }

  #give(waiter: Waiter, outcome: ServerFrame | Error): void {
    clearTimeout(waiter.timer);
    this.#waiters.delete(waiter);
    if (outcome instanceof Error) waiter.reject(outcome);
    else waiter.resolve(outcome);
  }

  #until(what: string, test: (frame: ServerFrame) => boolean): Promise<ServerFrame> {
    const here = this.frames.find((frame) => !this.#taken.has(frame) && test(frame));
    if (here) {
      this.#taken.add(here);
      return Promise.resolve(here);
    }
    if (!this.isOpen) return Promise.reject(new Error(`The socket is closed, and no ${what} came`));
    return new Promise((resolve, reject) => {
      const late = () => {
        const last = this.frames.slice(-5).map((frame) => frame.type);
        this.#give(waiter, new Error(`No ${what} within ${DEADLINE_MS} ms; last came: ${last.join(", ")}`));
      };
      const waiter: Waiter = { test, resolve, reject, timer: setTimeout(late, DEADLINE_MS) };
      this.#waiters.add(waiter);
    });
  }

  /** The next frame of a type that no earlier call has answered. Rejects after a while, or when the socket closes. */
  next<T extends Type>(type: T, matches: (frame: ServerFrameOf<T>) => boolean = () => true): Promise<ServerFrameOf<T>> {
    const test = (frame: ServerFrame) => frame.type === type && matches(frame as ServerFrameOf<T>);
    return this.#until(type, test) as Promise<ServerFrameOf<T>>;
  }

  send(frame: Sendable): void {
    if (frame["type"] === "resume" && "logs" in frame) {
      for (const log of frame.logs as ({ after: number } & Place)[]) this.#watch.asks(log, log.after);
    }
    this.#ws.send(JSON.stringify(frame));
  }

  sendRaw(data: string | Buffer): void {
    this.#ws.send(data);
  }

  /** Sends it with a `ref` of its own; resolves with what answers that. */
  ask(frame: Sendable): Promise<ServerFrame> {
    const ref = randomUUID();
    this.send({ ...frame, ref });
    return this.#until(`answer to ${String(frame["type"])}`, (f) => "ref" in f && f.ref === ref);
  }

  /** Resolves with the acknowledgement. Rejects with `Refused`. */
  async chat(
    content: string,
    rest: Record<string, unknown> & { client_id?: string } = {},
  ): Promise<ServerFrameOf<"ack">> {
    const type = "thread" in rest ? "private_message" : "chat_message";
    const answer = await this.ask({ type, content, client_id: randomUUID(), ...rest });
    if (answer.type === "error") throw new Refused(answer);
    return answer as ServerFrameOf<"ack">;
  }

  /** Whatever the server sent before now has arrived afterwards. */
  async settled(): Promise<void> {
    await this.ask({ type: "ping" });
  }

  /** Resolves when everything up to this seq of the log has come. */
  async reaches(log: LogName, seq: number): Promise<void> {
    const isIt = (frame: ServerFrame) => isDurable(frame) && keyOf(frame) === keyOf(log) && frame.seq >= seq;
    if (this.seq(log) < seq) await this.#until(`event ${seq} of ${keyOf(log)}`, isIt);
  }

  seq(log: Place): number {
    return this.#watch.seq(log);
  }

  resume(log: LogName, epoch: string, after: number): Promise<ServerFrame> {
    return this.ask({ type: "resume", logs: [{ ...log, epoch, after }] });
  }

  /** The events of one log, in the order in which they came. */
  events(log: LogName): DurableFrame[] {
    return this.frames.filter((frame): frame is DurableFrame => isDurable(frame) && keyOf(frame) === keyOf(log));
  }

  of<T extends Type>(type: T): ServerFrameOf<T>[] {
    return this.frames.filter((frame): frame is ServerFrameOf<T> => frame.type === type);
  }

  /** Reads nothing more from the wire, as a machine that sleeps. */
  pause(): void {
    this.#ws.pause();
  }

  unpause(): void {
    this.#ws.resume();
  }

  /** As when the cable is drawn: no close frame, no goodbye. */
  cut(): void {
    const line = (this.#ws as unknown as { _socket?: Socket })._socket;
    this.isOpen = false;
    this.#ws.terminate();
    line?.resetAndDestroy();
  }

  async close(): Promise<void> {
    this.#ws.close(1000);
    await this.closed;
  }
}

/** The address of one of the three doors. `auth` is `{token}` or `{ticket}`. */
export const socketUrl = (base: string, log: LogName | null, auth: Record<string, string>): string => {
  const door = log === null ? "" : "room" in log ? `rooms/${log.room}/` : `private/${log.thread}/`;
  return `${base.replace(/^http/, "ws")}/ws/chat/${door}?${new URLSearchParams(auth)}`;
};
