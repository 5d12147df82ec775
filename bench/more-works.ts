// The works that are about more than one room's messages: idle sockets, the storm, history, the start.
import { setTimeout as sleep } from "node:timers/promises";
import type { ProbeResult } from "./jobs.ts";
import { Load } from "./processes.ts";
import { provideData } from "./servers.ts";
import { type Bench, Stage, type Step } from "./works.ts";

const KB_PER_MB = 1_024;
/** The kernel counts processor time in hundredths of a second: less than one cannot be told from none. */
const TICK_S = 0.01;
const PAGE = 50;
const PROBE_MS = 10;
/** After its start a server still tidies up. */
const CALM_MS = 1_000;

const count = (n: number) => n.toLocaleString("en");

export const idleWork = (stage: Stage): Step => {
  const { sockets, settle } = stage.bench.scale;
  return stage.step(`${count(sockets)} idle sockets`, async () => {
    const { server, load } = stage;
    await sleep(Math.min(CALM_MS, settle * 1000));
    const before = server.memoryKb();
    stage.note("memory", "memory at start, MB", "less", before / KB_PER_MB);
    let after = before;
    const { up } = await load.run({ kind: "idle", target: server.target(), paths: server.paths(sockets) }, async () => {
      await sleep(settle * 1000);
      after = server.memoryKb();
    });
    if (up < sockets) stage.warn(`only ${up} of ${sockets} idle sockets came up`);
    const each = (after - before) / Math.max(1, up);
    stage.note("idle", `memory per open idle socket (${count(sockets)} of them), kB`, "less", each);
  });
};

/** Homeroom alone: the others keep nothing that one could catch up with. */
export const stormWork = (stage: Stage): Step => {
  const { sockets, missed, settle, patience } = stage.bench.scale;
  return stage.step(`${count(sockets)} sockets cut at once`, async () => {
    const { server, load, bench } = stage;
    const prober = new Load(bench.pins);
    const over = Promise.withResolvers<void>();
    const [, path = ""] = server.paths(2);
    const [target, paths] = [server.target(), server.paths(sockets)];
    const heldUp: number[] = [];
    let probing: Promise<ProbeResult> | undefined;
    const found = await load.run({ kind: "storm", target, paths, missed, settle, patience }, async () => {
      heldUp.push(await server.heldUpMs());
      probing ??= prober.run({ kind: "probe", target, path, everyMs: PROBE_MS }, () => over.promise);
    });
    heldUp.push(await server.heldUpMs());
    over.resolve();
    const probed = await probing;
    await prober.end();
    const work = `${count(sockets)} sockets cut at once, each resuming ${count(missed)} messages`;
    const whole = (found.caughtUp - found.short) / sockets;
    stage.note("storm-share", `${work}: caught up with all of it, share`, "more", whole);
    stage.note("storm-p50", `${work}: p50 s`, "less", found.p50 / 1000, found.busy);
    stage.note("storm-p99", `${work}: p99 s`, "less", found.p99 / 1000, found.busy);
    stage.note("storm-most", `${work}: last s`, "less", found.most / 1000, found.busy);
    stage.note("storm-cpu", `${work}: server's processor time, s`, "less", found.serverCpuS);
    const [, cut = 0, back = 0] = heldUp;
    const held = "the longest time that its event loop was held up";
    stage.note("storm-cut", `${held} when they were cut and the messages written, ms`, "less", cut);
    stage.note("storm-loop", `${held} when they came back, ms`, "less", back);
    stage.note("storm-still", "meanwhile, the longest answer to a ping, ms", "less", probed?.most ?? 0);
    stage.note("storm-ping", "meanwhile, half of the answers to a ping within, ms", "less", probed?.p50 ?? 0);
  });
};

const tokenOf = (path: string) => /token=([^&]+)/.exec(path)?.[1] ?? "";

/** As many different pages in every room, so that whatever is kept of a page helps all alike, or each page once. */
export const historyWork = (stage: Stage, messages: number, key: "few" | "lots" | "once"): Step => {
  const { seconds, warmPages: warm, people, few } = stage.bench.scale;
  return stage.step(`history of ${count(messages)} messages`, async () => {
    const { server, load } = stage;
    const [path = ""] = server.paths(1);
    const room = /rooms\/(\d+)\//.exec(path)?.[1] ?? "1";
    const url = `http://127.0.0.1:${server.port}/api/chat/rooms/${room}/messages/?limit=50&before={n}`;
    // The first seqs of the room are those who came into it.
    const [from, to] = [people + PAGE + 1, people + messages];
    const different = (key === "once" ? messages : few) - PAGE;
    const job = { url, from, to, different, token: tokenOf(path), warm, seconds };
    const found = await load.run({ kind: "pages", ...job, pids: server.pids() });
    const which = key === "once" ? "each another one" : `${count(different)} different ones`;
    const work = `history pages of ${PAGE} from a room of ${count(messages)}, ${which}`;
    stage.note(`history-${key}`, `${work}: pages/s`, "more", found.pagesPerS, found.busy);
    stage.note(`history-${key}-p99`, `${work}: p99 ms`, "less", found.p99, found.busy);
    const cpu = (Math.max(TICK_S, found.serverCpuS) * 1000) / Math.max(1, found.pages);
    stage.note(`history-${key}-cpu`, `${work}: server's processor time per page, ms`, "less", cpu);
    const small = stage.bench.findings.rows.find((row) => row.key === "history-few-cpu")?.values.homeroom;
    if (key === "lots" && small) {
      stage.note("history-ratio", "cost of such a page from the large room : from the small one", "less", cpu / small);
    }
  });
};

/** Starts on a large database; the last of these servers is the one that is then asked for its history, if wanted. */
export const startWorks = (bench: Bench, wants: { start: boolean; history: boolean }): Step[] => {
  const { lots, people, starts, settle } = bench.scale;
  const stage = new Stage(bench, "homeroom");
  const data = { users: people, messages: lots };
  const times: number[] = [];
  const memory: number[] = [];
  const started = async () => {
    await stage.open(data);
    times.push(stage.server.startMs);
    await sleep(Math.min(CALM_MS, settle * 1000));
    memory.push(stage.server.memoryKb() / KB_PER_MB);
  };
  const conclude = () => {
    const given = `with ${count(lots)} messages`;
    stage.note("start", `start ${given}: ready after ms (median of ${times.length})`, "less", middle(times));
    stage.note("start-memory", `memory at start ${given}, MB`, "less", middle(memory));
  };
  const more = wants.start ? starts - 1 : 0;
  return [
    stage.step(`a database of ${count(lots)} messages`, async () => void (await provideData(bench.root, data))),
    ...Array.from({ length: more }, () =>
      stage.step(`start with ${count(lots)} messages`, async () => {
        await started();
        await stage.close();
      }),
    ),
    stage.step(`start with ${count(lots)} messages`, async () => {
      await started();
      if (wants.start) conclude();
    }),
    ...(wants.history ? [historyWork(stage, lots, "lots"), historyWork(stage, lots, "once")] : []),
    stage.step("stop", () => stage.close()),
  ];
};

const middle = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
