// SQLite as the Database port: one thread that writes, one that reads, and many transactions to one commit.
import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { Refusal } from "@homeroom/protocol";
import { Kysely } from "kysely";
import type { Database } from "../kit/ports.ts";
import type { Db, Tables } from "../kit/tables.ts";
import { migrate } from "./migrate.ts";
import { threadDialect } from "./sqlite-dialect.ts";
import { asRefusal, SqliteThread } from "./sqlite-thread.ts";

/** So many transactions at most wait for one commit: a bound on what one failed commit takes with it. */
const MOST_IN_ONE_COMMIT = 256;
/** So many may stand in line; more are refused before anything of theirs is stored. */
const MOST_IN_LINE = 10_000;

interface Job {
  run(tx: Db): Promise<unknown>;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

export const openSqlite = (options: { file: string; durability: "full" | "relaxed" }): Database => {
  mkdirSync(dirname(options.file), { recursive: true, mode: 0o700 });
  // For nobody else's eyes, whatever the folder lets in; SQLite gives its side files the same mode.
  closeSync(openSync(options.file, "a", 0o600));
  const writer = new SqliteThread({ ...options, readOnly: false });
  const reader = new SqliteThread({ ...options, readOnly: true });
  const tx: Db = new Kysely<Tables>({ dialect: threadDialect(writer) });
  const queue = new CommitQueue(writer, tx);
  return {
    dialect: "sqlite",
    read: new Kysely<Tables>({ dialect: threadDialect(reader) }),
    write: (work) => queue.add(work),
    // All writers stand in one line: nobody else can have come between.
    isConflict: () => false,
    ping: async () => void (await Promise.all([reader.run("select 1"), writer.run("select 1")])),
    migrate: (steps) => queue.exclusive(() => migrate(tx, steps)),
    close: async () => {
      await queue.idle();
      await Promise.all([writer.close(), reader.close()]);
    },
  };
};

/**
 * Runs transactions one after the other on the writer, each in a savepoint of its own, and commits what came
 * meanwhile together. Nobody is told anything, good or bad, before the commit that holds their transaction is on disk.
 */
class CommitQueue {
  readonly #writer: SqliteThread;
  readonly #tx: Db;
  #jobs: Job[] = [];
  #pumping: Promise<void> = Promise.resolve();
  #active = false;

  constructor(writer: SqliteThread, tx: Db) {
    this.#writer = writer;
    this.#tx = tx;
  }

  add<T>(work: (tx: Db) => Promise<T>): Promise<T> {
    if (this.#jobs.length >= MOST_IN_LINE) return Promise.reject(new Refusal("unavailable", { retry_after_ms: 1_000 }));
    return new Promise<T>((resolve, reject) => {
      this.#jobs.push({ run: work, resolve, reject });
      if (!this.#active) {
        this.#active = true;
        this.#pumping = this.#pump();
      }
    });
  }

  /** Outside any transaction of the queue. */
  async exclusive<T>(work: () => Promise<T>): Promise<T> {
    await this.idle();
    return work();
  }

  idle(): Promise<void> {
    return this.#pumping;
  }

  async #pump(): Promise<void> {
    while (this.#jobs.length > 0) await this.#commitSome();
    this.#active = false;
  }

  async #commitSome(): Promise<void> {
    const settled: Array<() => void> = [];
    const asked: Job[] = [];
    // Not waited for: the first job's statements travel with it, and fail with it.
    const begun = this.#writer.run("BEGIN IMMEDIATE").then(
      () => true,
      () => false,
    );
    const isLast = () => this.#jobs.length === 0 || asked.length >= MOST_IN_ONE_COMMIT;
    let committed: Promise<unknown> | undefined;
    try {
      for (let job = this.#jobs.shift(); job; job = committed || isLast() ? undefined : this.#jobs.shift()) {
        asked.push(job);
        settled.push(
          await this.#runOne(job, () => {
            // It travels with the end of the last job.
            if (isLast()) committed = this.#writer.run("COMMIT");
            committed?.catch(() => undefined);
          }),
        );
      }
      await (committed ?? this.#writer.run("COMMIT"));
      for (const settle of settled) settle();
    } catch (error) {
      // Where even BEGIN failed, nobody in the line would fare better.
      if (!(await begun)) asked.push(...this.#jobs.splice(0));
      await this.#writer.run("ROLLBACK").catch(() => undefined);
      for (const job of asked) job.reject(asRefusal(error));
    }
  }

  /** `done` is called as soon as the job's savepoint is released. */
  async #runOne(job: Job, done: () => void): Promise<() => void> {
    // Not waited for: the thread keeps the order, and the next statement travels with it.
    const opened = this.#writer.run("SAVEPOINT turn");
    opened.catch(() => undefined);
    try {
      const value = await job.run(this.#tx);
      // Not waited for either: should it fail, so does the COMMIT behind it.
      Promise.all([opened, this.#writer.run("RELEASE turn")]).catch(() => undefined);
      done();
      return () => job.resolve(value);
    } catch (error) {
      // Where the whole transaction is lost (a full disk takes it along), these say why, and it is everybody's loss.
      await opened;
      await this.#writer.run("ROLLBACK TO turn");
      await this.#writer.run("RELEASE turn");
      return () => job.reject(error);
    }
  }
}
