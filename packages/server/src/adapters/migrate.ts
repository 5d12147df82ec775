// Brings a database to the newest step; a second run does nothing.
import type { Kysely } from "kysely";
import { type MigrationProvider, Migrator } from "kysely/migration";

/** Answers the names of the steps that it took. */
export const migrate = async <T>(db: Kysely<T>, provider: MigrationProvider): Promise<string[]> => {
  const { error, results } = await new Migrator({ db, provider }).migrateToLatest();
  if (error) throw error;
  return (results ?? []).map((r) => r.migrationName);
};
