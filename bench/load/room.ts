// Messages in one room, counted where they arrive: a loop without pause, or so many a second.
import { setTimeout as sleep } from "node:timers/promises";
import type { Dialect, RoomJob, RoomResult } from "../jobs.ts";
import type { Client } from "./client.ts";
import { watchCpu } from "./cpu.ts";
import { bringUp } from "./crowd.ts";
import { Histogram } from "./histogram.ts";
import { markText, readMark } from "./marks.ts";

const NS_PER_MS = 1e6;
/** Behind by more than this many, the rest waits for the next turn: answers must be read meanwhile. */
const BURST = 256;

let sentSoFar = 0;
let lastNs = 0;

/** Now, in nanoseconds, and never the same twice: a sender knows its own message by its mark. */
const uniqueNs = (): number => {
  lastNs = Math.max(lastNs + 1, Math.round(performance.now() * NS_PER_MS));
  return lastNs;
};

const textOf = (dialect: Dialect, mark: string): string => {
  const id = (++sentSoFar).toString(16).padStart(12, "0");
  const client_id = `${process.pid.toString(16).padStart(8, "0")}-0000-4000-8000-${id}`;
  const content = `Does anyone know which page? ${mark} lorem ipsum dolor sit amet`;
  if (dialect === "socket.io") return `42${sentSoFar}${JSON.stringify(["chat_message", { content, client_id }])}`;
  return JSON.stringify({ type: "chat_message", content, client_id });
};

export const sendMarked = (dialect: Dialect, client: Client): void => {
  const ns = uniqueNs();
  client.lastMark = ns;
  client.send(textOf(dialect, markText(ns)));
};

class RoomRun {
  readonly latencies = new Histogram();
  readonly senders: Client[] = [];
  counting = false;
  sent = 0;
  acknowledged = 0;
  closed = 0;
  lastAt = 0;
  #next = 0;
  readonly #job: RoomJob;

  constructor(job: RoomJob) {
    this.#job = job;
  }

  onText = (client: Client, bytes: Buffer, from: number, to: number): void => {
    if (!this.counting) return;
    const ns = readMark(bytes, from, to);
    if (ns < 0) return;
    const now = performance.now();
    this.lastAt = now;
    this.latencies.addMs(now - ns / NS_PER_MS);
    if (ns !== client.lastMark) return;
    this.acknowledged++;
    if (this.#job.rate === null) this.send(client);
  };

  send(client: Client): void {
    this.sent++;
    sendMarked(this.#job.target.dialect, client);
  }

  /** Each sender in turn, as many as are due since the start. */
  async atRate(rate: number, start: number, end: number): Promise<void> {
    for (let now = start; now < end; now = performance.now()) {
      const due = Math.min(Math.floor(((now - start) / 1000) * rate), this.sent + BURST);
      while (this.sent < due) {
        const client = this.senders[this.#next++ % this.senders.length];
        if (client?.up) this.send(client);
        else this.sent++;
      }
      await sleep(1);
    }
  }
}

export const room = async (job: RoomJob, ready: () => void): Promise<RoomResult> => {
  const run = new RoomRun(job);
  const onDown = () => void run.closed++;
  const clients = await bringUp(job.target, job.paths, { onUp: () => undefined, onText: run.onText, onDown });
  const up = clients.filter((client) => client.up).length;
  ready();
  await sleep(job.warm * 1000);
  run.senders.push(...clients.slice(0, job.senders));
  run.counting = true;
  const cpu = watchCpu(job.target.pids);
  const start = performance.now();
  const end = start + job.seconds * 1000;
  if (job.rate !== null) await run.atRate(job.rate, start, end);
  else {
    for (const client of run.senders) run.send(client);
    await sleep(job.seconds * 1000);
    // On a machine that is very busy, a short window may end before anything came: nothing is no figure.
    while (run.latencies.count === 0 && performance.now() < end + job.drain * 1000) await sleep(1);
    // A loop never ends by itself: what arrives after the window is not counted.
    run.counting = false;
  }
  const stopped = performance.now();
  const [serverCpuS, busy] = [cpu.serverS(), cpu.busy()];
  const { delivered, seconds } = await drained(run, job, { up, start, stopped });
  for (const client of clients) client.cut();
  const { latencies, sent } = run;
  return {
    up,
    sent,
    acknowledgedPerS: run.acknowledged / seconds,
    delivered,
    share: delivered / Math.max(1, sent * up),
    deliveriesPerS: delivered / seconds,
    p50: latencies.quantile(0.5),
    p99: latencies.quantile(0.99),
    most: latencies.mostMs,
    closed: run.closed,
    serverCpuS,
    busy,
  };
};

/** At a rate, what was sent in time may arrive later; it counts, and so does the time that it took. */
const drained = async (
  run: RoomRun,
  job: RoomJob,
  { up, start, stopped }: { up: number; start: number; stopped: number },
) => {
  const patience = stopped + job.drain * 1000;
  while (run.counting && run.latencies.count < run.sent * up && performance.now() < patience) await sleep(10);
  run.counting = false;
  return { delivered: run.latencies.count, seconds: (Math.max(run.lastAt, stopped) - start) / 1000 };
};
