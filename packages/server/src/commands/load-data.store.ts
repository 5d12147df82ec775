// Rows by the thousand for benchmarks, written past the features but by the laws of the log: seqs without gaps, one
// event for each, the head at the last, counts that are right.
import { createHash } from "node:crypto";
import { foldName } from "../features/accounts/accounts.ts";
import { lockLog, type LogState } from "../kit/log.ts";
import { indexMessages } from "../kit/message-words.store.ts";
import type { LogRef } from "../kit/ports.ts";
import { type Db, flag } from "../kit/tables.ts";

/** Rows of one statement: below the number of values that SQLite and PostgreSQL take (32,766 and 65,535). */
const ROWS = 2_000;

const inChunks = async <T>(items: readonly T[], write: (some: readonly T[]) => Promise<unknown>): Promise<void> => {
  for (let i = 0; i < items.length; i += ROWS) await write(items.slice(i, i + ROWS));
};

const held = async (tx: Db, log: LogRef): Promise<LogState> => {
  const state = await lockLog(tx, log);
  if (!state) throw new Error(`log ${log.id} is missing`);
  return state;
};

const moveHead = (tx: Db, log: LogRef, head: number, rights_seq: number) =>
  tx.updateTable("logs").set({ head, rights_seq }).where("id", "=", log.id).execute();

export const hasUser = async (db: Db, username: string): Promise<boolean> =>
  (await db.selectFrom("users").select("id").where("username_key", "=", foldName(username)).executeTakeFirst()) !==
  undefined;

export interface LoadUser {
  username: string;
  display_name: string;
  role: string;
  password_hash: string;
}

/** Answers their ids, in the order given. */
export const insertUsers = async (tx: Db, users: readonly LoadUser[], now: number): Promise<number[]> => {
  const ids = new Map<string, number>();
  await inChunks(users, async (some) => {
    const rows = some.map((user) => ({
      ...user,
      username_key: foldName(user.username),
      is_active: flag(true),
      created_at: now,
    }));
    const made = await tx.insertInto("users").values(rows).returning(["id", "username"]).execute();
    for (const { id, username } of made) ids.set(username, id);
  });
  return users.map(({ username }) => ids.get(username) ?? 0);
};

/** Makes them members of the room; each comes with an event of its own and has read up to it. */
export const admitMembers = async (tx: Db, room: LogRef, userIds: readonly number[], now: number): Promise<void> => {
  const { head } = await held(tx, room);
  const joined = userIds.map((user_id, i) => ({ user_id, seq: head + 1 + i }));
  await inChunks(joined, async (some) => {
    const place = { room_id: room.id, room_role: "member" as const, joined_at: now, kicked: flag(false) };
    await tx
      .insertInto("memberships")
      .values(some.map(({ user_id }) => ({ ...place, user_id })))
      .execute();
    const event = { log_id: room.id, type: "user_joined", created_at: now };
    await tx
      .insertInto("events")
      .values(some.map((one) => ({ ...event, ...one })))
      .execute();
    await tx
      .insertInto("read_marks")
      .values(some.map((one) => ({ log_id: room.id, ...one })))
      .execute();
  });
  const last = head + joined.length;
  await moveHead(tx, room, last, last);
  await tx
    .updateTable("rooms")
    .set((eb) => ({ participant_count: eb("participant_count", "+", joined.length) }))
    .where("id", "=", room.id)
    .execute();
};

export interface LoadMessage {
  sender_id: number;
  content: string;
  created_at: number;
}

/** Appends them to the room's log, in the order given. */
export const insertMessages = async (tx: Db, room: LogRef, messages: readonly LoadMessage[]): Promise<void> => {
  const { head, rightsSeq } = await held(tx, room);
  let seq = head;
  await inChunks(messages, async (some) => {
    const rows = some.map((message) => ({
      ...message,
      log_id: room.id,
      seq: ++seq,
      first_digest: createHash("sha256").update(message.content).digest("base64url"),
      also_in_room: flag(false),
    }));
    const made = await tx
      .insertInto("messages")
      .values(rows)
      .returning(["id", "log_id", "sender_id", "content"])
      .execute();
    await indexMessages(tx, made);
  });
  await tx
    .insertInto("events")
    .columns(["log_id", "seq", "type", "message_id", "created_at"])
    .expression((eb) =>
      eb
        .selectFrom("messages")
        .select((m) => ["log_id", "seq", m.val("chat_message").as("type"), "id", "created_at"])
        .where("log_id", "=", room.id)
        .where("seq", ">", head),
    )
    .execute();
  await moveHead(tx, room, seq, rightsSeq);
};

/** Everybody in the room has read everything. */
export const markAllRead = async (tx: Db, room: LogRef): Promise<void> => {
  const { head } = await held(tx, room);
  await tx.updateTable("read_marks").set({ seq: head }).where("log_id", "=", room.id).execute();
};
