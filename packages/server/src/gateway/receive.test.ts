// How long a form may take, and what its end leaves: with a line whose pace the test sets.
import fs, { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import type { Refusal } from "@homeroom/protocol";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Patience, receiveForm } from "./receive.ts";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "homeroom-forms-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const START = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n';
const END = "\r\n--x--\r\n";

const incoming = () =>
  Object.assign(new PassThrough(), { headers: { "content-type": "multipart/form-data; boundary=x" } });
const receive = (line: PassThrough, patience: Patience, into = folder) =>
  receiveForm(line as unknown as IncomingMessage, "file", into, patience);

const drip = async (line: PassThrough, times: number, bytes: number, everyMs: number): Promise<void> => {
  for (let i = 0; i < times && !line.destroyed; i++) {
    line.write("a".repeat(bytes));
    await pause(everyMs);
  }
};
const outcome = (received: Promise<unknown>) =>
  received.then(
    () => "taken",
    (error: unknown) => (error as Refusal).key,
  );

test("a slow line that keeps its pace is waited for, many times as long as one pause may be", async () => {
  const line = incoming();
  const received = receive(line, { windowMs: 100, leastBytes: 20, mostMs: 60_000 });
  line.write(START);
  await drip(line, 30, 50, 20);
  line.end(END);
  const { file } = await received;
  expect([file.name, file.size, readFileSync(file.path, "utf8")]).toEqual(["a.txt", 1_500, "a".repeat(1_500)]);
});

test("a line on which hardly anything comes is given up, and nothing is left of it", async () => {
  const line = incoming();
  const received = outcome(receive(line, { windowMs: 100, leastBytes: 1_000, mostMs: 60_000 }));
  line.write(START);
  const dripping = drip(line, 100, 1, 20);
  expect(await received).toBe("bad_request");
  expect(readdirSync(folder)).toEqual([]);
  line.destroy();
  await dripping;
});

test("nobody takes for ever, however much they send", async () => {
  const line = incoming();
  const received = outcome(receive(line, { windowMs: 50, leastBytes: 1, mostMs: 300 }));
  line.write(START);
  const dripping = drip(line, 100, 10_000, 10);
  expect(await received).toBe("bad_request");
  expect(readdirSync(folder)).toEqual([]);
  line.destroy();
  await dripping;
});

test("a form that ends while its file is still being made leaves nothing behind on a slow disk", async () => {
  const open = fs.open as (...args: unknown[]) => void;
  const slowly = (...args: unknown[]) => void setTimeout(() => open(...args), 50);
  const spy = vi.spyOn(fs, "open").mockImplementation(slowly);
  try {
    const line = incoming();
    const received = outcome(receive(line, { windowMs: 1_000, leastBytes: 1, mostMs: 5_000 }));
    line.end(`${START}Hello.`);
    expect(await received).toBe("bad_request");
    expect(spy).toHaveBeenCalledOnce();
    await pause(100);
    expect(readdirSync(folder)).toEqual([]);
  } finally {
    spy.mockRestore();
  }
});

test("a folder that cannot be written into is the server's trouble, not the sender's", async () => {
  const line = incoming();
  const received = outcome(receive(line, { windowMs: 1_000, leastBytes: 1, mostMs: 5_000 }, join(folder, "none")));
  line.end(`${START}Hello.${END}`);
  expect(await received).toBe("unavailable");
});
