// What a clamd may say that a healthy one does not, and a clamd that says nothing: nothing passes unseen.
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { Later } from "../kit/ports.ts";
import { clamav } from "./clamav.ts";

const QUICK = { answerMs: 150, stallMs: 150, verdictMs: 150 };
const undo: Array<() => unknown> = [];
afterEach(async () => {
  for (const one of undo.splice(0).toReversed()) await one();
});

/** A clamd that treats each connection as it is told. */
const daemon = async (treat: (socket: Socket) => void): Promise<string> => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    treat(socket);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  undo.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
/** Reads everything up to the empty piece, then says this. */
const saying = (answer: string) =>
  daemon((socket) => {
    let end = Buffer.alloc(0);
    socket.on("data", (bytes: Buffer) => {
      end = Buffer.concat([end, bytes]).subarray(-4);
      if (end.equals(Buffer.alloc(4))) socket.end(answer);
    });
  });
const outcome = (url: string, file: Readable = Readable.from([Buffer.from("a file")])) =>
  clamav(url, QUICK)
    .scan(file)
    .catch((error: unknown) => error);

test("only the one sentence for a clean file passes it", async () => {
  expect(await outcome(await saying("stream: OK\0"))).toBeNull();
  expect(await outcome(await saying("stream: Win.Test.EICAR_HDB-1 FOUND\0"))).toBe("Win.Test.EICAR_HDB-1");
  expect(await outcome(await saying("stream: Odd name OK FOUND\0"))).toBe("Odd name OK");
});

test.each([
  "INSTREAM size limit exceeded. ERROR\0",
  "stream: Can't allocate memory ERROR\0",
  "UNKNOWN COMMAND\0",
  "stream: OK",
  "OK\0",
  "\0",
  "",
  "stream: OK ERROR\0",
  "x".repeat(100_000),
])("%j holds it", async (answer) => {
  expect(await outcome(await saying(answer))).toBeInstanceOf(Later);
});

test("a file that is too large says what to change", async () => {
  expect(String(await outcome(await saying("INSTREAM size limit exceeded. ERROR\0")))).toMatch(/StreamMaxLength/);
});

test("an answer that comes before the end of the file counts, and the rest is not sent", async () => {
  let pieces = 0;
  const endless = Readable.from(
    (async function* () {
      for (; pieces < 10_000; pieces++) {
        await pause(1);
        yield Buffer.alloc(1_000);
      }
    })(),
  );
  const url = await daemon((socket) => {
    socket.resume();
    setTimeout(() => socket.write("stream: Early FOUND\0"), 30);
  });
  expect(await outcome(url, endless)).toBe("Early");
  expect(pieces).toBeLessThan(10_000);
  expect(endless.destroyed).toBe(true);
});

test("a clamd that takes nothing, or everything and says nothing, holds it", async () => {
  expect(await outcome("tcp://127.0.0.1:1")).toBeInstanceOf(Later);
  expect(await outcome("unix:/nowhere/clamd.ctl")).toBeInstanceOf(Later);
  expect(await outcome(await daemon((socket) => socket.resume()))).toBeInstanceOf(Later);
  expect(await outcome(await daemon((socket) => socket.destroy()))).toBeInstanceOf(Later);
  const large = () => Readable.from([Buffer.alloc(60_000_000)]);
  expect(await outcome(await daemon((socket) => socket.pause()), large())).toBeInstanceOf(Later);
});

test("a file whose store stops giving it is held; one whose store fails, fails as the store did", async () => {
  const url = await saying("stream: OK\0");
  expect(await outcome(url, new Readable({ read: () => undefined }))).toBeInstanceOf(Later);
  const broken = new Readable({
    read() {
      this.destroy(new Error("the disk is gone"));
    },
  });
  expect(String(await outcome(url, broken))).toBe("Error: the disk is gone");
});

test("a file is sent no faster than clamd takes it", async () => {
  let read = 0;
  const source = Readable.from(
    (function* () {
      for (; read < 400; read++) yield Buffer.alloc(256 * 1024);
    })(),
    { highWaterMark: 1 },
  );
  const url = await daemon((socket) => socket.pause());
  await outcome(url, source);
  // What the system keeps between two sockets is some megabytes; a hundred would be the whole file.
  expect(read).toBeLessThan(200);
});

test("a ping wants PONG", async () => {
  await clamav(await daemon((socket) => socket.once("data", () => socket.end("PONG\0"))), QUICK).ping();
  const other = clamav(await daemon((socket) => socket.once("data", () => socket.end("HTTP/1.1 400\0"))), QUICK);
  await expect(other.ping()).rejects.toThrow(/instead of PONG/);
  await expect(clamav(await daemon((socket) => socket.resume()), QUICK).ping()).rejects.toThrow(/says nothing/);
});
