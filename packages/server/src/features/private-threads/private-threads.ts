// Private threads: the front of the feature.
import { type DurableFrame, type PrivateMessage, Refusal, type UserCard } from "@homeroom/protocol";
import { act, durableFrame, type Turn } from "../../kit/action.ts";
import { readIfAllowed } from "../../kit/allowed.ts";
import type { FrameHandlers, Handlers, OpenLog } from "../../kit/call.ts";
import { gather } from "../../kit/gather.ts";
import type { Kit } from "../../kit/kit.ts";
import { pageOf, pageWindow } from "../../kit/page.ts";
import { isAway, logRef } from "../../kit/ports.ts";
import type { Replay } from "../../kit/replay.ts";
import type { Db } from "../../kit/tables.ts";
import {
  ackFrame,
  deleteMessage,
  editMessage,
  type HoldMessage,
  holdsPrivateMessages,
  messagePage,
  type Place,
  read,
  type ReadAsked,
  type Send,
  sender,
} from "../messages/messages.ts";
import { requireModerator } from "../rooms/rooms.ts";
import { threadLogsFor, threadLogsOf, type ThreadVisit } from "./following.store.ts";
import { openThread } from "./opening.ts";
import { partnerOf, requireParticipant, requirePolicy, requireThreadVoice } from "./private-threads.access.ts";
import { findThread, setThreadActive, type ThreadStanding } from "./private-threads.store.ts";
import { listSheets } from "./thread-sheets.store.ts";
import { viewThread, viewThreads } from "./thread-view.ts";

export { threadIdsOf, threadIdsOfUser } from "./private-threads.store.ts";

type Operations = Pick<
  Handlers,
  | "listPrivateThreads"
  | "openPrivateThread"
  | "getPrivateThread"
  | "updatePrivateThread"
  | "listPrivateMessages"
  | "sendPrivateMessage"
  | "readPrivateThread"
  | "editPrivateMessage"
  | "deletePrivateMessage"
>;

export interface PrivateThreadsFeature {
  operations: Operations;
  frames: Pick<FrameHandlers, "private_message">;
  replay: { thread_updated: Replay };
  holdMessage: HoldMessage<PrivateMessage>;
  logsOf(userId: number): Promise<OpenLog[]>;
  enter(user: UserCard, threadId: number): Promise<OpenLog>;
  isMine(userId: number, threadId: number): Promise<boolean>;
  readThread(user: UserCard, threadId: number, asked: ReadAsked, socket?: number): ReturnType<typeof read>;
  /** Throws where the user may not write now. */
  requireVoice(user: UserCard, threadId: number): Promise<void>;
}

const requireVoice = async (
  kit: Kit,
  db: Db,
  user: UserCard,
  threadId: number,
  now: number | null,
): Promise<ThreadStanding> => {
  const standing = await requireParticipant(db, user, threadId);
  requireThreadVoice(standing, user, now);
  requirePolicy(kit.config, standing.room.private_replies === 1, [...standing.people.values()]);
  return standing;
};

/** A private thread as a place for messages: nobody deletes what the other wrote. */
const placeIn =
  (kit: Kit) =>
  (threadId: number): Place => ({
    log: logRef("thread", threadId),
    read: async (db, user) => {
      await requireParticipant(db, user, threadId);
      return { moderates: false };
    },
    write: async (turn, user, { evenMuted } = { evenMuted: false }) => {
      const { thread, room, people } = await requireVoice(kit, turn.tx, user, threadId, evenMuted ? null : turn.now);
      // What both may read may be quoted to each other.
      const bothIn = [...people.values()].every(({ room_role }) => room_role !== null);
      const files = { uploads: room.allow_uploads === 1, voice: room.allow_voice === 1 };
      // It depends on what both are in the room, whose log this is not.
      return { slowMs: 0, quotesFrom: bothIn ? thread.room_id : null, files, lasting: false };
    },
    sent: (message) => ({ type: "private_message", message: message as PrivateMessage }),
  });

