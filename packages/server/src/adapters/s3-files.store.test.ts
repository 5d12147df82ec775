// What only a store behind a network can do: be away, be silent, be cut off, be full, or not know us.
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, connect, createServer as createTcpServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { inspect } from "node:util";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openProxy } from "../../../../tests/kit/proxy.ts";
import { startS3, type S3Server } from "../../../../tests/kit/s3.ts";
import type { BlobStore } from "../kit/ports.ts";
import { s3Files } from "./s3-files.ts";

const QUICK = { answerMs: 300, stallMs: 300 };
const SECRET = "very-secret-indeed";
const PIECE = 64 * 1024;

let folder: string;
let s3: S3Server;
const undo: Array<() => unknown> = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "homeroom-s3-test-"));
  s3 = await startS3();
});
afterEach(async () => {
  for (const one of undo.splice(0).toReversed()) await one();
});
afterAll(async () => {
  await s3.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const newKey = () => randomBytes(16).toString("hex");
const newFile = (bytes: string | Buffer) => {
  const path = join(folder, newKey());
  writeFileSync(path, bytes);
  return path;
};
const whole = async (files: BlobStore, key: string) => {
  const found = await files.read(key);
  if (!found) throw new Error(`There is no ${key}.`);
  return buffer(found);
};
/** A line to the store that breaks as soon as so many bytes went out on one connection. */
const cutting = async (after: number) => {
  let [cuts, isMended] = [0, false];
  const listener = createTcpServer((client) => {
    const store = connect(Number(new URL(s3.origin).port), "127.0.0.1");
    client.on("data", () => {
      if (isMended || client.bytesRead < after) return;
      cuts += 1;
      client.resetAndDestroy();
      store.resetAndDestroy();
    });
    for (const one of [client, store]) one.on("error", () => undefined);
    client.pipe(store).pipe(client);
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  undo.push(() => listener.close());
  const url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  return { url, cuts: () => cuts, mend: () => (isMended = true) };
};
/** A store that answers as it is told, for what the real ones do too seldom. */
const answering = async (listener: RequestListener) => {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  undo.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://school:${SECRET}@127.0.0.1:${(server.address() as AddressInfo).port}/bucket`;
};
const refusal = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => "no refusal",
    (thrown: unknown) => thrown,
  );
  // Whoever logs it, however deep they look, must not find what signs our calls.
  expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(SECRET);
  return (error as { key?: string }).key ?? error;
};

test("a store that does not know our secret is unavailable, and the secret is in no error", async () => {
  const files = s3Files(s3.url({ secret: SECRET }));
  const path = newFile("x");
  expect(await refusal(files.keep(newKey(), path))).toBe("unavailable");
  expect(await refusal(files.read(newKey()))).toBe("unavailable");
  expect(inspect(await files.ping().catch((error: unknown) => error))).toMatch(/answered 403 SignatureDoesNotMatch/);
  expect(await refusal(files.ping())).not.toBe("no refusal");
  expect(existsSync(path)).toBe(true);
});

test("a bucket that is missing is a store that does not answer, not a file that is missing", async () => {
  const files = s3Files(s3.url({ bucket: "elsewhere" }));
  expect(await refusal(files.read(newKey()))).toBe("unavailable");
  await expect(files.ping()).rejects.toThrow(/404 NoSuchBucket/);
});

test("while it is away everything is refused, and the file stays where it was; then it goes on", async () => {
  const files = s3Files(s3.url(), QUICK);
  const [key, path] = [newKey(), newFile("waits")];
  await s3.stop();
  undo.push(() => s3.start());
  expect(await refusal(files.keep(key, path))).toBe("unavailable");
  expect(await refusal(files.read(key))).toBe("unavailable");
  expect(await refusal(files.remove(key))).toBe("unavailable");
  expect(await refusal(files.list()[Symbol.asyncIterator]().next())).toBe("unavailable");
  await expect(files.ping()).rejects.toThrow(/ECONNREFUSED/);
  expect(readFileSync(path, "utf8")).toBe("waits");
  await s3.start();
  undo.pop();
  await files.keep(key, path);
  expect(String(await whole(files, key))).toBe("waits");
});

test("cut in the middle of a keep there is no such blob, and the next try succeeds", async () => {
  const line = await cutting(1_000_000);
  const files = s3Files(s3.url({ at: line.url }));
  const bytes = randomBytes(20_000_000);
  const [key, path] = [newKey(), newFile(bytes)];
  expect(await refusal(files.keep(key, path))).toBe("unavailable");
  expect(line.cuts()).toBe(1);
  expect(await files.read(key)).toBeNull();
  line.mend();
  await files.keep(key, path);
  expect(bytes.equals(await whole(files, key))).toBe(true);
});

test("a line that was kept open and closed by the other end costs nobody anything", async () => {
  const proxy = await openProxy(s3.origin);
  undo.push(() => proxy.close());
  const files = s3Files(s3.url({ at: proxy.url }));
  await files.ping();
  proxy.drop();
  await files.ping();
  const key = newKey();
  await files.keep(key, newFile("kept"));
  expect(String(await whole(files, key))).toBe("kept");
});

test("a store that takes the connection and says nothing is given up", async () => {
  const silent = createTcpServer((socket) => socket.on("error", () => undefined).resume());
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  undo.push(() => silent.close());
  const files = s3Files(`http://school:${SECRET}@127.0.0.1:${(silent.address() as AddressInfo).port}/bucket`, QUICK);
  expect(await refusal(files.read(newKey()))).toBe("unavailable");
  expect(await refusal(files.keep(newKey(), newFile("x")))).toBe("unavailable");
  await expect(files.ping()).rejects.toThrow(/does not answer/);
});

test("an answer that stops in its middle fails its reader, who never takes the half for the whole", async () => {
  const url = await answering((_, answer) => {
    answer.writeHead(200, { "content-length": 100_000 });
    answer.write("half");
  });
  const read = await s3Files(url, QUICK).read(newKey());
  await expect(read?.toArray()).rejects.toThrow(/stopped in the middle/);
});

test("who reads slowly is not cut", async () => {
  const bytes = randomBytes(60 * PIECE);
  const url = await answering((_, answer) => void answer.end(bytes));
  const read = await s3Files(url, { answerMs: 300, stallMs: 40 }).read(newKey());
  const pieces: Buffer[] = [];
  for await (const piece of read ?? []) {
    pieces.push(piece as Buffer);
    if (pieces.length % 20 === 1) await pause(150);
  }
  expect(bytes.equals(Buffer.concat(pieces))).toBe(true);
});

test("a store without room says that the disk is full, whatever it calls that", async () => {
  const wordings: Array<[number, string]> = [
    [507, ""],
    [507, "<Error><Code>XMinioStorageFull</Code></Error>"],
    [403, "<Error><Code>QuotaExceeded</Code></Error>"],
  ];
  for (const [status, body] of wordings) {
    const files = s3Files(
      await answering((request, answer) => {
        request.resume().on("end", () => answer.writeHead(status).end(body));
      }),
    );
    const path = newFile("x");
    expect(await refusal(files.keep(newKey(), path))).toBe("storage_full");
    expect(existsSync(path)).toBe(true);
  }
});

test("a store that ignores ranges is not believed", async () => {
  const url = await answering((_, answer) => void answer.end("everything"));
  expect(await refusal(s3Files(url).read(newKey(), { start: 2, end: 4 }))).toBe("unavailable");
});

test("a page says where the next one begins, in XML's own writing", async () => {
  const asked: (string | null)[] = [];
  const page = (key: string, next: string) =>
    `<ListBucketResult><IsTruncated>${next !== ""}</IsTruncated><Contents><Key>${key}</Key>` +
    `<LastModified>2026-11-22T10:00:00.000Z</LastModified></Contents>` +
    `${next && `<NextContinuationToken>${next}</NextContinuationToken>`}</ListBucketResult>`;
  const url = await answering((request, answer) => {
    const token = new URL(request.url ?? "", "http://x").searchParams.get("continuation-token");
    asked.push(token);
    answer.end(token === null ? page("aa", "a&amp;b+/=&#x41;") : page("bb", ""));
  });
  const keys: string[] = [];
  for await (const { key } of s3Files(url).list()) keys.push(key);
  expect(keys).toEqual(["aa", "bb"]);
  expect(asked).toEqual([null, "a&b+/=A"]);
});
