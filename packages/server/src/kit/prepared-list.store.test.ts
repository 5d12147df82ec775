// Prepared queries about lists of any length, on both databases.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openKit, type OpenKit } from "../../../../tests/kit/feature-kit.ts";
import { preparedList } from "./prepared-list.ts";

describe.each(["sqlite", "postgres"] as const)("prepared lists on %s", (dialect) => {
  let t: OpenKit;
  beforeAll(async () => void (t = await openKit(dialect)));
  afterAll(() => t.dispose());

  test("each key of a list of any length is asked about once, with texts for few lengths", async () => {
    const names = Array.from({ length: 600 }, (_, i) => `name ${i}`);
    const rows = names.map((name, i) => ({ name, value: i % 2 ? "odd" : "even" }));
    await t.kit.db.write((tx) => tx.insertInto("settings").values(rows).execute());
    const lengths = new Set<number>();
    const find = preparedList<string, { value: string }, { name: string }>((db, list, { value }) => {
      lengths.add(list.length);
      return db.selectFrom("settings").select("name").where("name", "in", list).where("value", "=", value);
    });
    for (const length of [0, 1, 2, 8, 9, 64, 65, 256, 257, 600]) {
      const found = await find(t.kit.db.read, names.slice(0, length), { value: "even" });
      const due = names.slice(0, length).filter((_, i) => i % 2 === 0);
      expect(found.map(({ name }) => name).toSorted(), `${length} keys`).toEqual(due.toSorted());
    }
    expect(lengths.size).toBe(4);
  });
});
