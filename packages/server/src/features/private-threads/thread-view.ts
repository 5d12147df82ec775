// Private threads as their people see them.
import type { PrivateMessage, PrivateThread } from "@homeroom/protocol";
import type { Config } from "../../config.ts";
import { cardFrom, cardsOf } from "../../kit/cards.store.ts";
import { instant } from "../../kit/kit.ts";
import type { Db } from "../../kit/tables.ts";
import { lastMessages, messageFacts, quotesInThreads } from "../messages/messages.ts";
import { writeRefusal } from "./private-threads.access.ts";
import { findThreadStandings, logStates, partnerMarks, type ThreadRow } from "./private-threads.store.ts";

/** In the order of the rows; a fixed number of queries. */
export const viewThreads = async (
  config: Config,
  db: Db,
  rows: readonly ThreadRow[],
  viewerId: number,
): Promise<PrivateThread[]> => {
  if (rows.length === 0) return [];
  const ids = rows.map((r) => r.id);
  const [logs, counts, last, cards, standings, quotes, marks] = await Promise.all([
    logStates(db, ids),
    messageFacts.counts(db, viewerId, ids),
    lastMessages(db, "thread", ids, viewerId),
    cardsOf(
      db,
      rows.flatMap((r) => [r.user1_id, r.user2_id]),
    ),
    findThreadStandings(db, ids),
    quotesInThreads(
      db,
      rows.flatMap((r) => (r.owner_message === null ? [] : [{ thread: r.id, message: r.owner_message }])),
    ),
    partnerMarks(db, viewerId, rows),
  ]);
  return rows.map((row) => {
    // Staff who only open or close a thread see that it is there, not what is said in it.
    const isMine = row.user1_id === viewerId || row.user2_id === viewerId;
    const standing = standings.get(row.id);
    const write_refusal = isMine && standing ? writeRefusal(config, standing, viewerId) : null;
    return {
      id: row.id,
      room: row.room_id,
      owner_message: row.owner_message,
      owner_preview: isMine ? (quotes.get(row.id) ?? null) : null,
      user1: cardFrom(cards, row.user1_id),
      user2: cardFrom(cards, row.user2_id),
      is_active: row.is_active === 1,
      can_write: isMine && write_refusal === null,
      write_refusal,
      epoch: logs.get(row.id)?.epoch ?? "",
      last_seq: logs.get(row.id)?.head ?? 0,
      unread_count: isMine ? (counts.get(row.id)?.unread_count ?? 0) : 0,
      partner_read: isMine ? (marks.get(row.id) ?? 0) : null,
      last_message: isMine ? ((last.get(row.id) as PrivateMessage | undefined) ?? null) : null,
      created_at: instant(row.created_at),
    };
  });
};

export const viewThread = async (config: Config, db: Db, row: ThreadRow, viewerId: number): Promise<PrivateThread> => {
  const [view] = await viewThreads(config, db, [row], viewerId);
  return view as PrivateThread;
};
