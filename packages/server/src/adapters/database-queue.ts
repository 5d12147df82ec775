// The Queue port on the jobs table: those of this process who look for work, carry it out, and lay down what failed.
import {
  type Clock,
  type Database,
  isAway,
  type JobKind,
  Later,
  type Logger,
  type Queue,
  type Worker,
} from "../kit/ports.ts";
import { addJob, type Job, JobRows } from "./job-rows.ts";

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
    if (isWorthWaiting(cause)) {
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
const isWorthWaiting = (error: unknown): boolean => error instanceof Later || isAway(error);

/** Between three quarters and five quarters: nodes and jobs that began together do not stay together. */
const jittered = (ms: number): number => Math.round(ms * (0.75 + Math.random() / 2));
