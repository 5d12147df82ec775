// The conversation that never was: it takes place, and leaves nothing behind.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshDatabases, type OpenDatabase } from "../../../tests/kit/databases.ts";
import { featuresKit } from "../../../tests/kit/features.ts";
import { rowCounts } from "../../../tests/kit/row-counts.ts";
import type { Database } from "./kit/ports.ts";
import { rehearse } from "./rehearsal.ts";

describe.each(["sqlite", "postgres"] as const)("on %s", (dialect) => {
  let opened: OpenDatabase;
  beforeAll(async () => void (opened = await freshDatabases[dialect]()));
  afterAll(() => opened.drop());

  test("a rehearsal stores a message, tells nobody and takes everything back, and nothing of what others do meanwhile", async () => {
    const { base, kit, user, room, say } = featuresKit(opened);
    const teacher = await user("teacher");
    const { id } = await room(teacher);
    const { messages = 0, ...others } = await rowCounts(opened.db);
    const told = base.effects.length;
    let inside: Record<string, number> = {};
    const db: Database = {
      ...opened.db,
      write: (work) =>
        opened.db.write(async (tx) => {
          try {
            return await work(tx);
          } finally {
            inside = await rowCounts({ ...opened.db, read: tx });
          }
        }),
    };

    const [, sent] = await Promise.all([rehearse({ ...kit, db }), say(teacher, id, "Good morning")]);

    expect(inside.users).toBe((others.users ?? 0) + 2);
    expect(inside.messages).toBeGreaterThan(messages);
    expect(await rowCounts(opened.db)).toMatchObject({
      users: others.users,
      rooms: others.rooms,
      messages: messages + 1,
    });
    expect(base.effects.slice(told)).toMatchObject([{ do: "deliver", frame: { message: { id: sent.id } } }]);
  });
});
