// A room on the screen, found by the names that assistive technology reads.
import type { Locator, Page } from "playwright-core";
import { settled } from "./motion.ts";

export const roomsList = (page: Page): Locator => page.getByRole("navigation", { name: "Rooms" });
/** The link in the rooms list whose name begins with the room's. */
export const roomLink = (page: Page, name: string): Locator =>
  roomsList(page).getByRole("link", { name: new RegExp(`^${name}`) });
export const log = (page: Page): Locator => page.getByRole("log", { name: "Messages" });
export const composer = (page: Page, room: string): Locator => page.getByRole("textbox", { name: `Message ${room}` });
/** The messages on the screen that say these words themselves, and do not quote them. */
export const message = (page: Page, text: string): Locator =>
  log(page)
    .getByRole("article")
    .filter({ hasText: text, hasNot: page.getByRole("button", { name: text }) });

export const openRoom = async (page: Page, name: string): Promise<void> => {
  await roomLink(page, name).click();
  await composer(page, name).waitFor();
};

/** Writes and sends it, and waits until it stands in the list. */
export const write = async (page: Page, room: string, text: string): Promise<void> => {
  await composer(page, room).fill(text);
  await composer(page, room).press("Enter");
  await message(page, text).waitFor();
};

/** What one can do with a message, from its own bar or from what is behind "More actions". */
export const act = async (page: Page, text: string, action: string): Promise<void> => {
  const row = message(page, text);
  await row.hover();
  const bar = row.getByRole("toolbar", { name: "Message actions" });
  await bar.waitFor();
  const button = bar.getByRole("button", { name: action, exact: true });
  if ((await button.count()) > 0) return button.click();
  await bar.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: action, exact: true }).click();
};

/** The same with a finger that rests on it until the sheet comes; without an action the sheet stays. */
export const actByTouch = async (page: Page, text: string, action: string | null): Promise<void> => {
  const row = message(page, text);
  await row.waitFor();
  // Nor does a finger rest on what still moves: a list that has just come puts its rows anew.
  await settled(log(page));
  await row.scrollIntoViewIfNeeded();
  const box = await row.boundingBox();
  if (!box) throw new Error(`"${text}" is not on the screen`);
  const sheet = page.getByRole("dialog");
  const touch = await page.context().newCDPSession(page);
  const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [point] });
  await sheet.waitFor();
  await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await touch.detach();
  if (action !== null) await sheet.getByRole("button", { name: action, exact: true }).tap();
};

/** The words of the messages on the screen that begin with `prefix`, from top to bottom. */
export const shown = (page: Page, prefix: string): Promise<string[]> =>
  log(page)
    .getByRole("article")
    .evaluateAll((articles, prefix) => {
      const words = articles
        .toSorted((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
        .map((article) => (article as HTMLElement).innerText);
      return words.flatMap((text) => text.match(new RegExp(`${prefix}\\S*`, "g")) ?? []);
    }, prefix);
