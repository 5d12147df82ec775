// The client's place in every log: what is a duplicate, what comes too early, what has to be asked for again.
// Pure, and the only judge of seqs; it knows nothing of what the events mean.
import type { ClientFrameInput, DurableFrame, ServerFrameOf } from "@homeroom/protocol";

/** `r12` is room 12, `t5` is private thread 5. */
export type LogKey = `r${number}` | `t${number}`;

export interface Log {
  readonly epoch: string;
  /** The highest seq that the server is known to have. */
  readonly head: number;
  /** Every event up to here has been applied, or is part of what was fetched. */
  readonly applied: number;
  /** Events that came before an earlier one, by seq. */
  readonly held: Readonly<Record<number, DurableFrame>>;
}
export type Logs = Readonly<Partial<Record<LogKey, Log>>>;

interface Place {
  room?: number;
  thread?: number;
}

/** More than this is not kept: the resume brings it anyway. */
const MOST_HELD = 500;

export const roomKey = (id: number): LogKey => `r${id}`;
export const threadKey = (id: number): LogKey => `t${id}`;
export const logKey = ({ room, thread }: Place): LogKey | null =>
  room !== undefined ? roomKey(room) : thread !== undefined ? threadKey(thread) : null;
const placeOf = (key: LogKey): Place =>
  key.startsWith("r") ? { room: Number(key.slice(1)) } : { thread: Number(key.slice(1)) };

export const isDurable = (frame: object): frame is DurableFrame =>
  "seq" in frame && "type" in frame && frame.type !== "ack" && frame.type !== "read" && frame.type !== "error";

/** Takes a fetched object's word for where its log stands. What has been applied already is never taken back. */
export function knowLog(logs: Logs, key: LogKey, epoch: string, seq: number): Logs {
  const log = logs[key];
  if (log?.epoch === epoch) return log.head >= seq ? logs : { ...logs, [key]: { ...log, head: seq } };
  return { ...logs, [key]: { epoch, head: seq, applied: seq, held: {} } };
}

export function forgetLog(logs: Logs, key: LogKey): Logs {
  if (!(key in logs)) return logs;
  const { [key]: _, ...rest } = logs;
  return rest;
}

export interface Admission {
  logs: Logs;
  /** What may be applied now, in order: nothing for a duplicate, several when a hole was filled. */
  ready: DurableFrame[];
}

/** Decides over one durable event. A log that nobody told us about is not ours to follow. */
export function admit(logs: Logs, frame: DurableFrame): Admission {
  const key = logKey(frame);
  const log = key ? logs[key] : undefined;
  if (!key || !log || frame.seq <= log.applied) return { logs, ready: [] };
  const head = Math.max(log.head, frame.seq);
  if (frame.seq > log.applied + 1) {
    if (frame.seq in log.held || Object.keys(log.held).length >= MOST_HELD) {
      return { logs: { ...logs, [key]: { ...log, head } }, ready: [] };
    }
    return { logs: { ...logs, [key]: { ...log, head, held: { ...log.held, [frame.seq]: frame } } }, ready: [] };
  }
  const ready = [frame];
  const held = { ...log.held };
  let applied = frame.seq;
  for (let next = held[applied + 1]; next; next = held[applied + 1]) {
    ready.push(next);
    delete held[next.seq];
    applied = next.seq;
  }
  return { logs: { ...logs, [key]: { ...log, head, applied, held } }, ready };
}

export interface Greeting {
  logs: Logs;
  /** Logs that have another epoch now: whatever was known of them means nothing any more. */
  reset: LogKey[];
  /** Logs that the caller does not belong to any more. */
  lost: LogKey[];
  /** Logs that were not known before. */
  fresh: LogKey[];
}

/** Takes in the heads that a new socket begins with. */
export function greet(logs: Logs, hello: ServerFrameOf<"hello">): Greeting {
  const result: Record<string, Log> = {};
  const greeting = { reset: [] as LogKey[], fresh: [] as LogKey[] };
  for (const entry of hello.logs) {
    const key = logKey(entry);
    if (!key) continue;
    const log = logs[key];
    if (log?.epoch === entry.epoch) {
      result[key] = { ...log, head: Math.max(log.head, entry.head) };
    } else {
      result[key] = { epoch: entry.epoch, head: entry.head, applied: entry.head, held: {} };
      greeting[log ? "reset" : "fresh"].push(key);
    }
  }
  const lost = (Object.keys(logs) as LogKey[]).filter((key) => !(key in result));
  return { logs: result, lost, ...greeting };
}

export const resetLog = (logs: Logs, frame: ServerFrameOf<"reset">): Logs => {
  const key = logKey(frame);
  return key ? { ...logs, [key]: { epoch: frame.epoch, head: frame.head, applied: frame.head, held: {} } } : logs;
};

type Resume = Extract<ClientFrameInput, { type: "resume" }>;

/** What to ask for: every log that has more than was applied. Null when nothing is missing. */
export function resumeFor(logs: Logs, keys = Object.keys(logs) as LogKey[]): Resume | null {
  const asked = keys.flatMap((key) => {
    const log = logs[key];
    return log && log.head > log.applied ? [{ ...placeOf(key), epoch: log.epoch, after: log.applied }] : [];
  });
  return asked.length > 0 ? { type: "resume", logs: asked.slice(0, 1000) } : null;
}
