// The one socket: opens it with a ticket, notices when it is dead, opens it again, and says how it stands.
import { CLOSE, FINAL_CLOSE_CODES } from "@homeroom/protocol/kit/close-codes.ts";
import type { ClientFrameInput, ServerFrame } from "@homeroom/protocol";
import { type Backoff, createBackoff, waitAfter } from "./backoff.ts";
import type { Clock } from "./clock.ts";
import { ApiError } from "./failures.ts";
import { createPulse } from "./pulse.ts";

export type Status = "connecting" | "online" | "reconnecting" | "offline" | "signed-out";

export interface ConnectionState {
  readonly status: Status;
  /** When it was last online, or first tried: how long it has been away. */
  readonly since: number;
  /** When the next attempt begins, while one is awaited. */
  readonly retryAt: number | null;
}

/** What a socket tells; nothing any more once `close` was called on it. */
export interface SocketListener {
  opened(): void;
  text(data: string): void;
  closed(code: number, reason: string): void;
}

export interface SocketLike {
  send(text: string): void;
  close(): void;
}

export interface ConnectionOptions {
  /** A single-use ticket. @throws ApiError, NetworkError */
  ticket(): Promise<string>;
  open(ticket: string, listener: SocketListener): SocketLike;
  /** Fresh credentials after 4401; false when the session is over. @throws when nobody answers */
  renew(): Promise<boolean>;
  onFrame(frame: ServerFrame): void;
  onState(state: ConnectionState): void;
  /** The network's own opinion. A hint: a server on this machine needs no network. */
  isNetworkDown(): boolean;
  clock: Clock;
}

export interface Connection {
  start(): void;
  stop(): void;
  /** Does not wait for the next attempt. */
  retryNow(): void;
  /** False: there is no open socket, nothing was sent. */
  send(frame: ClientFrameInput): boolean;
  /** The network changed or the page was hidden for long: is the socket still alive? */
  doubt(): void;
  /** The network is said to be gone. */
  networkLost(): void;
}

/** How long a socket must have stood before its loss counts as the first again. */
const STABLE_MS = 10_000;
/** How long an attempt may take, from ticket to hello. */
const OPEN_MS = 15_000;

const nothing = () => {};

export function createConnection(options: ConnectionOptions): Connection {
  const { clock } = options;
  const backoff: Backoff = createBackoff(() => clock.random());
  let socket: SocketLike | undefined;
  let attempt = 0;
  let isOnline = false;
  let onlineSince = 0;
  let doubtedAt: number | null = null;
  let state: ConnectionState = { status: "connecting", since: clock.now(), retryAt: null };
  let cancelWait = nothing;
  const pulse = createPulse(clock, {
    beat: () => socket?.send(JSON.stringify({ type: "ping" })),
    doubt: () => {
      doubtedAt ??= clock.now();
    },
    dead: () => drop(CLOSE.NO_HEARTBEAT, ""),
  });

  const setState = (status: Status, retryAt: number | null = null) => {
    const wasUp = state.status === "online" || state.status === "signed-out";
    const isSame = status === state.status || (!wasUp && status !== "online");
    // A loss began when the silence was noticed, not when it was believed.
    const since = isSame ? state.since : (doubtedAt ?? clock.now());
    doubtedAt = null;
    state = { status, since, retryAt };
    options.onState(state);
  };

  /** Lets go of the socket without waiting for its close event, which may never come. */
  const detach = () => {
    pulse.stop();
    cancelWait();
    attempt += 1;
    isOnline = false;
    socket?.close();
    socket = undefined;
  };

  const waitAndTry = (ms: number) => {
    setState(options.isNetworkDown() ? "offline" : "reconnecting", clock.now() + ms);
    cancelWait = clock.after(ms, () => void connect());
  };

  const drop = (code: number, reason: string) => {
    const stood = isOnline ? clock.now() - onlineSince : 0;
    detach();
    if (stood >= STABLE_MS) backoff.reset();
    if (code === CLOSE.UNAUTHENTICATED) void renewAndTry();
    else waitAndTry(waitAfter(FINAL_CLOSE_CODES.has(code) ? CLOSE.TOO_MANY : code, reason, backoff));
  };

  const renewAndTry = async () => {
    const mine = attempt;
    setState("reconnecting");
    try {
      const isRenewed = await options.renew();
      if (mine !== attempt) return;
      if (isRenewed) waitAndTry(backoff.next());
      else setState("signed-out");
    } catch {
      if (mine === attempt) waitAndTry(backoff.next());
    }
  };

  const onText = (data: string) => {
    pulse.heard();
    doubtedAt = null;
    const frame = parseFrame(data);
    if (!frame) return;
    if (frame.type === "hello") {
      isOnline = true;
      onlineSince = clock.now();
      cancelWait();
      setState("online");
    }
    options.onFrame(frame);
  };

  const connect = async () => {
    detach();
    const mine = attempt;
    setState(state.status === "connecting" ? "connecting" : options.isNetworkDown() ? "offline" : "reconnecting");
    cancelWait = clock.after(OPEN_MS, () => drop(1006, ""));
    try {
      const ticket = await options.ticket();
      if (mine !== attempt) return;
      socket = options.open(ticket, { opened: pulse.start, text: onText, closed: drop });
    } catch (error) {
      if (mine !== attempt) return;
      if (error instanceof ApiError && error.status === 401) {
        detach();
        setState("signed-out");
      } else drop(1006, "");
    }
  };

  const retryNow = () => {
    if (isOnline || state.status === "signed-out") return;
    backoff.reset();
    void connect();
  };

  return {
    start() {
      state = { status: "connecting", since: clock.now(), retryAt: null };
      void connect();
    },
    stop() {
      detach();
      setState("signed-out");
    },
    retryNow,
    send(frame) {
      if (!isOnline || !socket) return false;
      socket.send(JSON.stringify(frame));
      return true;
    },
    doubt() {
      if (isOnline) pulse.demand();
      else retryNow();
    },
    networkLost() {
      if (isOnline) pulse.demand();
      else if (state.status !== "signed-out") setState("offline", state.retryAt);
    },
  };
}

/** The server is trusted to keep to the contract; what is no frame at all is passed over. */
function parseFrame(data: string): ServerFrame | null {
  try {
    const frame: unknown = JSON.parse(data);
    return typeof frame === "object" && frame !== null && "type" in frame ? (frame as ServerFrame) : null;
  } catch {
    return null;
  }
}
