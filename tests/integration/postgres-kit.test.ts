// The test database itself: what the other tests take for granted.
import pg from "pg";
import { expect, test } from "vitest";
import { freshDatabase } from "../kit/postgres.ts";

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

test("two fresh databases know nothing of each other", async () => {
  const [one, two] = await Promise.all([freshDatabase(), freshDatabase()]);
  await query(one.url, "create table note (text text)");
  await expect(query(two.url, "select * from note")).rejects.toThrow('relation "note" does not exist');
  await Promise.all([one.drop(), two.drop()]);
});

test("a dropped database is gone, even with somebody still connected", async () => {
  const database = await freshDatabase();
  const idle = new pg.Client({ connectionString: database.url });
  idle.on("error", () => {});
  await idle.connect();
  await database.drop();
  await expect(query(database.url, "select 1")).rejects.toThrow("does not exist");
});
