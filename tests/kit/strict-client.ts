// A server in this process with accounts in it, and a client that believes no answer which the contract does not know.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import {
  type Call,
  codeOf,
  type ErrorKey,
  ERRORS,
  FILE,
  type Operation,
  operations,
  type Operations,
  type Result,
  type Role,
  type UserCard,
} from "@homeroom/protocol";
import { z } from "zod";
import { readConfig } from "../../packages/server/src/config.ts";
import { createUser, hashPassword, issueTokens } from "../../packages/server/src/features/accounts/accounts.ts";
import { type RunningServer, startServer } from "../../packages/server/src/main.ts";
import { SECRET } from "./feature-kit.ts";
import { freshDatabase } from "./postgres.ts";

export type OperationId = keyof Operations;

export interface Person {
  user: UserCard;
  token: string;
}

/** What came back, checked against the contract already. */
export interface Answer<T = unknown> {
  status: number;
  /** The code of a refusal; null for a success. */
  code: string | null;
  headers: Headers;
  body: T;
  text: string;
}

export interface RawRequest {
  method: string;
  path: string;
  token?: string | undefined;
  headers?: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer> | FormData | undefined;
}

/** What any operation may be called with, right or wrong. */
export interface LooseCall {
  params?: Record<string, string | number> | undefined;
  query?: Record<string, string | number> | undefined;
  body?: unknown;
  /** Goes along as a form, with the fields of the body. */
  file?: { name: string; bytes: string };
  headers?: Record<string, string>;
}

type Needed<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] };
type Optional<T> = { [K in keyof T as undefined extends T[K] ? K : never]?: T[K] };
export type TypedCall<K extends OperationId> = Needed<Call<Operations[K]>> &
  Optional<Call<Operations[K]>> & { headers?: Record<string, string> };

export const PASSWORD = "correct horse";
/** An id that nothing has. */
export const NO_ID = 999_999_999;
/** The same for files. */
export const NO_FILE = "no-file-has-such-an-id";

const ErrorBody = z.strictObject({
  detail: z.string().min(1),
  code: z.string().regex(/^[a-z_]+$/),
  fields: z.record(z.string(), z.array(z.string().min(1)).min(1)).optional(),
  limit: z.number().optional(),
  retry_after_ms: z.int().positive().optional(),
  id: z.int().optional(),
  seq: z.int().optional(),
});
const STATUSES = Object.entries(ERRORS).map(([key, [status]]) => `${status} ${codeOf(key as ErrorKey)}`);

export interface StrictServer {
  readonly url: string;
  readonly server: RunningServer;
  /** New accounts that can all sign in with PASSWORD, with tokens for an hour; one commit for the tokens. */
  people<N extends string>(roles: Record<N, Role>): Promise<Record<N, Person>>;
  person(role?: Role): Promise<Person>;
  /** As it is, without a look at the operation; refusals are checked all the same. */
  raw(request: RawRequest): Promise<Answer>;
  /** Any operation, by anybody. A success must have a declared status and body. */
  call(person: Person | null, id: OperationId, call?: LooseCall): Promise<Answer>;
  /** One that must succeed. */
  ok<K extends OperationId>(person: Person, id: K, call: TypedCall<K>): Promise<Result<Operations[K]>>;
  /** Rejects when the server logged an error meanwhile: no request and no frame may bring it to that. */
  close(): Promise<void>;
}

export interface ServerOptions {
  database?: "sqlite" | "postgres";
  env?: Record<string, string>;
}

/** With LIMITS=off and open registration unless told otherwise. */
export const openStrict = async ({ database = "sqlite", env = {} }: ServerOptions = {}): Promise<StrictServer> => {
  const folder = mkdtempSync(join(tmpdir(), "homeroom-strict-"));
  const postgres = database === "postgres" ? await freshDatabase() : null;
  const config = readConfig({
    PORT: "0",
    DATA_DIR: folder,
    JWT_SECRET: SECRET,
    REGISTRATION: "open",
    LIMITS: "off",
    DURABILITY: "relaxed",
    ...(postgres && { DATABASE_URL: postgres.url }),
    ...env,
  });
  const errors: unknown[] = [];
  const quiet = () => undefined;
  const logger = { debug: quiet, info: quiet, warn: quiet, error: (facts: object) => void errors.push(facts) };
  const server = await startServer(config, logger);
  const { url } = server;
  const people = await peopleOf(server);
  const raw = (request: RawRequest) => send(url, request);
  const call = async (person: Person | null, id: OperationId, wanted: LooseCall = {}) => {
    const answer = await raw(requestOf(operations[id], person, wanted));
    if (answer.status < 400) checkSuccess(id, answer);
    return answer;
  };
  return {
    url,
    server,
    people,
    person: async (role = "student") => (await people({ one: role })).one,
    raw,
    call,
    ok: async (person, id, wanted) => {
      const answer = await call(person, id, wanted);
      if (answer.status >= 400) throw new Error(`${id} was refused: ${answer.status} ${answer.text}`);
      return answer.body as Result<Operations[typeof id]>;
    },
    close: async () => {
      await server.close();
      await postgres?.drop();
      rmSync(folder, { recursive: true, force: true });
      if (errors.length > 0) throw new Error(`The server logged ${errors.length} errors: ${inspect(errors)}`);
    },
  };
};

