// Sockets in the life: opening, frames in order, resume, heartbeat, session re-checks, closing.
import { type ClientFrame, CLOSE, Refusal, type ServerFrame } from "@homeroom/protocol";
import type { Directory, Doorman, FrameHandlers, OpenLog } from "../kit/call.ts";
import type { Logger, Throttle } from "../kit/ports.ts";
import { ofItsConnection } from "./chat-socket.ts";
import { closeSocket, Connection, type Scope } from "./connection.ts";
import { dispatch, errorFrame, parseFrame, type Tags } from "./frames.ts";
import { HEARTBEAT_MS, helloFrame, SILENCE_MS } from "./hello.ts";
import type { Hub } from "./hub.ts";
import { Turns } from "./pace.ts";
import { Pages } from "./pages.ts";
import type { Presence } from "./presence.ts";
import { resume } from "./resume.ts";
import type { Newcomer } from "./upgrade.ts";

/** Frames that may wait for their turn before the socket is not read any more. */
const MOST_WAITING = 100;
const SWEEP_MS = 5_000;
const RECHECK_MS = 30_000;
const VISITED_AT_ONCE = 200;
const MOST_OPENING_TRIES = 10;

export interface SocketDeps {
  hub: Hub;
  presence: Presence;
  directory: Directory;
  doorman: Doorman;
  handlers: FrameHandlers;
  limiter: Throttle;
  logger: Logger;
  now: () => number;
}

