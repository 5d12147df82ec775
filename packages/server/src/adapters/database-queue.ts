// The Queue port on the jobs table: work is added in the transaction that causes it, claimed by one node at a time for
// as long as that node says that it is alive, and gone when it is done.
import { randomUUID } from "node:crypto";
import { Refusal } from "@homeroom/protocol";
import { sql } from "kysely";
import { type Clock, type Database, type JobKind, Later, type Logger, type Queue, type Worker } from "../kit/ports.ts";
import type { Db } from "../kit/tables.ts";

/** Milliseconds, but for the two numbers at the end. */
export interface QueueOptions {
  /** How often it looks for work of which nobody told it. */
  pollMs: number;
  /** A node that has not said for so long that it is alive is taken for dead. */
  leaseMs: number;
  /** Before the second attempt; twice as long before each further one. */
  pauseMs: number;
  /** Between attempts while what the work needs is away: at first, and when it has been away for long. */
  laterMs: readonly [least: number, most: number];
  /** So long a stop waits for what is under way. */
  drainMs: number;
  atOnce: number;
  attempts: number;
}

const DEFAULTS: QueueOptions = {
  pollMs: 3_000,
  leaseMs: 20_000,
  pauseMs: 5_000,
  laterMs: [3_000, 60_000],
  drainMs: 5_000,
  atOnce: 2,
  attempts: 8,
};

const ERROR_LENGTH = 500;

interface Job {
  id: number;
  kind: JobKind;
  subject: string;
  /** With this one. */
  attempts: number;
  created_at: number;
  claim: string;
}

type Workers = Readonly<Record<JobKind, Worker>>;

export const databaseQueue = (
  db: Database,
  clock: Clock,
  logger: Logger,
  options: Partial<QueueOptions> = {},
): Queue => {
  const rows = new JobRows(db, clock);
  const crews = new Set<Crew>();
  return {
    add: (tx, kind, subject) => addJob(tx, kind, subject, clock.now()),
    wake: () => {
      for (const crew of crews) crew.look();
    },
    work: (workers) => {
      const crew = new Crew(rows, clock, logger, { ...DEFAULTS, ...options }, workers);
      crews.add(crew);
      crew.look();
      return () => {
        crews.delete(crew);
        return crew.stop();
      };
    },
    counts: () => rows.counts(),
  };
};

const addJob = async (tx: Db, kind: JobKind, subject: string, now: number): Promise<void> => {
  await tx
    .insertInto("jobs")
    .values({ kind, subject, attempts: 0, run_at: now, created_at: now, again: 0 })
    .onConflict((c) =>
      c.columns(["kind", "subject"]).doUpdateSet({
        attempts: 0,
        error: null,
        dead_at: null,
        again: 1,
        // Whoever works on it goes on, and does it once more: they may have read what was before this change.
        run_at: sql`case when jobs.claim is null then excluded.run_at else jobs.run_at end`,
      }),
    )
    .execute();
};

/** The jobs as rows. Whoever lost a job to somebody else changes nothing of it any more. */
class JobRows {
  readonly #db: Database;
  readonly #clock: Clock;

  constructor(db: Database, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  #due(db: Db) {
    return db
      .selectFrom("jobs")
      .select("id")
      .where("dead_at", "is", null)
      .where("run_at", "<=", this.#clock.now())
      .orderBy("run_at")
      .orderBy("id");
  }

  async claim(count: number, leaseMs: number): Promise<Job[]> {
    // Most looks find nothing, and then nobody has to write.
    if (!(await this.#due(this.#db.read).limit(1).executeTakeFirst())) return [];
    const claim = randomUUID();
    return this.#db.write(async (tx) => {
      const due = this.#due(tx).limit(count);
      const free = await (this.#db.dialect === "postgres" ? due.forUpdate().skipLocked() : due).execute();
      if (free.length === 0) return [];
      const claimed = await tx
        .updateTable("jobs")
        .set((eb) => ({ claim, again: 0, attempts: eb("attempts", "+", 1), run_at: this.#clock.now() + leaseMs }))
        .where(
          "id",
          "in",
          free.map(({ id }) => id),
        )
        .returning(["id", "kind", "subject", "attempts", "created_at"])
        .execute();
      return claimed.map((row) => ({ ...row, kind: row.kind as JobKind, claim })).toSorted((a, b) => a.id - b.id);
    });
  }

  /** Says that whoever works on it is alive. */
  async renew(job: Job, leaseMs: number): Promise<void> {
    await this.#mine(job, { run_at: this.#clock.now() + leaseMs });
  }

  async done(job: Job): Promise<void> {
    const gone = await this.#db.write((tx) =>
      tx
        .deleteFrom("jobs")
        .where("id", "=", job.id)
        .where("claim", "=", job.claim)
        .where("again", "=", 0)
        .returning("id")
        .executeTakeFirst(),
    );
    if (!gone) await this.once(job);
  }

  /** Lays it down to be tried after a pause, or for good. */
  async failed(job: Job, after: { attempts: number; pause: number; error: string; dead: boolean }): Promise<void> {
    const now = this.#clock.now();
    const { attempts, error } = after;
    const laid = await this.#mine(
      job,
      { claim: null, attempts, error, run_at: now + after.pause, dead_at: after.dead ? now : null },
      0,
    );
    if (!laid) await this.once(job);
  }

  /** Somebody wants it once more, from the beginning. */
  async once(job: Job, attempts = 0): Promise<void> {
    await this.#mine(job, { claim: null, attempts, again: 0, run_at: this.#clock.now() });
  }

  #mine(
    { id, claim }: Job,
    change: {
      claim?: null;
      attempts?: number;
      run_at: number;
      error?: string;
      dead_at?: number | null;
      again?: 0;
    },
    again?: 0 | 1,
  ): Promise<boolean> {
    return this.#db.write(async (tx) => {
      let query = tx.updateTable("jobs").set(change).where("id", "=", id).where("claim", "=", claim);
      if (again !== undefined) query = query.where("again", "=", again);
      return (await query.returning("id").executeTakeFirst()) !== undefined;
    });
  }

