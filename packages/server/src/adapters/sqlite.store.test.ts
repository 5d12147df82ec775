// Grouped commits: many transactions share one, and yet each stands or falls alone; nobody is told before it is on disk.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Refusal } from "@homeroom/protocol";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Database } from "../kit/ports.ts";
import type { Db } from "../kit/tables.ts";
import { migrationsFor } from "../migrations/index.ts";
import { openSqlite } from "./sqlite.ts";

let folder: string;
let file: string;
let db: Database;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "homeroom-sqlite-"));
  file = join(folder, "test.sqlite");
  db = openSqlite({ file, durability: "full" });
  await db.migrate(migrationsFor("sqlite"));
});
afterEach(async () => {
  await db.close();
  rmSync(folder, { recursive: true, force: true });
});

const note = async (tx: Db, name: string, value = "") => {
  await tx.insertInto("settings").values({ name, value }).execute();
};
const names = async () =>
  (await db.read.selectFrom("settings").select("name").orderBy("name").execute()).map((row) => row.name);
/** What another process would see. */
const onDisk = () => {
  const other = new DatabaseSync(file, { readOnly: true });
  const rows = other.prepare("select name from settings order by name").all() as { name: string }[];
  other.close();
  return rows.map((row) => row.name);
};
const outcome = (work: Promise<unknown>) =>
  work.then(
    () => "ok",
    (error: unknown) => (error instanceof Refusal ? error.key : (error as Error).message),
  );
/** Refused when the transaction is committed, not before. */
const breakAtCommit = async (tx: Db) => {
  await sql`pragma defer_foreign_keys = on`.execute(tx);
  await tx.insertInto("read_marks").values({ log_id: 1, user_id: 1, seq: 1 }).execute();
};

test("a thousand transactions at once are all there, answered in the order in which they were asked", async () => {
  const answered: number[] = [];
  const asked = Array.from({ length: 1_000 }, (_, i) =>
    db
      .write(async (tx) => {
        const before = await tx
          .selectFrom("settings")
          .select((eb) => eb.fn.countAll().as("n"))
          .executeTakeFirst();
        await note(tx, String(i));
        return Number(before?.n);
      })
      .then((before) => {
        answered.push(i);
        return before;
      }),
  );
  // Each sees what those before it have written.
  expect(await Promise.all(asked)).toEqual(asked.map((_, i) => i));
  expect(answered).toEqual(asked.map((_, i) => i));
  expect(await names()).toHaveLength(1_000);
});

test("one that fails takes back its own writes and nobody else's", async () => {
  const failing = async (tx: Db) => {
    await note(tx, "lost");
    await note(tx, "a");
  };
  const outcomes = await Promise.all([
    outcome(db.write((tx) => note(tx, "a"))),
    outcome(db.write(failing)),
    outcome(
      db.write(async (tx) => {
        await note(tx, "also lost");
        throw new Refusal("forbidden");
      }),
    ),
    outcome(db.write((tx) => note(tx, "b"))),
  ]);
  expect(outcomes).toEqual(["ok", expect.stringContaining("UNIQUE"), "forbidden", "ok"]);
  expect(await names()).toEqual(["a", "b"]);
});

test("a commit that fails is a failure of all that were in it, and the next ones go on", async () => {
  const together = [
    db.write((tx) => note(tx, "before")),
    db.write(breakAtCommit),
    db.write((tx) => note(tx, "after")),
  ].map(outcome);
  expect(await Promise.all(together)).toEqual([1, 2, 3].map(() => expect.stringContaining("FOREIGN KEY")));
  expect(onDisk()).toEqual([]);
  expect(await outcome(db.write((tx) => note(tx, "later")))).toBe("ok");
  expect(onDisk()).toEqual(["later"]);
});

test("nobody is told before what they wrote is there for everybody", async () => {
  const asked = Array.from({ length: 50 }, (_, i) =>
    db.write((tx) => note(tx, `n${i}`)).then(() => onDisk().includes(`n${i}`)),
  );
  expect(new Set(await Promise.all(asked))).toEqual(new Set([true]));
});

