// The server: reads the environment, puts everything together, listens, and drains on SIGTERM.
import { existsSync } from "node:fs";
import type { IncomingMessage, Server, ServerOptions } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createAdaptorServer } from "@hono/node-server";
import pino from "pino";
import {
  chores,
  composeFeatures,
  cutOff,
  directoryOf,
  equip,
  type Features,
  frameHandlersOf,
  handlersOf,
  migrateDatabase,
  openDatabase,
} from "./compose.ts";
import { type Config, ConfigError, readConfig } from "./config.ts";
import { explain } from "./explain.ts";
import { type HealthParts, healthHandlers } from "./gateway/health.ts";
import { httpApp } from "./gateway/http.ts";
import { Hub } from "./gateway/hub.ts";
import { lingerOn } from "./gateway/linger.ts";
import { noThrottle, RateLimiter } from "./gateway/limits.ts";
import { Presence } from "./gateway/presence.ts";
import { UPLOAD_PATIENCE } from "./gateway/receive.ts";
import { Sockets } from "./gateway/socket.ts";
import { serveUpgrades } from "./gateway/upgrade.ts";
import type { Directory } from "./kit/call.ts";
import { startHousekeeping } from "./kit/housekeeping.ts";
import type { Kit } from "./kit/kit.ts";
import type { Logger } from "./kit/ports.ts";
import { rehearse } from "./rehearsal.ts";
import { giveBackSpareMemory } from "./spare-memory.ts";

const WEB_ROOT = fileURLToPath(new URL("../../web/dist", import.meta.url));
/** What was sent before the signal is finished within this; the rest of the 15 s is for closing. */
const DRAIN_MS = 5_000;
const NODE_MAJOR = 24;
/** For headers; each kind of body has a time of its own, of which a file's is the longest. */
const HTTP_PATIENCE: ServerOptions = {
  headersTimeout: 10_000,
  requestTimeout: UPLOAD_PATIENCE.mostMs + 60_000,
  // Of two headers where one is meant, none is taken for the right one.
  joinDuplicateHeaders: true,
  shouldUpgradeCallback: (request) => request.headers.upgrade?.toLowerCase() === "websocket",
};
const MOST_HEADERS = 100;
/** So many may connect at once, where the system lets us (`somaxconn`): whoever is one too many tries again after seconds. */
const MOST_AT_THE_DOOR = 4_096;
/** Nothing moves on a line for so long: whoever asked for a file does not read it. Sockets have a heartbeat instead. */
const STILL_MS = 120_000;

export interface RunningServer {
  url: string;
  kit: Kit;
  features: Features;
  /** Finishes what was begun, closes every socket, ends the work on files, then closes the database. */
  close(): Promise<void>;
}

export const startServer = async (config: Config, logger: Logger): Promise<RunningServer> => {
  const db = await openDatabase(config);
  await migrateDatabase(db);
  const limiter = new RateLimiter(() => performance.now());
  const throttle = config.limits ? limiter : noThrottle;
  // The hub reads the past through features, which announce through the hub.
  const hub = new Hub((log, after, limit) => directory.replay(log, after, limit), logger);
  const kit: Kit = await equip({ db, clock: { now: Date.now }, config, fanout: hub, throttle, logger });
  const features = composeFeatures(kit);
  const directory: Directory = directoryOf(features, kit);

  let draining = false;
  const isDraining = () => draining;
  const { doorman } = features.accounts;
  const presence = new Presence(hub, (user) => features.live.gone(user));
  const sockets = new Sockets({
    hub,
    presence,
    directory,
    doorman,
    handlers: frameHandlersOf(features),
    limiter: throttle,
    logger,
    now: () => performance.now(),
  });
  const handlers = handlersOf(features, healthHandlers(partsOf(kit, isDraining), config.durability));
  const app = httpApp({
    config,
    doorman,
    throttle,
    handlers,
    logger,
    staging: kit.staging,
    webRoot: WEB_ROOT,
    isDraining,
  });
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions: HTTP_PATIENCE }) as Server;
  server.maxHeadersCount = MOST_HEADERS;
  // Not as `server.timeout`: every socket would keep a timer for good that it needs for its handshake alone.
  server.on("request", ({ socket }: IncomingMessage) => socket.setTimeout(STILL_MS));
  lingerOn(server);
  serveUpgrades(server, {
    config,
    doorman,
    logger,
    isDraining,
    socketsOf: (userId) => hub.ofUser(userId).length,
    admit: (newcomer) => sockets.admit(newcomer),
  });
  const hangUp = drainable(server);
  const url = await listen(server, config);
  const stopHousekeeping = startHousekeeping(kit, [...chores, cutOff]);
  const stopWorking = kit.queue.work(features.attachments.workers);
  const close = async () => {
    draining = true;
    await Promise.all([hangUp(() => sockets.drain(DRAIN_MS)), stopWorking()]);
    await stopHousekeeping();
    await kit.pictures.close();
    await db.close();
  };
  return { url, kit, features, close };
};

