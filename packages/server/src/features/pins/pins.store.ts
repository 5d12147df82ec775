// Pins as marks on messages: the seq of the event that pinned it, which is also their order.
import type { Db } from "../../kit/tables.ts";

export const setPinned = async (tx: Db, messageId: number, pinned_seq: number | null): Promise<void> => {
  await tx.updateTable("messages").set({ pinned_seq }).where("id", "=", messageId).execute();
};

const pinned = (db: Db, roomId: number) =>
  db.selectFrom("messages").where("log_id", "=", roomId).where("pinned_seq", "is not", null);

export const countPins = async (db: Db, roomId: number): Promise<number> => {
  const row = await pinned(db, roomId)
    .select((eb) => eb.fn.countAll<number | string>().as("pins"))
    .executeTakeFirstOrThrow();
  return Number(row.pins);
};

export const pinsQuery = (db: Db, roomId: number) => pinned(db, roomId).select("id").orderBy("pinned_seq", "desc");

/** Their ids, the newest pin first. */
export const listPinned = async (
  db: Db,
  roomId: number,
  { rows, offset }: { rows: number; offset: number },
): Promise<number[]> => {
  const found = await pinsQuery(db, roomId).limit(rows).offset(offset).execute();
  return found.map(({ id }) => id);
};

/** Which of these messages are pinned now. */
export const pinnedAmong = async (db: Db, messageIds: readonly number[]): Promise<Set<number>> => {
  const rows = await db
    .selectFrom("messages")
    .select("id")
    .where("id", "in", [...messageIds])
    .where("pinned_seq", "is not", null)
    .execute();
  return new Set(rows.map(({ id }) => id));
};
