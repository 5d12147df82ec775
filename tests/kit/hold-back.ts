// Answers that come when the test lets them.
import type { Page } from "playwright-core";

/** Keeps back what matches, until the answer is called. */
export const holdBack = async (page: Page, what: string | RegExp): Promise<() => void> => {
  const released = Promise.withResolvers<void>();
  await page.route(what, async (route) => {
    await released.promise;
    await route.continue();
  });
  return released.resolve;
};
