// What other features show of messages: counts and the newest one, for many logs at once.
import type { Message, PrivateMessage } from "@homeroom/protocol";
import type { LogRef } from "../../kit/ports.ts";
import type { Db } from "../../kit/tables.ts";
import { viewMessages } from "./message-view.ts";
import { newestOf } from "./messages.store.ts";
import { countUnread } from "./read-marks.store.ts";

/** The newest message of each log of one kind; none where nothing was written. */
export const lastMessages = async (
  db: Db,
  kind: LogRef["kind"],
  logIds: readonly number[],
  viewerId: number,
): Promise<Map<number, Message | PrivateMessage>> => {
  const rows = await newestOf(db, logIds);
  const byLog = new Map<number, Message | PrivateMessage>();
  const views = await viewMessages(db, { kind, id: 0 }, rows, viewerId);
  for (const [i, row] of rows.entries()) {
    const view = views[i];
    // The views were made for many logs at once; each gets its own.
    if (view) byLog.set(row.log_id, kind === "room" ? { ...view, room: row.log_id } : { ...view, thread: row.log_id });
  }
  return byLog;
};

export const messageFacts = {
  counts: countUnread,
  lastMessages: async (db: Db, logIds: readonly number[], viewerId: number) =>
    (await lastMessages(db, "room", logIds, viewerId)) as Map<number, Message>,
};
