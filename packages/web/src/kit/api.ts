// Typed calls: a method and a path literal name an operation of the contract; no schema runs in the browser.
import type { Call, Method, Operation, Operations, Result } from "@homeroom/protocol";
import { ApiError, NetworkError, SignedOutError } from "./failures.ts";

type AnyOperation = Operations[keyof Operations];
/** The paths that an HTTP method has in the contract. */
export type Path<M extends Method> = Extract<AnyOperation, { method: M }>["path"];
type At<M extends Method, P extends string> = Extract<AnyOperation, { method: M; path: P }>;

/** Ids may be given as numbers: they are written into the URL either way. */
type Loose<T> = { [K in keyof T]: T[K] | (string extends T[K] ? number : never) };
type Given<K extends string, T> = [T] extends [undefined]
  ? unknown
  : undefined extends T
    ? { [N in K]?: T }
    : object extends T
      ? { [N in K]?: T }
      : { [N in K]: T };
interface Extra {
  signal?: AbortSignal;
  timeoutMs?: number;
  /** Makes a repetition of this call harmless, where the operation says so. */
  idempotencyKey?: string;
}
type Options<O extends Operation> = Given<"params", Loose<Call<O>["params"]>> &
  Given<"query", Loose<Call<O>["query"]>> &
  Given<"body", Call<O>["body"]> &
  Extra;
type Args<O extends Operation> = Extra extends Options<O> ? [options?: Options<O>] : [options: Options<O>];
type Caller<M extends Method> = <P extends Path<M>>(path: P, ...args: Args<At<M, P>>) => Promise<Result<At<M, P>>>;

export type Api = { readonly [M in Method]: Caller<M> };

/** What a request is sent with; how it is renewed when the server no longer takes it. */
export interface Credentials {
  headers: (method: Method, path: string) => Record<string, string>;
  /** Gets fresh credentials after a 401. False: there are none, the session is over. */
  renew: () => Promise<boolean>;
  /** Another number with every signing in and out: an answer to somebody else's question is nobody's. */
  visit: () => number;
}

export interface ApiOptions {
  base: string;
  crossOrigin: boolean;
  fetch: typeof fetch;
  credentials: Credentials;
  timeoutMs?: number;
}

interface LooseOptions extends Extra {
  params?: Record<string, string | number>;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
}

const RENEWABLE = new Set(["token_invalid", "token_expired", "not_authenticated"]);
const METHODS: Method[] = ["get", "post", "put", "patch", "delete"];

export function createApi(options: ApiOptions): Api {
  const { renew, visit } = options.credentials;
  const attempt = async (method: Method, path: string, given: LooseOptions) => {
    const mine = visit();
    try {
      return await send(options, method, path, given);
    } catch (error) {
      const mayRenew = error instanceof ApiError && error.status === 401 && RENEWABLE.has(error.code);
      if (!mayRenew || visit() !== mine || !(await renew())) throw error;
      return await send(options, method, path, given);
    }
  };
  const call = async (method: Method, path: string, given: LooseOptions = {}) => {
    const mine = visit();
    const answer = await attempt(method, path, given);
    if (visit() !== mine) throw new SignedOutError();
    return answer;
  };
  const callers = METHODS.map((method) => [method, (path: string, given?: LooseOptions) => call(method, path, given)]);
  return Object.fromEntries(callers) as Api;
}

/** One request, without any renewal: what signing in and renewing themselves are made of. */
export const createPlainApi = (options: ApiOptions): Api =>
  createApi({ ...options, credentials: { ...options.credentials, renew: async () => false, visit: () => 0 } });

async function send(options: ApiOptions, method: Method, path: string, given: LooseOptions): Promise<unknown> {
  const timeout = AbortSignal.timeout(given.timeoutMs ?? options.timeoutMs ?? 10_000);
  const headers: Record<string, string> = { Accept: "application/json", ...options.credentials.headers(method, path) };
  if (given.body !== undefined) headers["Content-Type"] = "application/json";
  if (given.idempotencyKey) headers["Idempotency-Key"] = given.idempotencyKey;
  let response: Response;
  let text: string;
  try {
    response = await options.fetch(options.base + urlOf(path, given), {
      method: method.toUpperCase(),
      headers,
      body: given.body === undefined ? undefined : JSON.stringify(given.body),
      credentials: options.crossOrigin ? "omit" : "same-origin",
      cache: "no-store",
      signal: given.signal ? AbortSignal.any([given.signal, timeout]) : timeout,
    });
    text = await response.text();
  } catch (error) {
    if (given.signal?.aborted) throw error;
    throw new NetworkError(timeout.aborted);
  }
  return read(response, text);
}

function read(response: Response, text: string): unknown {
  const request_id = response.headers.get("X-Request-Id") ?? undefined;
  const body = parse(text);
  if (response.ok && (text === "" || body !== undefined)) return body;
  if (!response.ok && isErrorBody(body)) throw new ApiError({ ...body, status: response.status, request_id });
  const detail = response.ok
    ? "What answered at this address is not Homeroom."
    : "The server could not answer this. Wait a moment, then try again.";
  throw new ApiError({ status: response.status, code: "unreadable", detail, request_id });
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const isErrorBody = (body: unknown): body is { detail: string; code: string } =>
  typeof body === "object" && body !== null && "detail" in body && "code" in body;

function urlOf(path: string, { params = {}, query = {} }: LooseOptions): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  return search.size > 0 ? `${filled}?${search}` : filled;
}
