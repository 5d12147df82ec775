// What only a disk of one's own can do: be full, be somebody else's, lie on two file systems, and lose power midway.
import { randomBytes } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { canMount, smallDisk } from "../../../../tests/kit/small-disk.ts";
import type { BlobStore } from "../kit/ports.ts";
import { diskFiles } from "./disk-files.ts";

const KEY = "00ff00ff00ff00ff00ff00ff00ff00ff";
const OTHER = "/dev/shm";
const HOUR = 3_600;

let folder: string;
let root: string;
let files: BlobStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "homeroom-disk-"));
  root = join(folder, "files");
  files = diskFiles(root);
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const newFile = (bytes: string | Buffer, at = folder) => {
  const path = join(at, `staged-${randomBytes(8).toString("hex")}`);
  writeFileSync(path, bytes, { mode: 0o644 });
  return path;
};
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
const keysOf = async (store: BlobStore) => {
  const keys: string[] = [];
  for await (const { key } of store.list()) keys.push(key);
  return keys;
};
/** Every file below it, as paths from there. */
const everythingIn = (path: string) =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1));

test("folders and files are for nobody else, whatever the file was before", async () => {
  await files.keep(KEY, newFile("x"));
  expect(everythingIn(root)).toEqual([`00/ff/${KEY}`]);
  expect([root, join(root, "00"), join(root, "00/ff")].map(modeOf)).toEqual(["700", "700", "700"]);
  expect(modeOf(join(root, "00/ff", KEY))).toBe("600");
});

const isOther = existsSync(OTHER) && statSync(OTHER).dev !== statSync(tmpdir()).dev;
if (!isOther) console.log(`The test of two file systems is left out: ${OTHER} is not one of its own here.`);

test.runIf(isOther)("a file that lies on another file system is brought over", async () => {
  const bytes = randomBytes(2_000_000);
  const path = newFile(bytes, OTHER);
  await files.keep(KEY, path);
  expect(existsSync(path)).toBe(false);
  expect(everythingIn(root)).toEqual([`00/ff/${KEY}`]);
  expect(bytes.equals(readFileSync(join(root, "00/ff", KEY)))).toBe(true);
  expect(modeOf(join(root, "00/ff", KEY))).toBe("600");
});

test("a copy that was under way when the power went is nobody's blob, and is cleared away", async () => {
  const [old, young] = [join(root, ".incoming", "old"), join(root, ".incoming", "young")];
  writeFileSync(old, "half");
  writeFileSync(young, "half of somebody who is at it");
  const then = Date.now() / 1_000 - 2 * HOUR;
  utimesSync(old, then, then);
  expect(await keysOf(files)).toEqual([]);
  const again = diskFiles(root);
  expect(await keysOf(again)).toEqual([]);
  expect([existsSync(old), existsSync(young)]).toEqual([false, true]);
});

test("what else lies in the folder is left alone and not listed", async () => {
  await files.keep(KEY, newFile("x"));
  mkdirSync(join(root, "lost+found"));
  writeFileSync(join(root, "README.txt"), "by hand");
  expect(await keysOf(files)).toEqual([KEY]);
});

test("what is removed while it is read is read to its end", async () => {
  const bytes = randomBytes(1_000_000);
  await files.keep(KEY, newFile(bytes));
  const stream = await files.read(KEY);
  await files.remove(KEY);
  expect(bytes.equals(Buffer.concat((await stream?.toArray()) as Buffer[]))).toBe(true);
});

test("a folder that is gone or is none says so, and refuses instead of crashing", async () => {
  rmSync(root, { recursive: true });
  writeFileSync(root, "in the way");
  await expect(files.ping()).rejects.toThrow(/ENOTDIR|EACCES/);
  const path = newFile("x");
  await expect(files.keep(KEY, path)).rejects.toMatchObject({ key: "unavailable" });
  await expect(files.read(KEY)).rejects.toMatchObject({ key: "unavailable" });
  expect(existsSync(path)).toBe(true);
});

test.runIf(canMount())(
  "on a full disk it is said, nothing is left, what is there is read, and then it goes on",
  async () => {
    const disk = smallDisk(4);
    try {
      const store = diskFiles(join(disk.folder, "files"));
      const bytes = randomBytes(1_500_000);
      const [first, second, third] = ["aa11", "bb22", "cc33"] as const;
      await store.keep(first, newFile(bytes));
      await store.keep(second, newFile(bytes));
      const path = newFile(bytes);
      await expect(store.keep(third, path)).rejects.toMatchObject({ key: "storage_full" });
      expect(await store.read(third)).toBeNull();
      expect(everythingIn(disk.folder)).toEqual(["files/aa/11/aa11", "files/bb/22/bb22"]);
      expect(bytes.equals(Buffer.concat((await (await store.read(first))?.toArray()) as Buffer[]))).toBe(true);
      await store.ping();
      await store.remove(first);
      await store.keep(third, path);
      expect((await keysOf(store)).toSorted()).toEqual([second, third]);
    } finally {
      disk.dispose();
    }
  },
);
