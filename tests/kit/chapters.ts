// A story that is told in chapters, each of which stands on the one before it: on which devices, in which browser.
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { launchChromium } from "./chromium.ts";
import { isAll } from "./extent.ts";
import { DESKTOP, onScreen, PHONE } from "./people.ts";

/** What somebody else does is to be seen within a second. */
export const SOON = { timeout: 1_000 };

export type Device = [name: string, options: BrowserContextOptions];
const DESKS: Device = ["two desks", DESKTOP];
const DESK_AND_PHONE: Device = ["a desk and a phone", PHONE];

/** The gate tells a story on one pair of devices, and another story on the other. */
export const devicesFor = (inGate: "desks" | "phone"): Device[] =>
  [DESKS, DESK_AND_PHONE].filter((device) => isAll || (device === DESKS) === (inGate === "desks"));

/** To be called once at the top of a file. */
export const openBrowser = (): { readonly now: Browser } => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());
  return {
    get now() {
      return browser;
    },
  };
};

/** To be called at the top of a story: after a failure the rest would only wait for what cannot come. */
export const inChapters = (): void => {
  let isOver = false;
  beforeEach(({ skip }) => skip(isOver));
  afterEach(async ({ task }) => {
    if (task.result?.state !== "fail") return;
    isOver = true;
    console.error(await onScreen());
  });
};

/** From now on a reload would be noticed. */
export const watchReloads = (...pages: Page[]): Promise<unknown> =>
  Promise.all(pages.map((page) => page.evaluate(() => Object.assign(window, { hasNotReloaded: true }))));

export const hasReloaded = (page: Page): Promise<boolean> =>
  page.evaluate(() => (window as { hasNotReloaded?: boolean }).hasNotReloaded !== true);
