// What other features show of messages: counts and the newest one, for many logs at once.
import type { Message, PrivateMessage } from "@homeroom/protocol";
import type { LogRef } from "../../kit/ports.ts";
import type { Db } from "../../kit/tables.ts";
import { viewWhole } from "./message-view.ts";
import { quotedFrom, quoteIn } from "./quotes.ts";
import { countUnreadInRooms, threadsShown } from "./read-marks.store.ts";
import { newestOf, wholeById } from "./whole-messages.store.ts";

/** The newest message of each log of one kind, in one query; none where nothing was written. */
export const lastMessages = async (
  db: Db,
  kind: LogRef["kind"],
  logIds: readonly number[],
  viewerId: number,
): Promise<Map<number, Message | PrivateMessage>> => {
  const found = await newestOf(db, logIds, viewerId);
  return new Map(found.map((one) => [one.log_id, viewWhole(kind, one, viewerId)]));
};

/**
 * These messages as they are today, newest first: those that stand in one of the logs and were not deleted. Which logs
 * the viewer may read is asked when the messages were read.
 */
export const messagesIn = async (
  db: Db,
  readable: () => Promise<readonly LogRef[]>,
  ids: readonly number[],
  viewerId: number,
): Promise<(Message | PrivateMessage)[]> => {
  const found = await wholeById(db, ids, viewerId);
  const kinds = new Map((await readable()).map(({ id, kind }) => [id, kind]));
  return found
    .filter(({ deleted_at }) => deleted_at === null)
    .toSorted((a, b) => b.id - a.id)
    .flatMap((one) => {
      const kind = kinds.get(one.log_id);
      return kind ? [viewWhole(kind, one, viewerId)] : [];
    });
};

/** What the list of private threads shows of each, but for its newest message; in one query. */
export const privateThreadFacts = async (db: Db, viewerId: number, ids: readonly number[]) => {
  const shown = await threadsShown(db, viewerId, ids);
  return new Map(
    [...shown].map(([id, { quote, ...counts }]) => [id, { ...counts, quote: quote && quoteIn(id, quotedFrom(quote)) }]),
  );
};

export const messageFacts = {
  counts: countUnreadInRooms,
  lastMessages: async (db: Db, logIds: readonly number[], viewerId: number) =>
    (await lastMessages(db, "room", logIds, viewerId)) as Map<number, Message>,
};
