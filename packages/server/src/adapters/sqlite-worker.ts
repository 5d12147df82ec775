// The thread that owns one SQLite connection. Takes batches of statements, answers batches of results; decides nothing.
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";

export interface SqliteWorkerData {
  file: string;
  readOnly: boolean;
  durability: "full" | "relaxed";
}
/** A statement, run once with each set of values, in order, up to the first that fails. */
export interface Statement {
  /** Left out where its number was told before. */
  sql?: string;
  /** From then on, this number stands for the text. */
  number?: number;
  sets: readonly (readonly unknown[])[];
}
type TextStatement = Required<Pick<Statement, "sql" | "sets">>;
/** What one set brought. Rows are arrays: the names of their columns travel once, for a text with a number once for ever. */
export interface SetResult {
  rows: unknown[][];
  changes: number;
  lastId: number;
}
export type Outcome = { columns?: string[]; results: SetResult[] } | { error: string; errcode: number };
export interface Batch {
  id: number;
  statements: Statement[];
}
export interface BatchResult {
  id: number;
  outcomes: Outcome[];
}

const { file, readOnly, durability } = workerData as SqliteWorkerData;
// Another process (a command beside the live server) may hold the write lock for a moment.
const db = new DatabaseSync(file, { timeout: 2_000 });
// The file remembers it. Two connections that both switch a new file to it get in each other's way.
if (!readOnly) db.exec("PRAGMA journal_mode = WAL");
db.exec(`PRAGMA synchronous = ${durability === "full" ? "FULL" : "NORMAL"}`);
db.exec("PRAGMA foreign_keys = ON");
db.exec("PRAGMA temp_store = MEMORY");
if (readOnly) {
  db.exec("PRAGMA query_only = ON");
  // In KiB. With SQLite's own 2 MB, a page from anywhere in a large room is mostly fetched from the system anew.
  db.exec("PRAGMA cache_size = -32000");
}

/** Prepared statements by their text; the least recently used one goes first. */
const MOST_PREPARED = 400;
const prepared = new Map<string, Prepared>();
interface Prepared {
  readonly statement: StatementSync;
  columns: string[];
}

const namesOf = (statement: StatementSync): string[] => statement.columns().map(({ name }) => name);

const prepare = (sql: string) => {
  let found = prepared.get(sql);
  if (found) prepared.delete(sql);
  else {
    const statement = db.prepare(sql);
    found = { statement, columns: namesOf(statement) };
    if (found.columns.length > 0) statement.setReturnArrays(true);
  }
  prepared.set(sql, found);
  if (prepared.size > MOST_PREPARED) {
    for (const oldest of prepared.keys()) {
      prepared.delete(oldest);
      break;
    }
  }
  return found;
};

/**
 * Set when a transaction could not be begun, or an error ended the whole of it (a full disk does): what was meant to be
 * part of it must not be carried out on its own. Until the ROLLBACK comes, every statement gets the same answer.
 */
let doomed: Outcome | null = null;

/** Told with their numbers. Also: a text that is the same object is found by without reading it again. */
const texts: string[] = [];

const withText = ({ sql, number, sets }: Statement): TextStatement => {
  if (number === undefined) return { sql: sql ?? "", sets };
  if (sql !== undefined) texts[number] = sql;
  return { sql: texts[number] ?? "", sets };
};

const run = (statement: TextStatement): Outcome => {
  if (doomed) {
    const answer = doomed;
    if (statement.sql === "ROLLBACK") doomed = null;
    return answer;
  }
  const wasOpen = db.isTransaction;
  const outcome = attempt(statement);
  const isLost = "error" in outcome && !db.isTransaction && (wasOpen || statement.sql === "BEGIN IMMEDIATE");
  if (isLost && statement.sql !== "ROLLBACK") doomed = outcome;
  return outcome;
};

const attempt = ({ sql, sets }: TextStatement): Outcome => {
  try {
    const found = prepare(sql);
    const results = sets.map((values) => runSet(found, values as SQLInputValue[]));
    return { columns: found.columns, results };
  } catch (error) {
    const { message, errcode } = error as { message: string; errcode?: number };
    return { error: message, errcode: errcode ?? 1 };
  }
};

const runSet = (found: Prepared, values: SQLInputValue[]): SetResult => {
  const { statement } = found;
  if (found.columns.length > 0) {
    const rows = statement.all(...values) as unknown as unknown[][];
    // Somebody changed the table meanwhile, and `*` means something else than when it was prepared.
    if (rows[0] && rows[0].length !== found.columns.length) found.columns = namesOf(statement);
    return { rows, changes: 0, lastId: 0 };
  }
  const done = statement.run(...values);
  return { rows: [], changes: Number(done.changes), lastId: Number(done.lastInsertRowid) };
};

/** By the numbers of their texts. */
const toldColumns: string[][] = [];

const answer = (asked: Statement): Outcome => {
  const outcome = run(withText(asked));
  if (asked.number === undefined || "error" in outcome || !outcome.columns) return outcome;
  if (toldColumns[asked.number] === outcome.columns) return { results: outcome.results };
  toldColumns[asked.number] = outcome.columns;
  return outcome;
};

/**
 * After so many commits, what they wrote to SQLite's log goes into the file itself. That takes as long as several commits,
 * and is done when they have been answered. SQLite does the same inside a commit once the log has 1,000 pages: one message
 * by itself writes about ten, so that it comes to that only in a crowd, where a commit holds many.
 */
const COMMITS_TO_CHECKPOINT = 64;
let commits = 0;

const checkpointAfter = ({ statements }: Batch): void => {
  if (!statements.some(({ sql }) => sql === "COMMIT")) return;
  commits += 1;
  if (commits < COMMITS_TO_CHECKPOINT || db.isTransaction) return;
  commits = 0;
  try {
    db.exec("PRAGMA wal_checkpoint(PASSIVE)");
  } catch {
    // Nothing is lost by it, on a full disk, say: all of it is still in the log, and the next commit tells what is wrong.
  }
};

parentPort?.on("message", (message: Batch | "close") => {
  if (message === "close") {
    db.close();
    process.exit(0);
  }
  const result: BatchResult = { id: message.id, outcomes: message.statements.map(answer) };
  parentPort?.postMessage(result);
  checkpointAfter(message);
});
