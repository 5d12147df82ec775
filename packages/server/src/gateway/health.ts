// Alive, and ready: which part is down, in words for operators.
import { Refusal } from "@homeroom/protocol";
import type { Handlers } from "../kit/call.ts";

const PATIENCE_MS = 2_000;

/** What is asked when somebody wants to know: each resolves when its part answers, and rejects with the reason. */
export interface HealthParts {
  database(): Promise<void>;
  files(): Promise<void>;
  /** Null where the school has none. */
  scanner: (() => Promise<void>) | null;
  jobs(): Promise<{ waiting: number; dead: number }>;
  isDraining(): boolean;
}

interface Part {
  ok: boolean;
  detail?: string;
}

/** The deepest that is known. */
const reason = (error: unknown): string => {
  if (error instanceof Refusal && error.cause) return reason(error.cause);
  if (error instanceof AggregateError && error.errors.length > 0) return reason(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
};

const within = <T>(ms: number, promise: Promise<T>): Promise<T> =>
  Promise.race([
    promise,
    new Promise<never>((_, reject) => setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms).unref()),
  ]);

const part = (asked: Promise<string | void>): Promise<Part> =>
  within(PATIENCE_MS, asked).then(
    (detail) => ({ ok: true, ...(detail && { detail }) }),
    (error: unknown) => ({ ok: false, detail: reason(error) }),
  );

/** Work that was given up is somebody's file that stays unchecked until a person looks. */
const jobsInWords = ({ waiting, dead }: { waiting: number; dead: number }): string => {
  if (dead > 0) throw new Error(`${dead} given up, ${waiting} waiting`);
  return `${waiting} waiting`;
};

/**
 * Ready is who can chat. Without its files or its scanner a server is worse, and says so here, but a balancer that
 * took it away for that would make it useless.
 */
const lookAt = async (parts: HealthParts) => {
  const [database, files, scanner, jobs] = await Promise.all([
    part(parts.database()),
    part(parts.files()),
    part(parts.scanner ? parts.scanner() : Promise.resolve("not configured: files are not checked for viruses")),
    part(parts.jobs().then(jobsInWords)),
  ]);
  const server: Part = parts.isDraining() ? { ok: false, detail: "stopping" } : { ok: true };
  return { ready: database.ok && server.ok, parts: { database, server, files, scanner, jobs } };
};

export const healthHandlers = (
  parts: HealthParts,
  durability: "full" | "relaxed",
): Pick<Handlers, "healthz" | "readyz"> => {
  let looking: ReturnType<typeof lookAt> | null = null;
  return {
    healthz: () => Promise.resolve({ status: 200, body: { status: "ok" } }),
    readyz: async () => {
      // Anybody may ask, however often: all who ask at once share one look, and nothing else is asked for them.
      looking ??= lookAt(parts).finally(() => (looking = null));
      const { ready, parts: seen } = await looking;
      return { status: ready ? 200 : 503, body: { ready, durability, parts: seen } };
    },
  };
};
