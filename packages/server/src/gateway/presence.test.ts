// Who is told of whom, and when: several sockets of one person, their graces, and clients that cannot make up their mind.
import type { ServerFrame, UserCard } from "@homeroom/protocol";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Connection } from "./connection.ts";
import type { Hub } from "./hub.ts";
import { Presence } from "./presence.ts";

const SECOND = 1_000;
const ROOM = 1;
type Told = [userId: number, state: string];

/** A socket in the one room, with what it was told. */
interface Peer {
  connection: Connection;
  told: Told[];
  /** In how many pieces that came. */
  pieces: number;
}

let present: Set<Connection>;
let gone: number[];
let hub: Hub;
let presence: Presence;
const peers = new Map<Connection, Peer>();

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  present = new Set();
  gone = [];
  peers.clear();
  const tell = (to: Connection, frame: ServerFrame) => {
    if (frame.type === "presence") peers.get(to)?.told.push([frame.user.id, frame.state]);
  };
  const stub = {
    onEnter: () => undefined,
    channel: () => ({ subscriptions: [...present].map((connection) => ({ connection })) }),
    send: tell,
    sendAll: (all: Iterable<Connection>, frames: ServerFrame[]) => {
      for (const to of all) {
        for (const frame of frames) tell(to, frame);
        const peer = peers.get(to);
        if (peer) peer.pieces += 1;
      }
    },
  };
  hub = stub as unknown as Hub;
  presence = new Presence(hub, ({ id }) => void gone.push(id));
});
afterEach(() => void vi.useRealTimers());

const card = (id: number): UserCard => {
  return { id, username: `u${id}`, display_name: `U ${id}`, role: "student", avatar_url: null };
};
const pass = (ms: number) => vi.advanceTimersByTime(ms);

const open = (userId: number, scope: "user" | "lobby" = "user"): Peer => {
  const connection = {
    caller: { user: card(userId), session: "s" },
    scope: { kind: scope },
    subscriptions: new Map(scope === "lobby" ? [] : [[ROOM, {}]]),
    followed: [],
    closed: false,
    away: false,
  } as unknown as Connection;
  const peer: Peer = { connection, told: [], pieces: 0 };
  peers.set(connection, peer);
  if (scope === "user") present.add(connection);
  presence.came(connection);
  return peer;
};
const close = ({ connection }: Peer) => {
  present.delete(connection);
  connection.followed = [...connection.subscriptions.keys()];
  Object.assign(connection, { closed: true });
  presence.left(connection);
};
const away = ({ connection }: Peer) => presence.said(connection, "away");
const back = ({ connection }: Peer) => presence.said(connection, "online");
/** What the watcher heard of user 1 since last asked. */
const heard = (watcher: Peer) => watcher.told.splice(0).flatMap(([id, state]) => (id === 1 ? [state] : []));

test("somebody is away when none of their clients is looked at, and online again with any of them", () => {
  const [watcher, one, two] = [open(2), open(1), open(1)];
  expect(heard(watcher)).toEqual(["online"]);
  away(one);
  expect(heard(watcher)).toEqual([]);
  away(two);
  expect(heard(watcher)).toEqual(["away"]);
  pass(SECOND);
  back(one);
  expect(heard(watcher)).toEqual(["online"]);
});

test("who comes is told who is away", () => {
  away(open(1));
  expect(heard(open(2))).toEqual(["away"]);
});

test("closing the client that was looked at leaves the others: away, after the grace of a reload", () => {
  const [watcher, hidden, shown] = [open(2), open(1), open(1)];
  away(hidden);
  heard(watcher);
  close(shown);
  pass(4 * SECOND);
  expect(heard(watcher)).toEqual([]);
  pass(SECOND);
  expect(heard(watcher)).toEqual(["away"]);
  close(hidden);
  pass(5 * SECOND);
  expect(heard(watcher)).toEqual(["offline"]);
  expect(gone).toEqual([1]);
});

test("a reload is no leaving, and the grace runs from the last socket that closed", () => {
  const [watcher, first] = [open(2), open(1)];
  heard(watcher);
  close(first);
  pass(4 * SECOND);
  const second = open(1);
  pass(2 * SECOND);
  close(second);
  pass(4 * SECOND);
  expect(heard(watcher)).toEqual(["online"]);
  pass(SECOND);
  expect(heard(watcher)).toEqual(["offline"]);
});

