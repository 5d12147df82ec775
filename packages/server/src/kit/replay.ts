// From the rows of a log to frames again: each feature turns its own types of events back.
import type { DurableFrame } from "@homeroom/protocol";
import type { Directory } from "./call.ts";
import { cardsOf } from "./cards.store.ts";
import { eventsAfter, type EventRow, logHead } from "./log.ts";
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

type Replayer = ReturnType<typeof replayer>;

/**
 * What frames of a room tell changes in two ways only: by an event of the room's own log (a message, what becomes of
 * it and of its files, who comes and goes, the settings), which moves the head; or where somebody in them gets another
 * name or role. So a page is as it would be read now, as long as both are as they were. The head is looked at before
 * the page is read: what happens meanwhile makes the page old, never the other way round.
 *
 * A private thread's frames quote messages of its room and show them as long as both are in it. Nothing is said of
 * when such a page is old, and nobody needs it: two people share it.
 */
export const pastOf = (db: Db, replay: Replayer): Pick<Directory, "past" | "isPastStill"> => ({
  past: async (log, after, limit) => {
    const found = log.kind === "room" ? await logHead(db, log.id) : null;
    const events = await replay(log, after, limit);
    return { events, stamp: found && { head: found.head, cards: cardsIn(events) } };
  },
  isPastStill: async (log, { head, cards }) => {
    const [found, today] = await Promise.all([logHead(db, log.id), cardsOf(db, cards.keys())]);
    return found?.head === head && [...cards].every(([id, card]) => textOf(today.get(id)) === card);
  },
});

const textOf = (card: unknown): string => JSON.stringify(card) ?? "";

/** Everybody who is shown, as they are shown. */
const cardsIn = (shown: unknown, cards = new Map<number, string>()): Map<number, string> => {
  if (typeof shown !== "object" || shown === null) return cards;
  const { id, username } = shown as { id?: unknown; username?: unknown };
  if (typeof id === "number" && username !== undefined) {
    const card = textOf(shown);
    // Renamed while the page was read: like no card of today's.
    cards.set(id, (cards.get(id) ?? card) === card ? card : "");
    return cards;
  }
  for (const part of Object.values(shown)) cardsIn(part, cards);
  return cards;
};
