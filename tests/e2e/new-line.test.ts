// What is new: the line before it, the bar that leads there, and what counts as read. And the day one is looking at.
import type { Page, Request } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openDesk } from "../kit/desk.ts";
import { fromEnd, settled, spanOf } from "../kit/motion.ts";
import { fillRoom, setDates } from "../kit/past.ts";
import { DESKTOP } from "../kit/people.ts";
import { log, message, openRoom, roomLink } from "../kit/room-page.ts";

const desk = openDesk();

const DAY_MS = 86_400_000;
const newLine = (page: Page) => log(page).getByRole("separator", { name: "New" });
const bar = (page: Page) => page.getByRole("region", { name: "New messages" });
const label = (page: Page, room: string) => roomLink(page, room).getAttribute("aria-label");

/** A room with a history that jonas has read, and news that he has not. */
const roomWithNews = async (name: string, { old, fresh }: { old: number; fresh: number }): Promise<number> => {
  const room = await desk.room(name, ["ms-vogel", "jonas"]);
  const last = await fillRoom(desk.school, room, "ms-vogel", old, (n) => `history-${n}.\nwith a second line`);
  await desk.school.call("jonas", "POST", `/chat/rooms/${room}/read/`, { seq: last });
  await fillRoom(desk.school, room, "ms-vogel", fresh, (n) => `news-${n}.\nof two lines`);
  return room;
};

/** From the upper edge of the list, as a share of its height. */
const heightOf = (page: Page) =>
  newLine(page).evaluate((line) => {
    const list = line.closest("[role=log]")?.getBoundingClientRect();
    return list ? (line.getBoundingClientRect().top - list.top) / list.height : Number.NaN;
  });

/** What stands under the line. */
const firstNew = (page: Page) =>
  newLine(page).evaluate((line) => {
    const below = [...document.querySelectorAll("[role=log] article")]
      .map((row) => ({ top: row.getBoundingClientRect().top, text: row.textContent }))
      .filter(({ top }) => top >= line.getBoundingClientRect().top)
      .toSorted((a, b) => a.top - b.top);
    return /news-\d+\./.exec(below[0]?.text ?? "")?.[0];
  });

/** The `seq` of each read mark that the page sends, and its request. */
const marksOf = (page: Page) => {
  const marks: { seq: number; request: Request }[] = [];
  page.on("request", (request) => {
    if (!request.url().endsWith("/read/")) return;
    const { seq } = request.postDataJSON() as { seq: number };
    marks.push({ seq, request });
  });
  return marks;
};

describe("What is new", () => {
  it.each([20, 70])("11: a room with %i unread opens with the “New” line in the upper third", async (fresh) => {
    const name = `Room 11-${fresh}`;
    await roomWithNews(name, { old: 80, fresh });
    const page = await desk.window("jonas");
    await openRoom(page, name);
    await newLine(page).waitFor();
    await settled(log(page));
    expect(await firstNew(page)).toBe("news-1.");
    const height = await heightOf(page);
    expect(height).toBeGreaterThan(0);
    expect(height).toBeLessThan(1 / 3);
  });

  it("11: a room with nothing unread opens at its end, without a line", async () => {
    await roomWithNews("Room 11c", { old: 80, fresh: 0 });
    const page = await desk.window("jonas");
    await openRoom(page, "Room 11c");
    await message(page, "history-80.").waitFor();
    await settled(log(page));
    expect(await fromEnd(log(page))).toBeLessThan(2);
    expect(await newLine(page).count()).toBe(0);
  });

  it("12: the “New” line stays where it is while all is read and more comes, and goes with Esc, and with leaving", async () => {
    const room = await roomWithNews("Room 12", { old: 30, fresh: 5 });
    await desk.room("Aside", ["ms-vogel", "jonas"]);
    const page = await desk.window("jonas");
    const other = await desk.window("jonas");
    await openRoom(page, "Room 12");
    await newLine(page).waitFor();
    await expect.poll(() => label(other, "Room 12")).toBe("Room 12");
    await desk.school.say("ms-vogel", room, "news-6.");
    await message(page, "news-6.").waitFor();
    await expect.poll(() => label(other, "Room 12")).toBe("Room 12");
    expect(await newLine(page).count()).toBe(1);
    expect(await firstNew(page)).toBe("news-1.");
    await openRoom(page, "Aside");
    await openRoom(page, "Room 12");
    await message(page, "news-6.").waitFor();
    expect(await newLine(page).count()).toBe(0);

    await openRoom(page, "Aside");
    await desk.school.say("ms-vogel", room, "news-7.");
    await roomLink(page, "Room 12, 1 unread").waitFor();
    await openRoom(page, "Room 12");
    await newLine(page).waitFor();
    expect(await firstNew(page)).toBe("news-7.");
    await page.keyboard.press("Escape");
    await newLine(page).waitFor({ state: "detached" });
  });

  it("13: a bar says how many are new above; Jump and Shift+Page up lead to the oldest, Mark read takes it away", async () => {
    await roomWithNews("Room 13", { old: 80, fresh: 70 });
    const page = await desk.window("jonas");
    await openRoom(page, "Room 13");
    await newLine(page).waitFor();
    const leave = async () => {
      await page.getByRole("button", { name: /^Jump to latest/ }).click();
      await message(page, "news-70.").waitFor();
      await bar(page).waitFor();
    };
    await leave();
    await bar(page).getByText("70 new messages").waitFor();
    await bar(page).getByRole("button", { name: "Jump" }).click();
    await message(page, "news-1.").waitFor();
    await expect.poll(() => firstNew(page)).toBe("news-1.");
    await expect.poll(() => heightOf(page)).toBeLessThan(1 / 3);

    await leave();
    await log(page).focus();
    await page.keyboard.press("Shift+PageUp");
    await message(page, "news-1.").waitFor();
    await expect.poll(() => firstNew(page)).toBe("news-1.");

    await leave();
    await bar(page).getByRole("button", { name: "Mark read" }).click();
    await bar(page).waitFor({ state: "detached" });
    expect(await newLine(page).count()).toBe(0);
  });
});

