// Much history at once: messages as `send` stores them, in one transaction.
import type { Kit } from "../../packages/server/src/kit/kit.ts";
import { indexMessages } from "../../packages/server/src/kit/message-words.store.ts";

const ROWS_AT_ONCE = 500;
const INDEXED_AT_ONCE = 20;

/** While nobody follows the log: nothing is announced. Answers the log's head. */
export const fill = (
  { db, clock }: Pick<Kit, "db" | "clock">,
  roomId: number,
  senderId: number,
  count: number,
  content: (i: number) => string = (i) => `message ${i}`,
): Promise<number> =>
  db.write(async (tx) => {
    const log = await tx.selectFrom("logs").select("head").where("id", "=", roomId).executeTakeFirstOrThrow();
    const created_at = clock.now();
    for (let from = 0; from < count; from += ROWS_AT_ONCE) {
      const seqs = Array.from({ length: Math.min(ROWS_AT_ONCE, count - from) }, (_, i) => log.head + from + i + 1);
      const rows = seqs.map((seq) => ({
        log_id: roomId,
        seq,
        sender_id: senderId,
        client_id: null,
        first_digest: "",
        content: content(seq),
        reply_to: null,
        thread_root: null,
        also_in_room: 0 as const,
        created_at,
      }));
      const made = await tx
        .insertInto("messages")
        .values(rows)
        .returning(["id", "seq", "log_id", "sender_id", "content"])
        .execute();
      // Long words take long to index, and a database that does not answer within 2 s is taken for away.
      for (let at = 0; at < made.length; at += INDEXED_AT_ONCE) {
        await indexMessages(tx, made.slice(at, at + INDEXED_AT_ONCE));
      }
      const events = made.map(({ id, seq }) => ({
        log_id: roomId,
        seq,
        type: "chat_message",
        message_id: id,
        user_id: null,
        data: null,
        created_at,
      }));
      await tx.insertInto("events").values(events).execute();
    }
    const head = log.head + count;
    await tx.updateTable("logs").set({ head }).where("id", "=", roomId).execute();
    return head;
  });
