// Hostile words in conversations: they are text and nothing else, they break no row, and what cannot be text is refused.
import type { Locator, Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { isAll, someOf } from "../kit/extent.ts";
import { openDesk } from "../kit/desk.ts";
import { brokenLayout, harmDone, walkUp, watchForHarm } from "../kit/hostile.ts";
import {
  type HostileSchool,
  roomDescriptions,
  roomNames,
  roomReasons,
  seedHostileSchool,
} from "../kit/hostile-school.ts";
import { bare, NOTES, type Payload, REFUSED_NAMES, REFUSED_WORDS, SHORT, WORDS } from "../kit/payloads.ts";
import { DESKTOP, PHONE } from "../kit/people.ts";
import { log } from "../kit/room-page.ts";

const desk = openDesk();
const sizes = [
  ["390", PHONE],
  ["1440", DESKTOP],
] as const;
/** The narrow one, where words have the least room, is the gate's. */
const devices = someOf(sizes, 2);
/** Of one room. */
const MOST_PINS = 50;
/** Where each word costs a step of its own, the gate takes some. */
const STEPS = someOf(SHORT, 12);
let seeded: HostileSchool;

beforeAll(async () => {
  seeded = await seedHostileSchool(desk.school);
}, 240_000);

const open = async (device: (typeof devices)[number][1], path: string, who = "ms-vogel") => {
  const page = await desk.window(who, device);
  await watchForHarm(page);
  await page.goto(`${desk.school.url}${path}`);
  return page;
};

const PATIENTLY = { timeout: 15_000 };
const textOf = async (part: Locator) => bare((await part.allTextContents()).join(""));

const missing = (payloads: readonly Payload[], rows: readonly string[]) =>
  payloads.filter(({ read }) => !rows.some((row) => row.includes(bare(read)))).map(({ text }) => text.slice(0, 100));

/** Scrolls a list to its end, until none of them is missing there. */
const expectAll = async (rows: Locator, payloads: readonly Payload[]) => {
  await expect
    .poll(async () => {
      await rows.last().evaluate((row) => {
        for (let box = row.parentElement; box; box = box.parentElement) box.scrollTop = box.scrollHeight;
      });
      // A link's own name is what it says, even where a picture stands for a part of it.
      const texts = await rows.evaluateAll((all) => all.map((row) => row.ariaLabel ?? row.textContent ?? ""));
      return missing(payloads, texts.map(bare));
    }, PATIENTLY)
    .toEqual([]);
};

const named = roomNames.map((name) => ({ text: name, read: name }));

/** Goes to each of the rooms, one after the other, without a reload. */
const visit = async (page: Page, rooms: readonly number[], isTurn: (n: number) => boolean) => {
  const seen = [];
  for (const [n, room] of rooms.entries()) {
    if (!isTurn(n)) continue;
    await page.evaluate((room) => {
      history.pushState(null, "", `/rooms/${room}`);
      dispatchEvent(new PopStateEvent("popstate"));
    }, room);
    const title = async () => bare(await page.title());
    await expect.poll(title, PATIENTLY).toContain(`${bare(roomNames[n] ?? "")}·`);
    seen.push({
      n,
      main: bare((await page.getByRole("main").textContent()) ?? ""),
      faults: n % 10 < 2 ? await brokenLayout(page) : [],
    });
  }
  return seen;
};

describe("Hostile words", { timeout: 240_000 }, () => {
  it("are over a hundred", () => {
    expect(SHORT.length).toBeGreaterThanOrEqual(100);
    expect(new Set(WORDS.map(({ text }) => text)).size).toBe(WORDS.length);
  });

  it.each(devices)("are text in messages, their authors, comings and quotes, %s px wide", async (_, device) => {
    const page = await open(device, `/rooms/${seeded.wall}`);
    const { rows, faults } = await walkUp(page, log(page), "first of all");
    expect(missing(WORDS, rows)).toEqual([]);
    expect(missing(SHORT, rows), "names").toEqual([]);
    const quotes = WORDS.map(({ read }, n) => ({ read: bare(read).slice(0, 40), answer: `answer-${n}.` }));
    const isQuoted = ({ read, answer }: (typeof quotes)[number]) =>
      rows.some((row) => row.includes(answer) && row.includes(read));
    expect(quotes.filter((quote) => !isQuoted(quote))).toEqual([]);
    expect(faults).toEqual([]);
    expect(await harmDone(page)).toEqual([]);
  });

  it.runIf(isAll).each(devices)("are text in a thread, %s px wide", async (_, device) => {
    const page = await open(device, `/rooms/${seeded.wall}/thread/${seeded.root}`);
    const list = page.getByRole("log", { name: "Thread replies" });
    const { rows, faults } = await walkUp(page, list, "first of all");
    expect(missing(WORDS, rows)).toEqual([]);
    expect(faults).toEqual([]);
    expect(await harmDone(page)).toEqual([]);
  });

  it.runIf(isAll).each(devices)("are text in a private chat, %s px wide", async (_, device) => {
    const page = await open(device, `/private/${seeded.chat}`);
    const list = page.getByRole("log", { name: /^Private messages with/ });
    const { rows, faults } = await walkUp(page, list, "first of all");
    expect(missing(WORDS, rows)).toEqual([]);
    expect(faults).toEqual([]);
    expect(await harmDone(page)).toEqual([]);
  });

  it.runIf(isAll).each(devices)("are text in the list of threads, %s px wide", async (_, device) => {
    const page = await open(device, "/threads");
    const rows = page.locator("[data-thread]");
    await rows.first().waitFor();
    const excerpts = WORDS.map(({ text, read }) => ({ text, read: read.slice(0, 40) }));
    await expectAll(rows, [...excerpts, ...SHORT]);
    expect(await brokenLayout(page)).toEqual([]);
    expect(await harmDone(page)).toEqual([]);
  });

  it.runIf(isAll).each(devices)(
    "are text as names of members and in what they ask at the door, %s px wide",
    async (_, device) => {
      const page = await open(device, `/rooms/${seeded.wall}/members`);
      const people = page.getByRole("complementary", { name: "Members" }).getByRole("listitem");
      await people.first().waitFor();
      await expectAll(people, SHORT);
      const faults = await brokenLayout(page);
      await page.goto(`${desk.school.url}/rooms/${seeded.door}/requests`);
      const requests = page.getByRole("complementary", { name: "Join requests" }).getByRole("listitem");
      await requests.first().waitFor();
      await expectAll(requests, [...SHORT, ...NOTES.slice(0, SHORT.length)]);
      expect([...faults, ...(await brokenLayout(page))]).toEqual([]);
      expect(await harmDone(page)).toEqual([]);
    },
  );

  it.each(devices)(
    "are text as names of rooms, descriptions, titles of the page and reasons, %s px wide",
    async (_, device) => {
      const page = await open(device, "/", "jonas");
      const listed = page.getByRole("navigation", { name: "Rooms" }).getByRole("link");
      await listed.first().waitFor();
      await expectAll(listed, named);
      expect(await brokenLayout(page)).toEqual([]);
      // Each room at one of the widths: its name, its description, and the reason that was given there.
      const isTurn = (n: number) => (isAll || n % 10 < 2) && n % 2 === (device === PHONE ? 1 : 0);
      for (const { n, main, faults } of await visit(page, seeded.rooms, isTurn)) {
        expect(main).toContain(bare(roomNames[n] ?? ""));
        expect(main).toContain(bare(roomReasons[n]?.text ?? ""));
        expect(faults).toEqual([]);
      }
      expect(await harmDone(page)).toEqual([]);
      const host = await open(device, "/");
      for (const { n, main, faults } of await visit(host, seeded.rooms, isTurn)) {
        expect(main).toContain(bare(roomNames[n] ?? ""));
        expect(main).toContain(bare(roomDescriptions[n]?.text ?? ""));
        expect(faults).toEqual([]);
      }
      expect(await harmDone(host)).toEqual([]);
    },
  );

  it.runIf(isAll)("are text in the quick switcher, in what is searched and in what is found", async () => {
    const page = await open(DESKTOP, `/rooms/${seeded.wall}`);
    await log(page).getByRole("article").first().waitFor();
    await page.keyboard.press("Control+k");
    const dialog = page.getByRole("dialog", { name: "Jump to" });
    for (const { text } of STEPS) {
      await dialog.getByRole("combobox").fill(text);
      expect(await textOf(dialog), `asked for ${text}`).toContain(bare(text));
    }
    expect(await brokenLayout(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+Shift+F");
    const search = page.getByRole("complementary", { name: "Search" });
    const field = search.getByRole("searchbox");
    for (const { text } of someOf(SHORT, 24)) {
      await field.fill(text);
      await field.press("Enter");
      await search
        .getByText(/results?\b|Nothing like|One more letter/)
        .first()
        .waitFor();
    }
    await field.fill("script");
    const results = search.getByRole("list", { name: "Results" }).getByRole("listitem");
    await expect.poll(() => results.count(), PATIENTLY).toBeGreaterThan(20);
    expect((await results.allTextContents()).join(" ")).toContain("<script>");
    expect(await brokenLayout(page)).toEqual([]);
    expect(await harmDone(page)).toEqual([]);
  });

  it.runIf(isAll)("are text in the bar of pins", async () => {
    const { school } = desk;
    const rooms = [];
    for (let from = 0; from < STEPS.length; from += MOST_PINS) {
      const { id } = await school.roomOf("ms-vogel", `Pins ${from}`, { public: true });
      rooms.push(id);
      const pinned = STEPS.slice(from, from + MOST_PINS);
      for (const { text } of pinned) {
        const message = await school.say("ms-vogel", id, text);
        await school.call("ms-vogel", "PUT", `/chat/messages/${message.id}/pin/`);
      }
    }
    const page = await open(DESKTOP, "/");
    const seen: string[] = [];
    for (const room of rooms) {
      await page.goto(`${school.url}/rooms/${room}`);
      const bar = page.getByRole("region", { name: "Pinned" });
      // The first click goes to the one that is shown.
      for (let n = 0; n <= Math.min(MOST_PINS, STEPS.length); n += 1) {
        seen.push(bare((await bar.textContent()) ?? ""));
        await bar.getByRole("button").first().click();
      }
      expect(await brokenLayout(page)).toEqual([]);
    }
    const excerpts = STEPS.map(({ text, read }) => ({ text, read: read.slice(0, 40) }));
    expect(missing(excerpts, seen)).toEqual([]);
    expect(await harmDone(page)).toEqual([]);
  });

  it("are text in the reason for being muted or removed, and in notices", async () => {
    desk.allow(/status of 409/);
    const { school } = desk;
    const { id: room } = await school.roomOf("ms-vogel", "Strict", { public: true });
    await school.roomOf("ms-vogel", "Refusing", { public: true });
    await school.call("jonas", "POST", `/chat/rooms/${room}/join/`);
    const me = await school.call<{ id: number }>("jonas", "GET", "/auth/me/");
    const page = await open(DESKTOP, `/rooms/${room}`, "jonas");
    const main = page.getByRole("main");
    const sign = main.getByRole("status").filter({ hasText: "You can write again" });
    const mute = `/chat/rooms/${room}/members/${me.id}/mute/`;
    let detail = "";
    await page.route(/\/join\/$/, (route) => route.fulfill({ status: 409, json: { code: "room_full", detail } }));
    const row = page.getByRole("navigation", { name: "Rooms" }).getByRole("listitem").filter({ hasText: "Refusing" });
    const join = row.getByRole("button", { name: "Join", exact: true });
    const notices = page.getByRole("region", { name: "Notices" }).getByRole("alert");
    for (const { text } of STEPS) {
      detail = text;
      await Promise.all([
        school.call("ms-vogel", "POST", mute, { minutes: 5, reason: text }),
        join.evaluate((button) => (button as HTMLElement).click()),
      ]);
      await expect.poll(() => textOf(notices), { ...PATIENTLY, message: text }).toContain(bare(text));
      await expect.poll(() => textOf(sign), { ...PATIENTLY, message: text }).toContain(bare(text));
    }
    expect(await brokenLayout(page)).toEqual([]);
    const [longest] = NOTES.toSorted((a, b) => b.text.length - a.text.length);
    await school.call("ms-vogel", "POST", `/chat/rooms/${room}/kick/${me.id}/`, { reason: longest?.text });
    await expect.poll(() => textOf(main), PATIENTLY).toContain(bare(longest?.text ?? ""));
    expect(await brokenLayout(page)).toEqual([]);
    expect(await harmDone(page)).toEqual([]);
  });

  it("that no text may hold are refused", async () => {
    const { school } = desk;
    for (const name of REFUSED_NAMES) {
      await expect(school.call("jonas", "PATCH", "/auth/me/", { display_name: name })).rejects.toThrow(": 400");
      await expect(school.roomOf("ms-vogel", name)).rejects.toThrow(": 400");
    }
    for (const words of REFUSED_WORDS) {
      await expect(school.say("ms-vogel", seeded.wall, words)).rejects.toThrow(": 400");
    }
  });

  it("would be noticed if they did anything", async () => {
    desk.allow(/Content Security Policy|violates|ERR_|called https:\/\/evil/);
    const page = await open(DESKTOP, `/rooms/${seeded.wall}`);
    await log(page).getByRole("article").first().waitFor();
    await log(page)
      .locator(".hr-text")
      .first()
      .evaluate((words) => {
        const line = document.createElement("p");
        line.innerHTML = `<img src="https://evil.example/pixel.gif"><a href="javascript:1" onclick="2">x</a><b>y</b>`;
        line.style.setProperty("width", "5000px");
        words.append(line);
      });
    for (const harm of ["<img", "<a href", "against the policy: img-src"]) {
      await expect.poll(async () => (await harmDone(page)).join("; "), PATIENTLY).toContain(harm);
    }
    expect(await brokenLayout(page)).not.toEqual([]);
  });
});
