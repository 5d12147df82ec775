// One suite over every store of files: what the port promises holds on a disk as in S3.
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startS3, type S3Server } from "../../../../tests/kit/s3.ts";
import type { BlobStore } from "../kit/ports.ts";
import { diskFiles } from "./disk-files.ts";
import { s3Files } from "./s3-files.ts";

let folder: string;
let s3: S3Server;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "homeroom-files-"));
  s3 = await startS3();
});
afterAll(async () => {
  await s3.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const STORES: Record<string, () => BlobStore> = {
  "on a disk": () => diskFiles(join(folder, "files")),
  // Small pages, so that a list has many.
  "in S3": () => s3Files(s3.url(), { page: 7 }),
};

const newKey = () => randomBytes(16).toString("hex");
const newFile = (bytes: string | Buffer) => {
  const path = join(folder, newKey());
  writeFileSync(path, bytes);
  return path;
};
const textOf = async (stream: Promise<Readable | null>) => {
  const found = await stream;
  return found && (await buffer(found)).toString();
};
const keysOf = async (store: BlobStore) => {
  const keys: string[] = [];
  for await (const { key } of store.list()) keys.push(key);
  return keys;
};

describe.each(Object.entries(STORES))("%s", (_, open) => {
  let files: BlobStore;
  beforeAll(() => {
    files = open();
  });

  test("a file is taken over whole, under its key, with the instant", async () => {
    const bytes = randomBytes(3_000_000);
    const [key, path, before] = [newKey(), newFile(bytes), Date.now()];
    await files.keep(key, path);
    expect(existsSync(path)).toBe(false);
    const read = await files.read(key);
    expect(read && bytes.equals(await buffer(read))).toBe(true);
    const listed: { key: string; storedAt: number }[] = [];
    for await (const one of files.list()) if (one.key === key) listed.push(one);
    expect(listed).toHaveLength(1);
    // Some stores tell whole seconds.
    expect(listed[0]?.storedAt).toBeGreaterThanOrEqual(before - 1_000);
    expect(listed[0]?.storedAt).toBeLessThanOrEqual(Date.now() + 1_000);
  });

  test("a range is from its start up to but not including its end, and nothing lies behind the end", async () => {
    const key = newKey();
    await files.keep(key, newFile("0123456789"));
    const part = (start: number, end: number) => textOf(files.read(key, { start, end }));
    // Not (0, 1): the tests' S3 takes `bytes=0-0` for everything.
    expect(await part(0, 2)).toBe("01");
    expect(await part(3, 7)).toBe("3456");
    expect(await part(9, 10)).toBe("9");
    expect(await part(0, 10)).toBe("0123456789");
    expect(await part(8, 50)).toBe("89");
    expect(await part(10, 11)).toBe("");
    expect(await part(1_000, 2_000)).toBe("");
    expect(await part(4, 4)).toBe("");
  });

  test("an empty file is a file", async () => {
    const key = newKey();
    await files.keep(key, newFile(""));
    expect(await textOf(files.read(key))).toBe("");
    expect(await keysOf(files)).toContain(key);
  });

  test("what is not there is null, and is removed without a word, as is what was there, twice", async () => {
    const key = newKey();
    expect(await files.read(key)).toBeNull();
    await files.remove(key);
    await files.keep(key, newFile("x"));
    await files.remove(key);
    await files.remove(key);
    expect(await files.read(key)).toBeNull();
    expect(await keysOf(files)).not.toContain(key);
  });

  test("a second file under the same key takes the place of the first", async () => {
    const key = newKey();
    await files.keep(key, newFile("first"));
    await files.keep(key, newFile("the second"));
    expect(await textOf(files.read(key))).toBe("the second");
    expect((await keysOf(files)).filter((one) => one === key)).toHaveLength(1);
  });

  test("fifty files at once are all there, and a list names each of them once", async () => {
    const keys = Array.from({ length: 50 }, (_, i) => (i % 5 === 0 ? `${newKey()}-s` : `${newKey()}/page-${i}`));
    await Promise.all(keys.map((key) => files.keep(key, newFile(`of ${key}`))));
    expect(await Promise.all(keys.map((key) => textOf(files.read(key))))).toEqual(keys.map((key) => `of ${key}`));
    const wanted = new Set(keys);
    expect((await keysOf(files)).filter((key) => wanted.has(key)).toSorted()).toEqual(keys.toSorted());
  });

  test("one blob is read by many at once", async () => {
    const [key, text] = [newKey(), "many ".repeat(50_000)];
    await files.keep(key, newFile(text));
    const read = await Promise.all(Array.from({ length: 20 }, () => textOf(files.read(key))));
    expect(read.every((one) => one === text)).toBe(true);
  });

  test.each([
    "../up",
    "/root",
    "a//b",
    "a/../b",
    "a/",
    "",
    ".",
    ".incoming/x",
    "a b",
    "A",
    "a_b",
    "é",
    "a".repeat(201),
  ])("%o is no key", async (key) => {
    const path = newFile("x");
    await expect(files.keep(key, path)).rejects.toThrow(/is no key/);
    await expect(files.read(key)).rejects.toThrow(/is no key/);
    await expect(files.remove(key)).rejects.toThrow(/is no key/);
    expect(existsSync(path)).toBe(true);
  });

  test("without its file nothing is kept", async () => {
    const key = newKey();
    await expect(files.keep(key, join(folder, "nowhere"))).rejects.toMatchObject({ key: "unavailable" });
    expect(await files.read(key)).toBeNull();
  });

  test("it says that it answers", async () => {
    await expect(files.ping()).resolves.toBeUndefined();
  });
});
