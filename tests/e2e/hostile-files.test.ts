// Hostile files in a browser: opened, put into pages in every way, and shown among messages under their hostile names.
import { beforeAll, describe, expect, it } from "vitest";
import { openDesk } from "../kit/desk.ts";
import { isAll, someOf } from "../kit/extent.ts";
import { BARE, embed, fillWall, type Shown, tellOfHarm } from "../kit/file-wall.ts";
import { pick, tray } from "../kit/files-page.ts";
import { brokenLayout, harmDone, walkUp, watchForHarm } from "../kit/hostile.ts";
import { HOSTILE_FILES, type HostileFile } from "../kit/hostile-files.ts";
import { hostile, served, utf8 } from "../kit/hostile-files/bytes.ts";
import { bare, type Payload, SHORT } from "../kit/payloads.ts";
import { DESKTOP, PHONE } from "../kit/people.ts";
import { log } from "../kit/room-page.ts";

const desk = openDesk();
const WHO = ["ms-vogel", "jonas", "aylin"] as const;
const MEBI = 1024 * 1024;

const isSmall = (file: HostileFile) => {
  let size = 0;
  for (const piece of file.bytes()) if ((size += piece.length) > MEBI) return false;
  return true;
};
const { names, masks, active, polyglots, bombs, archives, documents, voices, texts } = HOSTILE_FILES;
const named = (all: readonly Payload[]) =>
  all.map(({ text }) =>
    hostile(`words called ${text}`, [`${text}.txt`, "text/plain"], utf8("words"), served("text/plain")),
  );
const ON_THE_WALL: readonly HostileFile[] = [
  ...someOf(names, 2),
  ...someOf(named(SHORT), 4),
  ...someOf([...masks, ...active, ...polyglots, ...bombs, ...archives, ...documents, ...voices, ...texts], 5).filter(
    isSmall,
  ),
];

let room: number;
let wall: Shown[];
beforeAll(async () => {
  room = await desk.room("The wall of files", WHO);
  await desk.school.say("ms-vogel", room, "first of all");
  wall = await fillWall(desk.school, room, WHO, ON_THE_WALL);
}, 240_000);

const ready = () => wall.filter(({ state }) => state === "ready");
/** What the browser says where it refuses what it is asked for here: that is what is wanted. */
const REFUSED =
  /Refused to|was blocked|not executable|because its MIME type|sandboxed|Failed to load resource|net::ERR_|violates/i;

