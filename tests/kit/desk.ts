// What every browser test sits down to: a school, a browser, and windows that are watched and cleared away.
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { launchChromium } from "./chromium.ts";
import { onScreen, openSchool, openWindow, type School, signIn, type Window } from "./people.ts";
import { openProxy, type Proxy } from "./proxy.ts";
import type { ServerOptions } from "./server.ts";

/** How the browser itself, not the page, complains of a network that was cut. */
export const NETWORK_TROUBLE = /net::ERR_|WebSocket connection to/;

export interface Desk {
  readonly school: School;
  readonly browser: Browser;
  /** Between the windows of `behindProxy` and the school. A new one for each test. */
  readonly proxy: Proxy;
  /** A window in which somebody has signed in. */
  window(who: string, options?: BrowserContextOptions): Promise<Page>;
  /** The same over the network that can be broken. */
  behindProxy(who: string, options?: BrowserContextOptions): Promise<Page>;
  /** A window in which nobody has. */
  stranger(options?: BrowserContextOptions): Promise<Page>;
  /** A public room with these people in it; the first one leads it. */
  room(name: string, people: readonly [string, ...string[]], options?: object): Promise<number>;
  /** `history-1.` to `history-<count>.`, of two lines each, which the readers have read. */
  history(room: number, count: number, people: { by: string; readers: readonly string[] }): Promise<void>;
  /** Complaints on the console that this test provokes; any other one fails it. */
  allow(complaint: RegExp): void;
}

/** To be called once at the top of a file: opens before its tests, closes after them. */
export const openDesk = (options: ServerOptions = {}): Desk => {
  let school: School;
  let browser: Browser;
  let proxy: Proxy;
  const windows: Window[] = [];
  const allowed: RegExp[] = [];
  const keep = async (opening: Promise<Window>) => {
    const window = await opening;
    windows.push(window);
    return window.page;
  };

  beforeAll(async () => {
    const env = { LIMITS: "off", ...options.env };
    [school, browser] = await Promise.all([openSchool({ ...options, env }), launchChromium()]);
    proxy = await openProxy(school.url);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") console.error(await onScreen());
    const pattern = allowed.length > 0 ? new RegExp(allowed.map(({ source }) => source).join("|")) : undefined;
    const opened = windows.splice(0);
    allowed.length = 0;
    await Promise.all(opened.map((window) => window.close()));
    await proxy.close();
    proxy = await openProxy(school.url);
    for (const window of opened) window.expectClean(pattern);
  });
  afterAll(async () => {
    await Promise.all([browser.close(), proxy.close()]);
    await school.dispose();
  });

  return {
    get school() {
      return school;
    },
    get browser() {
      return browser;
    },
    get proxy() {
      return proxy;
    },
    window: (who, windowOptions) => keep(signIn(browser, school.url, who, windowOptions)),
    behindProxy: (who, windowOptions) => keep(signIn(browser, proxy.url, who, windowOptions)),
    stranger: (windowOptions) => keep(openWindow(browser, school.url, windowOptions)),
    async room(name, [host, ...members], roomOptions = {}) {
      const { id } = await school.roomOf(host, name, { public: true, ...roomOptions });
      for (const member of members) await school.call(member, "POST", `/chat/rooms/${id}/join/`);
      return id;
    },
    async history(room, count, { by, readers }) {
      let last = 0;
      for (let n = 1; n <= count; n += 1) {
        ({ seq: last } = await school.say(by, room, `history-${n}.\nwith a second line`));
      }
      for (const reader of readers) await school.call(reader, "POST", `/chat/rooms/${room}/read/`, { seq: last });
    },
    allow: (complaint) => void allowed.push(complaint),
  };
};
