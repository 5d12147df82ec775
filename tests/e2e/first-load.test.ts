// The weight of the page before it can draw anything, as the built client is sent over the wire.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";

const LIMIT = 220_000;
const built = new URL("../../packages/web/dist/", import.meta.url);

const weigh = (file: string): number => gzipSync(readFileSync(new URL(file, built)), { level: 9 }).length;

it("what the chat page loads first, scripts and styles, stays under 220 kB", () => {
  const page = readFileSync(new URL("index.html", built), "utf8");
  const files = new Set([...page.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map(([, file = ""]) => file));
  const weights = Object.fromEntries([...files].map((file) => [file, weigh(file)]));
  expect(Object.keys(weights).some((file) => file.endsWith(".css"))).toBe(true);
  const sum = Object.values(weights).reduce((all, one) => all + one, 0);
  expect(sum).toBeLessThan(LIMIT);
});
