// Pictures that are small on the way and huge in memory, twenty at once: each is refused or made into a picture, by a
// process that stays small and never dies over them, while the server's own memory does not notice.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SIZES } from "@homeroom/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { picturesInProcess } from "../../packages/server/src/adapters/pictures.ts";
import type { Pictures } from "../../packages/server/src/kit/ports.ts";
import { type HostileFile, HOSTILE_FILES, LARGEST_FILES } from "../kit/hostile-files.ts";
import { inParallel } from "../kit/hostile-uploads.ts";

const MEBI = 1024 * 1024;
/** It keeps below 256; what the system gives it in advance differs from one machine to the next. */
const CHILD_MOST = 288 * MEBI;
/** In the server's process: what waits is paths and promises. */
const OWN_MOST = 64 * MEBI;
const AT_ONCE = 20;

let folder: string;
let pictures: Pictures;
const ends: object[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "homeroom-bombs-"));
  const quiet = () => undefined;
  pictures = picturesInProcess({
    debug: quiet,
    info: quiet,
    warn: (facts) => void ends.push(facts),
    error: quiet,
  });
});
afterAll(async () => {
  await pictures.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The most memory that the pictures process of now ever had, in bytes; 0 between two of them. */
const childPeak = (): number => {
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      const isOurs = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]) === process.pid;
      if (!isOurs || !readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("pictures-process")) continue;
      return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) * 1024;
    } catch {
      // Somebody else's process, which ended while we looked.
    }
  }
  return 0;
};

const ANSWERS = ["unreadable_file", "too_large"];

/** Empty where it was refused in our words, or made into a picture within the limits. */
const wrongWith = async (path: string): Promise<string> => {
  const made = mkdtempSync(join(folder, "made-"));
  try {
    const { width, height } = await pictures.probe(path);
    if (width * height > SIZES.picture_pixels) return `let in with ${width} × ${height}`;
    const picture = await pictures.make(path, made);
    const isRight = picture.width * picture.height <= SIZES.picture_pixels && picture.placeholder.length < 600;
    return isRight ? "" : `made with ${picture.width} × ${picture.height}`;
  } catch (error) {
    const { key, message } = error as { key?: string; message: string };
    return key && ANSWERS.includes(key) ? "" : `failed: ${message}`;
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
};

const isPicture = ({ type }: HostileFile) => type.startsWith("image/");

test("bombs and lies cost a process of its own, and not much of that", async () => {
  const bombs = [...HOSTILE_FILES.bombs, ...LARGEST_FILES].filter(isPicture);
  expect(bombs.length).toBeGreaterThanOrEqual(60);
  const paths: string[] = [];
  for (const [i, bomb] of bombs.entries()) {
    const path = join(folder, `bomb-${i}`);
    await writeFile(path, bomb.bytes());
    paths.push(path);
  }
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let most = before;
  let peak = 0;
  const look = () => {
    most = Math.max(most, process.memoryUsage.rss());
    peak = Math.max(peak, childPeak());
  };
  const watch = setInterval(look, 25);
  const wrong: string[] = [];
  await inParallel(paths, AT_ONCE, async (path, i) => {
    const what = await wrongWith(path);
    if (what) wrong.push(`${bombs[i]?.what}: ${what}`);
  });
  clearInterval(watch);
  look();
  console.log(
    `${bombs.length} files; child ${Math.round(peak / MEBI)} MiB, own +${Math.round((most - before) / MEBI)} MiB`,
  );
  expect(wrong).toEqual([]);
  expect(ends, "the process never ended over one of them").toEqual([]);
  expect(peak, "it was there to be measured").toBeGreaterThan(32 * MEBI);
  expect(peak).toBeLessThan(CHILD_MOST);
  expect(most - before).toBeLessThan(OWN_MOST);
});
