// What somebody reads, and whether they may: asked in this order.
import { answersInOrder } from "./prepared.ts";
import type { Db } from "./tables.ts";

/**
 * The permission is asked after the page: whoever has it then may have all of the page. The other way round, somebody who
 * is removed in between would be shown what was said after they had gone. A refusal goes before whatever else is wrong
 * with what was asked. `read` asks one prepared query, and `requireAllowed` begins with one: where the database keeps
 * their order, both travel together.
 */
export const readIfAllowed = async <T>(
  db: Db,
  read: () => Promise<T>,
  requireAllowed: () => Promise<unknown>,
): Promise<T> => {
  const reading = Promise.allSettled([read()]);
  if (!answersInOrder(db)) await reading;
  await requireAllowed();
  const [found] = await reading;
  if (found.status === "rejected") throw found.reason;
  return found.value;
};
