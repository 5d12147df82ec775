// A server kit for tests below the gateway: a clock to turn, effects to look at, nothing throttled.
import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { Readable } from "node:stream";
import type { Role, UserCard } from "@homeroom/protocol";
import { databaseQueue } from "../../packages/server/src/adapters/database-queue.ts";
import { type Config, readConfig } from "../../packages/server/src/config.ts";
import type { SignedCall } from "../../packages/server/src/kit/call.ts";
import { toCard } from "../../packages/server/src/kit/cards.store.ts";
import type { Kit } from "../../packages/server/src/kit/kit.ts";
import { jsonOf } from "../../packages/server/src/kit/written.ts";
import type { BlobStore, Database, Effect, Logger, Pictures } from "../../packages/server/src/kit/ports.ts";

export interface TestKit {
  kit: Kit;
  /** The instant that the next action sees, in ms. */
  now: number;
  /** Everything published since the last `taken`, in order. */
  effects: Effect[];
  /** What was published since the last time it was asked. */
  taken(): Effect[];
  /** A new account, without a password that anybody could give. */
  addUser(name: string, role?: Role): Promise<UserCard>;
}

const quiet = () => undefined;

const silence: Logger = { debug: quiet, info: quiet, warn: quiet, error: quiet };
const noPictures: Pictures = {
  probe: () => Promise.reject(new Error("no pictures here")),
  make: () => Promise.reject(new Error("no pictures here")),
  close: () => Promise.resolve(),
};

/** Blobs that are gone with the test. */
export const memoryFiles = (): BlobStore => {
  const blobs = new Map<string, { bytes: Buffer; storedAt: number }>();
  return {
    keep: async (key, path) => {
      blobs.set(key, { bytes: await readFile(path), storedAt: Date.now() });
      await rm(path);
    },
    read: (key, range) => {
      const found = blobs.get(key);
      return Promise.resolve(found ? Readable.from([found.bytes.subarray(range?.start, range?.end)]) : null);
    },
    remove: (key) => {
      blobs.delete(key);
      return Promise.resolve();
    },
    list: async function* () {
      for (const [key, { storedAt }] of blobs) yield { key, storedAt };
    },
    ping: () => Promise.resolve(),
  };
};

/** A kit with nothing behind it but a database: what is published is kept, nobody is online. */
export const kitOver = (db: Database, config: Config, effects: Effect[], now: () => number): Kit => ({
  db,
  config,
  clock: { now },
  fanout: { publish: (some) => void effects.push(...some), whisper: quiet, isOnline: () => false },
  throttle: { take: quiet },
  logger: silence,
  files: memoryFiles(),
  queue: databaseQueue(db, { now }, silence),
  scanner: null,
  pictures: noPictures,
  staging: tmpdir(),
});

export const testKit = (db: Database): TestKit => {
  const effects: Effect[] = [];
  const made: TestKit = {
    now: Date.UTC(2026, 0, 5, 8),
    effects,
    taken: () => effects.splice(0),
    addUser: async (name, role = "student") => {
      const values = {
        username: name,
        username_key: name,
        display_name: name,
        email: null,
        email_key: null,
        password_hash: "",
        role,
        is_active: 1 as const,
        created_at: made.now,
      };
      return toCard(
        await db.write((tx) => tx.insertInto("users").values(values).returningAll().executeTakeFirstOrThrow()),
      );
    },
    kit: kitOver(db, readConfig({ LIMITS: "off" }), effects, () => made.now),
  };
  return made;
};

/** A call of somebody who is signed in. */
export const callOf = (user: UserCard, idempotencyKey?: string): SignedCall => ({
  caller: { user, session: `session of ${user.username}` },
  ...(idempotencyKey ? { idempotency: { key: idempotencyKey, digest: "same body" } } : {}),
});

/** A body as it reaches whoever asked. */
export const asSent = <T>(body: T): T =>
  typeof body === "object" && body !== null ? (JSON.parse(jsonOf(body).toString()) as T) : body;
