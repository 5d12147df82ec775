// Sockets that only stand open, for as long as somebody measures what they cost.
import type { IdleJob, IdleResult } from "../jobs.ts";
import { bringUp } from "./crowd.ts";

export const idle = async (job: IdleJob, ready: () => void, go: Promise<void>): Promise<IdleResult> => {
  const clients = await bringUp(job.target, job.paths, { onUp: () => undefined, onText: () => undefined });
  const up = clients.filter((client) => client.up).length;
  ready();
  await go;
  for (const client of clients) client.cut();
  return { up };
};
