// From the rows of a log to frames again: each feature turns its own types of events back.
import type { DurableFrame } from "@homeroom/protocol";
import { eventsAfter, type EventRow } from "./log.ts";
import type { LogRef } from "./ports.ts";
import type { Db } from "./tables.ts";

/** Frames in the order of the rows, one for each, with today's content. */
export type Replay = (db: Db, log: LogRef, rows: readonly EventRow[]) => Promise<DurableFrame[]>;
export type Replays = Record<DurableFrame["type"], Replay>;

export const replayer =
  (db: Db, replays: Replays) =>
  async (log: LogRef, after: number, limit: number): Promise<{ seq: number; frame: DurableFrame }[]> => {
    const rows = await eventsAfter(db, log.id, after, limit);
    const byType = Map.groupBy(rows, (row) => replays[row.type as DurableFrame["type"]]);
    const frames = await Promise.all([...byType].map(([replay, some]) => replay(db, log, some)));
    const bySeq = new Map(frames.flat().map((frame) => [frame.seq, frame]));
    return rows.map(({ seq, type }) => {
      const frame = bySeq.get(seq);
      if (!frame) throw new Error(`event ${seq} (${type}) of log ${log.id} cannot be replayed`);
      return { seq, frame };
    });
  };
