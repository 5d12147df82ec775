// One REST operation as a Hono handler. Always in this order: who (401), budget (429), what (404 for ids, 400), may they, do.
import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { answersWithFile, FILE, type FileBody, type Operation, Refusal, SIZES } from "@homeroom/protocol";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { z } from "zod";
import type { Config } from "../config.ts";
import type { Caller, Doorman, HttpDoor, OpenCall, SignedCall } from "../kit/call.ts";
import type { Throttle } from "../kit/ports.ts";
import { jsonOf } from "../kit/written.ts";
import { fieldsOf, parseWith } from "./json.ts";
import { type Received, receiveForm } from "./receive.ts";
import { doorOf, type Env, readJsonBody } from "./request.ts";
import { sendFile } from "./send-file.ts";

export interface OperationDeps {
  config: Config;
  doorman: Doorman;
  throttle: Throttle;
  /** The folder for files that are on their way in. */
  staging: string;
}

interface Answer {
  status: number;
  body: unknown;
}
export type AnyHandler = (input: unknown, call: OpenCall | SignedCall) => Promise<Answer>;

export const operationServer = (deps: OperationDeps) => {
  const slots = new Slots(SIZES.uploads_at_once);
  return (declared: Operation, handler: AnyHandler) => {
    const isFile = answersWithFile(declared);
    const isReading = declared.method === "get" && declared.authz !== "anyone" && !isFile;
    return async (c: Context<Env>): Promise<Response> => {
      const http = doorOf(c, deps.config);
      const read = isReading ? await readAhead(deps, declared, handler, c, http) : null;
      if (read) return toResponse(c, declared, read, http);
      const caller = await callerOf(deps, declared, isFile, http);
      const answerTo = async (received: Received | null): Promise<Response> => {
        const asked = askedOf(declared, c);
        const body = await bodyOf(declared, c, received);
        const idempotency = idempotencyOf(declared, c, body, received);
        const input = { ...asked, body, ...(received && { file: received.file }) };
        const answer = await handler(input, { caller, http, ...(idempotency && { idempotency }) });
        return toResponse(c, declared, answer, http);
      };
      const { file } = declared;
      if (!file || !caller) return answerTo(null);
      return slots.use(caller.user.id, async () => {
        const received = await receiveForm(c.env.incoming, file, deps.staging);
        try {
          return await answerTo(received);
        } finally {
          await rm(received.file.path, { force: true });
        }
      });
    };
  };
};

/**
 * For whoever was here before, what they want to read is asked of the database together with whether they are still who
 * they were, and told when they are: one trip instead of one after the other. Null where anything stands in the way of
 * that: then all of it is asked again, in order, and refused in order.
 */
const readAhead = async (
  { doorman, throttle }: OperationDeps,
  declared: Operation,
  handler: AnyHandler,
  c: Context<Env>,
  http: HttpDoor,
): Promise<Answer | null> => {
  const token = bearerOf(http);
  const asked = token && orNull(() => askedOf(declared, c));
  const known = asked && doorman.recognise(token);
  if (!known || !orNull(() => [throttle.take(["rest_user", String(known.caller.user.id)])])) return null;
  const reading = Promise.allSettled([handler(asked, { caller: known.caller, http })]);
  const [[read], still] = await Promise.all([reading, known.still]);
  if (!still) return null;
  if (read.status === "rejected") throw read.reason;
  return read.value;
};

/** Null for what is refused. */
const orNull = <T>(work: () => T): T | null => {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
};

const toResponse = (c: Context<Env>, declared: Operation, { status, body }: Answer, { origin }: HttpDoor) => {
  if (body === undefined || status === 204) return c.body(null, 204);
  if (declared.responses[status] === FILE) return sendFile(c, body as FileBody);
  const json = jsonOf(absolute(body as object, origin));
  return c.body(json, status as ContentfulStatusCode, { "Content-Type": "application/json" });
};

/** How much of something goes on at once, for each person. */
class Slots {
  readonly #most: number;
  readonly #taken = new Map<number, number>();

  constructor(most: number) {
    this.#most = most;
  }

