// What every feature is built with.
import type { Config } from "../config.ts";
import type { Clock, Database, Fanout, Logger, Throttle } from "./ports.ts";

export interface Kit {
  readonly db: Database;
  readonly clock: Clock;
  readonly config: Config;
  readonly fanout: Fanout;
  readonly throttle: Throttle;
  readonly logger: Logger;
}

export const instant = (ms: number): string => new Date(ms).toISOString();
export const instantOrNull = (ms: number | null): string | null => (ms === null ? null : instant(ms));
