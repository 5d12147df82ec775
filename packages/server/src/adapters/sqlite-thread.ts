// A thread with a SQLite connection of its own. Statements asked in the same turn travel together; what only reads waits
// for everybody who was heard in one round of the event loop.
import { Worker } from "node:worker_threads";
import { Refusal } from "@homeroom/protocol";
import type { Batch, BatchResult, Outcome, SetResult, SqliteWorkerData, Statement } from "./sqlite-worker.ts";

/** A statement that SQLite refused, with SQLite's own (extended) result code. */
export class SqliteError extends Error {
  readonly errcode: number;
  constructor(message: string, errcode: number) {
    super(message);
    this.name = "SqliteError";
    this.errcode = errcode;
  }
}

const WRONG_SQL = 1;
const IO_ERROR = 10;
const DISK_FULL = 13;
const CONSTRAINT = 19;

/** In the contract's words, where it is not our own mistake. */
export const asRefusal = (error: unknown): unknown => {
  if (!(error instanceof SqliteError)) return error;
  const primary = error.errcode & 0xff;
  if (primary === DISK_FULL) return new Refusal("storage_full");
  // A wrong statement or a broken constraint is our own mistake, and must be seen as such.
  if (primary === CONSTRAINT || primary === WRONG_SQL) return error;
  const detail = primary === IO_ERROR ? "The disk does not answer." : undefined;
  return Object.assign(new Refusal("unavailable", { detail }), { cause: error });
};

interface Waiting {
  statement: Statement;
  resolve(outcome: Outcome): void;
}

export class SqliteThread {
  readonly #worker: Worker;
  readonly #ended: Promise<unknown>;
  readonly #sent = new Map<number, Waiting[]>();
  /** Numbers of the texts that it was told: those of prepared queries, which are few and long. */
  readonly #texts = new Map<string, number>();
  /** Names of what each of them answers. */
  readonly #columns: string[][] = [];
  readonly #flushSoon: (flush: () => void) => void;
  #collecting: Waiting[] = [];
  #nextId = 1;
  #down: string | null = null;

  constructor(data: SqliteWorkerData) {
    // A transaction keeps others waiting: its statements go at once. Where many ask at the same time, one message for all
    // of them saves more than half of the ways, and whoever is alone loses nothing by it.
    this.#flushSoon = data.readOnly ? setImmediate : queueMicrotask;
    this.#worker = new Worker(new URL("./sqlite-worker.ts", import.meta.url), {
      workerData: data,
      // Statements are short: a small heap keeps the process small.
      resourceLimits: { maxYoungGenerationSizeMb: 4 },
    });
    this.#worker.on("message", (result: BatchResult) => this.#settle(result));
    this.#worker.on("error", (error) => this.#fail(error instanceof Error ? error.message : String(error)));
    this.#worker.on("exit", () => this.#fail("the database thread has ended"));
    this.#ended = new Promise((resolve) => this.#worker.once("exit", resolve));
  }

  /** Runs one statement, after all that were asked before. Rejects with a `SqliteError`. */
  async run(sql: string, parameters: readonly unknown[] = []): Promise<Rows> {
    const [only] = await this.runEach(sql, [parameters]);
    return only as Rows;
  }

  /** The same with several sets of values, one after the other; answers for each. */
  runEach(sql: string, sets: readonly (readonly unknown[])[]): Promise<Rows[]> {
    return this.#ask({ sql }, sets);
  }

  /** The same with a text that never changes: it is told once. */
  runPrepared(sql: string, sets: readonly (readonly unknown[])[]): Promise<Rows[]> {
    const number = this.#texts.get(sql);
    if (number !== undefined) return this.#ask({ number }, sets);
    this.#texts.set(sql, this.#texts.size);
    return this.#ask({ sql, number: this.#texts.size - 1 }, sets);
  }

  async #ask(text: Pick<Statement, "sql" | "number">, sets: readonly (readonly unknown[])[]): Promise<Rows[]> {
    if (this.#down) throw new SqliteError(this.#down, 0);
    const statement = { ...text, sets: sets.map((values) => values.map(storable)) };
    const outcome = await new Promise<Outcome>((resolve) => {
      this.#collecting.push({ statement, resolve });
      if (this.#collecting.length === 1) this.#flushSoon(() => this.#flush());
    });
    if ("error" in outcome) throw new SqliteError(outcome.error, outcome.errcode);
    const { columns = [], results } = outcome;
    return results.map((result) => ({ ...result, rows: result.rows.map((row) => asObject(columns, row)) }));
  }

  async close(): Promise<void> {
    this.#flush();
    this.#worker.postMessage("close");
    await this.#ended;
  }

  #flush(): void {
    if (this.#collecting.length === 0) return;
    const id = this.#nextId++;
    const waiting = this.#collecting;
    this.#collecting = [];
    this.#sent.set(id, waiting);
    const batch: Batch = { id, statements: waiting.map((w) => w.statement) };
    this.#worker.postMessage(batch);
  }

  #settle({ id, outcomes }: BatchResult): void {
    const waiting = this.#sent.get(id) ?? [];
    this.#sent.delete(id);
    for (const [i, w] of waiting.entries()) w.resolve(this.#withColumns(w.statement, outcomes[i] as Outcome));
  }

  #withColumns({ number }: Statement, outcome: Outcome): Outcome {
    if (number === undefined || "error" in outcome) return outcome;
    if (outcome.columns) this.#columns[number] = outcome.columns;
    return { columns: this.#columns[number] ?? [], results: outcome.results };
  }

  #fail(reason: string): void {
    this.#down ??= reason;
    for (const w of this.#collecting.splice(0)) w.resolve({ error: reason, errcode: 0 });
    for (const waiting of this.#sent.values()) for (const w of waiting) w.resolve({ error: reason, errcode: 0 });
    this.#sent.clear();
  }
}

interface Rows extends Omit<SetResult, "rows"> {
  rows: Record<string, unknown>[];
}

const asObject = (columns: readonly string[], values: readonly unknown[]): Record<string, unknown> => {
  const row: Record<string, unknown> = {};
  for (let i = 0; i < columns.length; i++) row[columns[i] as string] = values[i];
  return row;
};

/** SQLite takes numbers, strings, bytes and null. */
const storable = (value: unknown): unknown => {
  if (typeof value === "boolean") return value ? 1 : 0;
  return value === undefined ? null : value;
};
