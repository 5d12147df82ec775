// Sends one file to the server and tells how far it is: with the session's token and its renewal, again after trouble
// on the way, and never twice: all tries of one file carry the same Idempotency-Key. At most three are under way.
import type { Attachment } from "@homeroom/protocol";
import type { Credentials } from "./api.ts";
import { createBackoff } from "./backoff.ts";
import type { Clock } from "./clock.ts";
import { ApiError, NetworkError, SignedOutError } from "./failures.ts";

const PATH = "/api/chat/uploads/";
export const AT_ONCE = 3;
/** Tries, as long as nobody answers or the answer is "not now". */
const TRIES = 4;
/** Without a byte sent or an answer for so long, the way there is taken to be cut. */
const SILENCE_MS = 30_000;
const RENEWABLE = new Set(["token_invalid", "token_expired", "not_authenticated"]);

/** What of XMLHttpRequest is used: `fetch` cannot tell how much of a body is sent. */
export interface UploadRequest
  extends EventTarget,
    Pick<
      XMLHttpRequest,
      "open" | "setRequestHeader" | "send" | "abort" | "status" | "responseText" | "getResponseHeader"
    > {
  readonly upload: EventTarget;
}

export interface UploaderOptions {
  base: string;
  credentials: Credentials;
  clock: Clock;
  request: () => UploadRequest;
}

export interface UploadCall {
  file: Blob;
  name: string;
  /** Text fields that go with the file. */
  fields?: Record<string, string>;
  idempotencyKey: string;
  signal: AbortSignal;
  /** Bytes that have left. */
  onProgress: (sent: number) => void;
  /** Its turn has come. */
  onStart?: () => void;
}

/** @throws ApiError, NetworkError, or what `signal` was aborted with */
export type Uploader = (call: UploadCall) => Promise<Attachment>;

interface Answer {
  status: number;
  text: string;
  requestId: string | null;
}

/** Lets so many run at once, in the order in which they came. */
function createQueue(most: number) {
  let running = 0;
  const waiting: (() => void)[] = [];
  const next = () => {
    running -= 1;
    waiting.shift()?.();
  };
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    running += 1;
    try {
      return await work();
    } finally {
      next();
    }
  };
}

function sendOnce({ base, credentials, clock, request }: UploaderOptions, call: UploadCall): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { signal } = call;
    const xhr = request();
    let stopWatch = () => {};
    const settle = (finish: () => void) => {
      stopWatch();
      signal.removeEventListener("abort", onAbort);
      finish();
    };
    const onAbort = () => {
      xhr.abort();
      settle(() => reject(signal.reason as Error));
    };
    const watch = () => {
      stopWatch();
      stopWatch = clock.after(SILENCE_MS, () => {
        xhr.abort();
        settle(() => reject(new NetworkError(true)));
      });
    };
    xhr.open("POST", base + PATH);
    const headers = { Accept: "application/json", ...credentials.headers("post", PATH) };
    for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
    xhr.setRequestHeader("Idempotency-Key", call.idempotencyKey);
    xhr.upload.addEventListener("progress", (event) => {
      const { loaded, total } = event as ProgressEvent;
      watch();
      // the form around the file weighs a little, too
      call.onProgress(total > 0 ? Math.round((loaded / total) * call.file.size) : 0);
    });
    xhr.addEventListener("load", () => {
      const answer = { status: xhr.status, text: xhr.responseText, requestId: xhr.getResponseHeader("X-Request-Id") };
      settle(() => resolve(answer));
    });
    xhr.addEventListener("error", () => settle(() => reject(new NetworkError(false))));
    signal.addEventListener("abort", onAbort);
    watch();
    xhr.send(formOf(call));
  });
}

/** The fields come first, so that the server knows them before the file's first byte. */
function formOf({ file, name, fields = {} }: UploadCall): FormData {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  form.append("file", file, name);
  return form;
}

function read({ status, text, requestId }: Answer): Attachment {
  const request_id = requestId ?? undefined;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // Told below, whatever it was that answered.
  }
  if (typeof body === "object" && body !== null) {
    if (status >= 200 && status < 300 && "id" in body) return body as Attachment;
    if ("code" in body && "detail" in body) {
      throw new ApiError({ ...(body as { code: string; detail: string }), status, request_id });
    }
  }
  const detail = "The server could not take this file. Wait a moment, then try again.";
  throw new ApiError({ status, code: "unreadable", detail, request_id });
}

const PASSING = new Set(["rate_limited", "unavailable"]);

/** How long to wait before another try of the same; null: another try is no use. */
function pauseAfter(error: unknown, next: () => number): number | null {
  if (error instanceof NetworkError) return next();
  if (error instanceof ApiError && PASSING.has(error.code)) return Math.max(next(), error.retry_after_ms ?? 0);
  return null;
}

const pause = (clock: Clock, ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const onAbort = () => {
      stop();
      reject(signal.reason as Error);
    };
    const stop = clock.after(ms, () => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    });
    signal.addEventListener("abort", onAbort);
  });

export function createUploader(options: UploaderOptions): Uploader {
  const { credentials, clock } = options;
  const queued = createQueue(AT_ONCE);

  const attempt = async (call: UploadCall): Promise<Attachment> => {
    const visit = credentials.visit();
    const answer = await sendOnce(options, call);
    try {
      return read(answer);
    } catch (error) {
      const mayRenew = error instanceof ApiError && error.status === 401 && RENEWABLE.has(error.code);
      if (!mayRenew || credentials.visit() !== visit || !(await credentials.renew())) throw error;
      return read(await sendOnce(options, call));
    }
  };

  const persist = async (call: UploadCall): Promise<Attachment> => {
    const backoff = createBackoff(() => clock.random());
    const visit = credentials.visit();
    for (let tries = 1; ; tries += 1) {
      try {
        const attachment = await attempt(call);
        if (credentials.visit() !== visit) throw new SignedOutError();
        return attachment;
      } catch (error) {
        if (call.signal.aborted) throw error;
        const ms = pauseAfter(error, () => backoff.next());
        if (ms === null || tries >= TRIES) throw error;
        call.onProgress(0);
        await pause(clock, ms, call.signal);
      }
    }
  };

  return (call) =>
    queued(async () => {
      call.signal.throwIfAborted();
      call.onStart?.();
      return persist(call);
    });
}
