// Attachments in the database, over both kinds: what a page shows of them, and what is cleared away when.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { randomUUID } from "node:crypto";
import type { Attachment, Message, UserCard } from "@homeroom/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eachDatabase, type OpenDatabase } from "../../../../../tests/kit/databases.ts";
import { featuresKit, type FeaturesKit } from "../../../../../tests/kit/features.ts";
import { callOf } from "../../../../../tests/kit/kit.ts";
import { chores } from "../../compose.ts";
import { sweep } from "../../kit/housekeeping.ts";

const HOUR_MS = 3_600_000;

eachDatabase((open) => {
  let opened: OpenDatabase;
  let kit: FeaturesKit;
  beforeAll(async () => {
    opened = await open();
    kit = featuresKit(opened);
  });
  afterAll(() => opened.drop());

  const upload = async (user: UserCard): Promise<Attachment> => {
    const path = join(kit.kit.staging, randomUUID());
    await writeFile(path, "Light, water, air.");
    const file = { path, name: "notes.txt", size: 18, sha256: "0".repeat(64) };
    const input = { params: undefined, query: undefined, body: {}, file };
    return (await kit.handlers.uploadFile(input, callOf(user))).body;
  };
  const keys = async () => {
    const found: string[] = [];
    for await (const { key } of kit.kit.files.list()) found.push(key);
    return found;
  };
  const ids = async () => (await kit.db.read.selectFrom("attachments").select("id").execute()).map(({ id }) => id);

  test("a page shows the files of each of its messages, in their order, and none of one that was deleted", async () => {
    const host = await kit.user("teacher");
    const { id } = await kit.room(host);
    const sent: Attachment[][] = [];
    for (const count of [0, 1, 2, 3, 1]) {
      const files: Attachment[] = [];
      for (let i = 0; i < count; i++) files.push(await upload(host));
      await kit.say(host, id, "Words", { attachments: files.map((file) => file.id) });
      sent.push(files);
    }
    const page = async () => (await kit.ask(host, "listMessages", { params: { id } })).results as Message[];
    const last = (await page()).at(-1);
    await kit.ask(host, "deleteMessage", { params: { id: last?.id } });
    const shown = (await page()).map(({ attachments }) => attachments.map((file) => file.id));
    expect(shown).toEqual([...sent.slice(0, -1), []].map((files) => files.map((file) => file.id)));
  });

  test("what was not sent within a day cannot be had or sent any more, and goes with its bytes; the rest stays", async () => {
    const host = await kit.user("teacher");
    const room = await kit.room(host);
    const [sent, unsent] = [await upload(host), await upload(host)];
    await kit.say(host, room.id, "", { attachments: [sent.id] });
    kit.base.now += 24 * HOUR_MS - 1;
    const late = await upload(host);
    await kit.ask(host, "getAttachment", { params: { id: unsent.id } });
    await sweep(kit.kit, chores);
    expect(await ids()).toEqual(expect.arrayContaining([sent.id, unsent.id, late.id]));
    kit.base.now += 1;
    await expect(kit.ask(host, "getAttachment", { params: { id: unsent.id } })).rejects.toMatchObject({
      key: "not_found",
    });
    await expect(kit.say(host, room.id, "", { attachments: [unsent.id] })).rejects.toMatchObject({
      key: "bad_request",
    });
    await sweep(kit.kit, chores);
    const left = await ids();
    expect([left.includes(sent.id), left.includes(unsent.id), left.includes(late.id)]).toEqual([true, false, true]);
    const blobs = await kit.db.read.selectFrom("attachments").select("blob").execute();
    expect((await keys()).toSorted()).toEqual(blobs.map(({ blob }) => blob).toSorted());
  });

  test("bytes that no row names are collected when they are a day old, thumbnails with their picture", async () => {
    const host = await kit.user("teacher");
    const room = await kit.room(host);
    const file = await upload(host);
    await kit.say(host, room.id, "", { attachments: [file.id] });
    const { blob } = await kit.db.read
      .selectFrom("attachments")
      .select("blob")
      .where("id", "=", file.id)
      .executeTakeFirstOrThrow();
    const plant = async (key: string) => {
      const path = join(kit.kit.staging, randomUUID());
      await writeFile(path, "x");
      await kit.kit.files.keep(key, path);
    };
    const lost = "0123456789abcdef0123456789abcdef";
    for (const key of [lost, `${lost}-s`, `${lost}-l`, `${blob}-s`]) await plant(key);
    kit.base.now = Date.now();
    await sweep(kit.kit, chores);
    expect(await keys()).toEqual(expect.arrayContaining([lost, `${lost}-s`, `${lost}-l`]));
    const now = Date.now() + 24 * HOUR_MS + 60_000;
    kit.base.now = now;
    await sweep(kit.kit, chores);
    const left = await keys();
    expect(left.filter((key) => key.startsWith(lost))).toEqual([]);
    expect(left).toEqual(expect.arrayContaining([blob, `${blob}-s`]));
  });
});
