// `npm run bench` works: a quick run of everything ends well and every work of it gives figures. How large they are is
// nobody's business here.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, onTestFinished, test } from "vitest";
import type { Findings } from "../../bench/findings.ts";

const MAIN = fileURLToPath(new URL("../../bench/main.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "homeroom-bench-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What only Homeroom has: the others keep nothing, so there is nothing to catch up with, to page through or to load. */
const OURS = /^(storm|history|start)/;

const runQuick = async (): Promise<string> => {
  const args = [MAIN, "--quick", "--json", join(folder, "figures.json"), "--plots", folder];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill());
  let out = "";
  let trouble = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (trouble += chunk.toString()));
  await once(child, "close");
  expect(child.exitCode === 0 || trouble || "it ended badly").toBe(true);
  return out;
};

test("a quick run gives figures for every work, a table and two plots", async () => {
  const out = await runQuick();
  const { rows, rooms, load, limit, warnings } = JSON.parse(
    readFileSync(join(folder, "figures.json"), "utf8"),
  ) as Findings;
  expect(warnings).toEqual([]);
  expect(rows.length).toBeGreaterThanOrEqual(30);
  for (const { key, values } of rows) {
    const servers = OURS.test(key) ? ["homeroom"] : ["homeroom", "socket.io", "ws"];
    expect({ key, servers: Object.keys(values) }).toEqual({ key, servers });
    // A server may take less memory with its sockets than before, for it tidied up meanwhile; all else is a quantity.
    const odd = Object.values(values).filter((value) => !Number.isFinite(value) || (value < 0 && key !== "idle"));
    expect({ key, odd }).toEqual({ key, odd: [] });
  }
  const share = (key: string) => rows.find((row) => row.key === key)?.values.homeroom;
  expect([share("rate-100-share"), share("rate-200-share"), share("storm-share")]).toEqual([1, 1, 1]);
  for (const points of [...Object.values(rooms), ...Object.values(load)]) {
    expect(points.length).toBeGreaterThan(0);
    for (const { deliveriesPerS, p99 } of points) expect(Math.min(deliveriesPerS, p99)).toBeGreaterThan(0);
  }
  expect(Math.min(limit.batched ?? 0, limit.single ?? 0)).toBeGreaterThan(0);
  for (const { label } of rows) expect(out).toContain(`| ${label} |`);
  for (const name of ["bench-rooms.svg", "bench-load.svg"]) {
    const drawing = readFileSync(join(folder, name), "utf8");
    expect(drawing).toMatch(/^<svg [^>]*viewBox="0 0 \d+ \d+"[^]*<title[^]*<\/svg>\n$/);
    expect(drawing).not.toMatch(/NaN|Infinity|undefined/);
  }
});
