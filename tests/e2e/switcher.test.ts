// Going from room to room with the keyboard: "Jump to", neighbours, the way back, and the sheet of all keys.
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { facesOf, shortcuts } from "../../packages/web/src/ui/shortcuts.ts";
import { openDesk } from "../kit/desk.ts";
import { isAll } from "../kit/extent.ts";
import { composer, log, message, openRoom, roomLink, write } from "../kit/room-page.ts";

const desk = openDesk();

const AT_ONCE_MS = 100;
/** By the clock: longer than a busy machine holds up the quickest of three, shorter than React's wait for parts. */
const WAIT_MS = 280;
const switcher = (page: Page) => page.getByRole("dialog", { name: "Jump to" });
const field = (page: Page) => switcher(page).getByRole("combobox", { name: "Jump to a room or a person" });
const options = (page: Page) => switcher(page).getByRole("option");
const chosen = (page: Page) => switcher(page).getByRole("option", { selected: true });
const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });

/**
 * Milliseconds from the key to the field that has the focus: by the page's own clock, which on a busy machine runs on
 * while the page must wait for its turn; and of the processor's time, which tells what the page has done.
 */
const timeToField = async (page: Page): Promise<{ clock: number; work: number }> => {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const worked = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN) * 1_000;
  };
  await page.evaluate(() => {
    const noted: { key?: number; field?: number } = {};
    Object.assign(window, { noted });
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === "Control") return;
      noted.key = performance.now();
      document.removeEventListener("keydown", onKey, true);
    };
    document.addEventListener("keydown", onKey, true);
    document.addEventListener("focusin", () => (noted.field = performance.now()), { capture: true, once: true });
  });
  const before = await worked();
  await page.keyboard.press("Control+K");
  await field(page).waitFor();
  const work = (await worked()) - before;
  const clock = await page.evaluate(() => {
    const { noted } = window as unknown as { noted: { key?: number; field?: number } };
    return (noted.field ?? Number.NaN) - (noted.key ?? Number.NaN);
  });
  return { clock, work };
};

describe("Jump to", () => {
  it("24: Ctrl+K opens it in less than 100 ms, the first time and again; Esc gives the focus back", async () => {
    await desk.room("Room 24", ["ms-vogel", "jonas"]);
    const page = await desk.window("jonas");
    type Times = Awaited<ReturnType<typeof timeToField>>[];
    const [first, again]: [Times, Times] = [[], []];
    for (let round = 0; round < 3; round += 1) {
      const fetched = page.waitForResponse(/\/switcher[^/]*\.js$/);
      await page.reload();
      await fetched;
      await openRoom(page, "Room 24");
      await composer(page, "Room 24").focus();
      first.push(await timeToField(page));
      await page.keyboard.press("Escape");
      await switcher(page).waitFor({ state: "detached" });
      expect(await composer(page, "Room 24").evaluate((box) => box === document.activeElement)).toBe(true);
      again.push(await timeToField(page));
      await page.keyboard.press("Escape");
      await switcher(page).waitFor({ state: "detached" });
    }
    // Time depends on the machine: the gate, which shares its own, asks only for what does not.
    for (const times of isAll ? [first, again] : []) {
      expect(Math.min(...times.map(({ work }) => work))).toBeLessThan(AT_ONCE_MS);
      expect(Math.min(...times.map(({ clock }) => clock))).toBeLessThan(WAIT_MS);
    }
  });

  it("24: the last rooms come first, letters out of a name find it, arrows choose and Enter goes there", async () => {
    for (const name of ["Ancient history", "Biology garden", "Chemistry lab"])
      await desk.room(name, ["ms-vogel", "aylin"]);
    const page = await desk.window("aylin");
    for (const name of ["Chemistry lab", "Biology garden", "Ancient history"]) await openRoom(page, name);
    await page.keyboard.press("Control+K");
    await field(page).waitFor();
    // The room that is open is not offered.
    await expect
      .poll(async () => (await options(page).allInnerTexts()).slice(0, 2).join())
      .toMatch(/Biology.*Chemistry/s);
    await expect.poll(() => chosen(page).innerText()).toContain("Biology garden");
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => chosen(page).innerText()).toContain("Chemistry lab");
    await page.keyboard.press("ArrowUp");
    await expect.poll(() => chosen(page).innerText()).toContain("Biology garden");
    const active = await field(page).getAttribute("aria-activedescendant");
    expect(await chosen(page).getAttribute("id")).toBe(active);

    await page.keyboard.type("chemlab");
    await expect.poll(() => chosen(page).innerText()).toContain("Chemistry lab");
    await page.keyboard.press("Enter");
    await heading(page, "Chemistry lab").waitFor();
    await switcher(page).waitFor({ state: "detached" });

    await page.keyboard.press("Control+K");
    await field(page).waitFor();
    await page.keyboard.type("zzqx");
    await expect.poll(() => options(page).allInnerTexts()).toEqual(["Search messages for “zzqx”"]);
  });
});