test("readers see nothing of a transaction that is not committed", async () => {
  const seen: string[][] = [];
  await db.write(async (tx) => {
    await note(tx, "unborn");
    seen.push(await names(), onDisk());
  });
  expect(seen).toEqual([[], []]);
  expect(await names()).toEqual(["unborn"]);
});

test("a full disk is said as such, takes nothing along, and is over when there is room again", async () => {
  await db.write((tx) => note(tx, "kept"));
  const { page_count } = (await sql<{ page_count: number }>`pragma page_count`.execute(db.read)).rows[0] ?? {};
  const most = (pages: number) => db.write((tx) => sql`pragma max_page_count = ${sql.lit(pages)}`.execute(tx));
  await most((page_count ?? 0) + 2);
  const outcomes = await Promise.all([
    outcome(db.write((tx) => note(tx, "small"))),
    outcome(db.write((tx) => note(tx, "big", "x".repeat(200_000)))),
    outcome(db.write((tx) => note(tx, "small too"))),
  ]);
  expect(outcomes[1]).toBe("storage_full");
  expect(await names()).toEqual(["kept", ...["small", "small too"].filter((_, i) => outcomes[i * 2] === "ok")]);
  expect(outcomes.filter((one) => one !== "ok" && one !== "storage_full")).toEqual([]);
  await most(1_000_000);
  expect(await outcome(db.write((tx) => note(tx, "big", "x".repeat(200_000))))).toBe("ok");
});

test("why a transaction was lost is told to all that were in it, whatever the one that lost it makes of it", async () => {
  const { page_count } = (await sql<{ page_count: number }>`pragma page_count`.execute(db.read)).rows[0] ?? {};
  await db.write((tx) => sql`pragma max_page_count = ${sql.lit((page_count ?? 0) + 2)}`.execute(tx));
  const outcomes = await Promise.all([
    outcome(db.write((tx) => note(tx, "small"))),
    outcome(
      db.write(async (tx) => {
        await note(tx, "big", "x".repeat(200_000)).catch(() => undefined);
        throw new Refusal("forbidden");
      }),
    ),
  ]);
  expect(outcomes).toEqual(["storage_full", "storage_full"]);
  expect(onDisk()).toEqual([]);
});

test("a database that somebody else holds stores nothing of what was asked meanwhile, and goes on afterwards", async () => {
  const other = new DatabaseSync(file);
  other.exec("BEGIN IMMEDIATE");
  const asked = ["one", "two"].map((name) => outcome(db.write((tx) => note(tx, name))));
  expect(await Promise.all(asked)).toEqual(["unavailable", "unavailable"]);
  other.exec("ROLLBACK");
  other.close();
  expect(await outcome(db.write((tx) => note(tx, "three")))).toBe("ok");
  expect(onDisk()).toEqual(["three"]);
});

test("closing waits for what was asked before", async () => {
  const asked = Array.from({ length: 20 }, (_, i) => outcome(db.write((tx) => note(tx, `n${i}`))));
  await db.close();
  expect(new Set(await Promise.all(asked))).toEqual(new Set(["ok"]));
  expect(onDisk()).toHaveLength(20);
  db = openSqlite({ file, durability: "full" });
});

test("how many rows are wanted is no reason to make a statement anew", async () => {
  const some = db.read.selectFrom("settings").select("name").orderBy("name").limit(2);
  expect(some.compile().sql).toContain("limit cast(? as integer)");
  await db.write(async (tx) => {
    for (const name of ["a", "b", "c"]) await note(tx, name);
  });
  expect((await some.execute()).map(({ name }) => name)).toEqual(["a", "b"]);
});

test("what single commits wrote is in the file itself soon, long before SQLite's log is full", async () => {
  // oxlint-disable-next-line no-await-in-loop -- each a commit of its own
  for (let i = 0; i < 80; i++) await db.write((tx) => note(tx, `n${i}`));
  const other = new DatabaseSync(file);
  // In frames, of which each commit writes one at least: the log began anew.
  const { log } = other.prepare("pragma wal_checkpoint(noop)").get() as { log: number };
  expect(log).toBeLessThan(80);
  other.close();
});
