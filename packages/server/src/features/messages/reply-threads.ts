// Reply threads of rooms: reading them, following them, the list of those one follows.
import { type Message, Refusal, type UserCard } from "@homeroom/protocol";
import { act } from "../../kit/action.ts";
import { readIfAllowed } from "../../kit/allowed.ts";
import type { Handlers } from "../../kit/call.ts";
import type { Kit } from "../../kit/kit.ts";
import { logHead } from "../../kit/log.ts";
import { pageOf, pageWindow } from "../../kit/page.ts";
import { isAway, logRef } from "../../kit/ports.ts";
import type { Db } from "../../kit/tables.ts";
import { requireMember, requireReader } from "../rooms/rooms.ts";
import { followedRoots } from "./followed-threads.store.ts";
import { linksBySeq, pageSpan, sliceBySeq } from "./history.ts";
import { threadMessages } from "./message-pages.store.ts";
import { viewMessage, viewWhole } from "./message-view.ts";
import { findInKind, type MessageRow } from "./messages.store.ts";
import { moveThreadMark, setFollowing, threadUnread } from "./reply-threads.store.ts";
import type { WholeMessage } from "./whole-messages.store.ts";

/** A room's message that the user may read now; 404 for everybody else, whether it exists or not. */
export const roomMessage = async (db: Db, user: UserCard, id: number): Promise<MessageRow> => {
  const found = await findInKind(db, id, "room");
  const readable = found && (await requireMember(db, user, found.log_id).then(() => true, isRefusal));
  if (!found || !readable) throw new Refusal("not_found");
  return found;
};

const isRefusal = (error: unknown): false => {
  if (error instanceof Refusal && !isAway(error)) return false;
  throw error;
};

/** The message a thread grows from. */
const requireRoot = async (db: Db, user: UserCard, id: number): Promise<MessageRow> => {
  const found = await roomMessage(db, user, id);
  if (found.thread_root !== null) throw new Refusal("not_found");
  return found;
};

/** A message of a room as somebody sees it. */
const viewIn = (found: WholeMessage, user: UserCard): Message => viewWhole("room", found, user.id) as Message;

type Operations = Pick<Handlers, "getThread" | "followThread" | "unfollowThread" | "readThread" | "listThreads">;

export const replyThreadOperations = (kit: Kit): Operations => {
  const { db } = kit;
  const view = async (tx: Db, row: MessageRow, userId: number) =>
    (await viewMessage(tx, logRef("room", row.log_id), row, userId)) as Message;

  const follow = (user: UserCard, id: number, following: 0 | 1) =>
    act(kit, async (turn) => {
      const { tx } = turn;
      const root = await requireRoot(tx, user, id);
      await setFollowing(tx, { root_id: id, user_id: user.id, following, read_seq: root.seq });
      const log = logRef("room", root.log_id);
      const choice = { room: log.id, message_id: id, following: following === 1 };
      turn.tell([user.id], { type: "my_thread_changed", ...choice }, log);
      return { status: 200 as const, body: await view(tx, root, user.id) };
    });

  return {
    getThread: async ({ params, query }, { caller: { user } }) => {
      const asked = { ...query, ...fromStart(query) };
      const { root, following, ...all } = await readIfAllowed(
        db.read,
        () => threadMessages(db.read, params.id, user.id, pageSpan(asked)),
        () => requireReader(db.read, user, params.id),
      );
      if (!root || root.thread_root !== null) throw new Refusal("not_found");
      const found = sliceBySeq({ ...all, centre: null }, asked);
      const path = `/api/chat/messages/${root.id}/thread/`;
      return {
        status: 200,
        body: {
          root: viewIn(root, user),
          // Who began a thread follows it, once somebody replies and unless they chose otherwise.
          following: following === null ? root.sender.id === user.id : following === 1,
          results: found.rows.map((row) => viewIn(row, user)),
          ...linksBySeq(found, query, path, ""),
        },
      };
    },
    followThread: ({ params }, { caller }) => follow(caller.user, params.id, 1),
    unfollowThread: ({ params }, { caller }) => follow(caller.user, params.id, 0),
    readThread: ({ params, body }, { caller: { user } }) =>
      act(kit, async ({ tx }) => {
        const root = await requireRoot(tx, user, params.id);
        const log = await logHead(tx, root.log_id);
        const read_seq = Math.min(body.seq, log?.head ?? 0);
        const stands = await moveThreadMark(tx, { root_id: root.id, user_id: user.id, read_seq });
        const unread_count = await threadUnread(tx, user.id, root.id);
        // Who does not follow has read nothing but the root, as far as anybody knows.
        return { status: 200, body: { seq: stands ?? root.seq, unread_count } };
      }),
    listThreads: async ({ query }, { caller: { user } }) => {
      const roots = await followedRoots(db.read, user.id, pageWindow(query));
      const page = pageOf(roots, { path: "/api/chat/threads/", query });
      return { status: 200, body: { ...page, results: page.results.map((root) => viewIn(root, user)) } };
    },
  };
};

/** A thread is read from its beginning unless asked otherwise. */
const fromStart = (query: { before?: number | undefined; after?: number | undefined }) =>
  query.before === undefined && query.after === undefined ? { after: 0 } : {};
