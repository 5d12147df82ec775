// The server's secret: made once, for nobody else's eyes.
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadSecret } from "./secret.ts";

let dataDir: string;
beforeEach(() => {
  dataDir = join(mkdtempSync(join(tmpdir(), "homeroom-secret-")), "data");
});
afterEach(() => rmSync(join(dataDir, ".."), { recursive: true, force: true }));
const file = () => join(dataDir, "jwt-secret");
const load = (jwtSecret: string | null = null) => Buffer.from(loadSecret({ dataDir, jwtSecret })).toString();

test("is the one that was given, and then no file is made", () => {
  expect(load("x".repeat(40))).toBe("x".repeat(40));
  expect(() => readdirSync(dataDir)).toThrow("ENOENT");
});

test("is made once and stays", () => {
  const secret = load();
  expect(secret).toHaveLength(64);
  expect(load()).toBe(secret);
  expect(readdirSync(dataDir)).toEqual(["jwt-secret"]);
});

test("is for the owner's eyes only, even if somebody opened the file to others", () => {
  load();
  chmodSync(file(), 0o644);
  load();
  expect(statSync(file()).mode & 0o777).toBe(0o600);
});

test("that is damaged stops the start without being shown", () => {
  load();
  const short = readFileSync(file(), "utf8").slice(0, 10);
  writeFileSync(file(), short);
  expect(() => load()).toThrow(/jwt-secret is damaged/);
  expect(() => load()).not.toThrow(short);
});