const partsOf = ({ db, files, scanner, queue }: Kit, isDraining: () => boolean): HealthParts => ({
  database: () => db.ping(),
  files: () => files.ping(),
  scanner: scanner && (() => scanner.ping()),
  jobs: () => queue.counts(),
  isDraining,
});

/** Ends the listening, lets what is under way finish, and cuts whoever does not hang up in time. */
const drainable = (server: Server): ((finish: () => Promise<void>) => Promise<void>) => {
  const lines = new Set<Socket>();
  // One for all of them: a closure for each weighs where there are 10,000.
  const forget = function (this: Socket): void {
    lines.delete(this);
  };
  let accepted = 0;
  server.on("connection", (socket: Socket) => {
    accepted++;
    lines.add(socket);
    socket.on("close", forget);
  });
  return async (finish) => {
    // Whoever connected before the signal may still wait in the system's queue: closing now would cut them off.
    for (let before = -1, left = MOST_AT_THE_DOOR; before < accepted && left > 0; left--) {
      before = accepted;
      await turns(2);
    }
    const closed = new Promise((resolve) => server.close(resolve));
    // Those with a request under way become idle when it is answered.
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    await finish();
    const patience = setTimeout(() => {
      for (const line of lines) line.destroy();
    }, DRAIN_MS);
    await closed;
    clearInterval(idle);
    clearTimeout(patience);
  };
};

/** So many rounds of the event loop, in each of which one of the connections that wait is accepted. */
const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await setImmediate();
};

const whyNotListening = (error: NodeJS.ErrnoException, { port, host }: Config): Error => {
  if (error.code === "EADDRINUSE") return new ConfigError(`PORT ${port} is taken by another program.`);
  if (error.code === "EACCES") return new ConfigError(`PORT ${port} may not be used by this account.`);
  const isNoAddress = error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND";
  return isNoAddress ? new ConfigError(`HOST ${host} is no address of this machine.`) : error;
};

const listen = (server: Server, config: Config): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(whyNotListening(error, config)));
    server.listen({ port: config.port, host: config.host, backlog: MOST_AT_THE_DOOR }, () => {
      const { port } = server.address() as AddressInfo;
      const host = config.host.includes(":") ? `[${config.host}]` : config.host;
      resolve(`http://${host}:${port}`);
    });
  });

/** A second signal changes nothing: the drain is under way and ends by itself. */
const drainOnSignal = (running: RunningServer, logger: Logger): void => {
  let closing: Promise<void> | undefined;
  const stop = (signal: string) => {
    if (closing) return;
    logger.info({ signal }, "stopping");
    setTimeout(() => process.exit(1), 15_000).unref();
    closing = running.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, "stopping failed");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", () => stop("SIGTERM"));
  process.on("SIGINT", () => stop("SIGINT"));
};

/** Makes ready what the first message needs; then what only the start needed goes. */
const settleIn = async ({ kit }: RunningServer, logger: Logger): Promise<void> => {
  await rehearse(kit).catch((error: unknown) => logger.warn({ err: error }, "the first message will be slow"));
  giveBackSpareMemory();
};

const main = async (): Promise<void> => {
  if (Number(process.versions.node.split(".")[0]) < NODE_MAJOR) {
    throw new ConfigError(
      `Homeroom runs on Node ${NODE_MAJOR}; this is ${process.versions.node}. Start it with: npm start`,
    );
  }
  const config = readConfig(process.env);
  const logger = pino({ level: config.logLevel });
  if (process.argv.includes("--demo")) {
    const { demoData } = await import("./commands/demo-data.ts");
    console.log(await demoData(config));
  }
  const running = await startServer(config, logger);
  drainOnSignal(running, logger);
  const code = await running.features.accounts.setupCode();
  // Also where only this machine is listened to: behind a proxy on it, everybody comes from elsewhere.
  if (code) console.log(`Set-up code for the first admin, if they come from another machine: ${code}`);
  if (!config.clamavUrl) console.log("No virus scanner is configured (CLAMAV_URL): files are passed on unchecked.");
  if (!existsSync(WEB_ROOT)) console.log("The web client is not built. Build it with: npm start");
  console.log(`Homeroom is ready: ${running.url}`);
  // Who waits for the line above has it already.
  setTimeout(() => void settleIn(running, logger), 0);
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error: unknown) => {
    console.error(explain(error));
    process.exit(1);
  });
}
