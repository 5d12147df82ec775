// What somebody reads, and whether they may: asked in this order.

/**
 * The permission is asked for when the page has been read: whoever has it then may have all of the page. The other way
 * round, somebody who is removed in between would be shown what was said after they had gone. A refusal goes before
 * whatever else is wrong with what was asked.
 */
export const readIfAllowed = async <T>(page: Promise<T>, requireAllowed: () => Promise<unknown>): Promise<T> => {
  const [found] = await Promise.allSettled([page]);
  await requireAllowed();
  if (found.status === "rejected") throw found.reason;
  return found.value;
};