const peopleOf = async ({ kit }: RunningServer): Promise<StrictServer["people"]> => {
  const password_hash = await hashPassword(PASSWORD);
  let made = 0;
  return async <N extends string>(roles: Record<N, Role>) => {
    const users = new Map<N, UserCard>();
    for (const [name, role] of Object.entries(roles) as [N, Role][]) {
      const username = `${name}-${++made}`.toLowerCase();
      users.set(name, await createUser(kit, { username, display_name: name, role, password_hash }));
    }
    const ids = [...users.values()].map(({ id }) => id);
    const tokens = await issueTokens(kit, ids, 3600);
    const pairs = [...users].map(([name, user], i) => [name, { user, token: tokens[i] ?? "" }]);
    return Object.fromEntries(pairs) as Record<N, Person>;
  };
};

/** How an operation is asked for. */
export const requestOf = (declared: Operation, person: Person | null, wanted: LooseCall): RawRequest => {
  const path = declared.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(wanted.params?.[name]));
  const asked = Object.entries(wanted.query ?? {}).map(([name, value]): [string, string] => [name, String(value)]);
  const query = new URLSearchParams(asked).toString();
  const { file } = wanted;
  const hasBody = wanted.body !== undefined && !file;
  return {
    method: declared.method.toUpperCase(),
    path: query ? `${path}?${query}` : path,
    token: person?.token,
    headers: { ...(hasBody && { "content-type": "application/json" }), ...wanted.headers },
    body: file ? formOf(declared.file ?? "file", file, wanted.body) : hasBody ? JSON.stringify(wanted.body) : undefined,
  };
};

const formOf = (field: string, file: NonNullable<LooseCall["file"]>, fields: unknown): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields ?? {})) form.set(name, String(value));
  form.set(field, new Blob([file.bytes]), file.name);
  return form;
};

const send = async (url: string, { method, path, token, headers, body }: RawRequest): Promise<Answer> => {
  const response = await fetch(url + path, {
    method,
    headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers },
    ...(body !== undefined && { body }),
    redirect: "manual",
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json") ?? false;
  const parsed = isJson && text !== "" ? (JSON.parse(text) as unknown) : undefined;
  const answer = { status: response.status, code: null, headers: response.headers, body: parsed, text };
  return response.status < 400 ? answer : checkRefusal(answer, `${method} ${path}`);
};

const checkRefusal = (answer: Answer, asked: string): Answer => {
  const parsed = ErrorBody.safeParse(answer.body);
  // A HEAD has no body to look at.
  if (asked.startsWith("HEAD ") && answer.text === "") return answer;
  if (!parsed.success) throw new Error(`${asked}: ${answer.status} without a proper error: ${answer.text}`);
  const { code, retry_after_ms } = parsed.data;
  const known = STATUSES.includes(`${answer.status} ${code}`);
  if (!known) throw new Error(`${asked}: ${answer.status} does not go with the code ${code}`);
  if (answer.status === 429 && !(retry_after_ms && answer.headers.get("retry-after"))) {
    throw new Error(`${asked}: 429 without Retry-After`);
  }
  return { ...answer, code };
};

const checkSuccess = (id: OperationId, answer: Answer): void => {
  const { responses } = operations[id] as Operation;
  const schema = responses[answer.status];
  if (schema === undefined) throw new Error(`${id}: ${answer.status} is not declared`);
  if (schema === null) {
    if (answer.text !== "") throw new Error(`${id}: a body where there should be none`);
    return;
  }
  // Bytes are looked at by whoever asked for them.
  if (schema === FILE) return;
  const parsed = schema.safeParse(answer.body);
  if (!parsed.success) {
    throw new Error(`${id}: not as declared: ${z.prettifyError(parsed.error)}\n${answer.text.slice(0, 500)}`);
  }
};
