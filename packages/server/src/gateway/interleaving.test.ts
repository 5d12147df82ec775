// People who are removed and let in again while sockets open, resume and close, with reads and announcements answered in
// whatever order: nobody is written what came after they were removed, and nobody misses anything.
import { EventEmitter } from "node:events";
import { PassThrough } from "node:stream";
import type { DurableFrame, ServerFrame } from "@homeroom/protocol";
import { expect, test } from "vitest";
import type { Directory, Doorman, FrameHandlers } from "../kit/call.ts";
import type { Effect } from "../kit/ports.ts";
import type { ChatSocket } from "./chat-socket.ts";
import { Hub } from "./hub.ts";
import { noThrottle } from "./limits.ts";
import { card, framesIn, ROOM, turns } from "./peer.fixture.ts";
import { Presence } from "./presence.ts";
import { Sockets } from "./socket.ts";

const SCHOOLS = 100;
const STEPS = 40;
const PEOPLE = [1, 2];
const SOMEBODY = 9;
const quiet = () => undefined;
const logger = { debug: quiet, info: quiet, warn: quiet, error: quiet };

interface Happened {
  what: "said" | "left" | "joined";
  who: number;
}

/** A socket as its client knows it. */
interface Client {
  who: number;
  ws: EventEmitter;
  /** Up to where it has everything; null where it was shown out, until it hears of the room again. */
  seq: number | null;
  /** From where on it asked for the past; null where it has the answer. */
  asked: number | null;
}

/** The same numbers below one for the same seed. */
const chance = (seed: number) => () => {
  seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32;
  return seed / 2 ** 32;
};

/** One room with its database, its server and its sockets. */
class School {
  readonly problems: string[] = [];
  readonly #random: () => number;
  readonly #isOrderly: boolean;
  readonly #log: Happened[] = [];
  readonly #members = new Set(PEOPLE);
  readonly #hub: Hub;
  readonly #sockets: Sockets;
  readonly #clients = new Map<number, Client>();
  readonly #underWay: Promise<unknown>[] = [];
  #announced = Promise.resolve();