export const privateThreadsFeature = (kit: Kit): PrivateThreadsFeature => {
  const { db } = kit;
  const place = placeIn(kit);
  const send = sender(kit);
  const logFor = gather((visits: readonly ThreadVisit[]) => threadLogsFor(db.read, visits));
  const readThread: PrivateThreadsFeature["readThread"] = async (user, threadId, asked, socket) => {
    const { thread } = await requireParticipant(db.read, user, threadId);
    return read(kit, place(threadId), user, asked, { socket, alsoTell: [partnerOf(thread, user.id)] });
  };
  return {
    operations: operationsOf(kit, place, send, readThread),
    frames: {
      private_message: async (frame, log, { caller: { user } }) => {
        const { type: _type, ref: _ref, thread: _thread, ...draft } = frame;
        return ackFrame(await send(place(log?.id ?? 0), user, draft));
      },
    },
    replay: { thread_updated: threadUpdated },
    holdMessage: holdsPrivateMessages(place),
    logsOf: gather((userIds: readonly number[]) => threadLogsOf(db.read, userIds)),
    enter: async (user, threadId) => {
      const found = await logFor({ userId: user.id, threadId });
      if (!found) throw new Refusal("not_found");
      return found;
    },
    isMine: async (userId, threadId) => (await logFor({ userId, threadId })) !== null,
    readThread,
    requireVoice: async (user, threadId) => void (await requireVoice(kit, db.read, user, threadId, kit.clock.now())),
  };
};

const operationsOf = (
  kit: Kit,
  place: (id: number) => Place,
  send: Send,
  readThread: PrivateThreadsFeature["readThread"],
): Operations => {
  const { db } = kit;
  return {
    listPrivateThreads: async ({ query }, { caller: { user } }) => {
      const rows = await listSheets(db.read, user.id, pageWindow(query));
      const page = pageOf(rows, { path: "/api/chat/private-threads/", query });
      return { status: 200, body: { ...page, results: await viewThreads(kit.config, db.read, page.results, user.id) } };
    },
    openPrivateThread: ({ body }, call) => openThread(kit, call, body),
    getPrivateThread: async ({ params }, { caller: { user } }) => {
      const { thread } = await requireParticipant(db.read, user, params.id);
      return { status: 200, body: await viewThread(kit.config, db.read, thread, user.id) };
    },
    updatePrivateThread: ({ params, body }, { caller: { user } }) => setActive(kit, user, params.id, body.is_active),
    listPrivateMessages: async ({ params, query }, { caller: { user } }) => {
      const { log } = place(params.id);
      const path = `/api/chat/private-threads/${params.id}/messages/`;
      const page = await readIfAllowed(
        db.read,
        () => messagePage(db.read, log, query, path, user.id),
        () => place(params.id).read(db.read, user),
      );
      return { status: 200, body: { ...page, results: page.results as PrivateMessage[] } };
    },
    sendPrivateMessage: async ({ params, body }, { caller: { user } }) => {
      const sent = await send(place(params.id), user, body);
      return { status: sent.duplicate ? 200 : 201, body: sent.message as PrivateMessage };
    },
    readPrivateThread: async ({ params, body }, { caller: { user } }) => ({
      status: 200,
      body: await readThread(user, params.id, body),
    }),
    editPrivateMessage: async ({ params, body }, { caller: { user } }) => {
      const message = await editMessage(kit, "thread", place, user, params.id, body.content);
      return { status: 200, body: message as PrivateMessage };
    },
    deletePrivateMessage: async ({ params }, { caller: { user } }) => {
      await deleteMessage(kit, "thread", place, user, params.id);
      return { status: 204, body: undefined };
    },
  };
};

/** Who leads the room, and answers for it as a teacher or an admin. */
const requireStaffOfRoom = async (turn: Turn, user: UserCard, roomId: number): Promise<void> => {
  await requireModerator(turn.tx, user, roomId);
  if (user.role === "student") throw new Refusal("forbidden");
};

/** Staff of the room close and open its threads, their own or not; for the two people it is a 403. */
const setActive = (kit: Kit, user: UserCard, id: number, isActive: boolean) =>
  act(kit, async (turn) => {
    const thread = await findThread(turn.tx, id);
    if (!thread) throw new Refusal("not_found");
    const log = await turn.lock(logRef("thread", id));
    const isMine = thread.user1_id === user.id || thread.user2_id === user.id;
    await requireStaffOfRoom(turn, user, thread.room_id).catch((error: unknown) => {
      throw error instanceof Refusal && !isAway(error) && !isMine ? new Refusal("not_found") : error;
    });
    if ((thread.is_active === 1) === isActive) {
      return { status: 200 as const, body: await viewThread(kit.config, turn.tx, thread, user.id) };
    }
    const changed = await setThreadActive(turn.tx, id, isActive ? 1 : 0);
    await turn.append(log, { type: "thread_updated", is_active: isActive }, { data: { is_active: isActive } });
    return { status: 200 as const, body: await viewThread(kit.config, turn.tx, changed, user.id) };
  });

const threadUpdated: Replay = (_db, log, rows) =>
  Promise.resolve(
    rows.map((row): DurableFrame => {
      const { is_active } = JSON.parse(row.data ?? "{}") as { is_active: boolean };
      return durableFrame(log, row.seq, { type: "thread_updated", is_active });
    }),
  );