test("who is back before their broken socket was let go of never left, and is gone once when they do leave", () => {
  const [watcher, broken] = [open(2), open(1)];
  const back = open(1);
  heard(watcher);
  close(broken);
  close(broken);
  pass(10 * SECOND);
  expect([heard(watcher), gone]).toEqual([[], []]);
  close(back);
  close(back);
  pass(10 * SECOND);
  expect([heard(watcher), gone]).toEqual([["offline"], [1]]);
});

test("a class that leaves is told of together, without whoever came back at the last moment", () => {
  const watcher = open(2);
  const crowd = Array.from({ length: 30 }, (_, i) => open(10 + i));
  Object.assign(watcher, { told: [], pieces: 0 });
  for (const peer of crowd) {
    close(peer);
    pass(2);
  }
  pass(4_880);
  const back = open(39);
  pass(SECOND);
  const left = crowd.slice(0, 29).map((_, i) => [10 + i, "offline"]);
  expect(watcher.told).toEqual([[39, "online"], ...left]);
  expect(watcher.pieces).toBe(2);
  close(back);
  pass(5 * SECOND);
  expect(watcher.told.slice(30)).toEqual([[39, "offline"]]);
});

test("a hidden page that comes back is not shown as here before it could say that it is hidden", () => {
  const [watcher, hidden] = [open(2), open(1)];
  away(hidden);
  pass(SECOND);
  heard(watcher);
  close(hidden);
  away(open(1));
  pass(10 * SECOND);
  expect(heard(watcher)).toEqual(["away"]);
});

test("who comes while somebody reloads hears of them when they are back", () => {
  const states = ["online", "away"] as const;
  for (const state of states) {
    const before = open(1);
    presence.said(before.connection, state);
    pass(SECOND);
    close(before);
    const watcher = open(2);
    expect(heard(watcher)).toEqual([]);
    const after = open(1);
    presence.said(after.connection, state);
    pass(10 * SECOND);
    expect(heard(watcher)).toEqual([state]);
    close(after);
    pass(10 * SECOND);
    expect(heard(watcher)).toEqual(["offline"]);
  }
});

test("somebody who was away and opens another page is online without a word from it", () => {
  const [watcher, hidden] = [open(2), open(1)];
  away(hidden);
  pass(SECOND);
  heard(watcher);
  open(1);
  pass(SECOND);
  expect(heard(watcher)).toEqual(["online"]);
});

test("a client that cannot make up its mind is told of once a second, and as it was last", () => {
  const [watcher, one] = [open(2), open(1)];
  heard(watcher);
  for (let turn = 0; turn < 50; turn++) {
    away(one);
    back(one);
  }
  away(one);
  back(one);
  away(one);
  pass(SECOND);
  expect(heard(watcher)).toEqual(["away"]);
  back(one);
  away(one);
  back(one);
  pass(10 * SECOND);
  expect(heard(watcher)).toEqual(["online"]);
});

test("in a lobby one may say it, and nobody hears", () => {
  const [watcher, lobby] = [open(2), open(1, "lobby")];
  away(lobby);
  back(lobby);
  close(lobby);
  pass(10 * SECOND);
  expect(heard(watcher)).toEqual([]);
  expect(gone).toEqual([]);
});

test("from a hall of more than 250 listeners nobody is told of anybody", () => {
  const one = open(1);
  const crowd = Array.from({ length: 250 }, (_, i) => open(10 + i));
  for (const peer of crowd) peer.told = [];
  away(one);
  expect(crowd.flatMap(({ told }) => told)).toEqual([]);
});

test("when a full hall empties, nobody is told of those they never saw there, and everybody of those they did", () => {
  const early = open(3);
  const crowd = Array.from({ length: 260 }, (_, i) => open(10 + i));
  const late = open(1);
  const shown = open(4);
  for (const peer of crowd) close(peer);
  pass(10 * SECOND);
  early.told = [];
  close(late);
  pass(10 * SECOND);
  expect(heard(early)).toEqual([]);
  // To whom somebody is shown when they come, their leaving is told, though nobody was told of their coming.
  const newcomer = open(2);
  expect(newcomer.told).toContainEqual([4, "online"]);
  newcomer.told = [];
  close(shown);
  pass(10 * SECOND);
  expect(newcomer.told).toEqual([[4, "offline"]]);
});
