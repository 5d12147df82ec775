// Puts the parts together: configuration → adapters → features. The server and the commands both start from here.
import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { Refusal } from "@homeroom/protocol";
import { clearOld, diskFiles } from "./adapters/disk-files.ts";
import { clamav } from "./adapters/clamav.ts";
import { databaseQueue } from "./adapters/database-queue.ts";
import { picturesInProcess } from "./adapters/pictures.ts";
import { openSqlite } from "./adapters/sqlite.ts";
import type { Config } from "./config.ts";
import { accountsFeature, oldSessions } from "./features/accounts/accounts.ts";
import { attachmentsFeature, lostBlobs, type MayRead, unsentFiles } from "./features/attachments/attachments.ts";
import { joinRequestsFeature } from "./features/join-requests/join-requests.ts";
import { liveFeature } from "./features/live/live.ts";
import { holdRoomMessage, messageFacts, messagesFeature, replayMessages } from "./features/messages/messages.ts";
import { pinsFeature } from "./features/pins/pins.ts";
import {
  type PrivateThreadsFeature,
  privateThreadsFeature,
  threadIdsOf,
  threadIdsOfUser,
} from "./features/private-threads/private-threads.ts";
import { reactionsFeature } from "./features/reactions/reactions.ts";
import {
  isInRoom,
  leadsRoom,
  roomIdsOf,
  requireMember,
  requireModerator,
  requireRoom,
  requireVoice,
  type RoomsFeature,
  roomsFeature,
} from "./features/rooms/rooms.ts";
import { searchFeature } from "./features/search/search.ts";
import type { Directory, FrameHandlers, Handlers } from "./kit/call.ts";
import type { Chore } from "./kit/housekeeping.ts";
import { oldAnswers } from "./kit/idempotency.store.ts";
import type { Kit } from "./kit/kit.ts";
import { type Database, logRef } from "./kit/ports.ts";
import { pastOf, replayer, type Replays } from "./kit/replay.ts";
import { migrationsFor } from "./migrations/index.ts";

/** What only a large school needs is loaded only there. */
const adapters = {
  postgres: () => import("./adapters/postgres.ts"),
  s3: () => import("./adapters/s3-files.ts"),
};

export const openDatabase = async ({ databaseUrl: url, dataDir, durability }: Config): Promise<Database> =>
  url
    ? (await adapters.postgres()).openPostgres({ url, durability })
    : openSqlite({ file: join(dataDir, "homeroom.sqlite"), durability });

/** Answers the names of the steps that were taken; a second run takes none. */
export const migrateDatabase = (db: Database): Promise<string[]> => db.migrate(migrationsFor(db.dialect));

/** Longer than any file is on its way: whoever brought it in died. */
const STAGED_MS = 3 * 3_600_000;

/** For files that are on their way in: nobody else's to look into. */
const openStaging = (folder: string): string => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  return folder;
};

/** The kit with what keeps files and works on them, all of it below the folder for data unless configured otherwise. */
export const equip = async (kit: Omit<Kit, "files" | "queue" | "scanner" | "pictures" | "staging">): Promise<Kit> => {
  const { config, db, clock, logger } = kit;
  return {
    ...kit,
    files: config.s3Url ? (await adapters.s3()).s3Files(config.s3Url) : diskFiles(join(config.dataDir, "files")),
    queue: databaseQueue(db, clock, logger),
    scanner: config.clamavUrl ? clamav(config.clamavUrl) : null,
    pictures: picturesInProcess(logger),
    staging: openStaging(join(config.dataDir, "staging")),
  };
};

/** Whether somebody may read a log now. */
const mayRead =
  ({ door }: RoomsFeature, threads: PrivateThreadsFeature): MayRead =>
  (userId, log) =>
    log.kind === "room" ? door.isIn(userId, log.id) : threads.isMine(userId, log.id);

