// Files on this machine's disk as the BlobStore port: a folder of our own that nobody else may open.
import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { access, constants, copyFile, mkdir, open, opendir, rename, rm, stat, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { Refusal } from "@homeroom/protocol";
import type { BlobStore, ByteRange } from "../kit/ports.ts";
import { isKey, requireKey } from "./blob-keys.ts";

const OWN_FOLDER = 0o700;
const OWN_FILE = 0o600;
/** Copies of files that come from another file system; no key begins with a dot. */
const INCOMING = ".incoming";
/** So old, a copy is no longer under way: its process died. */
const HOUR_MS = 3_600_000;
const FULL = new Set(["ENOSPC", "EDQUOT"]);

/** The folder is made where it is missing. What is thrown here is the file system's own error. */
export const diskFiles = (folder: string): BlobStore => {
  mkdirSync(join(folder, INCOMING), { recursive: true, mode: OWN_FOLDER });
  clearOld(join(folder, INCOMING), Date.now() - HOUR_MS);
  const store = new DiskFiles(folder);
  return {
    keep: (key, path) => store.keep(key, path).catch(refuse),
    read: (key, range) => store.read(key, range).catch(refuse),
    remove: (key) => store.remove(key).catch(refuse),
    list: () => store.list(),
    ping: () => access(folder, constants.R_OK | constants.W_OK | constants.X_OK),
  };
};

class DiskFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async keep(key: string, path: string): Promise<void> {
    const target = this.#pathOf(key);
    await mkdir(dirname(target), { recursive: true, mode: OWN_FOLDER });
    await settle(path);
    try {
      await rename(path, target);
    } catch (error) {
      if (codeOf(error) !== "EXDEV") throw error;
      await this.#bringOver(path, target);
    }
    try {
      // A folder that is new is safe when the one that names it is; for all others this costs nothing.
      const inner = dirname(target);
      for (const one of [inner, dirname(inner), this.#folder]) await syncFolder(one);
    } catch (error) {
      await rm(target, { force: true });
      throw error;
    }
  }

  async read(key: string, range?: ByteRange): Promise<Readable | null> {
    if (range && range.end <= range.start) return Readable.from([]);
    const file = await open(this.#pathOf(key)).catch(nullWhereMissing);
    return file?.createReadStream(range && { start: range.start, end: range.end - 1 }) ?? null;
  }

  async remove(key: string): Promise<void> {
    const path = this.#pathOf(key);
    const gone = await unlink(path).then(() => true, falseWhereMissing);
    // What was taken away for good reason must not come back with the power.
    if (gone) await syncFolder(dirname(path));
  }

  async *list(): AsyncGenerator<{ key: string; storedAt: number }> {
    const incoming = join(this.#folder, INCOMING);
    for await (const entry of await opendir(this.#folder, { recursive: true })) {
      const key = entry.name.replaceAll("_", "/");
      if (!entry.isFile() || entry.parentPath === incoming || !isKey(key)) continue;
      const found = await stat(join(entry.parentPath, entry.name)).catch(nullWhereMissing);
      if (found) yield { key, storedAt: found.mtimeMs };
    }
  }

  /** The first four characters are two levels of folders, so that none grows too long. A slash becomes `_`. */
  #pathOf(key: string): string {
    requireKey(key);
    const name = key.replaceAll("/", "_");
    const start = name.padEnd(4, "-");
    return join(this.#folder, start.slice(0, 2), start.slice(2, 4), name);
  }

  /** From another file system: copied beside the target first, for a half copy may never stand under its key. */
  async #bringOver(path: string, target: string): Promise<void> {
    const copy = join(this.#folder, INCOMING, randomUUID());
    try {
      await copyFile(path, copy, constants.COPYFILE_EXCL);
      await settle(copy);
      await rename(copy, target);
    } catch (error) {
      await rm(copy, { force: true });
      throw error;
    }
    await rm(path, { force: true });
  }
}

/** Removes what was left in a folder of files under way since before this instant. Answers how much that was. */
export const clearOld = (folder: string, before: number): number => {
  const old = readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? before) < before);
  for (const path of old) rmSync(path, { recursive: true, force: true });
  return old.length;
};

/** For nobody else's eyes, dated now, and its bytes on the disk. */
const settle = async (path: string): Promise<void> => {
  const file = await open(path, "r+");
  try {
    await file.chmod(OWN_FILE);
    const now = new Date();
    await file.utimes(now, now);
    await file.sync();
  } finally {
    await file.close();
  }
};

const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

const nullWhereMissing = (error: unknown): null => {
  if (codeOf(error) === "ENOENT") return null;
  throw error;
};
const falseWhereMissing = (error: unknown): false => {
  if (codeOf(error) === "ENOENT") return false;
  throw error;
};

const refuse = (error: unknown): never => {
  if (codeOf(error) === undefined) throw error;
  const refusal = new Refusal(FULL.has(codeOf(error) ?? "") ? "storage_full" : "unavailable");
  refusal.cause = error;
  throw refusal;
};
