// All steps in order. A step never changes once it was released; the next one mends it.
import type { Kysely } from "kysely";
import type { Migration, MigrationProvider } from "kysely/migration";
import type { Dialect } from "../kit/ports.ts";
import * as core from "./0001-core.ts";
import * as reactionsAndPins from "./0002-reactions-and-pins.ts";
import * as search from "./0003-search.ts";
import * as sessionsAndQuietRooms from "./0004-sessions-and-quiet-rooms.ts";
import * as attachments from "./0005-attachments.ts";
import * as rightsSeq from "./0006-rights-seq.ts";
import * as repliesByPerson from "./0007-replies-by-person.ts";

const steps: Record<string, { up: (db: Kysely<unknown>, dialect: Dialect) => Promise<void> }> = {
  "0001-core": core,
  "0002-reactions-and-pins": reactionsAndPins,
  "0003-search": search,
  "0004-sessions-and-quiet-rooms": sessionsAndQuietRooms,
  "0005-attachments": attachments,
  "0006-rights-seq": rightsSeq,
  "0007-replies-by-person": repliesByPerson,
};

export const migrationsFor = (dialect: Dialect): MigrationProvider => ({
  getMigrations: () =>
    Promise.resolve(
      Object.fromEntries(
        Object.entries(steps).map(([name, step]): [string, Migration] => [name, { up: (db) => step.up(db, dialect) }]),
      ),
    ),
});
