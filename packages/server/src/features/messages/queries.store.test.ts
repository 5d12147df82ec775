// How often the operations that everybody uses all the time ask the database, whatever is on the page. Who calls is
// found out before, and is not counted here.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { UserCard } from "@homeroom/protocol";
import { counted, type Counts } from "../../../../../tests/kit/counted.ts";
import { freshDatabases, type OpenDatabase } from "../../../../../tests/kit/databases.ts";
import { featuresKit, type FeaturesKit } from "../../../../../tests/kit/features.ts";

const reads = (count: number): Counts => ({ reads: count, transactions: 0, statements: 0 });

describe.each(["sqlite", "postgres"] as const)("on %s", (dialect) => {
  let opened: OpenDatabase;
  let kit: FeaturesKit;
  let count: (work: () => Promise<unknown>) => Promise<Counts>;
  let people: UserCard[];
  let room: number;
  let root: number;
  let thread: number;

  const attach = async (message: number, id: string) => {
    const { log_id } = await opened.db.read
      .selectFrom("messages")
      .select("log_id")
      .where("id", "=", message)
      .executeTakeFirstOrThrow();
    const shown = { kind: "document", name: "plan.pdf", mime: "application/pdf", size: 9, state: "ready" } as const;
    const [uploader] = people as [UserCard];
    await opened.db.write(async (tx) => {
      const file = { id, uploader_id: uploader.id, message_id: message, log_id, place: 0, ...shown };
      await tx
        .insertInto("attachments")
        .values({ ...file, has_thumbs: 0, blob: id, sha256: "", created_at: 1 })
        .execute();
      await tx.updateTable("messages").set({ files: 1 }).where("id", "=", message).execute();
    });
  };

  /** Everything that may stand on a page: quotes, threads, reactions, files, deleted ones, somebody who left. */
  const everything = async () => {
    const [teacher, ada, ben, eve] = people as [UserCard, UserCard, UserCard, UserCard];
    room = (await kit.room(teacher, [ada, ben, eve])).id;
    const first = await kit.say(teacher, room, "Question of the day");
    root = first.id;
    for (const who of [ada, ben, eve]) {
      await kit.say(who, room, "In the thread", { thread_root: root });
      await kit.say(who, room, "A quote", { reply_to: root });
      await kit.ask(who, "addReaction", { params: { id: root, emoji: "👍" } });
    }
    await attach((await kit.say(ada, room, "A file")).id, `file-${dialect}`);
    const gone = await kit.say(ben, room, "Never mind");
    await kit.ask(ben, "deleteMessage", { params: { id: gone.id } });
    await kit.ask(eve, "leaveRoom", { params: { id: room } });
    thread = (await kit.ask(ada, "openPrivateThread", { body: { message_id: first.id } })).id;
    for (const reply_to of [root, undefined]) {
      await kit.ask(ada, "sendPrivateMessage", { params: { id: thread }, body: { content: "Why?", reply_to } });
    }
  };

  beforeAll(async () => {
    opened = await freshDatabases[dialect]();
    const counting = counted(opened.db);
    count = counting.count;
    kit = featuresKit({ ...opened, db: counting.db });
    people = [await kit.user("teacher"), await kit.user(), await kit.user(), await kit.user()];
    await everything();
  });
  afterAll(() => opened.drop());

  const history = (query: object) => () =>
    kit.ask(people[1] as UserCard, "listMessages", { params: { id: room }, query });

  test.each([
    ["the newest messages", () => ({})],
    ["those before a seq", () => ({ before: 12, limit: 3 })],
    ["those after a seq", () => ({ after: 2, limit: 3 })],
    ["those around a message", () => ({ around: root })],
    ["messages and events", () => ({ include: "events" })],
    ["messages and events around a message", () => ({ include: "events", around: root })],
  ])("a page of history is two queries: %s", async (_what, query) => {
    expect(await count(history(query()))).toEqual(reads(2));
  });

  test("a page of a private thread is two queries, with what it quotes of the room", async () => {
    const list = () => kit.ask(people[1] as UserCard, "listPrivateMessages", { params: { id: thread } });
    expect(await count(list)).toEqual(reads(2));
  });

  test("a page of a reply thread is two queries, with the message it grows from", async () => {
    const list = () => kit.ask(people[1] as UserCard, "getThread", { params: { id: root } });
    expect(await count(list)).toEqual(reads(2));
  });

  test("the list of followed threads is one query", async () => {
    expect(await count(() => kit.ask(people[0] as UserCard, "listThreads"))).toEqual(reads(1));
  });

  test("the list of rooms is three queries, of private threads too, however many there are", async () => {
    const [teacher, ada] = people as [UserCard, UserCard];
    const rooms = () => kit.ask(ada, "listRooms");
    const threads = () => kit.ask(teacher, "listPrivateThreads");
    expect([await count(rooms), await count(threads)]).toEqual([reads(3), reads(3)]);
    for (const name of ["One more", "And another", "A third"]) {
      const { id } = await kit.room(teacher, [ada], { name });
      await kit.say(teacher, id, "Welcome");
      const { id: opened } = await kit.openThread(ada, id, teacher);
      await kit.tell(ada, opened, "Thank you");
    }
    expect([await count(rooms), await count(threads)]).toEqual([reads(3), reads(3)]);
    expect([(await rooms()).results.length, (await threads()).results.length]).toEqual([4, 4]);
  });

  test("sending is one transaction and no query beside it", async () => {
    const send = () => kit.say(people[1] as UserCard, room, "Hello", { reply_to: root });
    expect(await count(send)).toMatchObject({ reads: 0, transactions: 1 });
  });
});
