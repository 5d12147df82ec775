// Every screen, panel and dialog on the narrowest of screens and at 200 % zoom: nothing to scroll sideways, nothing cut off.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isAll, someOf } from "../kit/extent.ts";
import { launchChromium } from "../kit/chromium.ts";
import { atRest } from "../kit/motion.ts";
import { openWindow, PHONE, signIn } from "../kit/people.ts";
import { type RunningServer, startServer } from "../kit/server.ts";
import { entrance, lists } from "../screens/entrance.screens.ts";
import { files } from "../screens/file.screens.ts";
import { room } from "../screens/room.screens.ts";
import type { Screen, Stage } from "../screens/stage.ts";

const PASSWORD = "homeroom-demo";
const NARROW = { width: 320, height: 640 };
/** What is left of 1366 × 768: a page that is zoomed to 200 % has half of the pixels. */
const ZOOMED = { width: 683, height: 384 };
const DEVICE = { ...PHONE, viewport: NARROW };

let demo: RunningServer;
let empty: RunningServer;
let browser: Browser;
const tokens = new Map<string, string>();
beforeAll(async () => {
  const env = { LIMITS: "off" };
  [demo, empty, browser] = await Promise.all([startServer({ args: ["--demo"], env }), startServer(), launchChromium()]);
});
afterAll(async () => {
  await browser.close();
  await Promise.all([demo.dispose(), empty.dispose()]);
});

const send = async (method: string, path: string, body?: object, token?: string) => {
  const headers = { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) };
  const answer = await fetch(`${demo.url}/api${path}`, { method, headers, body: body ? JSON.stringify(body) : null });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return (text ? JSON.parse(text) : {}) as Record<string, unknown>;
};
const call: Stage["call"] = async (who, method, path, body) => {
  const known = tokens.get(who);
  const token = known ?? String((await send("POST", "/auth/login/", { username: who, password: PASSWORD }))["access"]);
  tokens.set(who, token);
  return send(method, path, body ?? (method === "GET" || method === "DELETE" ? undefined : {}), token);
};

/** What cannot be seen or reached whole. */
const cutOff = (page: Page): Promise<string[]> =>
  page.evaluate(({ width, height }) => {
    const found: string[] = [];
    const nameOf = (element: Element) =>
      `${element.tagName.toLowerCase()}.${element.className} “${(element.getAttribute("aria-label") ?? element.textContent ?? "").trim().slice(0, 50)}”`;
    const root = document.documentElement;
    if (root.scrollWidth > width) found.push(`the page is ${root.scrollWidth - width} px too wide`);
    const isShown = (element: HTMLElement) =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && element.clientWidth > 2;
    const isScroller = (style: CSSStyleDeclaration, axis: "overflowX" | "overflowY") => /auto|scroll/.test(style[axis]);
    for (const element of document.body.querySelectorAll<HTMLElement>("*")) {
      if (!isShown(element) || element.closest("[inert], .hr-vh, .hr-skip, svg")) continue;
      const style = getComputedStyle(element);
      const isCode = element.closest("pre") !== null;
      if (!isCode && isScroller(style, "overflowX") && element.scrollWidth > element.clientWidth + 1) {
        found.push(`scrolls sideways by ${element.scrollWidth - element.clientWidth} px: ${nameOf(element)}`);
      }
      if (!element.matches("a, button, input, select, textarea, [role=option], [role^=menuitem], h1, h2, p, label"))
        continue;
      if (isCode || element.closest("pre")) continue;
      const box = element.getBoundingClientRect();
      if (box.left < -1 || box.right > width + 1) found.push(`beyond the edge: ${nameOf(element)}`);
      // Above or below the screen it must be possible to scroll there.
      let parent = element.parentElement;
      while (parent && !isScroller(getComputedStyle(parent), "overflowY")) parent = parent.parentElement;
      const isOut = box.bottom > height + 1 || box.top < -1;
      if (isOut && !parent && root.scrollHeight <= height + 1) found.push(`out of reach: ${nameOf(element)}`);
    }
    return [...new Set(found)];
    // Not `innerWidth`: a phone zooms out where something is too wide.
  }, page.viewportSize() ?? NARROW);

const openFor = ({ who }: Screen) => {
  if (who === "first") return openWindow(browser, empty.url, DEVICE);
  if (who === "nobody") return openWindow(browser, demo.url, DEVICE);
  return signIn(browser, demo.url, who, DEVICE, PASSWORD);
};

/** Opens it on the narrow screen, and zooms what is open. */
const faultsOf = async (screen: Screen): Promise<string[]> => {
  const { page, context, close } = await openFor(screen);
  const left: (() => Promise<unknown>)[] = [];
  const after = (work: () => Promise<unknown>) => void left.push(work);
  try {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await screen.show({ page, context, width: "390", isPhone: true, call, after });
    const narrow = await cutOff(page);
    await page.setViewportSize(ZOOMED);
    await atRest(page);
    const zoomed = await cutOff(page);
    return [...narrow.map((fault) => `320 px: ${fault}`), ...zoomed.map((fault) => `200 %: ${fault}`)];
  } catch (error) {
    return [`did not come: ${String(error).slice(0, 300)}`];
  } finally {
    await close();
    for (const work of left) await work();
  }
};

/** By its address: the one of the pictures is far up in its room. */
const thread: Screen = {
  name: "thread",
  who: "student1",
  show: async ({ page, call }) => {
    const { results } = await call("student1", "GET", "/chat/threads/");
    const [root] = results as { id: number; room: number }[];
    await page.goto(`${demo.url}/rooms/${root?.room}/thread/${root?.id}`);
    await page.getByRole("log", { name: "Thread replies" }).getByRole("article").first().waitFor();
  },
};
const rooms = [...room.filter(({ name }) => name !== thread.name), thread];

// A screen whose steps need a wide window is another one on a narrow one.
const isNarrow = ({ widths }: Screen) => !widths || widths.includes("390");
const groups: [string, readonly Screen[]][] = [
  ["the entrance", entrance],
  ["lists, and what stands around a room", lists],
  ["rooms, with half of their panels and dialogs", rooms.filter((_, index) => index % 2 === 0)],
  ["rooms, with the other half", rooms.filter((_, index) => index % 2 > 0)],
  ["files", files],
];
/** Of the rooms, the gate looks at what phone.test.ts opens. */
const tried = isAll ? groups : groups.slice(0, 2);

describe("68: at 320 px and at 200 % nothing scrolls sideways and nothing is cut off", () => {
  it.each(tried)("%s", { timeout: 240_000 }, async (_, screens) => {
    const found: string[] = [];
    for (const screen of someOf(screens.filter(isNarrow), 2)) {
      found.push(...(await faultsOf(screen)).map((fault) => `${screen.name}: ${fault}`));
    }
    expect(found).toEqual([]);
  });

  it("what is cut off would be noticed", async () => {
    const { page, close } = await openWindow(browser, demo.url, DEVICE);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(await cutOff(page)).toEqual([]);
    await page.evaluate(() => {
      document.querySelector("form")?.insertAdjacentHTML("beforeend", '<p id="wide">Far out</p>');
      const wide = document.querySelector<HTMLElement>("#wide");
      wide?.style.setProperty("width", "400px");
    });
    expect(await cutOff(page)).not.toEqual([]);
    await close();
  });
});
