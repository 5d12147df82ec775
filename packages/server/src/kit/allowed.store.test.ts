// Reading before asking whether it may be read: the order, and what is told when both fail.
import { Refusal } from "@homeroom/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshDatabases, type OpenDatabase } from "../../../../tests/kit/databases.ts";
import { readIfAllowed } from "./allowed.ts";
import { type DirectAdapter, preparedOne } from "./prepared.ts";
import type { Db } from "./tables.ts";

const later = <T>(value: T): Promise<T> => new Promise((resolve) => setImmediate(() => resolve(value)));

const named = preparedOne<object, { username: string }>((db) =>
  db.selectFrom("users").select("username").where("username", "=", "page"),
);
const gate = preparedOne<object, { username: string }>((db) =>
  db.selectFrom("users").select("username").where("username", "=", "gate"),
);

describe.each(["sqlite", "postgres"] as const)("on %s", (dialect) => {
  let opened: OpenDatabase;
  let db: Db;
  beforeAll(async () => {
    opened = await freshDatabases[dialect]();
    db = opened.db.read;
  });
  afterAll(() => opened.drop());

  test("the page is asked before the permission; where the database keeps the order, nobody waits in between", async () => {
    const steps: string[] = [];
    const adapter = db.getExecutor().adapter as Partial<DirectAdapter>;
    const ask = adapter.askEach?.bind(adapter);
    if (ask) {
      adapter.askEach = (sql, sets) => {
        steps.push("asked");
        return ask(sql, sets);
      };
    }
    const read = async () => {
      await named(db, {});
      steps.push("page");
    };
    await readIfAllowed(db, read, async () => {
      await gate(db, {});
      steps.push("gate");
    });
    expect(steps).toEqual(ask ? ["asked", "asked", "page", "gate"] : ["page", "gate"]);
  });

  test("who may not read is told so, whatever became of the page", async () => {
    const refused = () => Promise.reject(new Refusal("not_a_member"));
    for (const page of [() => later("page"), () => Promise.reject(new Refusal("bad_request"))]) {
      await expect(readIfAllowed(db, page, refused)).rejects.toMatchObject({ key: "not_a_member" });
    }
  });

  test("who may read is told what is wrong with the page", async () => {
    const wrong = () => Promise.reject(new Refusal("bad_request"));
    await expect(readIfAllowed(db, wrong, () => later(null))).rejects.toMatchObject({ key: "bad_request" });
  });
});
