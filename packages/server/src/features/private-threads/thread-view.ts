// Private threads as their people see them.
import type { PrivateMessage, PrivateThread } from "@homeroom/protocol";
import type { Config } from "../../config.ts";
import { toCard } from "../../kit/cards.store.ts";
import { instant } from "../../kit/kit.ts";
import type { Db } from "../../kit/tables.ts";
import { together } from "../../kit/together.ts";
import { lastMessages, privateThreadFacts } from "../messages/messages.ts";
import { writeRefusal } from "./private-threads.access.ts";
import type { ThreadRow } from "./private-threads.store.ts";
import { getSheet, type ThreadSheet } from "./thread-sheets.store.ts";

/** In the order of the sheets; two queries. */
export const viewThreads = async (
  config: Config,
  db: Db,
  sheets: readonly ThreadSheet[],
  viewerId: number,
): Promise<PrivateThread[]> => {
  // Staff who only open or close a thread see that it is there, not what is said in it.
  const isMine = ({ thread }: ThreadSheet) => thread.user1_id === viewerId || thread.user2_id === viewerId;
  const ids = sheets.filter(isMine).map(({ thread }) => thread.id);
  const [facts, last] = await together([
    privateThreadFacts(db, viewerId, ids),
    lastMessages(db, "thread", ids, viewerId),
  ]);
  return sheets.map((sheet) => {
    const { thread, user1, user2, standing } = sheet;
    const mine = isMine(sheet);
    const write_refusal = mine ? writeRefusal(config, standing, viewerId) : null;
    const partner = thread.user1_id === viewerId ? user2 : user1;
    return {
      id: thread.id,
      room: thread.room_id,
      owner_message: thread.owner_message,
      owner_preview: facts.get(thread.id)?.quote ?? null,
      user1: toCard(user1.card),
      user2: toCard(user2.card),
      is_active: thread.is_active === 1,
      can_write: mine && write_refusal === null,
      write_refusal,
      epoch: sheet.epoch,
      last_seq: sheet.head,
      unread_count: facts.get(thread.id)?.unread_count ?? 0,
      partner_read: mine ? partner.read : null,
      last_message: (last.get(thread.id) as PrivateMessage | undefined) ?? null,
      created_at: instant(thread.created_at),
    };
  });
};

export const viewThread = async (
  config: Config,
  db: Db,
  { id }: Pick<ThreadRow, "id">,
  viewerId: number,
): Promise<PrivateThread> => {
  const [view] = await viewThreads(config, db, [await getSheet(db, id)], viewerId);
  return view as PrivateThread;
};
