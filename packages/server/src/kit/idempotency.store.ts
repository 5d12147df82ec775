// First answers by Idempotency-Key.
import type { Chore } from "./housekeeping.ts";
import type { Db, IdempotencyTable } from "./tables.ts";

export const findAnswer = (tx: Db, { user_id, key }: Pick<IdempotencyTable, "user_id" | "key">) =>
  tx
    .selectFrom("idempotency")
    .select(["digest", "answer"])
    .where("user_id", "=", user_id)
    .where("key", "=", key)
    .executeTakeFirst();

export const keepAnswer = async (tx: Db, row: IdempotencyTable): Promise<void> => {
  await tx.insertInto("idempotency").values(row).execute();
};

const KEPT_MS = 7 * 24 * 60 * 60_000;

/** A week later nobody repeats what they asked. */
export const oldAnswers: Chore = {
  what: "answers that were kept for their Idempotency-Key",
  clear: async (tx, now, rows) => {
    const { numDeletedRows } = await tx
      .deleteFrom("idempotency")
      .where((eb) =>
        eb(
          eb.refTuple("user_id", "key"),
          "in",
          eb
            .selectFrom("idempotency")
            .select(["user_id", "key"])
            .where("created_at", "<", now - KEPT_MS)
            .limit(rows)
            .$asTuple("user_id", "key"),
        ),
      )
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  },
};
