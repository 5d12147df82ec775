// Places in a room: the address of a message, where one was, and what one has marked to be read later.
import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openDesk } from "../kit/desk.ts";
import { isAll } from "../kit/extent.ts";
import { scrollUp, settled, spanOf, watchShifts } from "../kit/motion.ts";
import { fillRoom, idOf } from "../kit/past.ts";
import { act, log, message, openRoom, roomLink } from "../kit/room-page.ts";

const desk = openDesk();

const HISTORY = 400;
const contentOf = (n: number) => `history-${n}.\nwith a second line`;

/** A room whose history jonas has read. */
const longRoom = async (name: string): Promise<number> => {
  const room = await desk.room(name, ["ms-vogel", "jonas"]);
  const last = await fillRoom(desk.school, room, "ms-vogel", HISTORY, contentOf);
  await desk.school.call("jonas", "POST", `/chat/rooms/${room}/read/`, { seq: last });
  return room;
};

/** How far its middle is from the middle of the list, as a share of the list's height. */
const fromMiddle = (row: Locator) =>
  row.evaluate((element) => {
    const [inner, outer] = [element, element.closest("[role=log]")].map((one) => one?.getBoundingClientRect());
    if (!inner || !outer) return Number.NaN;
    return Math.abs(inner.top + inner.height / 2 - outer.top - outer.height / 2) / outer.height;
  });

/** The uppermost message that is wholly in view, and how far it is from the upper edge. */
const uppermost = (page: Page) =>
  log(page).evaluate((list) => {
    const edge = list.getBoundingClientRect().top;
    const rows = [...list.querySelectorAll("article")].map((row) => ({
      text: /history-\d+\./.exec(row.textContent)?.[0],
      top: row.getBoundingClientRect().top - edge,
    }));
    return rows.filter(({ top }) => top >= 0).toSorted((a, b) => a.top - b.top)[0];
  });

const unreadOf = async (page: Page, room: string) =>
  /(\d+) unread/.exec((await roomLink(page, room).getAttribute("aria-label")) ?? "")?.[1] ?? "0";
const newLine = (page: Page) => log(page).getByRole("separator", { name: "New" });

describe("Places in a room", () => {
  it("19: the address of a message opens the room around it, centres it, lights it up for 2 s, and loads both ways", async () => {
    const room = await longRoom("Room 19");
    const page = await desk.window("jonas");
    const light = await spanOf(page, ".is-flash", "history-200.");
    const asked: URLSearchParams[] = [];
    page.on("request", (request) => {
      const { pathname, searchParams } = new URL(request.url());
      if (pathname.endsWith(`/rooms/${room}/messages/`)) asked.push(searchParams);
    });
    const id = idOf(desk.school, room, contentOf(200));
    await page.goto(`${desk.school.url}/rooms/${room}?message=${id}`);
    const meant = message(page, "history-200.");
    await meant.waitFor();
    await settled(log(page));
    expect(await fromMiddle(meant)).toBeLessThan(0.1);
    expect(asked.map((query) => query.get("around")).filter(Boolean)).toEqual([String(id)]);
    // The address is the room's again, so that a reload does not jump.
    await expect.poll(() => new URL(page.url()).search).toBe("");

    expect((await light("off")) - (await light("before"))).toBeGreaterThanOrEqual(2_000);
    // Frames may come late where the machine is busy with something else.
    expect(isAll ? (await light("off")) - (await light("on")) : 0).toBeLessThan(4_000);

    const isAsked = (way: string) => () => asked.some((query) => query.has(way));
    await log(page).hover();
    for (const [way, by] of [
      ["before", -2_000],
      ["after", 2_000],
    ] as const) {
      await expect
        .poll(async () => {
          await page.mouse.wheel(0, by);
          return isAsked(way)();
        })
        .toBe(true);
    }
    await page.getByRole("button", { name: "Jump to latest" }).click();
    await message(page, `history-${HISTORY}.`).waitFor();
  });

  it("19: the address of what is not there says so, and opens the room as ever", async () => {
    const room = await desk.room("Room 19b", ["ms-vogel", "jonas"]);
    const { id } = await desk.school.say("ms-vogel", await desk.room("Elsewhere", ["ms-vogel"]), "not for you");
    await desk.school.say("ms-vogel", room, "welcome");
    const page = await desk.window("jonas");
    desk.allow(/404 \(Not Found\)/);
    await page.goto(`${desk.school.url}/rooms/${room}?message=${id}`);
    await message(page, "welcome").waitFor();
    await page.getByText("This message is not there any more").waitFor();
  });

  it("18: leaving a room and coming back shows the same lines at the same height in the first frame, and none shifts", async () => {
    await longRoom("Room 18");
    await desk.room("Aside", ["ms-vogel", "jonas"]);
    const page = await desk.window("jonas");
    await openRoom(page, "Room 18");
    await message(page, `history-${HISTORY}.`).waitFor();
    await scrollUp(page, log(page), 1_300);
    const before = await uppermost(page);
    await openRoom(page, "Aside");
    await log(page).waitFor();
    const shifts = await watchShifts(page);
    const row = await roomLink(page, "Room 18").evaluate(
      (link) =>
        new Promise<string>((resolve) => {
          (link as HTMLElement).click();
          requestAnimationFrame(() => resolve(document.querySelector("[role=log]")?.textContent ?? ""));
        }),
    );
    expect(row).toContain(before?.text);
    const first = await uppermost(page);
    await settled(log(page));
    const after = await uppermost(page);
    for (const place of [first, after]) {
      expect(place?.text).toBe(before?.text);
      expect(Math.abs((place?.top ?? 0) - (before?.top ?? 0))).toBeLessThanOrEqual(1);
    }
    // The room that is shown instead of another one has moved nothing of its own.
    expect((await shifts()).filter((line) => line.includes("history-"))).toEqual([]);
  });

  it("22: what is marked as unread stays so, on this device and another, also after a reload, until it is read again", async () => {
    const room = await desk.room("Room 22", ["ms-vogel", "jonas"]);
    await desk.room("Beside it", ["ms-vogel", "jonas"]);
    for (const words of ["first", "second", "third"]) await desk.school.say("ms-vogel", room, words);
    const [page, other] = [await desk.window("jonas"), await desk.window("jonas")];
    await openRoom(other, "Beside it");
    await roomLink(other, "Room 22, 3 unread").waitFor();
    await openRoom(page, "Room 22");
    await expect.poll(() => unreadOf(other, "Room 22")).toBe("0");
    await act(page, "second", "Mark unread from here");
    await roomLink(other, "Room 22, 2 unread").waitFor();
    await newLine(page).waitFor();
    await other.reload();
    await roomLink(other, "Room 22, 2 unread").waitFor();
    // Somebody who looks on does not read it again; leaving and coming back does.
    await desk.school.say("ms-vogel", room, "fourth");
    await roomLink(other, "Room 22, 3 unread").waitFor();
    await openRoom(page, "Beside it");
    await roomLink(page, "Room 22, 3 unread").waitFor();
    await openRoom(other, "Room 22");
    await newLine(other).waitFor();
    await expect.poll(() => unreadOf(page, "Room 22")).toBe("0");
  });
});
