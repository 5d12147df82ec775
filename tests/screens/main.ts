// `npm run screens`: pictures of every screen, dialog and panel of the demo school, to be held against the design.
//   npm run screens -- [folder] [--only thread] [--width 390] [--beside <folder with pictures>]
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs, stripVTControlCharacters } from "node:util";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { launchChromium } from "../kit/chromium.ts";
import { atRest } from "../kit/motion.ts";
import { openWindow, PHONE, signIn } from "../kit/people.ts";
import { startServer } from "../kit/server.ts";
import { buildClient, type Served, serveClient, serveGallery } from "./client.ts";
import { entrance, lists } from "./entrance.screens.ts";
import { files } from "./file.screens.ts";
import { boards } from "./gallery.screens.ts";
import { room } from "./room.screens.ts";
import { makeSheet } from "./sheet.ts";
import { type Screen, type Stage, type Width, WIDTHS } from "./stage.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: "string", multiple: true }, width: { type: "string" }, beside: { type: "string" } },
});
const folder = positionals[0] ?? "screens";
const options = { folder, beside: values.beside ?? null };
const wanted = ({ name }: Screen) => !values.only || values.only.some((part) => name.includes(part));
const isWidth = (width: Width) => !values.width || values.width === width;

const PASSWORD = "homeroom-demo";
/** For each step: what is not there by then is missing. */
const PATIENCE_MS = 6_000;
const devices: Record<Width, BrowserContextOptions> = {
  1440: { viewport: { width: 1440, height: 900 } },
  1024: { viewport: { width: 1024, height: 768 } },
  390: PHONE,
};

interface Set {
  browser: Browser;
  urls: Record<"demo" | "empty" | "gallery", string>;
  call: Stage["call"];
}

/** Calls the school as one of its people, with a token that is fetched once. */
function caller(url: string): Stage["call"] {
  const tokens = new Map<string, string>();
  const send = async (method: string, path: string, body?: object, token?: string) => {
    const headers = { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) };
    const answer = await fetch(`${url}/api${path}`, { method, headers, body: body ? JSON.stringify(body) : null });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text ? JSON.parse(text) : {}) as Record<string, unknown>;
  };
  return async (who, method, path, body) => {
    const token =
      tokens.get(who) ?? String((await send("POST", "/auth/login/", { username: who, password: PASSWORD }))["access"]);
    tokens.set(who, token);
    return send(method, path, body ?? (method === "GET" || method === "DELETE" ? undefined : {}), token);
  };
}

function openFor({ browser, urls }: Set, { who }: Screen, device: BrowserContextOptions) {
  if (who === "first") return openWindow(browser, urls.empty, device);
  if (who === "nobody") return openWindow(browser, urls.demo, device);
  if (who === "gallery") return openWindow(browser, `${urls.gallery}/gallery.html`, device);
  return signIn(browser, urls.demo, who, device, PASSWORD);
}

async function shoot(page: Page, name: string, isLong = false): Promise<void> {
  for (const theme of ["light", "dark"] as const) {
    // One page has one theme at a time.
    // oxlint-disable no-await-in-loop
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await page.evaluate(() => document.fonts.ready);
    await atRest(page);
    await page.screenshot({ path: join(folder, `${name}-${theme}.png`), fullPage: isLong });
    // oxlint-enable no-await-in-loop
  }
}

/** The first sentence of what went wrong, and what was waited for. */
const reasonOf = (error: unknown): string => {
  const text = error instanceof Error ? error.message : String(error);
  const [, waiting] = /- (waiting for .*)/.exec(stripVTControlCharacters(text)) ?? [];
  return waiting ?? text.split("\n")[0] ?? "";
};

async function draw(set: Set, screen: Screen, width: Width): Promise<string | null> {
  const window = await openFor(set, screen, devices[width]);
  const { page, context } = window;
  context.setDefaultTimeout(PATIENCE_MS);
  const left: (() => Promise<unknown>)[] = [];
  const after = (work: () => Promise<unknown>) => void left.push(work);
  try {
    await screen.show({ page, context, width, isPhone: width === "390", call: set.call, after });
    await shoot(page, `${screen.name}-${width}`, screen.isLong);
    await makeSheet(set.browser, screen.name, width, options);
    return null;
  } catch (error) {
    await page.screenshot({ path: join(folder, `${screen.name}-${width}-FAILED.png`) });
    return `${screen.name}-${width}: ${reasonOf(error)}`;
  } finally {
    await window.close();
    for (const work of left) await work();
  }
}

async function drawAll(set: Set, screens: readonly Screen[]): Promise<string[]> {
  const failed: string[] = [];
  for (const screen of screens) {
    for (const width of (screen.widths ?? WIDTHS).filter(isWidth)) {
      // One after the other: they share the school.
      // oxlint-disable-next-line no-await-in-loop
      const failure = await draw(set, screen, width);
      console.log(failure === null ? `${screen.name}-${width}` : `FAILED ${failure}`);
      if (failure !== null) failed.push(failure);
    }
  }
  return failed;
}

mkdirSync(folder, { recursive: true });
const client = mkdtempSync(join(tmpdir(), "homeroom-client-"));
const [browser, empty, demo] = await Promise.all([
  launchChromium(),
  startServer(),
  startServer({ args: ["--demo"], env: { LIMITS: "off" } }),
  buildClient(client),
]);
const served: Served[] = [];
try {
  const screens = [...entrance, ...lists, ...room, ...files, ...boards].filter(wanted);
  served.push(...(await Promise.all([serveClient(client, demo.url), serveClient(client, empty.url), serveGallery()])));
  const [demoUrl = "", emptyUrl = "", gallery = ""] = served.map(({ url }) => url);
  const set = { browser, urls: { demo: demoUrl, empty: emptyUrl, gallery }, call: caller(demo.url) };
  const failed = await drawAll(set, screens);
  console.log(`\nThe pictures are in ${folder}, the sheets in ${join(folder, "sheets")}.`);
  if (failed.length > 0) console.log(`\nNot drawn (${failed.length}):\n${failed.join("\n")}`);
  process.exitCode = failed.length > 0 ? 1 : 0;
} finally {
  for (const { end } of served) end();
  await browser.close();
  await Promise.all([empty.dispose(), demo.dispose()]);
  rmSync(client, { recursive: true, force: true });
}