  async use<T>(userId: number, work: () => Promise<T>): Promise<T> {
    const taken = this.#taken.get(userId) ?? 0;
    if (taken >= this.#most) throw new Refusal("rate_limited", { limit: this.#most, retry_after_ms: 2_000 });
    this.#taken.set(userId, taken + 1);
    try {
      return await work();
    } finally {
      const left = (this.#taken.get(userId) ?? 1) - 1;
      if (left > 0) this.#taken.set(userId, left);
      else this.#taken.delete(userId);
    }
  }
}

const callerOf = async (
  { doorman, throttle }: OperationDeps,
  declared: Operation,
  isFile: boolean,
  http: HttpDoor,
): Promise<Caller | null> => {
  const { address } = http;
  if (declared.authz === "anyone") {
    if (declared.path.startsWith("/api/")) throttle.take(["rest_address", address]);
    return null;
  }
  // A page's pictures are asked for by the browser, which has nothing to show but a cookie.
  const visitor = isFile && http.header("authorization") === undefined ? await doorman.visitor(http) : null;
  if (visitor) {
    throttle.take(["files_user", String(visitor.user.id)]);
    return visitor;
  }
  const token = bearerOf(http);
  if (token === null) {
    throttle.take(["rest_address", address]);
    throw new Refusal("not_authenticated");
  }
  const caller = await doorman.identify(token).catch((error: unknown) => {
    throttle.take(["rest_address", address]);
    throw error;
  });
  throttle.take([isFile ? "files_user" : "rest_user", String(caller.user.id)]);
  return caller;
};

/** Null for none. */
const bearerOf = (http: HttpDoor): string | null => {
  const [scheme, token] = (http.header("authorization") ?? "").split(" ");
  return (scheme?.toLowerCase() === "bearer" && token) || null;
};

/** What the address says. */
const askedOf = (declared: Operation, c: Context<Env>) => ({
  params: declared.params && parseParams(declared.params, c.req.param()),
  query: parseQuery(declared.query, c.req.queries()),
});

const bodyOf = async (declared: Operation, c: Context<Env>, received: Received | null): Promise<unknown> => {
  const sent = received?.fields ?? (declared.method === "get" ? undefined : await readJsonBody(c));
  if (!declared.body) {
    if (sent !== undefined) throw new Refusal("bad_request", { detail: "This takes no body." });
    return undefined;
  }
  const optional = declared.body.safeParse(undefined).success;
  return parseWith(declared.body, sent === undefined && !optional ? {} : sent);
};

/** An id that is none names nothing; any other word of a path is refused like a field. */
const parseParams = (schema: z.ZodType, asked: Record<string, string>): unknown => {
  const parsed = schema.safeParse(asked);
  if (parsed.success) return parsed.data;
  if (parsed.error.issues.some(({ path }) => /(^|_)id$/.test(String(path[0])))) throw new Refusal("not_found");
  throw new Refusal("bad_request", { fields: fieldsOf(parsed.error) });
};

const parseQuery = (schema: z.ZodType | undefined, asked: Record<string, string[]>): unknown => {
  const single = Object.fromEntries(
    Object.entries(asked).map(([name, values]) => {
      if (values.length > 1) throw new Refusal("bad_request", { fields: { [name]: ["Must be given once."] } });
      return [name, values[0] ?? ""];
    }),
  );
  if (schema) return parseWith(schema, single);
  const unknown = Object.keys(single);
  if (unknown.length === 0) return undefined;
  throw new Refusal("bad_request", { fields: Object.fromEntries(unknown.map((n) => [n, ["Unknown field."]])) });
};

const idempotencyOf = (declared: Operation, c: Context<Env>, body: unknown, received: Received | null) => {
  const key = declared.idempotent ? c.req.header("idempotency-key") : undefined;
  if (key === undefined) return undefined;
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new Refusal("bad_request", { detail: "An Idempotency-Key has 1 to 200 visible ASCII characters." });
  }
  const said = received ? [body, received.file.name, received.file.sha256] : (body ?? null);
  const asked = `${declared.method} ${c.req.path.replace(/\/$/, "")} ${JSON.stringify(said)}`;
  return { key, digest: createHash("sha256").update(asked).digest("base64url") };
};

/** Lists name their neighbours by whole URLs; handlers know only paths. */
const absolute = (body: object, origin: string): object => {
  if (!("next" in body) || !("previous" in body)) return body;
  const url = (path: unknown) => (typeof path === "string" ? origin + path : null);
  return { ...body, next: url(body.next), previous: url(body.previous) };
};
