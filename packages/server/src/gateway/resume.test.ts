// Resume: what is asked, and in which order, before anything of the past is written.
import type { ServerFrame } from "@homeroom/protocol";
import { beforeEach, expect, test } from "vitest";
import type { Directory } from "../kit/call.ts";
import { logRef } from "../kit/ports.ts";
import { Channel } from "./channel.ts";
import type { Connection } from "./connection.ts";
import { Pages } from "./pages.ts";
import { resume } from "./resume.ts";

const ROOM = logRef("room", 1);

let steps: string[];
let written: Buffer[];
let channel: Channel;
let connection: Connection;
/** What happens while the database is asked. */
let during: Record<string, () => void>;
let mayFollow: boolean;

const directory = {
  past: (_log: object, after: number) => {
    steps.push("read");
    during["read"]?.();
    const frame: ServerFrame = { type: "pong" };
    const events = Array.from({ length: channel.cursor - after }, (_, i) => ({ seq: after + i + 1, frame }));
    return Promise.resolve({ events, stamp: null });
  },
  mayFollow: () => {
    steps.push("may");
    during["may"]?.();
    return Promise.resolve(mayFollow);
  },
} as unknown as Directory;

beforeEach(() => {
  [steps, written, during, mayFollow] = [[], [], {}, true];
  channel = new Channel(ROOM, "e", 3);
  connection = {
    closed: false,
    scope: { kind: "log", log: ROOM },
    caller: { user: { id: 7 } },
    subscriptions: new Map(),
    queue: (bytes: Buffer) => void written.push(bytes),
    queueFrame: (frame: ServerFrame | null) => void (frame && steps.push(frame.type)),
    flush: () => {},
    drained: () => Promise.resolve(),
    close: (code: number) => void steps.push(`closed ${code}`),
  } as unknown as Connection;
  channel.follow(connection, 3);
});

const ask = () =>
  resume({ directory, pages: new Pages(directory) }, connection, { type: "resume", logs: [{ epoch: "e", after: 0 }] });
const bytes = () => Buffer.concat(written).length;

test("who may hear it is asked after the page was read, and then all of it is written", async () => {
  await ask();
  expect(steps).toEqual(["read", "may", "resumed"]);
  expect(bytes()).toBeGreaterThan(0);
});

test("who is no member any more when the page was read gets nothing of it", async () => {
  mayFollow = false;
  await ask();
  expect([steps, bytes()]).toEqual([["read", "may"], 0]);
});

test.each(["read", "may"])("who is taken off while it is asked (%s) gets nothing of it", async (moment) => {
  during[moment] = () => channel.unfollow(connection);
  await ask();
  expect([steps, bytes()]).toEqual([["read", "may"], 0]);
});

test("what is announced in the meantime is read, too, before it goes on live", async () => {
  let more = 1;
  during["may"] = () => {
    if (more-- > 0) channel.push(4, Buffer.from("live"));
  };
  await ask();
  expect(steps).toEqual(["read", "may", "read", "may", "resumed"]);
  expect(connection.subscriptions.get(1)).toMatchObject({ sent: 4, replaying: false });
});

test("a reading that fails closes the socket, to come back", async () => {
  during["read"] = () => {
    throw new Error("the disk");
  };
  await expect(ask()).rejects.toThrow("the disk");
  expect(steps).toEqual(["read", "closed 1013"]);
});