describe("From room to room", () => {
  it("25: Alt with the arrows goes to the room before and after, with Shift to the next that has news", async () => {
    const rooms = ["Room 25a", "Room 25b", "Room 25c", "Room 25d"];
    const ids = [];
    for (const name of rooms) ids.push(await desk.room(name, ["ms-vogel", "linh"]));
    const page = await desk.window("linh");
    await openRoom(page, "Room 25a");
    await page.keyboard.press("Alt+ArrowDown");
    await heading(page, "Room 25b").waitFor();
    await page.keyboard.press("Alt+ArrowUp");
    await heading(page, "Room 25a").waitFor();
    // A room that is muted has no news, unless it names one.
    await desk.school.call("linh", "PUT", `/chat/rooms/${ids[1]}/quiet/`);
    await desk.school.say("ms-vogel", ids[1] ?? 0, "nothing of yours");
    await desk.school.say("ms-vogel", ids[2] ?? 0, "news");
    await roomLink(page, "Room 25c, 1 unread").waitFor();
    await page.keyboard.press("Alt+Shift+ArrowDown");
    await heading(page, "Room 25c").waitFor();
    await message(page, "news").waitFor();
    await desk.school.say("ms-vogel", ids[1] ?? 0, "@linh this is");
    await roomLink(page, "Room 25b, 2 unread, 1 mention").waitFor();
    await page.keyboard.press("Alt+Shift+ArrowDown");
    await heading(page, "Room 25b").waitFor();
    await page.keyboard.press("Alt+ArrowDown");
    await heading(page, "Room 25c").waitFor();
    // From a box that one writes in as well, where what was typed stays.
    await composer(page, "Room 25c").fill("half a sentence");
    await page.keyboard.press("Alt+ArrowDown");
    await heading(page, "Room 25d").waitFor();
    await page.keyboard.press("Alt+ArrowUp");
    await expect.poll(() => composer(page, "Room 25c").inputValue()).toBe("half a sentence");
  });

  it("26: the browser's way back and forward leads through the rooms, and its keys are left to it", async () => {
    for (const name of ["Room 26a", "Room 26b", "Room 26c"]) await desk.room(name, ["ms-vogel", "jonas"]);
    const page = await desk.window("jonas");
    for (const name of ["Room 26a", "Room 26b", "Room 26c"]) {
      await openRoom(page, name);
      await write(page, name, `written in ${name}`);
    }
    await page.goBack();
    await heading(page, "Room 26b").waitFor();
    await message(page, "written in Room 26b").waitFor();
    await page.goBack();
    await message(page, "written in Room 26a").waitFor();
    await page.goForward();
    await message(page, "written in Room 26b").waitFor();
    // A browser without a window has no Alt+Left of its own; the page must not have one either.
    for (const place of [composer(page, "Room 26b"), log(page)]) {
      const isTaken = await place.evaluate((element) => {
        const init = { key: "ArrowLeft", code: "ArrowLeft", altKey: true, bubbles: true, cancelable: true };
        return !element.dispatchEvent(new KeyboardEvent("keydown", init));
      });
      expect(isTaken).toBe(false);
    }
  });

  it("30: ? and Ctrl+/ open a sheet with exactly the keys that are bound; in a text box ? is a question mark", async () => {
    await desk.room("Room 30", ["ms-vogel", "jonas"]);
    const page = await desk.window("jonas");
    const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await openRoom(page, "Room 30");
    await composer(page, "Room 30").focus();
    await page.keyboard.type("why?");
    expect(await composer(page, "Room 30").inputValue()).toBe("why?");
    expect(await sheet.count()).toBe(0);
    await page.keyboard.press("Control+/");
    await sheet.waitFor();
    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "detached" });
    expect(await composer(page, "Room 30").evaluate((box) => box === document.activeElement)).toBe(true);
    await log(page).focus();
    await page.keyboard.press("?");
    await sheet.waitFor();
    const listed = await sheet.locator("dl > div").evaluateAll((lines) =>
      lines.map((line) => ({
        label: line.querySelector("dt")?.textContent,
        keys: [...line.querySelectorAll(".hr-keys-one")].map((one) =>
          [...one.querySelectorAll("kbd")].map((key) => key.textContent),
        ),
      })),
    );
    const table = (where: string) => shortcuts.filter((shortcut) => shortcut.where === where);
    const wanted = ["anywhere", "rooms", "list", "composer"].flatMap(table).map(({ label, keys }) => ({
      label,
      keys: keys.map((one) => facesOf(one, false)),
    }));
    expect(listed).toEqual(wanted);
    expect(wanted.length).toBe(shortcuts.length);
  });
});
