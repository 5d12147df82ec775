// Alive, and ready: which part is down, in words for operators.
import type { Handlers } from "../kit/call.ts";
import type { Database } from "../kit/ports.ts";

const PATIENCE_MS = 2_000;

const within = <T>(ms: number, promise: Promise<T>): Promise<T> =>
  Promise.race([
    promise,
    new Promise<never>((_, reject) => setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms).unref()),
  ]);

export const healthHandlers = (
  db: Database,
  durability: "full" | "relaxed",
  isDraining: () => boolean,
): Pick<Handlers, "healthz" | "readyz"> => ({
  healthz: () => Promise.resolve({ status: 200, body: { status: "ok" } }),
  readyz: async () => {
    const database = await within(PATIENCE_MS, db.ping()).then(
      () => ({ ok: true }),
      (error: unknown) => ({ ok: false, detail: error instanceof Error ? error.message : String(error) }),
    );
    const server = isDraining() ? { ok: false, detail: "stopping" } : { ok: true };
    const ready = database.ok && server.ok;
    return { status: ready ? 200 : 503, body: { ready, durability, parts: { database, server } } };
  },
});
