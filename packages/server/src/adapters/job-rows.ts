// Jobs as rows: added in the transaction that causes them, claimed by one node at a time for as long as that node says
// that it is alive, and gone when they are done.
import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { Clock, Database, JobKind } from "../kit/ports.ts";
import type { Db } from "../kit/tables.ts";

export interface Job {
  id: number;
  kind: JobKind;
  subject: string;
  /** With this one. */
  attempts: number;
  created_at: number;
  claim: string;
}

export const addJob = async (tx: Db, kind: JobKind, subject: string, now: number): Promise<void> => {
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
export class JobRows {
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