describe("What counts as read", () => {
  it("21: what was in view for 500 ms, in a tab that is visible and used; not what is below", async () => {
    const room = await roomWithNews("Room 21", { old: 30, fresh: 60 });
    const page = await desk.window("jonas");
    const marks = marksOf(page);
    const line = await spanOf(page, "[role=log] [role=separator]", "New");
    await openRoom(page, "Room 21");
    await expect.poll(() => marks.length).toBeGreaterThan(0);
    await marks[0]?.request.response();
    const sentAt = marks[0]?.request.timing().startTime ?? 0;
    expect(sentAt - (await line("before"))).toBeGreaterThanOrEqual(500);
    const { last_seq } = await desk.school.call<{ last_seq: number }>("jonas", "GET", `/chat/rooms/${room}/`);
    expect(marks[0]?.seq).toBeLessThan(last_seq);
    await page.getByRole("button", { name: /^Jump to latest/ }).click();
    await expect.poll(() => marks.at(-1)?.seq).toBe(last_seq);

    // Another window is in use now; the browser says so to this one.
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setFocusEmulationEnabled", { enabled: false });
    const other = await page.context().newPage();
    await other.bringToFront();
    await expect.poll(() => page.evaluate(() => document.hasFocus())).toBe(false);
    const before = marks.length;
    await desk.school.say("ms-vogel", room, "said to nobody");
    await message(page, "said to nobody").waitFor();
    // Longer than it would take: nothing tells that something did not happen.
    await page.waitForTimeout(1_000);
    expect(marks.length).toBe(before);
    await other.close();
    await page.bringToFront();
    await session.send("Emulation.setFocusEmulationEnabled", { enabled: true });
    await expect.poll(() => marks.at(-1)?.seq).toBe(last_seq + 1);
  });
});

describe("The day", () => {
  it("10: day dividers follow the viewer's time zone; a pill over the list names the day while one scrolls", async () => {
    const room = await desk.room("Room 10", ["ms-vogel", "jonas"]);
    const last = await fillRoom(desk.school, room, "ms-vogel", 120, (n) => `history-${n}.\nwith a second line`);
    await desk.school.call("jonas", "POST", `/chat/rooms/${room}/read/`, { seq: last });
    const noon = Math.floor(Date.now() / DAY_MS) * DAY_MS - 3 * DAY_MS + DAY_MS / 2;
    const night = noon + DAY_MS / 2 - 30 * 60_000;
    // Sixty at noon in Greenwich and sixty half an hour before its midnight, which is the next day in Berlin.
    setDates(desk.school, room, noon, (content) => (Number(/\d+/.exec(content)?.[0]) <= 60 ? noon : night));
    const title = (at: number, timeZone: string) =>
      new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", timeZone }).format(at);
    const dividers = (page: Page) =>
      log(page)
        .getByRole("separator")
        .evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")?.replace(/ \d{4}$/, "")));
    const pill = (page: Page) =>
      page.locator(".hr-datepill").evaluateAll((all) => {
        const shown = all.find((one) => Number(getComputedStyle(one).opacity) > 0.9);
        return shown?.textContent.replace(/ \d{4}$/, "") ?? null;
      });
    for (const [timeZone, days] of [
      ["Europe/Berlin", 2],
      ["America/New_York", 1],
    ] as const) {
      const page = await desk.window("jonas", { ...DESKTOP, timezoneId: timeZone });
      await openRoom(page, "Room 10");
      await message(page, "history-120.").waitFor();
      expect(await pill(page)).toBeNull();
      const [first, second] = [title(noon, timeZone).replace(",", ""), title(night, timeZone).replace(",", "")];
      const plain = (text: string | null | undefined) => text?.replace(",", "") ?? null;
      const seen = new Set<string | null>();
      const pills = new Set<string | null>();
      await log(page).hover();
      await expect
        .poll(
          async () => {
            await page.mouse.wheel(0, -600);
            for (const day of await dividers(page)) seen.add(plain(day));
            pills.add(plain(await pill(page)));
            return log(page).evaluate((list) => list.scrollTop);
          },
          { timeout: 20_000, interval: 30 },
        )
        .toBe(0);
      await settled(log(page));
      for (const day of await dividers(page)) seen.add(plain(day));
      expect(seen).toEqual(new Set(days === 2 ? [first, second] : [first]));
      expect(pills).toContain(second);
      await expect.poll(() => pill(page)).toBeNull();
    }
  });
});
