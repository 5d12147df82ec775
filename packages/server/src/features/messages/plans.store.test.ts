// How SQLite goes about the queries that meet long logs: what is bounded must be bounded by an index.
import { CompiledQuery, type RawBuilder } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openKit, type OpenKit } from "../../../../../tests/kit/feature-kit.ts";
import { pinsQuery } from "../pins/pins.store.ts";
import { listQuery } from "../private-threads/thread-sheets.store.ts";
import { reactionsQuery } from "../reactions/reactions.store.ts";
import { followedQuery } from "./followed-threads.store.ts";
import { eventsQuery, repliesQuery, timelineQuery } from "./message-pages.store.ts";
import { countsQuery, roomCountsQuery, threadsQuery } from "./read-marks.store.ts";
import { lastSent } from "./sending.store.ts";

let t: OpenKit;
beforeAll(async () => void (t = await openKit("sqlite")));
afterAll(() => t.dispose());

const planOf = async ({ sql, parameters }: CompiledQuery): Promise<string> => {
  const { rows } = await t.kit.db.read.executeQuery<{ detail: string }>(
    CompiledQuery.raw(`explain query plan ${sql}`, [...parameters]),
  );
  return rows.map(({ detail }) => detail).join("\n");
};

/** Of a query in words, for one value wherever one is asked for. */
const planIn = (text: RawBuilder<unknown>): Promise<string> => planOf(text.compile(t.kit.db.read));

/** Through a table; what was picked out before is short. */
const WALKS = /SCAN (?!(b|w|p|l|json_each|replies|up_to|beyond)\b|\(subquery)|MATERIALIZE|AUTOMATIC/;

const values = { list: 1, viewer: 1, before: 9, after: 1, rows: 5, id: 1, more: 5 };

test.each(["newest", "oldest", "around"] as const)(
  "a page by seq (%s) looks at its own messages and at nothing else",
  async (way) => {
    const db = t.kit.db.read;
    const pages = {
      messages: [timelineQuery(db, values, way), /SEARCH m USING INDEX messages_place \(log_id=\? AND seq[<>]\?\)/],
      events: [eventsQuery(db, values, way), /SEARCH e USING PRIMARY KEY \(log_id=\? AND seq[<>]\?\)/],
      replies: [
        repliesQuery(db, values, way),
        /SEARCH m USING (COVERING )?INDEX messages_thread \(thread_root=\? AND seq[<>]\?\)/,
      ],
    } as const;
    for (const [query, index] of Object.values(pages)) {
      const plan = await planIn(query);
      expect(plan).toMatch(index);
      expect(plan).not.toMatch(WALKS);
    }
  },
);

test("the list of private threads looks at one's own threads and at no other", async () => {
  const plan = await planIn(listQuery(t.kit.db.read, { viewer: 1, rows: 5, offset: 0 }));
  for (const side of ["low", "high"])
    expect(plan).toContain(`SEARCH t USING INDEX private_threads_${side} (${side}_id=?)`);
  expect(plan).not.toMatch(WALKS);
});

test("who replied is read from an index alone, and what of it is unread from the viewer's mark up", async () => {
  const plan = await planIn(timelineQuery(t.kit.db.read, values, "newest"));
  expect(plan).toMatch(/SEARCH r USING COVERING INDEX messages_replies \(thread_root=\?\)/);
  expect(plan).toMatch(/SEARCH r USING INDEX messages_thread \(thread_root=\? AND seq>\?\)/);
  expect(plan).not.toMatch(/TEMP B-TREE FOR GROUP BY/);
});

test("unread messages and mentions are counted from the read mark up", async () => {
  const db = t.kit.db.read;
  for (const query of [countsQuery, roomCountsQuery, threadsQuery]) {
    const plan = await planIn(query(db, { logs: "[1,2]", viewer: 1 }));
    expect(plan).toMatch(/SEARCH unread USING INDEX messages_place \(log_id=\? AND seq>\?\)/);
    expect(plan).toMatch(/SEARCH mentions USING .*\(user_id=\? AND log_id=\? AND seq>\?\)/);
    expect(plan).not.toMatch(WALKS);
  }
});

test("the list of followed threads looks at no other thread", async () => {
  const plan = await planOf(followedQuery(t.kit.db.read, 1).limit(10).compile());
  expect(plan).toMatch(/SEARCH f USING .*\(user_id=\?\)/);
  expect(plan).toMatch(/SEARCH reply (EXISTS )?USING COVERING INDEX messages_thread \(thread_root=\?\)/);
  expect(plan).not.toMatch(/SCAN|MATERIALIZE/);
});

test("slow mode finds when somebody last wrote, also who never did", async () => {
  const plan = await planOf(lastSent(t.kit.db.read, 1, 2).compile());
  expect(plan).toMatch(/USING INDEX messages_sender \(log_id=\? AND sender_id=\?\)/);
  expect(plan).not.toMatch(/SCAN|TEMP B-TREE/);
});

test("the reactions of a page are found by their messages", async () => {
  const plan = await planOf(reactionsQuery(t.kit.db.read, [1, 2]).compile());
  expect(plan).toMatch(/SEARCH reactions USING .*\(message_id=\?\)/);
  expect(plan).not.toMatch(/SCAN/);
});

test("a room's pins are read in their order, and nothing else of the room", async () => {
  const plan = await planOf(pinsQuery(t.kit.db.read, 1).limit(10).compile());
  expect(plan).toMatch(/SEARCH messages USING COVERING INDEX messages_pinned \(log_id=\?/);
  expect(plan).not.toMatch(/SCAN|TEMP B-TREE/);
});
