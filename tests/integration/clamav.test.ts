// The scanner's adapter against the real clamd: what it finds, what it passes, and what it does when clamd is away.
import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clamav } from "../../packages/server/src/adapters/clamav.ts";
import { Later } from "../../packages/server/src/kit/ports.ts";
import { type Clamd, EICAR, startClamd } from "../kit/clamd.ts";

const MB = 1024 * 1024;
let clamd: Clamd;
beforeAll(async () => {
  clamd = await startClamd({ streamMax: "2M" });
});
afterAll(() => clamd.dispose());

const inPieces = (bytes: Buffer, size = 64 * 1024) =>
  Readable.from(
    (function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    })(),
  );

test("what is known as malware is named, however it is cut, over both kinds of socket", async () => {
  for (const url of [clamd.url, clamd.socketUrl]) {
    const scanner = clamav(url);
    await scanner.ping();
    expect(await scanner.scan(inPieces(EICAR))).toMatch(/^Eicar-Test-Signature/);
    expect(await scanner.scan(inPieces(EICAR, 1))).toMatch(/^Eicar-Test-Signature/);
  }
});

test("clean files pass: an empty one, and one of exactly the size that clamd takes", async () => {
  const scanner = clamav(clamd.url);
  expect(await scanner.scan(Readable.from([]))).toBeNull();
  expect(await scanner.scan(inPieces(Buffer.from("Hello, class.")))).toBeNull();
  expect(await scanner.scan(inPieces(randomBytes(2 * MB)))).toBeNull();
});

test("a file that is larger than clamd takes is held, never passed", async () => {
  const scanner = clamav(clamd.url);
  for (const size of [2 * MB + 1, 20 * MB]) {
    const outcome = await scanner.scan(inPieces(randomBytes(size))).catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(Later);
  }
  // And it is of use for others afterwards.
  expect(await scanner.scan(inPieces(EICAR))).toMatch(/^Eicar-Test-Signature/);
});

test("twenty files at once get their own verdicts", async () => {
  const scanner = clamav(clamd.url);
  const verdicts = await Promise.all(
    Array.from({ length: 20 }, (_, i) => scanner.scan(inPieces(i % 2 ? EICAR : randomBytes(MB / 2)))),
  );
  expect(verdicts.map((verdict) => verdict !== null)).toEqual(Array.from({ length: 20 }, (_, i) => i % 2 === 1));
});

test("a clamd that dies in the middle of a file holds it; back again, it is scanned", async () => {
  const scanner = clamav(clamd.url);
  const dying = Readable.from(
    (async function* () {
      yield Buffer.from("the first half");
      await clamd.stop();
      yield Buffer.from("the second half");
    })(),
  );
  expect(await scanner.scan(dying).catch((error: unknown) => error)).toBeInstanceOf(Later);
  expect(await scanner.scan(inPieces(EICAR)).catch((error: unknown) => error)).toBeInstanceOf(Later);
  await expect(scanner.ping()).rejects.toThrow(/clamd cannot be reached/);
  await clamd.start();
  expect(await scanner.scan(inPieces(EICAR))).toMatch(/^Eicar-Test-Signature/);
});
