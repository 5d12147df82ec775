// A storm: many lines end at once. What happens at that instant is counted, and that it all happens in the end.
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Line, takenDownSlowly } from "./line.ts";
import { peerOf } from "./peer.fixture.ts";

const MANY = 100;

let server: Server;
let waiting: Array<() => void>;
let lines: Line[];
let peers: Socket[];
let closed: number;
let ended: number;
const errors: Error[] = [];

beforeEach(async () => {
  [waiting, lines, peers, closed, ended, errors.length] = [[], [], [], 0, 0, 0];
  const takeDownSlowly = takenDownSlowly({ soon: (work) => void waiting.push(work) });
  server = createServer((line) => {
    takeDownSlowly(line);
    line.on("error", (error) => errors.push(error));
    line.on("close", () => closed++);
    line.on("end", () => ended++);
    line.resume();
    lines.push(line);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  for (let i = 0; i < MANY; i++) peers.push(connect(port, "127.0.0.1").on("error", () => undefined));
  await until(() => lines.length === MANY);
});
afterEach(async () => {
  for (const peer of peers) peer.destroy();
  await until(() => {
    goOn(waiting.length);
    return closed === MANY;
  });
  server.close();
});

const until = async (is: () => boolean) => {
  while (!is()) await new Promise((resolve) => setTimeout(resolve, 2));
};
/** So many of those that wait have their turn. */
const goOn = (count: number) => {
  for (const work of waiting.splice(0, count)) work();
};

test("lines that are reset are only marked at that instant, and close one by one", async () => {
  for (const peer of peers) peer.resetAndDestroy();
  await until(() => waiting.length === MANY);
  expect(lines.every(({ isBroken }) => isBroken)).toBe(true);
  expect([closed, lines.filter(({ destroyed }) => destroyed).length]).toEqual([0, 0]);
  goOn(1);
  await until(() => closed === 1);
  goOn(MANY);
  await until(() => closed === MANY);
  expect(waiting).toEqual([]);
  expect(errors).toEqual([]);
});

test("peers that hang up all at once are let go one by one, and each line ends before it closes", async () => {
  for (const peer of peers) peer.end();
  await until(() => waiting.length === MANY);
  expect([closed, ended]).toEqual([0, 0]);
  goOn(1);
  await until(() => waiting.length === MANY);
  // The last in the queue is now the first line's closing: it hung up, and answered.
  expect([closed, ended]).toEqual([0, 1]);
  waiting.unshift(...waiting.splice(-1));
  goOn(1);
  await until(() => closed === 1);
});

test("whoever lets a line go twice, or after its peer did, lets it go once", async () => {
  const [line] = lines;
  peers[0]?.end();
  await until(() => waiting.length === 1);
  line?.destroy().destroy();
  expect(waiting.length).toBe(2);
  goOn(2);
  await until(() => closed === 1);
  goOn(waiting.length);
  expect(waiting).toEqual([]);
});

test("what comes meanwhile is read, and nothing more is written to a connection whose line broke", async () => {
  const [line] = lines;
  if (!line) throw new Error("nobody came");
  const read: string[] = [];
  line.on("data", (bytes: Buffer) => read.push(bytes.toString()));
  peers[0]?.write("a last word");
  await until(() => read.length > 0);
  const { connection } = peerOf(1, { kind: "user" }, line);
  expect(connection.closed).toBe(false);
  peers[0]?.resetAndDestroy();
  await until(() => waiting.length === 1);
  expect(connection.closed).toBe(true);
  connection.send({ type: "pong" });
  expect(line.writableLength).toBe(0);
  expect(read).toEqual(["a last word"]);
});