describe("Hostile files", { timeout: 240_000 }, () => {
  it("are on the wall, of every kind", () => {
    expect(wall.length).toBeGreaterThan(isAll ? 250 : 90);
    expect(new Set(ready().map(({ kind }) => kind))).toEqual(new Set(["image", "document", "voice"]));
  });

  it("do nothing when their address is opened", async () => {
    desk.allow(REFUSED);
    const page = await desk.window("ms-vogel");
    const harm = await tellOfHarm(page);
    for (const { url, what } of someOf(ready(), 4)) {
      // What is saved is no page that one arrives at.
      // oxlint-disable-next-line no-await-in-loop
      const answer = await page.goto(desk.school.url + url, { waitUntil: "load" }).catch((error: unknown) => {
        if (!/ERR_ABORTED|Download is starting/.test(String(error))) throw error;
        return null;
      });
      const disposition = answer?.headers()["content-disposition"] ?? "inline";
      if (!disposition.startsWith("inline")) harm.push(`${what} was shown`);
    }
    expect(harm).toEqual([]);
  });

  it("do nothing in a page of ours that forgot every rule", async () => {
    desk.allow(REFUSED);
    const page = await desk.window("ms-vogel");
    const harm = await tellOfHarm(page);
    await page.goto(desk.school.url + BARE);
    const urls = someOf(ready(), 3).map(({ url }) => url);
    for (let from = 0; from < urls.length; from += 12) {
      // A dozen at once, each in eight ways.
      // oxlint-disable-next-line no-await-in-loop
      await embed(page, urls.slice(from, from + 12));
    }
    expect(page.url()).toBe(desk.school.url + BARE);
    expect(harm).toEqual([]);
  });

  it("would be noticed if they did anything", async () => {
    desk.allow(/./);
    const page = await desk.window("ms-vogel");
    const harm = await tellOfHarm(page);
    await page.route("**/evil.html", (route) =>
      route.fulfill({ contentType: "text/html", body: `<script>window.__pwned=1</script>` }),
    );
    await page.route("**/evil.js", (route) => route.fulfill({ contentType: "text/javascript", body: `alert(1)` }));
    await page.goto(desk.school.url + BARE);
    await embed(page, ["/evil.html", "/evil.js"]);
    expect(harm.join()).toContain("a script ran");
    expect(harm.join()).toContain("alert()");
  });

  it.each(
    someOf(
      [
        ["390", PHONE],
        ["1440", DESKTOP],
      ] as const,
      2,
    ),
  )("are shown under their names and break no row, %s px wide", async (_, device) => {
    const page = await desk.window("ms-vogel", device);
    await watchForHarm(page);
    await page.goto(`${desk.school.url}/rooms/${room}`);
    const { rows, faults } = await walkUp(page, log(page), "first of all");
    const documents = ready().filter(({ kind }) => kind === "document");
    const missing = documents.filter(({ name }) => !rows.some((row) => row.includes(bare(name))));
    expect(missing.map(({ name }) => name)).toEqual([]);
    expect(faults).toEqual([]);
    expect(await harmDone(page)).toEqual([]);
  });

  it("are text in the tray", async () => {
    const page = await desk.window("jonas", PHONE);
    await watchForHarm(page);
    await page.goto(`${desk.school.url}/rooms/${room}`);
    await log(page).getByRole("article").first().waitFor();
    const some = someOf(SHORT, 6)
      .slice(0, 10)
      .map(({ text }) => `${text.replaceAll(/[/\\]/g, "-")}.txt`);
    await pick(
      page,
      some.map((name) => ({ name, mimeType: "text/plain", buffer: utf8("words") })),
    );
    const items = tray(page).getByRole("listitem");
    await expect.poll(() => items.count()).toBe(some.length);
    // What no name may hold is taken out on the way.
    await expect.poll(async () => bare((await items.allTextContents()).join(""))).toContain("script");
    expect(await brokenLayout(page)).toEqual([]);
    expect(await harmDone(page)).toEqual([]);
  });

  it("are text in quotes and in the large view", async () => {
    const { school } = desk;
    const quoted = ready()
      .filter(({ what }) => /name (turns|has|is a script|is of|ends)|words called/.test(what))
      .slice(0, 12);
    for (const [n, { message }] of quoted.entries()) {
      // In this order, so that each is found by its number.
      // oxlint-disable-next-line no-await-in-loop
      await school.say("aylin", room, `answer-${n}.`, { reply_to: message });
    }
    const page = await desk.window("ms-vogel", PHONE);
    await watchForHarm(page);
    await page.goto(`${school.url}/rooms/${room}`);
    const { rows, faults } = await walkUp(page, log(page), "answer-0.");
    expect(quoted).toHaveLength(12);
    const isThere = ({ name }: Shown, n: number) =>
      rows.some((row) => row.includes(`answer-${n}.`) && row.includes(bare(name).slice(0, 20)));
    expect(quoted.filter((file, n) => !isThere(file, n)).map(({ name }) => name)).toEqual([]);
    expect(faults).toEqual([]);
    const pictures = ready().filter(({ kind, what }) => kind === "image" && what.includes("whose name"));
    expect(pictures.length).toBeGreaterThan(3);
    for (const { name, message } of someOf(pictures, 3)) {
      // One large view after the other.
      /* oxlint-disable no-await-in-loop */
      await page.goto(`${school.url}/rooms/${room}?message=${message}`);
      await log(page).getByRole("button", { name, exact: true }).first().click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("img", { name, exact: true }).waitFor();
      faults.push(...(await brokenLayout(page)));
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "hidden" });
      /* oxlint-enable no-await-in-loop */
    }
    expect(faults).toEqual([]);
    expect(await harmDone(page)).toEqual([]);
  });
});
