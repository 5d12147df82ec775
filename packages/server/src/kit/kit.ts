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

export const instant = (ms: number): string => new Date(ms).toISOString();
export const instantOrNull = (ms: number | null): string | null => (ms === null ? null : instant(ms));
