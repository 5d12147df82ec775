// What the core needs from outside, as interfaces whose comments state the guarantee. Adapters fill them in.
import { type CloseCode, type DurableFrame, Refusal, type ServerFrame, type UserCard } from "@homeroom/protocol";
import type { Readable } from "node:stream";
import type { MigrationProvider } from "kysely/migration";
import type { Db } from "./tables.ts";

/** What is behind a port is away or full: then nobody fares better alone, and nothing was found out about what was asked. */
export const isAway = (error: unknown): boolean =>
  error instanceof Refusal && (error.key === "unavailable" || error.key === "storage_full");

export type Dialect = "sqlite" | "postgres";

export interface Database {
  readonly dialect: Dialect;
  /** Single queries that write nothing. Each sees everything that was committed before it was asked. */
  readonly read: Db;
  /**
   * One transaction. Resolves only after it is committed with the configured durability; rejects with what `work`
   * threw, or with a `Refusal` ("unavailable", "storage_full"), and then nothing of it is stored.
   * `work` may wait for nothing but its own queries: on SQLite all writers stand in line behind it.
   */
  write<T>(work: (tx: Db) => Promise<T>): Promise<T>;
  /** Two transactions wanted the same unique place: worth one more try, which will see the other's row. */
  isConflict(error: unknown): boolean;
  /** Resolves when the database answers. */
  ping(): Promise<void>;
  migrate(steps: MigrationProvider): Promise<string[]>;
  close(): Promise<void>;
}

/** Milliseconds since 1970, UTC. Injected, so that a test can turn it. */
export interface Clock {
  now(): number;
}

/** A room or a private thread: what has one log. */
export interface LogRef {
  readonly kind: "room" | "thread";
  readonly id: number;
}

export const logRef = (kind: LogRef["kind"], id: number): LogRef => ({ kind, id });
/** `{room: 1}` or `{thread: 2}`, as frames name a log. */
export const logField = (log: LogRef): { room: number } | { thread: number } =>
  log.kind === "room" ? { room: log.id } : { thread: log.id };

/** What a committed action means for the sockets. Carried out in the order given. */
export type Effect =
  /** Event `seq` of the log, to all who follow it. */
  | { do: "deliver"; log: LogRef; seq: number; frame: DurableFrame }
  /** Somebody belongs to the log from now on: their sockets follow it after `seq`. */
  | { do: "enter"; log: LogRef; epoch: string; seq: number; userId: number }
  /** Somebody does not belong any more: their sockets get nothing of it from event `seq` on, but for a last word. */
  | { do: "leave"; log: LogRef; seq: number; userId: number; farewell?: ServerFrame; reason?: string }
  /** The log is gone: everybody's sockets of it close. */
  | { do: "close"; log: LogRef; code: CloseCode }
  /** A frame for some people: on their own sockets, and on their sockets of the log where one is named. */
  | { do: "tell"; userIds: readonly number[]; log?: LogRef; frame: ServerFrame; exceptSocket?: number }
  /** These sessions are over: their sockets close with 4401. */
  | { do: "end-sessions"; sessionIds: readonly string[] }
  /** Somebody's card changed: their sockets are theirs by the new one, and who follows these logs is told. */
  | { do: "user-changed"; user: UserCard; logIds: readonly number[] };

/** Takes effects to the sockets. Never throws, never waits: what a socket cannot take is that socket's trouble. */
export interface Fanout {
  publish(effects: readonly Effect[]): void;
  /** Ephemeral: at most once, shed first. To all who follow the log, but not to `exceptUser`. */
  whisper(log: LogRef, frame: ServerFrame, exceptUser: number): void;
  /** Who has at least one socket open. */
  isOnline(userId: number): boolean;
}

/** Counts what people do. Throws `rate_limited` with `retry_after_ms` when a budget is used up. */
export interface Throttle {
  /** Takes one from each named budget, or from none of them. */
  take(...budgets: readonly Budget[]): void;
}

export type Budget = readonly [name: BudgetName, key: string];

export type BudgetName =
  | "send_room"
  | "send_room_staff"
  | "send_user"
  | "send_to_room"
  | "reactions_in_room"
  | "rest_user"
  | "files_user"
  | "search"
  | "rest_address"
  | "frames"
  | "frames_flood"
  | "join_requests_minute"
  | "join_requests_day";

export interface Logger {
  debug(facts: object, what: string): void;
  info(facts: object, what: string): void;
  warn(facts: object, what: string): void;
  error(facts: object, what: string): void;
}

/** Bytes from `start` up to but not including `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Where the bytes of files lie. Keys are of our making: `a–z 0–9 - /`, never a word from outside. */
export interface BlobStore {
  /**
   * Takes over a file on this machine's disk as the blob of this key, whole or not at all. Resolves when it would
   * survive a loss of power. Rejects with `storage_full` or `unavailable`, and then there is no such blob, and the file
   * may still lie where it was: the caller's to clear away.
   */
  keep(key: string, path: string): Promise<void>;
  /** Null where there is none. The stream fails where the store does. */
  read(key: string, range?: ByteRange): Promise<Readable | null>;
  /** A second time does nothing. */
  remove(key: string): Promise<void>;
  /** Every key with the instant at which it was stored. */
  list(): AsyncIterable<{ key: string; storedAt: number }>;
  /** Resolves when the store answers. */
  ping(): Promise<void>;
}

/** Does work after a commit: at least once each, also when the process or the machine died meanwhile. */
export interface Queue {
  /** Part of the transaction: there is never the change without the work, nor the work without the change. */
  add(tx: Db, kind: JobKind, subject: string): Promise<void>;
  /** Says that something was added and committed; without it the queue would look within seconds. */
  wake(): void;
  /** Starts working, so many at once. Answers how to stop: what is under way is finished first. */
  work(workers: Readonly<Record<JobKind, Worker>>): () => Promise<void>;
  /** How many wait, and how many were given up and stay to be looked at. */
  counts(): Promise<{ waiting: number; dead: number }>;
}

export type JobKind = "check_attachment";
/** What it throws is written down and tried again with growing pauses; `Later` costs no attempt. */
export type Worker = (subject: string) => Promise<void>;
/** What the work needs is away: it is held and tried again, as often as it takes. */
export class Later extends Error {}

/** Looks for malware. Rejects with `Later` when the scanner does not answer: nothing passes unseen. */
export interface Scanner {
  /** What was found, by the scanner's name for it; null for a clean file. */
  scan(file: Readable): Promise<string | null>;
  ping(): Promise<void>;
}

/** Reads and makes pictures, in a process of its own: what crashes or fills its memory there costs nothing here. */
export interface Pictures {
  /** From the header alone. Rejects with `unreadable_file`, or `too_large` (pixels, frames). Turned upright. */
  probe(path: string): Promise<{ mime: string; width: number; height: number }>;
  /**
   * Makes the picture anew in the folder, without anything that it tells of its maker, and its thumbnails. Rejects with
   * `unreadable_file` for what is no whole picture; any other failure is worth another try.
   */
  make(path: string, folder: string): Promise<MadePicture>;
  close(): Promise<void>;
}

export interface MadePicture {
  readonly mime: string;
  readonly size: number;
  readonly width: number;
  readonly height: number;
  /** A few pixels, as a `data:` URL. */
  readonly placeholder: string;
  /** Paths in the folder. */
  readonly picture: string;
  readonly thumb: string;
  readonly largeThumb: string;
}
