// What every feature is built with.
import type { Config } from "../config.ts";
import type { BlobStore, Clock, Database, Fanout, Logger, Pictures, Queue, Scanner, Throttle } from "./ports.ts";

export interface Kit {
  readonly db: Database;
  readonly clock: Clock;
  readonly config: Config;
  readonly fanout: Fanout;
  readonly throttle: Throttle;
  readonly logger: Logger;
  readonly files: BlobStore;
  readonly queue: Queue;
  /** Null where the school has none. */
  readonly scanner: Scanner | null;
  readonly pictures: Pictures;
  /** A folder on this machine's disk for files that are under way, for nobody else's eyes. */
  readonly staging: string;
}

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
const digits = (count: number, length: number) =>
  Array.from({ length: count }, (_, i) => String(i).padStart(length, "0"));
const TWO = digits(60, 2);
const THREE = digits(1_000, 3);
let lastDay = Number.NaN;
let lastDate = "";
let lastMinute = Number.NaN;
let lastTime = "";

const dateOf = (day: number): string => {
  if (day !== lastDay) {
    const text = new Date(day * DAY_MS).toISOString();
    lastDate = text.slice(0, text.indexOf("T") + 1);
    lastDay = day;
  }
  return lastDate;
};

const timeOf = (minute: number): string => {
  if (minute !== lastMinute) {
    const day = Math.floor(minute / 1_440);
    const ofDay = minute - day * 1_440;
    lastTime = `${dateOf(day)}${TWO[Math.floor(ofDay / 60)]}:${TWO[ofDay % 60]}:`;
    lastMinute = minute;
  }
  return lastTime;
};

/** As `toISOString` writes it, at a third of the cost: most of a page is of one day, and much of it of one minute. */
export const instant = (ms: number): string => {
  const minute = Math.floor(ms / MINUTE_MS);
  const rest = Math.floor(ms - minute * MINUTE_MS);
  return `${timeOf(minute)}${TWO[Math.floor(rest / 1_000)]}.${THREE[rest % 1_000]}Z`;
};
export const instantOrNull = (ms: number | null): string | null => (ms === null ? null : instant(ms));
