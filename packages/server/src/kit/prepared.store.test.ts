// Queries that are made once, on both databases.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openKit, type OpenKit } from "../../../../tests/kit/feature-kit.ts";
import { prepared, preparedOne } from "./prepared.ts";

describe.each(["sqlite", "postgres"] as const)("prepared queries on %s", (dialect) => {
  let t: OpenKit;
  beforeAll(async () => void (t = await openKit(dialect)));
  afterAll(() => t.dispose());

  const keep = prepared<{ name: string; text: string }, unknown>((db, v) =>
    db.insertInto("settings").values({ name: v.name, value: v.text }),
  );

  test("the text is made once and the values differ", async () => {
    let built = 0;
    const find = preparedOne<{ name: string }, { value: string }>((db, { name }) => {
      built++;
      return db.selectFrom("settings").select("value").where("name", "=", name);
    });
    await t.kit.db.write(async (tx) => {
      await keep(tx, { name: "one", text: "1" });
      await keep(tx, { name: "two", text: "2" });
    });
    expect(await find(t.kit.db.read, { name: "one" })).toEqual({ value: "1" });
    expect(await find(t.kit.db.read, { name: "two" })).toEqual({ value: "2" });
    expect(await find(t.kit.db.read, { name: "three" })).toBeNull();
    expect(built).toBe(1);
  });

  test("what fails is taken back like anything else in a transaction", async () => {
    const twice = t.kit.db.write(async (tx) => {
      await keep(tx, { name: "three", text: "3" });
      await keep(tx, { name: "three", text: "3" });
    });
    await expect(twice).rejects.toThrow(/unique/i);
    const names = prepared<{ limit: number }, { name: string }>((db, { limit }) =>
      db.selectFrom("settings").select("name").where("value", "=", "3").limit(limit),
    );
    expect(await names(t.kit.db.read, { limit: 5 })).toEqual([]);
  });
});
