// Pictures of every screen from a demo school, to be held against the design: node tests/e2e/shots.mts <folder>
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContextOptions, Page } from "playwright-core";
import { launchChromium } from "../kit/chromium.ts";
import { atRest } from "../kit/motion.ts";
import { openWindow, PHONE, signIn } from "../kit/people.ts";
import { actByTouch, openRoom, roomLink } from "../kit/room-page.ts";
import { startServer } from "../kit/server.ts";

const folder = process.argv[2];
if (!folder) throw new Error("Say where the pictures shall go: node tests/e2e/shots.mts <folder>");
mkdirSync(folder, { recursive: true });

const DEMO_PASSWORD = "homeroom-demo";
const devices: Record<string, BrowserContextOptions> = {
  1440: { viewport: { width: 1440, height: 900 } },
  1024: { viewport: { width: 1024, height: 768 } },
  820: { viewport: { width: 820, height: 1180 } },
  390: PHONE,
};

const [browser, empty, demo] = await Promise.all([
  launchChromium(),
  startServer(),
  startServer({ args: ["--demo"], env: { LIMITS: "off" } }),
]);

/** One picture for each theme. */
const shoot = async (page: Page, name: string) => {
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await page.evaluate(() => document.fonts.ready);
    await atRest(page);
    await page.screenshot({ path: join(folder, `${name}-${theme}.png`) });
  }
};

const entrances = async (width: string, device: BrowserContextOptions) => {
  const first = await openWindow(browser, empty.url, device);
  await first.page.getByRole("heading", { name: "Set up your school" }).waitFor();
  await shoot(first.page, `set-up-${width}`);
  await first.close();
  const window = await openWindow(browser, demo.url, device);
  const { page } = window;
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await shoot(page, `sign-in-${width}`);
  await page.getByRole("button", { name: "Sign in" }).click();
  await shoot(page, `sign-in-mistakes-${width}`);
  await page.getByRole("button", { name: "Make an account" }).click();
  await page.getByLabel("Your name").waitFor();
  await shoot(page, `register-${width}`);
  await window.close();
};

const teacher = async (width: string, device: BrowserContextOptions) => {
  const window = await signIn(browser, demo.url, "teacher1", device, DEMO_PASSWORD);
  const { page } = window;
  const isPhone = device === PHONE;
  const back = async () => {
    if (isPhone) await page.getByRole("button", { name: /^Back/ }).first().click();
  };
  const escape = async () => {
    await page.keyboard.press("Escape");
    await page.waitForTimeout(400);
  };
  await roomLink(page, "Biology 7b").waitFor();
  await shoot(page, `rooms-${width}`);
  await page.getByRole("button", { name: "Settings" }).click();
  await shoot(page, `settings-${width}`);
  await page.getByRole("menuitem", { name: "Your account" }).click();
  await shoot(page, `account-${width}`);
  await escape();
  await page.getByRole("button", { name: "New room" }).click();
  await shoot(page, `new-room-${width}`);
  await escape();
  await openRoom(page, "Biology 7b");
  await page.getByRole("article").last().hover();
  await shoot(page, `room-${width}`);
  if (isPhone) await page.getByRole("button", { name: "Room menu" }).click();
  await page.getByRole(isPhone ? "menuitem" : "button", { name: /\d members/ }).click();
  await shoot(page, `members-${width}`);
  await page
    .getByRole("button", { name: /Actions for/ })
    .first()
    .click();
  await page.getByRole("menuitem", { name: "Remove from room" }).click();
  await shoot(page, `remove-${width}`);
  await escape();
  await page.getByRole("complementary").press("Escape");
  await back();
  await openRoom(page, "Maths olympiad");
  await page.getByRole("button", { name: /join request/ }).click();
  await shoot(page, `requests-${width}`);
  await window.close();
};

const student = async (width: string, device: BrowserContextOptions) => {
  const window = await signIn(browser, demo.url, "student5", device, DEMO_PASSWORD);
  const { page } = window;
  await roomLink(page, "Biology 7b").waitFor();
  await shoot(page, `no-rooms-${width}`);
  await roomLink(page, "Maths olympiad").click();
  await shoot(page, `not-a-member-${width}`);
  await page.getByRole("main").getByRole("button", { name: "Ask to join" }).click();
  await shoot(page, `ask-${width}`);
  await window.close();

  const other = await signIn(browser, demo.url, "student2", device, DEMO_PASSWORD);
  await openRoom(other.page, "Biology 7b");
  await shoot(other.page, `unread-${width}`);
  if (device === PHONE) {
    const text = (await other.page.getByRole("article").last().innerText()).split("\n").at(-1) ?? "";
    await actByTouch(other.page, text, null);
    await shoot(other.page, `actions-${width}`);
    await other.page.keyboard.press("Escape");
    await other.page.waitForTimeout(400);
  }
  await other.context.setOffline(true);
  await other.page.getByText("You are offline").waitFor({ timeout: 20_000 });
  await shoot(other.page, `offline-${width}`);
  await other.close();
};

try {
  for (const [width, device] of Object.entries(devices)) {
    await entrances(width, device);
    await teacher(width, device);
    await student(width, device);
  }
} finally {
  await browser.close();
  await Promise.all([empty.dispose(), demo.dispose()]);
}
