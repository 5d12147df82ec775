// What other features show of messages: counts and the newest one, for many logs at once.
import type { Message, PrivateMessage } from "@homeroom/protocol";
import type { LogRef } from "../../kit/ports.ts";
import type { Db } from "../../kit/tables.ts";
import { viewMessages } from "./message-view.ts";
import { type MessageRow, messagesById, newestOf } from "./messages.store.ts";
import { countUnread } from "./read-marks.store.ts";

/** The newest message of each log of one kind; none where nothing was written. */
export const lastMessages = async (
  db: Db,
  kind: LogRef["kind"],
  logIds: readonly number[],
  viewerId: number,
): Promise<Map<number, Message | PrivateMessage>> => {
  const rows = await newestOf(db, logIds);
  const views = await viewOfMany(db, kind, rows, viewerId);
  return new Map(views.map((view) => ["room" in view ? view.room : view.thread, view]));
};

/** Messages of many logs of one kind, in one go; each with its own log. */
const viewOfMany = async (
  db: Db,
  kind: LogRef["kind"],
  rows: readonly MessageRow[],
  viewerId: number,
): Promise<(Message | PrivateMessage)[]> => {
  const views = await viewMessages(db, { kind, id: 0 }, rows, viewerId);
  return views.map((view, i): Message | PrivateMessage => {
    const log = rows[i]?.log_id ?? 0;
    return "room" in view ? { ...view, room: log } : { ...view, thread: log };
  });
};

/** These messages as they are today, newest first: those that stand in one of the logs and were not deleted. */
export const messagesIn = async (
  db: Db,
  logs: readonly LogRef[],
  ids: readonly number[],
  viewerId: number,
): Promise<(Message | PrivateMessage)[]> => {
  const rows = (await messagesById(db, ids)).filter(({ deleted_at }) => deleted_at === null);
  const of = (kind: LogRef["kind"]) => {
    const here = new Set(logs.filter((log) => log.kind === kind).map(({ id }) => id));
    const some = rows.filter(({ log_id }) => here.has(log_id));
    return viewOfMany(db, kind, some, viewerId);
  };
  return (await Promise.all([of("room"), of("thread")])).flat().toSorted((a, b) => b.id - a.id);
};

export const messageFacts = {
  counts: countUnread,
  lastMessages: async (db: Db, logIds: readonly number[], viewerId: number) =>
    (await lastMessages(db, "room", logIds, viewerId)) as Map<number, Message>,
};
