// The server's insides without its doors: what a command works with, beside a live server or alone.
import { equip, migrateDatabase, openDatabase } from "../compose.ts";
import type { Config } from "../config.ts";
import { noThrottle } from "../gateway/limits.ts";
import type { Kit } from "../kit/kit.ts";
import type { Fanout, Logger } from "../kit/ports.ts";

const nothing = (): void => undefined;
/** A command has no sockets: a live server beside it learns what happened when it next asks the database. */
const nobody: Fanout = { publish: nothing, whisper: nothing, isOnline: () => false };
const silence: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** Opens the database with all its tables, and closes it when the work is done or has failed. */
export const withQuietKit = async <T>(config: Config, work: (kit: Kit) => Promise<T>): Promise<T> => {
  const db = await openDatabase(config);
  try {
    await migrateDatabase(db);
    const clock = { now: Date.now };
    const kit = await equip({ db, clock, config, fanout: nobody, throttle: noThrottle, logger: silence });
    try {
      return await work(kit);
    } finally {
      await kit.pictures.close();
    }
  } finally {
    await db.close();
  }
};
