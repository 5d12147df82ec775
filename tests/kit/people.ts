// People in browsers: a school on a server of its own, and windows in which somebody is signed in and watched over.
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";
import { type RunningServer, type ServerOptions, startServer } from "./server.ts";

export const PASSWORD = "correct horse battery";
/** How long a window may take for anything before the test fails. */
const PATIENCE_MS = 10_000;

export interface School extends RunningServer {
  /** Calls the API as one of the people; throws with the answer where it is no success. */
  call<T>(who: string, method: string, path: string, body?: object): Promise<T>;
  roomOf(who: string, name: string, options?: object): Promise<{ id: number; epoch: string }>;
  /** A message of theirs, written without a window. */
  say(who: string, room: number, content: string, more?: object): Promise<{ id: number; seq: number }>;
  /** What they prove themselves with; ten minutes. */
  tokenOf(who: string): string;
}

const post = async (url: string, body: object, token?: string, method = "POST") => {
  const response = await fetch(url, {
    method,
    headers: { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) },
    ...(method !== "GET" && method !== "DELETE" && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  return (text ? JSON.parse(text) : {}) as Record<string, unknown>;
};

/** A server with an admin, the teacher "ms-vogel" and the students "jonas", "aylin" and "linh". */
export const openSchool = async (options: ServerOptions = {}): Promise<School> => {
  const server = await startServer(options);
  const tokens = new Map<string, string>();
  const api = (path: string) => `${server.url}/api${path}`;
  const keep = (who: string, answer: Record<string, unknown>) => tokens.set(who, String(answer["access"]));
  const admin = { username: "admin", display_name: "Ines Baumgartner", password: PASSWORD };
  keep("admin", await post(api("/setup/"), { ...admin, school_name: "Gymnasium am Seepark" }));
  const { code } = await post(api("/invites/"), { role: "teacher" }, tokens.get("admin"));
  const people = [
    { username: "ms-vogel", display_name: "Miriam Vogel", invite_code: code },
    { username: "jonas", display_name: "Jonas Brandt" },
    { username: "aylin", display_name: "Aylin Demir" },
    { username: "linh", display_name: "Linh Nguyen" },
  ];
  for (const person of people) {
    keep(person.username, await post(api("/auth/register/"), { ...person, password: PASSWORD }));
  }
  const call = async <T>(who: string, method: string, path: string, body: object = {}): Promise<T> =>
    (await post(api(path), body, tokens.get(who), method)) as T;
  return {
    ...server,
    call,
    roomOf: (who, name, more = {}) => call(who, "POST", "/chat/rooms/", { name, ...more }),
    say: (who, room, content, more = {}) => call(who, "POST", `/chat/rooms/${room}/messages/`, { content, ...more }),
    tokenOf: (who) => tokens.get(who) ?? "",
  };
};

export interface Window {
  page: Page;
  readonly context: BrowserContext;
  /** Fails when the page called another host, threw, or complained; `allowed` for what the test provoked. */
  expectClean: (allowed?: RegExp) => void;
  close: () => Promise<void>;
}

export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;
export const DESKTOP = { viewport: { width: 1440, height: 900 } } as const;

/** A fresh browser profile at the server's address. */
export const openWindow = async (
  browser: Browser,
  url: string,
  options: BrowserContextOptions = DESKTOP,
  before?: (context: BrowserContext) => Promise<void>,
): Promise<Window> => {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/Berlin", ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    const { host, protocol } = new URL(request.url());
    if (/^(https?|wss?):$/.test(protocol) && host !== new URL(url).host) complaints.push(`called ${request.url()}`);
  });
  opened.add(page);
  page.once("close", () => opened.delete(page));
  await before?.(context);
  await page.goto(url);
  return {
    page,
    context,
    expectClean: (allowed) => expect(complaints.filter((text) => !allowed?.test(text))).toEqual([]),
    close: () => context.close(),
  };
};

const opened = new Set<Page>();

/** What a screen reader would find in every open window: to be printed when a test has failed. */
export const onScreen = async (): Promise<string> => {
  const screens = [...opened].map(async (page) => `${page.url()}\n${await page.locator("body").ariaSnapshot()}`);
  return (await Promise.all(screens)).join("\n\n");
};

/** The same with somebody signed in. The sign-in page has tests of its own; its drawing takes a browser a while. */
export const signIn = async (
  browser: Browser,
  url: string,
  username: string,
  options: BrowserContextOptions = DESKTOP,
  password = PASSWORD,
): Promise<Window> => {
  const window = await openWindow(browser, url, options, async ({ request }) => {
    const data = { username, password, session: "cookie" };
    const answer = await request.post(`${url}/api/auth/login/`, { data, headers: { Origin: url } });
    if (!answer.ok()) throw new Error(`${username} could not sign in: ${await answer.text()}`);
  });
  await window.page.getByRole("navigation", { name: "Rooms" }).waitFor();
  return window;
};
