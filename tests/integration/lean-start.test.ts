// What a plain start does without: seen in what the server's threads have loaded when they end, not in the time it takes.
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { startServer } from "../kit/server.ts";

const undo: Array<() => unknown> = [];
afterEach(async () => {
  for (const one of undo.splice(0).toReversed()) await one();
});

const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), "homeroom-lean-"));
  undo.push(() => rmSync(made, { recursive: true, force: true }));
  return made;
};

interface Thread {
  isMain: boolean;
  /** The addresses of its modules. */
  modules: string[];
  /** Whether Node needed its compiler of TypeScript. */
  stripped: boolean;
}

/** Runs in each thread before anything else. A data address, for a file of TypeScript would need the compiler itself. */
const NOTE = `
import { appendFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { isMainThread } from "node:worker_threads";
const modules = [];
registerHooks({ resolve(specifier, context, next) {
  const found = next(specifier, context);
  modules.push(found.url);
  return found;
} });
process.on("exit", () => {
  const stripped = process.moduleLoadList.some((name) => name.includes("amaro"));
  appendFileSync(process.env.NOTES, JSON.stringify({ isMain: isMainThread, modules, stripped }) + "\\n");
});`;

const startAndEnd = async (cache: string): Promise<Thread[]> => {
  const notes = join(folder(), "notes");
  const server = await startServer({
    env: {
      NODE_COMPILE_CACHE: cache,
      NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(NOTE)}`,
      NOTES: notes,
    },
  });
  undo.push(() => server.dispose());
  expect(await server.end()).toBe(0);
  return readFileSync(notes, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Thread);
};

test("a plain start loads nothing of PostgreSQL, of S3, of pictures or of file types; a second one compiles nothing", async () => {
  const cache = folder();
  const cold = await startAndEnd(cache);
  const warm = await startAndEnd(cache);

  expect(cold.find(({ isMain }) => isMain)?.stripped).toBe(true);
  // Neither the server itself nor any of its threads.
  expect(warm.some(({ isMain }) => !isMain)).toBe(true);
  expect(warm.filter(({ stripped }) => stripped)).toEqual([]);

  const packages = new Set(
    warm.flatMap(({ modules }) =>
      modules.flatMap((url) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []),
    ),
  );
  expect(packages).toContain("kysely");
  for (const spared of ["pg", "sharp", "aws4fetch", "file-type", "commander", "@asteasolutions/zod-to-openapi"])
    expect(packages).not.toContain(spared);
});

test("what Node keeps of a file is never taken for a changed one, even of the same length and age", () => {
  const program = join(folder(), "program.ts");
  const env = { ...process.env, NODE_COMPILE_CACHE: folder() };
  const age = new Date(2_026, 0, 1);
  const said = (word: string) => {
    writeFileSync(program, `const word: string = "${word}";\nconsole.log(word);\n`);
    utimesSync(program, age, age);
    return [1, 2].map(() => execFileSync(process.execPath, [program], { env, encoding: "utf8" }).trim());
  };
  expect([said("before"), said("behind")]).toEqual([
    ["before", "before"],
    ["behind", "behind"],
  ]);
});
