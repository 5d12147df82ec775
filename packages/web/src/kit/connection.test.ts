// The one socket: when it tries again, what each close code asks for, and how it notices that it is dead.
import { beforeEach, describe, expect, it } from "vitest";
import { type Connection, type ConnectionState, createConnection, type SocketListener } from "./connection.ts";
import { ApiError, NetworkError } from "./failures.ts";
import { createFakeClock, type FakeClock } from "./fake-clock.ts";

const HELLO = JSON.stringify({ type: "hello", logs: [] });
const refused = () => new ApiError({ status: 401, code: "token_invalid", detail: "Sign in again." });

let clock: FakeClock;
let connection: Connection;
let state: ConnectionState;
let sockets: (SocketListener & { said: string[]; isClosed: boolean })[];
let ticket: () => Promise<string>;
let renew: () => Promise<boolean>;
let isNetworkDown: boolean;

const settle = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};
const newest = () => {
  const socket = sockets.at(-1);
  if (!socket) throw new Error("no socket was opened");
  return socket;
};
const comeUp = async () => {
  await settle();
  newest().opened();
  newest().text(HELLO);
};
const pass = async (ms: number) => {
  clock.advance(ms);
  await settle();
};

beforeEach(() => {
  clock = createFakeClock();
  sockets = [];
  isNetworkDown = false;
  ticket = () => Promise.resolve("t");
  renew = () => Promise.resolve(true);
  connection = createConnection({
    clock,
    ticket: () => ticket(),
    renew: () => renew(),
    isNetworkDown: () => isNetworkDown,
    onFrame: () => {},
    onState: (next) => {
      state = next;
    },
    open: (_ticket, listener) => {
      const socket = { ...listener, said: [] as string[], isClosed: false };
      sockets.push(socket);
      return { send: (text) => socket.said.push(text), close: () => (socket.isClosed = true) };
    },
  });
  connection.start();
});

describe("the connection", () => {
  it("is up with the hello, not before", async () => {
    await settle();
    newest().opened();
    expect(state.status).toBe("connecting");
    expect(connection.send({ type: "ping" })).toBe(false);
    newest().text(HELLO);
    expect(state.status).toBe("online");
    expect(connection.send({ type: "ping" })).toBe(true);
  });

  it("tries again after a loss, waiting about twice as long each time", async () => {
    await comeUp();
    const waits: number[] = [];
    for (let turn = 0; turn < 9; turn += 1) {
      newest().closed(1006, "");
      waits.push((state.retryAt ?? 0) - clock.now());
      await pass(state.retryAt === null ? 0 : state.retryAt - clock.now());
    }
    expect(waits).toEqual([375, 750, 1500, 3000, 6000, 12_000, 22_500, 22_500, 22_500]);
    expect(state.status).toBe("reconnecting");
  });

  it("keeps counting from the first loss, and forgets it once it is up", async () => {
    await comeUp();
    const lost = clock.now();
    newest().closed(1006, "");
    await pass(400);
    newest().closed(1006, "");
    expect(state.since).toBe(lost);
    await pass(1_000);
    await comeUp();
    expect(state).toMatchObject({ status: "online", since: clock.now() });
  });

  it("renews the session on 4401 and comes back", async () => {
    await comeUp();
    newest().closed(4401, "token_expired");
    await settle();
    await pass(1_000);
    expect(sockets).toHaveLength(2);
  });

  it("is signed out when the session cannot be renewed, and stays so", async () => {
    await comeUp();
    renew = () => Promise.resolve(false);
    newest().closed(4401, "");
    await settle();
    expect(state.status).toBe("signed-out");
    connection.retryNow();
    await pass(60_000);
    expect(sockets).toHaveLength(1);
  });

  it("is signed out when no ticket is given any more", async () => {
    await comeUp();
    ticket = () => Promise.reject(refused());
    newest().closed(1006, "");
    await pass(1_000);
    expect(state.status).toBe("signed-out");
  });

  it("keeps trying while nobody answers", async () => {
    await comeUp();
    ticket = () => Promise.reject(new NetworkError(false));
    newest().closed(1012, "");
    await pass(120_000);
    expect(state.status).toBe("reconnecting");
    ticket = () => Promise.resolve("t");
    connection.retryNow();
    await comeUp();
    expect(state.status).toBe("online");
  });

  it("waits long after too much, and as long as a restarting server asks", async () => {
    await comeUp();
    newest().closed(4429, "");
    expect((state.retryAt ?? 0) - clock.now()).toBeGreaterThanOrEqual(20_000);
    await pass(60_000);
    await comeUp();
    newest().closed(1012, "retry in 4000 ms");
    expect((state.retryAt ?? 0) - clock.now()).toBe(4_000);
  });

  it("asks after a silence and lets a dead socket go", async () => {
    await comeUp();
    clock.advance(41_000);
    expect(newest().said.at(-1)).toBe('{"type":"ping"}');
    expect(state.status).toBe("online");
    clock.advance(5_000);
    expect(state.status).toBe("reconnecting");
    expect(newest().isClosed).toBe(true);
  });

  it("stays while anything is heard", async () => {
    await comeUp();
    for (let turn = 0; turn < 10; turn += 1) {
      clock.advance(20_000);
      newest().text('{"type":"pong"}');
    }
    expect(state.status).toBe("online");
  });

  it("counts a loss from when it was doubted", async () => {
    await comeUp();
    const lost = clock.now();
    connection.networkLost();
    clock.advance(3_000);
    expect(state).toMatchObject({ status: "reconnecting", since: lost });
  });

  it("believes a socket that answers more than the network's word", async () => {
    await comeUp();
    isNetworkDown = true;
    connection.networkLost();
    newest().text('{"type":"pong"}');
    clock.advance(10_000);
    expect(state.status).toBe("online");
    newest().closed(1006, "");
    expect(state.status).toBe("offline");
  });
});
