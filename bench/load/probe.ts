// One socket that asks for a sign of life again and again: the longest answer bounds how long the server stood still.
import { setTimeout as sleep } from "node:timers/promises";
import type { ProbeJob, ProbeResult } from "../jobs.ts";
import { bringUp } from "./crowd.ts";
import { Histogram } from "./histogram.ts";

const REF = '"ref":"';

export const probe = async (job: ProbeJob, ready: () => void, go: Promise<void>): Promise<ProbeResult> => {
  const sentAt: number[] = [];
  const times = new Histogram();
  const onText = (_: unknown, bytes: Buffer, from: number, to: number) => {
    const text = bytes.toString("latin1", from, to);
    if (!text.includes('"pong"')) return;
    const ref = Number.parseInt(text.slice(text.indexOf(REF) + REF.length), 10);
    const at = sentAt[ref];
    if (at !== undefined) times.addMs(performance.now() - at);
  };
  const [client] = await bringUp(job.target, [job.path], { onUp: () => undefined, onText });
  if (!client?.up) throw new Error("the probe was not let in");
  ready();
  const state = { over: false };
  const end = (async () => {
    await go;
    state.over = true;
  })();
  while (!state.over) {
    sentAt.push(performance.now());
    client.send(`{"type":"ping","ref":"${sentAt.length - 1}"}`);
    await sleep(job.everyMs);
  }
  await end;
  // The last ones are still on their way.
  const patience = performance.now() + 5_000;
  while (times.count < sentAt.length && performance.now() < patience) await sleep(job.everyMs);
  client.cut();
  return { pings: times.count, p50: times.quantile(0.5), most: times.mostMs };
};