  async counts(): Promise<{ waiting: number; dead: number }> {
    const { waiting, dead } = await this.#db.read
      .selectFrom("jobs")
      .select(({ fn }) => [fn.countAll<number>().as("waiting"), fn.count<number>("dead_at").as("dead")])
      .executeTakeFirstOrThrow();
    return { waiting: waiting - dead, dead };
  }
}

/** Those of this process who work, so many at once. */
class Crew {
  readonly #rows: JobRows;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #options: QueueOptions;
  readonly #workers: Workers;
  readonly #busy = new Map<Job, Promise<void>>();
  #looking: Promise<void> | null = null;
  #lookAgain = false;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  #isBlind = false;

  constructor(rows: JobRows, clock: Clock, logger: Logger, options: QueueOptions, workers: Workers) {
    this.#rows = rows;
    this.#clock = clock;
    this.#logger = logger;
    this.#options = options;
    this.#workers = workers;
  }

  /** Takes what is due, as far as hands are free. Asked while it looks, it looks once more. */
  look(): void {
    if (this.#stopped) return;
    if (this.#looking) {
      this.#lookAgain = true;
      return;
    }
    this.#looking = this.#take().finally(() => {
      this.#looking = null;
      if (this.#lookAgain) {
        this.#lookAgain = false;
        this.look();
      } else this.#lookLater();
    });
  }

  async #take(): Promise<void> {
    const free = this.#options.atOnce - this.#busy.size;
    if (free <= 0) return;
    try {
      const jobs = await this.#rows.claim(free, this.#options.leaseMs);
      this.#isBlind = false;
      for (const job of jobs) this.#begin(job);
    } catch (error) {
      if (!this.#isBlind) this.#logger.warn({ err: error }, "the queue cannot look for work");
      this.#isBlind = true;
    }
  }

  #lookLater(): void {
    clearTimeout(this.#timer);
    if (this.#stopped) return;
    this.#timer = setTimeout(() => this.look(), jittered(this.#options.pollMs)).unref();
  }

  #begin(job: Job): void {
    const work = this.#carryOut(job)
      .catch((error: unknown) => {
        // Nobody could write down how it went: it is done again when its time is over.
        this.#logger.warn({ ...named(job), err: error }, "a job's end could not be written down");
      })
      .finally(() => {
        this.#busy.delete(job);
        this.look();
      });
    this.#busy.set(job, work);
  }

  async #carryOut(job: Job): Promise<void> {
    const { leaseMs, attempts } = this.#options;
    // Whoever had it before died over it.
    if (job.attempts > attempts) return this.#fail(job, new Error("it ended its process each time"));
    const alive = setInterval(() => {
      this.#rows.renew(job, leaseMs).catch(() => undefined);
    }, leaseMs / 4).unref();
    try {
      const worker = this.#workers[job.kind];
      if (!worker) throw new Error("nobody here does this kind of work");
      await worker(job.subject);
    } catch (error) {
      return await this.#fail(job, error);
    } finally {
      clearInterval(alive);
    }
    await this.#rows.done(job);
  }

  async #fail(job: Job, cause: unknown): Promise<void> {
    const error = (cause instanceof Error ? cause.message : String(cause)).slice(0, ERROR_LENGTH);
    if (isAway(cause)) {
      const [least, most] = this.#options.laterMs;
      const age = this.#clock.now() - job.created_at;
      const pause = jittered(Math.min(most, Math.max(least, age / 4)));
      this.#logger.info({ ...named(job), error }, "a job waits for what it needs");
      return this.#rows.failed(job, { attempts: job.attempts - 1, pause, error, dead: false });
    }
    const dead = job.attempts >= this.#options.attempts;
    const facts = { ...named(job), attempts: job.attempts, error };
    if (dead) this.#logger.error(facts, "a job was given up");
    else this.#logger.warn(facts, "a job failed and will be tried again");
    const pause = jittered(this.#options.pauseMs * 2 ** (job.attempts - 1));
    await this.#rows.failed(job, { attempts: job.attempts, pause, error, dead });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#looking;
    const patience = new AbortController();
    const tired = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.#options.drainMs);
      patience.signal.addEventListener("abort", () => clearTimeout(timer));
    });
    await Promise.race([Promise.all(this.#busy.values()), tired]);
    patience.abort();
    // What takes longer is somebody else's, at once and without having cost an attempt.
    const left = [...this.#busy.keys()].map((job) => this.#rows.once(job, job.attempts - 1));
    await Promise.allSettled(left);
  }
}

const named = ({ kind, subject }: Job) => ({ job: kind, subject });

/** Nobody's fault and over some day: the scanner, the database or the store is away, or the disk is full. */
const isAway = (error: unknown): boolean =>
  error instanceof Later || (error instanceof Refusal && ["unavailable", "storage_full"].includes(error.key));

/** Between three quarters and five quarters: nodes and jobs that began together do not stay together. */
const jittered = (ms: number): number => Math.round(ms * (0.75 + Math.random() / 2));
