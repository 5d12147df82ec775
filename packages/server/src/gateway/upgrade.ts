// The socket door: who may open one, by Origin, number and token. Refusals after the handshake carry a close code.
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { CLOSE, type CloseCode, codeOf, ERRORS, type ErrorKey, Refusal, SIZES } from "@homeroom/protocol";
import { WebSocketServer } from "ws";
import type { Config } from "../config.ts";
import type { Caller, Doorman } from "../kit/call.ts";
import { ChatSocket, type Listened } from "./chat-socket.ts";
import { closeSocket } from "./connection.ts";
import { type Line, takenDownSlowly } from "./line.ts";
import { type LogRef, logRef, type Logger } from "../kit/ports.ts";
import { Pace } from "./pace.ts";
import { type Arrival, addressOf, isAllowedOrigin } from "./request.ts";

const SOCKETS = { perUser: 10, perAddress: 1_000, perNode: 20_000 };

/** A socket that passed the door, not yet open. */
export interface Newcomer {
  ws: ChatSocket;
  socket: Line;
  caller: Caller;
  /** Null for the socket of everything. */
  log: LogRef | null;
}

export interface UpgradeDeps {
  config: Config;
  doorman: Doorman;
  logger: Logger;
  isDraining(): boolean;
  socketsOf(userId: number): number;
  admit(newcomer: Newcomer): Promise<void>;
}

export const serveUpgrades = (server: Server, deps: UpgradeDeps): void => {
  const wss = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: SIZES.frame_bytes,
    clientTracking: false,
    WebSocket: ChatSocket,
  });
  const count = counter();
  const pace = new Pace();
  const takeDownSlowly = takenDownSlowly(pace);
  const knock = (request: IncomingMessage, socket: Line, head: Buffer) => {
    // It broke while it waited for its turn: what takes it down stands behind it in the queue.
    if (socket.isBroken) return;
    // An address like "//" is none: it must not throw here, where nobody would catch it.
    const url = URL.parse(request.url ?? "/", "http://local");
    const scope = url && scopeOf(url.pathname);
    if (!scope) return refuse(socket, "not_found");
    if (deps.isDraining()) return refuse(socket, "unavailable");
    const arrival = arrivalOf(request);
    if (!mayEnter(arrival, deps)) return refuse(socket, "origin_refused");
    const address = addressOf(arrival, deps.config);
    // The answer to the handshake goes out with the hello: one write. Whatever ends the socket before lets both go.
    socket.cork();
    wss.handleUpgrade(request, socket, head, (ws) => {
      // From here on ws listens to it.
      socket.off("error", destroyIt);
      ws.on("error", ignore);
      ws.address = address;
      const { here, total } = count(ws);
      const { limits } = deps.config;
      if (limits && total > SOCKETS.perNode) closeSocket(ws, CLOSE.OVERLOADED, "too_many_sockets");
      else if (limits && here > SOCKETS.perAddress) closeSocket(ws, CLOSE.TOO_MANY, "too_many_sockets");
      else {
        // Nothing is read from the peer before its hello is out.
        ws.pause();
        return void admit(deps, ws, socket, url, scope.log);
      }
      socket.uncork();
    });
  };
  server.on("connection", () => pace.press());
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", destroyIt);
    takeDownSlowly(socket);
    // When a whole school comes back, hundreds stand at the door in one turn of the event loop.
    pace.soon(() => knock(request, socket, head));
  });
};

// What listens to a socket lives as long as the socket, with everything its surroundings hold: a listener that is made
// where the request and its address lie around keeps them as well. So these stand outside, and what they share is made
// once.

function destroyIt(this: Duplex): void {
  this.destroy();
}

const ignore = (): void => undefined;

/** Counts the open sockets: all of them, and those of each address. */
const counter = (): ((ws: ChatSocket) => { here: number; total: number }) => {
  const counts = new Map<string, number>();
  let total = 0;
  function leave(this: Listened): void {
    const { address = "" } = this;
    total--;
    const left = (counts.get(address) ?? 1) - 1;
    if (left > 0) counts.set(address, left);
    else counts.delete(address);
  }
  return (ws) => {
    const here = (counts.get(ws.address) ?? 0) + 1;
    counts.set(ws.address, here);
    total++;
    ws.on("close", leave);
    return { here, total };
  };
};

const admit = async (deps: UpgradeDeps, ws: ChatSocket, socket: Line, url: URL, log: LogRef | null): Promise<void> => {
  try {
    const caller = await identify(deps.doorman, url);
    if (deps.config.limits && deps.socketsOf(caller.user.id) >= SOCKETS.perUser) throw new Refusal("rate_limited");
    await deps.admit({ ws, socket, caller, log });
  } catch (error) {
    if (!(error instanceof Refusal)) deps.logger.error({ err: error }, "a socket could not be opened");
    closeSocket(ws, closeCodeOf(error), error instanceof Refusal ? error.code : "internal");
  } finally {
    socket.uncork();
  }
};

const identify = (doorman: Doorman, url: URL): Promise<Caller> => {
  const ticket = url.searchParams.get("ticket");
  if (ticket) return doorman.redeem(ticket);
  const token = url.searchParams.get("token");
  if (token) return doorman.identify(token);
  return Promise.reject(new Refusal("not_authenticated"));
};

export const closeCodeOf = (error: unknown): CloseCode => {
  if (!(error instanceof Refusal)) return CLOSE.OVERLOADED;
  if (error.status === 401) return CLOSE.UNAUTHENTICATED;
  if (error.status === 403) return CLOSE.NOT_A_MEMBER;
  if (error.status === 404) return CLOSE.NOT_FOUND;
  return error.status === 429 ? CLOSE.TOO_MANY : CLOSE.OVERLOADED;
};

const scopeOf = (path: string): { log: LogRef | null } | null => {
  const match = /^\/ws\/chat(?:\/(rooms|private)\/([^/]+))?\/?$/.exec(path);
  if (!match) return null;
  const [, kind, id] = match;
  if (!kind) return { log: null };
  // No id at all names no room: found out, and said with a close code, like any other unknown one.
  const number = /^[1-9]\d{0,14}$/.test(id ?? "") ? Number(id) : 0;
  return { log: logRef(kind === "rooms" ? "room" : "thread", number) };
};

const arrivalOf = (request: IncomingMessage): Arrival => ({
  remoteAddress: request.socket.remoteAddress,
  encrypted: "encrypted" in request.socket,
  header: (name) => {
    const value = request.headers[name];
    return Array.isArray(value) ? value.join(", ") : value;
  },
});

/** A request without an Origin is no browser's. */
const mayEnter = (arrival: Arrival, { config, logger }: UpgradeDeps): boolean => {
  const origin = arrival.header("origin");
  if (origin === undefined || isAllowedOrigin(origin, arrival, config)) return true;
  logger.warn(
    { origin: origin.slice(0, 200), setting: "ALLOWED_ORIGINS" },
    "a socket from a foreign origin was refused",
  );
  return false;
};

const refuse = (socket: Duplex, key: ErrorKey): void => {
  const [status, detail] = ERRORS[key];
  const body = JSON.stringify({ detail, code: codeOf(key) });
  // Whoever does not hang up is hung up on: these sockets are in nobody's count.
  socket.once("finish", () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
};
