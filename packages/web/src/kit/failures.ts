// What can go wrong between client and server, typed, and told in plain words without codes.

export interface Failure {
  /** What happened and what to do, in a sentence. */
  sentence: string;
  /** Names the request in the server's log; worth copying into a report. */
  request_id?: string;
  retry_after_ms?: number;
}

interface ApiErrorInit {
  status: number;
  code: string;
  detail: string;
  fields?: Record<string, string[]>;
  retry_after_ms?: number;
  request_id?: string;
  id?: number;
}

/** The server answered, with a refusal. */
export class ApiError extends Error implements ApiErrorInit {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly fields: Record<string, string[]>;
  readonly retry_after_ms: number | undefined;
  readonly request_id: string | undefined;
  readonly id: number | undefined;

  constructor(init: ApiErrorInit) {
    super(init.detail);
    this.name = "ApiError";
    this.status = init.status;
    this.code = init.code;
    this.detail = init.detail;
    this.fields = init.fields ?? {};
    this.retry_after_ms = init.retry_after_ms;
    this.request_id = init.request_id;
    this.id = init.id;
  }
}

/** No answer: whether the call had an effect is unknown. */
export class NetworkError extends Error {
  readonly timedOut: boolean;

  constructor(timedOut: boolean) {
    super(timedOut ? "The server took too long to answer." : "The server did not answer.");
    this.name = "NetworkError";
    this.timedOut = timedOut;
  }
}

/** Whoever asked has signed out meanwhile: there is nobody left to tell. */
export class SignedOutError extends Error {
  constructor() {
    super("Whoever asked has signed out.");
    this.name = "SignedOutError";
  }
}

const secondsOf = (ms: number) => {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  if (seconds < 120) return seconds === 1 ? "1 second" : `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
};

const sentences: Record<string, (error: ApiError) => string> = {
  rate_limited: (e) =>
    e.retry_after_ms ? `That was quick. You can try again in ${secondsOf(e.retry_after_ms)}.` : e.detail,
  login_locked: (e) =>
    e.retry_after_ms ? `Too many wrong passwords. You can try again in ${secondsOf(e.retry_after_ms)}.` : e.detail,
  join_cooldown: (e) =>
    e.retry_after_ms ? `Not this time. You can ask again in ${hoursOf(e.retry_after_ms)}.` : e.detail,
  muted: (e) =>
    e.retry_after_ms ? `You are muted here. You can write again in ${secondsOf(e.retry_after_ms)}.` : e.detail,
  unavailable: () => "The server cannot do this right now. Wait a moment, then try again.",
};

const hoursOf = (ms: number) => {
  const hours = Math.ceil(ms / 3_600_000);
  return hours === 1 ? "an hour" : `${hours} hours`;
};

/** Any error as a sentence for a person. */
export function tell(error: unknown): Failure {
  if (error instanceof ApiError) {
    const sentence = sentences[error.code]?.(error) ?? (firstField(error.fields) || error.detail);
    return { sentence, request_id: error.request_id, retry_after_ms: error.retry_after_ms };
  }
  if (error instanceof NetworkError) return { sentence: `${error.message} Check your connection, then try again.` };
  return { sentence: "Something went wrong on this page. Reload it, then try again." };
}

const firstField = (fields: Record<string, string[]>) => Object.values(fields)[0]?.[0] ?? "";

/** A refusal with this code. */
export const isRefusal = (error: unknown, ...codes: string[]): error is ApiError =>
  error instanceof ApiError && codes.includes(error.code);
