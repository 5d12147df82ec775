// The works of a run, as steps: each starts what it needs, measures, and writes down what it found.
import { type Findings, type LoadPoint, note, type RoomPoint } from "./findings.ts";
import type { Dialect, RoomJob, RoomResult } from "./jobs.ts";
import type { Pins } from "./machine.ts";
import { Load } from "./processes.ts";
import type { Scale } from "./scale.ts";
import { type DataSet, NAMES, provideData, type Running, startBlaster, startHomeroom, startPeer } from "./servers.ts";

export interface Bench {
  scale: Scale;
  pins: Pins | null;
  /** Where databases are made. */
  root: string;
  findings: Findings;
}

export interface Step {
  title: string;
  run(): Promise<void>;
}

const LATE_MS = 1_000;
const WHOLE = 0.999;

/** A server and a load process that the steps between the first and the last of a group share. */
export class Stage {
  readonly bench: Bench;
  readonly dialect: Dialect;
  #server: Running | undefined;
  #load: Load | undefined;

  constructor(bench: Bench, dialect: Dialect) {
    this.bench = bench;
    this.dialect = dialect;
  }

  /** `watch`: the server itself tells how long its event loop was held up. */
  async open(data: DataSet, watch = false): Promise<void> {
    const { root, pins } = this.bench;
    this.#server =
      this.dialect === "homeroom"
        ? await startHomeroom(await provideData(root, data), pins, watch)
        : await startPeer(this.dialect, pins);
    this.#load = new Load(pins);
  }

  get server(): Running {
    if (!this.#server) throw new Error("the stage is not open");
    return this.#server;
  }

  get load(): Load {
    if (!this.#load) throw new Error("the stage is not open");
    return this.#load;
  }

  async close(): Promise<void> {
    await this.#load?.end();
    await this.#server?.stop();
  }

  note(key: string, label: string, better: "more" | "less", value: number, busy = 0): void {
    note(this.bench.findings, this.dialect, { key, label, better, value, busy });
  }

  warn(text: string): void {
    this.bench.findings.warnings.push(`${NAMES[this.dialect]}: ${text}`);
  }

  step(title: string, run: () => Promise<void>): Step {
    return { title: `${NAMES[this.dialect]}: ${title}`, run };
  }

  async room(sockets: number, job: Pick<RoomJob, "senders" | "rate" | "seconds">): Promise<RoomResult> {
    const { warm, drain } = this.bench.scale;
    const { server } = this;
    const paths = server.paths(sockets);
    const result = await this.load.run({ kind: "room", target: server.target(), paths, warm, drain, ...job });
    if (result.up < sockets) this.warn(`only ${result.up} of ${sockets} sockets came up`);
    return result;
  }
}

const count = (n: number) => n.toLocaleString("en");

export const roomWorks = (stage: Stage): Step[] => {
  const { small, big, seconds, rates } = stage.bench.scale;
  return [
    ...[big, small].map((size) =>
      stage.step(`room of ${count(size)}, a loop`, async () => {
        const work = `room of ${count(size)}, one sender in a loop`;
        const key = size === big ? "big-loop" : "small-loop";
        const found = await stage.room(size, { senders: 1, rate: null, seconds });
        stage.note(key, `${work}: deliveries/s`, "more", found.deliveriesPerS, found.busy);
        const cpu = (found.serverCpuS * 1e6) / Math.max(1, found.delivered);
        stage.note(`${key}-cpu`, `${work}: server's processor time per delivery, µs`, "less", cpu);
      }),
    ),
    stage.step(`room of ${count(small)}, all write`, async () => {
      const found = await stage.room(small, { senders: small, rate: null, seconds });
      const work = `room of ${count(small)}, ${count(small)} senders in a loop`;
      stage.note("senders", `${work}: acknowledged msg/s`, "more", found.acknowledgedPerS, found.busy);
    }),
    stage.step(`room of ${count(small)}, ${rates.steady} msg/s`, async () => {
      const found = await stage.room(small, { senders: small, rate: rates.steady, seconds });
      const work = `room of ${count(small)}, ${count(rates.steady)} msg/s`;
      stage.note("steady-p50", `${work}: p50 ms`, "less", found.p50);
      stage.note("steady-p99", `${work}: p99 ms`, "less", found.p99);
    }),
    ...rates.many.map((rate) =>
      stage.step(`room of ${count(big)}, ${count(rate)} msg/s`, async () => {
        const found = await stage.room(big, { senders: Math.min(200, big), rate, seconds });
        const work = `room of ${count(big)}, ${count(rate)} msg/s`;
        stage.note(`rate-${rate}-share`, `${work}: delivered share`, "more", found.share);
        stage.note(`rate-${rate}-p99`, `${work}: p99 ms`, "less", found.p99, found.busy);
        stage.note(`rate-${rate}`, `${work}: deliveries/s`, "more", found.deliveriesPerS, found.busy);
      }),
    ),
  ];
};

/** Rooms of every size, and a room with ever more messages until it breaks. */
export const plotWorks = (stage: Stage): Step[] => {
  const { sizes, offered, plotSeconds: seconds, small } = stage.bench.scale;
  const { findings } = stage.bench;
  const rooms: RoomPoint[] = [];
  const load: LoadPoint[] = [];
  findings.rooms[stage.dialect] = rooms;
  findings.load[stage.dialect] = load;
  return [
    ...sizes.map((size) =>
      stage.step(`plot, room of ${count(size)}`, async () => {
        const { deliveriesPerS, p99 } = await stage.room(size, { senders: 1, rate: null, seconds });
        rooms.push({ size, deliveriesPerS, p99 });
      }),
    ),
    ...offered.map((rate) =>
      stage.step(`plot, ${count(rate)} msg/s`, async () => {
        if (load.at(-1)?.broke) return;
        const measure = async (): Promise<LoadPoint> => {
          const { deliveriesPerS, p99, share, closed } = await stage.room(small, { senders: small, rate, seconds });
          return { offeredPerS: rate, deliveriesPerS, p99, broke: share < WHOLE || p99 > LATE_MS || closed > 0 };
        };
        const first = await measure();
        // Something else may have kept the machine busy for a moment: what breaks, breaks twice.
        load.push(first.broke ? await measure() : first);
      }),
    ),
  ];
};

/** How much the load process can count at all. */
export const limitWorks = (bench: Bench): Step[] => {
  const { small, big, seconds, drain } = bench.scale;
  const measure = async (frames: number, sockets: number) => {
    const server = await startBlaster(frames, sockets, bench.pins);
    const load = new Load(bench.pins);
    const paths = server.paths(sockets);
    const job = { senders: 0, rate: null, seconds, warm: 0, drain };
    const { deliveriesPerS, busy } = await load.run({ kind: "room", target: server.target(), paths, ...job });
    await load.end();
    await server.stop();
    // Its core may also have waited for what is written: what counts is how much of it a delivery takes.
    return deliveriesPerS / Math.max(0.01, busy);
  };
  return [
    {
      title: "what the load process can count, many frames at once",
      run: async () => void (bench.findings.limit.batched = await measure(50, small)),
    },
    {
      title: "what the load process can count, each frame for itself",
      run: async () => void (bench.findings.limit.single = await measure(1, big)),
    },
  ];
};