export class Sockets {
  readonly #deps: SocketDeps;
  readonly #pages: Pages;
  readonly #turns = new Turns();
  readonly #timers: NodeJS.Timeout[];
  /** Frames that were read and not yet answered. */
  #working = 0;
  #draining = false;
  /** Over which time those who are sent away are spread when they come back. */
  #spreadMs = 0;
  readonly #onClose = ofItsConnection((connection) => this.#leave(connection));
  readonly #onSign = ofItsConnection((connection) => void (connection.heardAt = this.#deps.now()));
  readonly #onMessage = ofItsConnection((connection, data: Buffer, isBinary: boolean) =>
    this.#take(connection, data, isBinary),
  );

  constructor(deps: SocketDeps) {
    this.#deps = deps;
    this.#pages = new Pages(deps.directory);
    this.#timers = [
      setInterval(() => this.#sweep(), SWEEP_MS).unref(),
      setInterval(() => void this.#each((connection) => connection.ping()), HEARTBEAT_MS).unref(),
      setInterval(() => void this.#recheckSessions(), RECHECK_MS).unref(),
    ];
  }

  /** Throws a `Refusal` where the caller may not follow what they asked for. */
  async admit({ ws, socket, caller, log }: Newcomer): Promise<void> {
    const { hub, now, presence } = this.#deps;
    // Who they are was still being asked when the others were sent away.
    if (this.#draining) return closeSocket(ws, CLOSE.RESTARTING, this.#whenToComeBack());
    const scope: Scope = log ? { kind: "log", log } : { kind: "user" };
    const connection = new Connection(ws, socket, { caller, scope, now });
    ws.connection = connection;
    hub.add(connection);
    ws.on("close", this.#onClose);
    try {
      await this.#open(connection);
    } catch (error) {
      this.#leave(connection);
      throw error;
    }
    ws.on("pong", this.#onSign);
    ws.on("ping", this.#onSign);
    ws.on("message", this.#onMessage);
    connection.listen();
    presence.came(connection);
  }

  #leave(connection: Connection): void {
    const { hub, presence } = this.#deps;
    connection.conclude();
    hub.remove(connection);
    presence.left(connection);
  }

  /** Finds what the socket follows, asks again if that changed while it was being read, and says hello. */
  async #open(connection: Connection): Promise<void> {
    const { hub } = this.#deps;
    const { user, session } = connection.caller;
    // Without waiting after the last look: nothing may come before the hello.
    const sayHello = (logs: readonly OpenLog[], lobby = false) => {
      connection.opening = false;
      connection.send(helloFrame(user, logs, lobby));
    };
    for (let tries = 1; tries <= MOST_OPENING_TRIES; tries++) {
      connection.stale = false;
      const found = await this.#logsFor(connection);
      if (connection.closed || hub.hasEnded(session)) throw new Refusal("token_invalid");
      if (connection.stale) continue;
      if (found === "lobby") {
        if (connection.scope.kind === "log") connection.scope = { kind: "lobby", log: connection.scope.log };
        return sayHello([], true);
      }
      const opened = this.#follow(connection, found);
      if (opened) return sayHello(opened);
    }
    throw new Refusal("unavailable");
  }

  /** The logs from where it follows them; null where one of them must be asked for again, and then it follows none. */
  #follow(connection: Connection, found: readonly OpenLog[]): OpenLog[] | null {
    const { hub } = this.#deps;
    const opened: OpenLog[] = [];
    for (const log of found) {
      const head = hub.follow(connection, log);
      if (head !== null) opened.push({ ...log, head });
    }
    if (opened.length === found.length) return opened;
    for (const { channel } of [...connection.subscriptions.values()]) hub.unfollow(channel, connection);
    return null;
  }

  async #logsFor({ caller, scope }: Connection): Promise<OpenLog[] | "lobby"> {
    const { directory } = this.#deps;
    if (scope.kind === "user") return directory.logsOf(caller.user.id);
    if (scope.log.kind === "thread") return [await directory.enterThread(caller.user, scope.log.id)];
    const entered = await directory.enterRoom(caller.user, scope.log.id);
    return entered === "lobby" ? "lobby" : [entered];
  }

  #take(connection: Connection, data: Buffer, isBinary: boolean): void {
    connection.heardAt = this.#deps.now();
    if (connection.closed) return;
    if (++connection.waiting > MOST_WAITING) connection.hush();
    this.#working++;
    // One after the other: what a socket sends keeps its order.
    connection.answered = connection.answered
      .then(() => this.#frame(connection, data, isBinary))
      .finally(() => {
        this.#working--;
        if (--connection.waiting === MOST_WAITING / 2 && !this.#draining) connection.listen();
      });
  }

  async #frame(connection: Connection, data: Buffer, isBinary: boolean): Promise<void> {
    const tags: Tags = {};
    // When everybody says something at once, whoever else is here has their turn in between.
    const room = this.#turns.room();
    if (room) await room;
    try {
      const shed = this.#count(connection);
      if (isBinary) throw new Refusal("bad_request", { detail: "Frames are text." });
      const frame = parseFrame(data.toString("utf8"), tags);
      if (shed) return this.#reply(connection, errorFrame(shed, tags, { shed: true }));
      await this.#handle(connection, frame, tags);
    } catch (error) {
      if (!(error instanceof Refusal)) this.#deps.logger.error({ err: error }, "a frame failed");
      this.#reply(connection, errorFrame(error instanceof Refusal ? error : new Refusal("internal"), tags));
    }
  }

  /** The refusal where the socket's budget of frames is used up; three times over closes it. */
  #count(connection: Connection): Refusal | null {
    const take = (name: "frames" | "frames_flood"): Refusal | null => {
      try {
        this.#deps.limiter.take([name, String(connection.id)]);
        return null;
      } catch (error) {
        return error as Refusal;
      }
    };
    if (take("frames_flood")) connection.close(CLOSE.TOO_MANY, "flood");
    return take("frames");
  }

  async #handle(connection: Connection, frame: ClientFrame, tags: Tags): Promise<void> {
    const { directory, handlers, presence } = this.#deps;
    if (connection.closed) return;
    if (frame.type === "presence") return presence.said(connection, frame.state);
    if (frame.type === "ping") return this.#reply(connection, { type: "pong", ...ref(tags) });
    if (frame.type === "resume") return resume({ directory, pages: this.#pages }, connection, frame);
    const call = { caller: connection.caller, socket: connection.id };
    const answer = await dispatch(handlers, frame, connection.scope, call);
    if (answer) this.#reply(connection, { ...answer, ...ref(tags) });
  }

  #reply(connection: Connection, frame: ServerFrame): void {
    this.#deps.hub.answer(connection, frame);
  }

  /** For all sockets, some in each turn of the event loop: nobody waits for the whole of a large number of them. */
  async #each(visit: (connection: Connection) => void): Promise<void> {
    let visited = 0;
    for (const connection of this.#deps.hub.connections) {
      visit(connection);
      if (++visited % VISITED_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #sweep(): void {
    const now = this.#deps.now();
    void this.#each((connection) => {
      connection.checkPace();
      if (now - connection.heardAt > SILENCE_MS) connection.close(CLOSE.NO_HEARTBEAT, "no_heartbeat");
    });
  }

  /** What ended a session on another node, or by a command, is found out here. */
  async #recheckSessions(): Promise<void> {
    const { hub, doorman, logger } = this.#deps;
    try {
      const sessions = new Set([...hub.connections].map((c) => c.caller.session));
      if (sessions.size === 0) return;
      const ended = await doorman.ended([...sessions]);
      hub.publish([{ do: "end-sessions", sessionIds: ended }]);
    } catch (error) {
      logger.warn({ err: error }, "sessions could not be checked");
    }
  }

  /** Answers what was read, for at most `patienceMs`; then closes every socket, to come back spread over some seconds. */
  async drain(patienceMs: number): Promise<void> {
    this.#draining = true;
    for (const timer of this.#timers) clearInterval(timer);
    const { hub, now } = this.#deps;
    this.#spreadMs = Math.min(10_000, 200 + hub.connections.size * 5);
    for (const connection of hub.connections) connection.hush();
    const end = now() + patienceMs;
    while (this.#working > 0 && now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
    // One more turn, so that what was committed last is announced.
    await new Promise((resolve) => setImmediate(resolve));
    await this.#each((connection) => {
      // Whose turn had not come gets what was committed all the same.
      if (!connection.opening) connection.finish();
      connection.close(CLOSE.RESTARTING, this.#whenToComeBack());
    });
  }

  #whenToComeBack(): string {
    return `reconnect_ms=${Math.round(Math.random() * this.#spreadMs)}`;
  }
}

const ref = (tags: Tags) => (tags.ref === undefined ? {} : { ref: tags.ref });
