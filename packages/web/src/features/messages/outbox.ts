// Sends what was written, in its order, until the server has said yes or no. Repeats carry the same client_id, so that
// no message is stored twice; an answer that never came means "unknown", and unknown is asked again.
import type { ClientFrameInput, ServerFrameOf } from "@homeroom/protocol";
import type { Clock } from "../../kit/clock.ts";
import type { LogKey } from "../../kit/logs.ts";
import type { Pending } from "./messages.state.ts";
import { placeLog } from "./place.ts";

export interface OutboxOptions {
  clock: Clock;
  /** False: there is no connection, nothing was sent. */
  send(frame: ClientFrameInput): boolean;
  pending(): readonly Pending[];
  change(client_id: string, change: Partial<Pending>): void;
  remove(client_id: string): void;
  /** The server asked to slow down: nothing goes out there before `until`. */
  onWait?(log: LogKey, wait: QuickWait): void;
}

/** `until` in milliseconds since 1970, `total` in whole seconds. */
export interface QuickWait {
  readonly until: number;
  readonly total: number;
}

export interface Outbox {
  /** Sends what may be sent now. To be called when something was written and when the connection is up. */
  pump(): void;
  /** The connection is gone: what was not answered goes out again with the next one. */
  interrupt(): void;
  acked(client_id: string): void;
  refused(frame: ServerFrameOf<"error">): void;
  /** The reader wants a failed one sent after all. */
  retry(client_id: string): void;
}

const ANSWER_MS = 10_000;
const UNKNOWN_MS = 1_500;
const ATTEMPTS = 5;
/** In flight at once in one room or private chat, as long as everything goes well. */
const WINDOW = 8;
/** Refusals that pass: the message stays and is sent again. */
const PASSING = new Set(["rate_limited", "unavailable", "overloaded"]);

interface Lane {
  /** After a refusal or a silence one goes at a time, so that none overtakes. */
  isCareful: boolean;
  isPaused: boolean;
}

export function createOutbox(options: OutboxOptions): Outbox {
  const { clock } = options;
  /** A room with its threads is one: what slows the room down slows them down. */
  const lanes = new Map<LogKey, Lane>();
  const attempts = new Map<string, number>();
  const waits = new Map<string, () => void>();

  const laneOf = (key: LogKey): Lane => {
    const lane = lanes.get(key) ?? { isCareful: false, isPaused: false };
    lanes.set(key, lane);
    return lane;
  };
  const find = (client_id: string | undefined) => options.pending().find((p) => p.client_id === client_id);
  const stopWaiting = (client_id: string) => {
    waits.get(client_id)?.();
    waits.delete(client_id);
  };

  const send = (entry: Pending): boolean => {
    const { client_id } = entry;
    if (!options.send(frameOf(entry))) return false;
    options.change(client_id, { status: "sent", reason: undefined });
    waits.set(
      client_id,
      clock.after(ANSWER_MS, () => again(client_id, "the server did not answer.", 0)),
    );
    return true;
  };

  const pump = () => {
    const isFull = new Set<LogKey>();
    for (const entry of options.pending()) {
      const key = placeLog(entry.place);
      const lane = laneOf(key);
      if (entry.status === "failed" || entry.seq !== undefined || isFull.has(key)) continue;
      const inFlight = options.pending().filter((p) => placeLog(p.place) === key && waits.has(p.client_id)).length;
      if (lane.isPaused || inFlight >= (lane.isCareful ? 1 : WINDOW)) isFull.add(key);
      else if (entry.status === "queued" && !send(entry)) return;
    }
  };

  /** Puts it back in its place in the queue, or gives up. */
  const again = (client_id: string, reason: string, pauseMs: number) => {
    const entry = find(client_id);
    stopWaiting(client_id);
    if (!entry) return;
    const count = (attempts.get(client_id) ?? 0) + 1;
    attempts.set(client_id, count);
    if (count >= ATTEMPTS) fail(client_id, reason);
    else {
      options.change(client_id, { status: "queued" });
      pause(placeLog(entry.place), pauseMs);
    }
    pump();
  };

  const sayWait = (key: LogKey, ms: number) =>
    options.onWait?.(key, { until: clock.now() + ms, total: Math.max(1, Math.ceil(ms / 1000)) });

  const pause = (key: LogKey, ms: number) => {
    const lane = laneOf(key);
    lane.isCareful = true;
    if (ms <= 0 || lane.isPaused) return;
    lane.isPaused = true;
    clock.after(ms, () => {
      lane.isPaused = false;
      pump();
    });
  };

  const fail = (client_id: string, reason: string) => {
    attempts.delete(client_id);
    options.change(client_id, { status: "failed", reason });
  };

  const settled = (client_id: string) => {
    const entry = find(client_id);
    stopWaiting(client_id);
    attempts.delete(client_id);
    const key = entry && placeLog(entry.place);
    if (key && !options.pending().some((p) => placeLog(p.place) === key && p.status === "queued")) {
      laneOf(key).isCareful = false;
    }
  };

  return {
    pump,
    interrupt() {
      for (const client_id of waits.keys()) {
        stopWaiting(client_id);
        const entry = find(client_id);
        if (entry?.status !== "sent") continue;
        laneOf(placeLog(entry.place)).isCareful = true;
        options.change(client_id, { status: "queued" });
      }
    },
    acked(client_id) {
      settled(client_id);
      pump();
    },
    refused({ client_id, code, detail, fields, stored, retry_after_ms, id }) {
      const entry = find(client_id);
      if (client_id === undefined || !entry) return;
      // what is wrong with a file is said of the file
      const reason = asEnding(fields?.attachments?.[0] ?? detail);
      if (code === "rate_limited" && retry_after_ms) sayWait(placeLog(entry.place), retry_after_ms);
      if (PASSING.has(code)) return again(client_id, reason, retry_after_ms ?? 2_000);
      if (stored === null) return again(client_id, reason, UNKNOWN_MS);
      settled(client_id);
      // Stored before I was removed from the room: it is not lost, only not mine to see any more.
      if (id !== undefined) options.remove(client_id);
      else fail(client_id, reason);
      pump();
    },
    retry(client_id) {
      attempts.delete(client_id);
      options.change(client_id, { status: "queued", reason: undefined });
      pump();
    },
  };
}

/** What goes over the wire, for each kind of place. */
function frameOf({ client_id, place, content, reply_to, also_in_room, attachments }: Pending): ClientFrameInput {
  const files = attachments?.length ? { attachments: attachments.map(({ id }) => id) } : {};
  const words = { client_id, content, ...(reply_to !== null && { reply_to }), ...files };
  if (place.kind === "private") return { type: "private_message", thread: place.thread, ...words };
  const { room } = place;
  if (place.kind === "room") return { type: "chat_message", room, ...words };
  return { type: "chat_message", room, ...words, thread_root: place.root, ...(also_in_room && { also_in_room }) };
}

/** "You are muted." → "you are muted.", to stand after "Not sent: ". */
const asEnding = (detail: string) => detail.slice(0, 1).toLowerCase() + detail.slice(1);
