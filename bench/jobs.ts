// What main asks of the load process, and what that answers: plain data over the channel between them.

/** How a server wants to be spoken to. */
export type Dialect = "homeroom" | "socket.io" | "ws";

export interface Target {
  dialect: Dialect;
  port: number;
  /** The server's processes, for reading the processor time that they took. */
  pids: number[];
}

/** Messages in one room: from senders who each write again when their own came back, or at a rate. */
export interface RoomJob {
  kind: "room";
  target: Target;
  /** One socket each. */
  paths: string[];
  senders: number;
  /** Messages a second by all senders together; null for a loop. */
  rate: number | null;
  seconds: number;
  /** Quiet time before. */
  warm: number;
  /** How long to wait at the end for what is on its way, at most. */
  drain: number;
}

export interface RoomResult {
  up: number;
  sent: number;
  /** Messages that came back to who sent them. */
  acknowledgedPerS: number;
  delivered: number;
  /** Of what was sent, how much arrived everywhere it should. */
  share: number;
  deliveriesPerS: number;
  p50: number;
  p99: number;
  most: number;
  closed: number;
  serverCpuS: number;
  /** Of a core, by the load process. */
  busy: number;
}

/** Sockets that are open and say nothing, until main says `go`. */
export interface IdleJob {
  kind: "idle";
  target: Target;
  paths: string[];
}

export interface IdleResult {
  up: number;
}

/**
 * All sockets are cut, messages are written, all come back at once and ask for what they missed. Says `ready` when all
 * are there, and again before they come back.
 */
export interface StormJob {
  kind: "storm";
  target: Target;
  paths: string[];
  missed: number;
  settle: number;
  /** After so long, whoever is not back is counted as lost. */
  patience: number;
}

export interface StormResult {
  up: number;
  caughtUp: number;
  /** Caught up, but not with every message that was missed. */
  short: number;
  p50: number;
  p99: number;
  most: number;
  serverCpuS: number;
  busy: number;
}

/** One socket that says `ping` every few milliseconds, until main says `go`. */
export interface ProbeJob {
  kind: "probe";
  target: Target;
  path: string;
  everyMs: number;
}

export interface ProbeResult {
  pings: number;
  p50: number;
  most: number;
}

/** So many at once that no server waits for us: a class that opens its room. */
export const PAGE_CONNECTIONS = 16;

/** Pages over HTTP on connections that stay open. */
export interface PagesJob {
  kind: "pages";
  /** `{n}` in it stands for a number between `from` and `to`; so many different ones, again and again. */
  url: string;
  from: number;
  to: number;
  different: number;
  token: string;
  /** Seconds before anything is counted. */
  warm: number;
  seconds: number;
  pids: number[];
}

export interface PagesResult {
  pages: number;
  pagesPerS: number;
  p50: number;
  p99: number;
  bytesPerPage: number;
  serverCpuS: number;
  busy: number;
}

export type Job = RoomJob | IdleJob | StormJob | ProbeJob | PagesJob;

export interface Results {
  room: RoomResult;
  idle: IdleResult;
  storm: StormResult;
  probe: ProbeResult;
  pages: PagesResult;
}

/** What the load process says: everybody is there, it is done, or why it cannot. */
export type Report = { ready: true } | { result: Results[keyof Results] } | { error: string };
