// A school whose network blinks: all sockets break at once, messages go on, all come back and catch up.
import { setTimeout as sleep } from "node:timers/promises";
import type { StormJob, StormResult } from "../jobs.ts";
import type { Client } from "./client.ts";
import { watchCpu } from "./cpu.ts";
import { bringUp } from "./crowd.ts";
import { Histogram } from "./histogram.ts";
import { readMark } from "./marks.ts";
import { sendMarked } from "./room.ts";

/** What a client knows of its room: enough of it to ask for the rest. */
interface Known {
  room: number;
  epoch: string;
  head: number;
}

const knownFrom = (hello: string): Known => {
  const { logs } = JSON.parse(hello) as { logs: Known[] };
  const [log] = logs;
  if (!log) throw new Error("the hello names no room");
  return { room: log.room, epoch: log.epoch, head: log.head };
};

/** What somebody who came back has got so far: one writer's marks rise, so that what comes twice is counted once. */
interface Got {
  count: number;
  last: number;
}

/** Everybody's return, from the moment that the first one knocks. */
class Return {
  readonly times = new Histogram();
  short = 0;
  #start = 0;
  readonly #got = new Map<Client, Got>();
  readonly #known: Known;
  readonly #job: StormJob;
  readonly #done = Promise.withResolvers<void>();

  constructor(job: StormJob, known: Known) {
    this.#job = job;
    this.#known = known;
  }

  async run(): Promise<Client[]> {
    this.#start = performance.now();
    const { onUp, onText } = this;
    const clients = await bringUp(this.#job.target, this.#job.paths, { onUp, onText }, this.#job.patience * 1000);
    const left = this.#job.patience * 1000 - (performance.now() - this.#start);
    await Promise.race([this.#done.promise, sleep(Math.max(0, left), undefined, { ref: false })]);
    return clients;
  }

  readonly onUp = (client: Client): void => {
    const { room, epoch, head } = this.#known;
    this.#got.set(client, { count: 0, last: -1 });
    client.send(JSON.stringify({ type: "resume", logs: [{ room, epoch, after: head }] }));
  };

  readonly onText = (client: Client, bytes: Buffer, from: number, to: number): void => {
    const got = this.#got.get(client);
    if (!got) return;
    const mark = readMark(bytes, from, to);
    if (mark > got.last) [got.count, got.last] = [got.count + 1, mark];
    if (mark >= 0) return;
    const type = bytes.toString("latin1", from, Math.min(to, from + 24));
    if (!type.includes('"resumed"') && !type.includes('"reset"')) return;
    this.#got.delete(client);
    this.times.addMs(performance.now() - this.#start);
    if (got.count < this.#job.missed) this.short++;
    if (this.times.count === this.#job.paths.length) this.#done.resolve();
  };
}

export const storm = async (job: StormJob, ready: () => void): Promise<StormResult> => {
  const hellos: string[] = [];
  const onUp = (_: Client, hello: string) => void hellos.push(hello);
  let heard = 0;
  const onText = (_: Client, bytes: Buffer, from: number, to: number) => {
    if (readMark(bytes, from, to) >= 0) heard++;
  };
  const [writer] = await bringUp(job.target, job.paths.slice(0, 1), { onUp: () => undefined, onText });
  const before = await bringUp(job.target, job.paths, { onUp, onText: () => undefined });
  // Nobody writes yet, so they all know the same.
  const known = knownFrom(hellos.at(-1) ?? "");
  if (!writer?.up) throw new Error("the one who writes was not let in");
  ready();
  await sleep(job.settle * 1000);
  const cpu = watchCpu(job.target.pids);
  for (const client of before) client.cut();
  for (let i = 0; i < job.missed; i++) sendMarked(job.target.dialect, writer);
  const patience = performance.now() + job.patience * 1000;
  while (heard < job.missed && performance.now() < patience) await sleep(1);
  ready();
  const back = new Return(job, known);
  const clients = await back.run();
  const [serverCpuS, busy] = [cpu.serverS(), cpu.busy()];
  for (const client of [...clients, writer]) client.cut();
  const { times, short } = back;
  return {
    up: hellos.length,
    caughtUp: times.count,
    short,
    p50: times.quantile(0.5),
    p99: times.quantile(0.99),
    most: times.mostMs,
    serverCpuS,
    busy,
  };
};