export const composeFeatures = (kit: Kit) => {
  const rooms = roomsFeature(kit, messageFacts, { threadIdsOf });
  const requests = joinRequestsFeature(kit, rooms);
  const accounts = accountsFeature(kit, {
    enterRoom: async (turn, user, roomId) => {
      const entered = await rooms.hooks.enterRoomById(turn, user, roomId);
      if (entered.joined) await requests.hooks.closeRequest(turn, user, roomId);
      return entered;
    },
    isIn: isInRoom,
    tellOfWaiting: requests.hooks.tellOfWaiting,
    leaveEverywhere: rooms.hooks.leaveEverywhere,
    handOver: rooms.hooks.handOver,
    logIdsOf: async (db, userId) => [...(await roomIdsOf(db, userId)), ...(await threadIdsOfUser(db, userId))],
    mayInvite: leadsRoom,
    requireModerator: (db, { user }, roomId) =>
      user.role === "admin" ? requireRoom(db, roomId) : requireModerator(db, user, roomId),
  });
  const messages = messagesFeature(kit);
  const threads = privateThreadsFeature(kit);
  const reactions = reactionsFeature(kit, { room: holdRoomMessage, thread: threads.holdMessage });
  const pins = pinsFeature(kit);
  const live = liveFeature(kit, async (user, log) => {
    if (log.kind === "thread") await threads.requireVoice(user, log.id);
    else requireVoice(await requireMember(kit.db.read, user, log.id), kit.clock.now());
  });
  const search = searchFeature(kit, rooms.door, threads);
  const attachments = attachmentsFeature(kit, mayRead(rooms, threads));
  return { rooms, accounts, attachments, requests, messages, threads, reactions, pins, live, search };
};

/** What the server clears away, when it starts and daily. */
export const chores: readonly Chore[] = [oldSessions, oldAnswers, unsentFiles, lostBlobs];

/** The same for the folder of files on their way: the server's own, and by the clock of the disk. */
export const cutOff: Chore = {
  what: "files that were on their way when a server died",
  run: ({ staging }) => Promise.resolve(clearOld(staging, Date.now() - STAGED_MS)),
};

export type Features = ReturnType<typeof composeFeatures>;

/** Every operation of the contract has its handler here, or this does not compile. */
export const handlersOf = (f: Features, health: Pick<Handlers, "healthz" | "readyz">): Handlers => ({
  ...f.accounts.operations,
  ...f.attachments.operations,
  ...f.rooms.operations,
  ...f.requests.operations,
  ...f.messages.operations,
  ...f.threads.operations,
  ...f.search.operations,
  ...f.reactions.operations,
  ...f.pins.operations,
  ...health,
  // Over REST as over a socket: whoever sends has stopped typing.
  sendMessage: async (input, call) => {
    const answer = await f.messages.operations.sendMessage(input, call);
    f.live.stopped(call.caller.user, logRef("room", input.params.id));
    return answer;
  },
});

export const frameHandlersOf = (f: Features): FrameHandlers => ({
  ...f.rooms.frames,
  ...f.live.frames,
  chat_message: async (frame, log, call) => {
    const answer = await f.messages.frames.chat_message(frame, log, call);
    if (log) f.live.stopped(call.caller.user, log);
    return answer;
  },
  private_message: async (frame, log, call) => {
    const answer = await f.threads.frames.private_message(frame, log, call);
    if (log) f.live.stopped(call.caller.user, log);
    return answer;
  },
  read: async (frame, log, { caller: { user }, socket }) => {
    if (!log) throw new Refusal("bad_request");
    const { messages, threads } = f;
    if (log.kind === "room") await messages.readRoom(user, log.id, { seq: frame.seq }, socket);
    else await threads.readThread(user, log.id, { seq: frame.seq }, socket);
    return null;
  },
});

export const directoryOf = (f: Features, kit: Kit): Directory => {
  const replays: Replays = {
    ...f.rooms.replay,
    ...replayMessages,
    ...f.threads.replay,
    ...f.reactions.replay,
    ...f.pins.replay,
  };
  const { read } = kit.db;
  const { door } = f.rooms;
  const replay = replayer(read, replays);
  return {
    logsOf: async (userId) => (await Promise.all([door.logsOf(userId), f.threads.logsOf(userId)])).flat(),
    enterRoom: (user, roomId) => door.open(user, roomId),
    enterThread: (user, threadId) => f.threads.enter(user, threadId),
    mayFollow: mayRead(f.rooms, f.threads),
    replay,
    ...pastOf(read, replay),
  };
};