  constructor(seed: number, isOrderly: boolean) {
    this.#random = chance(seed);
    this.#isOrderly = isOrderly;
    this.#hub = new Hub((_log, after) => this.#replay(after), logger);
    this.#sockets = new Sockets({
      hub: this.#hub,
      presence: new Presence(this.#hub, quiet),
      directory: this.#directory(),
      doorman: {} as Doorman,
      handlers: {} as FrameHandlers,
      limiter: noThrottle,
      logger,
      now: () => 0,
    });
  }

  #pause(most: number): Promise<void> {
    return turns(Math.floor(this.#random() * most));
  }

  /** On its way there, read, and on its way back. */
  async #read<T>(look: () => T): Promise<T> {
    await this.#pause(3);
    const found = look();
    await this.#pause(6);
    return found;
  }

  #frame(seq: number): DurableFrame {
    const { what, who } = this.#log[seq - 1] as Happened;
    const about = { room: ROOM.id, seq, user: card(who) };
    return what === "left" ? { type: "user_left", ...about, kicked: true } : { type: "user_joined", ...about };
  }

  #replay(after: number) {
    return this.#read(() =>
      this.#log.slice(after).map((_, i) => ({ seq: after + 1 + i, frame: this.#frame(after + 1 + i) })),
    );
  }

  #directory(): Directory {
    const may = (who: number) => this.#members.has(who);
    const head = () => this.#log.length;
    return {
      logsOf: (who: number) => this.#read(() => (may(who) ? [{ ...ROOM, epoch: "e", head: head(), read: 0 }] : [])),
      mayFollow: (who: number) => this.#read(() => may(who)),
      past: async (_log: object, after: number) => {
        const stamp = await this.#read(() => ({ head: head(), cards: new Map() }));
        return { events: await this.#replay(after), stamp };
      },
      isPastStill: (_log: object, stamp: { head: number }) => this.#read(() => stamp.head === head()),
    } as Partial<Directory> as Directory;
  }

  /** Commits it, and announces it some time later. */
  happen(what: Happened["what"], who: number): void {
    if (what !== "said" && this.#members.has(who) === (what === "joined")) return;
    const seq = this.#log.push({ what, who });
    if (what === "left") this.#members.delete(who);
    if (what === "joined") this.#members.add(who);
    const effects: Effect[] = [{ do: "deliver", log: ROOM, seq, frame: this.#frame(seq) }];
    const farewell = { type: "kick_user", room: ROOM.id, user: card(who) } as const;
    if (what === "left") effects.unshift({ do: "leave", log: ROOM, seq, userId: who, farewell });
    if (what === "joined") effects.push({ do: "enter", log: ROOM, epoch: "e", seq, userId: who });
    const announce = () => this.#pause(8).then(() => this.#hub.publish(effects));
    if (this.#isOrderly) this.#announced = this.#announced.then(announce);
    this.#underWay.push(this.#isOrderly ? this.#announced : announce());
  }

  come(who: number): void {
    const wire = new PassThrough();
    const ws = Object.assign(new EventEmitter(), { pause: quiet, resume: quiet, terminate: quiet });
    const close = () => setImmediate(() => ws.emit("close"));
    const client: Client = { who, ws, seq: null, asked: null };
    wire.on("data", (bytes: Buffer) => framesIn(bytes).forEach((frame) => this.#hear(client, frame)));
    const socket = Object.assign(ws, { close, connection: null }) as unknown as ChatSocket;
    const caller = { user: card(who), session: `s${who}` };
    const coming = this.#sockets.admit({ ws: socket, socket: wire, caller, log: null });
    this.#underWay.push(coming.then(() => this.#settleIn(client, socket.connection?.id ?? 0)));
  }

  /** Some of them ask for what they missed. */
  async #settleIn(client: Client, id: number): Promise<void> {
    this.#clients.set(id, client);
    await this.#pause(4);
    if (client.seq === null || this.#random() < 0.5) return;
    client.asked = Math.floor(this.#random() * (client.seq + 1));
    const resume = { type: "resume", logs: [{ room: ROOM.id, epoch: "e", after: client.asked }] };
    client.ws.emit("message", Buffer.from(JSON.stringify(resume)), false);
  }

  go(): void {
    const all = [...this.#clients.values()];
    all[Math.floor(this.#random() * all.length)]?.ws.emit("close");
  }

  #hear(client: Client, frame: ServerFrame): void {
    const { who, seq, asked } = client;
    if (frame.type === "hello") client.seq = frame.logs[0]?.head ?? null;
    if (frame.type === "kick_user") client.seq = null;
    if (frame.type === "resumed") {
      client.asked = null;
      if (frame.head !== seq) this.problems.push(`${who} has ${seq} and resumed at ${frame.head}`);
    }
    if (frame.type !== "user_joined" && frame.type !== "user_left") return;
    client.seq = frame.seq;
    const isGone = ({ what, who: other }: Happened) => what === "left" && other === who;
    const left = this.#members.has(who) ? Infinity : this.#log.findLastIndex(isGone) + 1;
    if (frame.seq > left) this.problems.push(`${who} left at ${left} and was written ${frame.seq}`);
    const isNext = seq === null || frame.seq === seq + 1 || (asked !== null && frame.seq === asked + 1);
    // Where they were let in again before anybody here heard that they had left, nobody showed them out.
    if (isNext || (frame.seq > seq && this.#log.slice(seq, frame.seq).some(isGone))) return;
    this.problems.push(`${who} has ${seq} and was written ${frame.seq}`);
  }

  /** After everything: each member's socket has what there is, and nobody else's follows. */
  async end(): Promise<string[]> {
    for (const last of [false, true]) {
      await Promise.all(this.#underWay);
      await turns(60);
      if (!last) this.happen("said", SOMEBODY);
    }
    for (const { id, caller, closed, subscriptions } of this.#hub.connections) {
      const who = caller.user.id;
      const isIn = this.#members.has(who);
      const seq = this.#clients.get(id)?.seq;
      if (closed) continue;
      if (subscriptions.has(ROOM.id) !== isIn) this.problems.push(`${who} is in: ${isIn}, and does not follow so`);
      if (isIn && seq !== this.#log.length) this.problems.push(`${who} has ${seq} of ${this.#log.length}`);
    }
    return this.problems;
  }

  async live(): Promise<string[]> {
    for (let step = 0; step < STEPS; step++) {
      const what = this.#random();
      const who = PEOPLE[Math.floor(this.#random() * PEOPLE.length)] ?? 0;
      if (what < 0.35) this.come(who);
      else if (what < 0.5) this.happen("left", who);
      else if (what < 0.65) this.happen("joined", who);
      else if (what < 0.8) this.happen("said", SOMEBODY);
      else this.go();
      await this.#pause(4);
    }
    return this.end();
  }
}

test.each(["in order", "in any order"])(
  "whatever meets whatever, announced %s",
  async (order) => {
    for (let seed = 1; seed <= SCHOOLS; seed++) {
      expect(await new School(seed, order === "in order").live(), `school ${seed}`).toEqual([]);
    }
  },
  30_000,
);
