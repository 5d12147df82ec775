// Queries of one transaction that do not depend on each other, asked in one go.

type Results<T extends readonly unknown[]> = { -readonly [K in keyof T]: Awaited<T[K]> };

/**
 * Waits for all, also when one fails: what is still on its way must not land in the next transaction. Then throws the
 * first failure, in the order given.
 */
export const together = async <const T extends readonly unknown[]>(asked: T): Promise<Results<T>> => {
  const settled = await Promise.allSettled(asked);
  for (const outcome of settled) if (outcome.status === "rejected") throw outcome.reason;
  return settled.map((outcome) => (outcome as PromiseFulfilledResult<unknown>).value) as Results<T>;
};
