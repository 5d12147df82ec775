// First answers by Idempotency-Key.
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
