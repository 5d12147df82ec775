// `migrate`: brings the database up to date. A second run does nothing.
import { migrateDatabase, openDatabase } from "../compose.ts";
import type { Config } from "../config.ts";

export const migrate = async (config: Config): Promise<string> => {
  const db = await openDatabase(config);
  try {
    const steps = await migrateDatabase(db);
    return steps.length === 0 ? "The database is up to date." : `Done: ${steps.join(", ")}.`;
  } finally {
    await db.close();
  }
};
