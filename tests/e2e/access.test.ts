// Every screen and dialog by the rules of WCAG 2.2 A and AA, in both themes, on desk and phone; and how dialogs behave.
import type { BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faults } from "../kit/axe.ts";
import { openDesk } from "../kit/desk.ts";
import { someOf } from "../kit/extent.ts";
import { DESKTOP, openWindow, PHONE } from "../kit/people.ts";
import { composer, message, openRoom, roomLink } from "../kit/room-page.ts";
import { type RunningServer, startServer } from "../kit/server.ts";

const desk = openDesk();

let empty: RunningServer;
beforeAll(async () => {
  empty = await startServer();
});
afterAll(() => empty.dispose());

/** Some of everything that a room can hold, and people at its door. */
const furnish = async (name: string) => {
  const { school } = desk;
  const room = await desk.room(name, ["ms-vogel", "jonas", "aylin"], { description: "Cells and tissues" });
  const first = await school.say("jonas", room, "What is a cell? https://example.org/cells");
  await school.say("ms-vogel", room, "@jonas a small room", { reply_to: first.id });
  const edited = await school.say("aylin", room, "I know");
  await school.call("aylin", "PATCH", `/chat/messages/${edited.id}/`, { content: "I think I know" });
  const deleted = await school.say("jonas", room, "oops");
  await school.call("jonas", "DELETE", `/chat/messages/${deleted.id}/`);
  await school.call("ms-vogel", "PATCH", `/chat/rooms/${room}/`, { public: false });
  await school.call("linh", "POST", `/chat/rooms/${room}/join-request/`, { note: "Please let me in" });
  return room;
};

const sizes: [string, BrowserContextOptions][] = [
  ["a desk", DESKTOP],
  ["a phone", PHONE],
];
/** The desk is the gate's; what a phone shows of a room is looked at there in other tests. */
const cases = someOf(sizes, 2);

describe.each(cases)("62: no violation of WCAG A and AA at %s", (place, device) => {
  const isPhone = device === PHONE;

  it("setting up, signing in, making an account", async () => {
    const found: string[] = [];
    const first = await openWindow(desk.browser, empty.url, device);
    await first.page.getByRole("heading", { name: "Set up your school" }).waitFor();
    found.push(...(await faults(first.page, "set-up")));
    await first.page.getByRole("button", { name: "Set up Homeroom" }).click();
    await first.page.getByText("Type the name of your school.").waitFor();
    found.push(...(await faults(first.page, "set-up with mistakes")));
    await first.close();
    const page = await desk.stranger(device);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    found.push(...(await faults(page, "sign-in")));
    await page.getByRole("button", { name: "Make an account" }).click();
    await page.getByLabel("Your name").waitFor();
    found.push(...(await faults(page, "register")));
    expect(found).toEqual([]);
  });

  it("rooms, a room, its members and requests, and the dialogs of its host", async () => {
    await furnish(`Biology at ${place}`);
    await desk.school.roomOf("ms-vogel", `Still empty at ${place}`, { public: true });
    await desk.school.roomOf("admin", `Theatre at ${place}`, { public: false });
    const page = await desk.window("ms-vogel", device);
    const found: string[] = [];
    const back = async () => {
      if (isPhone) await page.getByRole("button", { name: "Back to rooms" }).click();
    };
    const look = async (screen: string) => found.push(...(await faults(page, screen)));
    const escape = async () => {
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
    };
    await roomLink(page, `Biology at ${place}, private room`).waitFor();
    await look("rooms");
    await page.getByRole("button", { name: "Settings" }).click();
    await page.getByRole("menu").waitFor();
    await look("settings menu");
    await page.getByRole("menuitem", { name: "Your account" }).click();
    await page.getByRole("button", { name: "Sign out everywhere else" }).waitFor();
    await look("own page");
    if (isPhone) await page.getByRole("link", { name: /^Rooms/ }).click();
    await page.getByRole("button", { name: "New room" }).click();
    await page.getByRole("dialog").waitFor();
    await look("new room dialog");
    await escape();
    const stranger = page.getByRole("listitem").filter({ hasText: `Theatre at ${place}` });
    await stranger.getByRole("button", { name: "Ask to join" }).click();
    await page.getByRole("dialog").waitFor();
    await look("ask to join dialog");
    await escape();
    await openRoom(page, `Still empty at ${place}`);
    await look("empty room");
    await back();
    await openRoom(page, `Biology at ${place}`);
    await message(page, "This message was deleted").waitFor();
    await composer(page, `Biology at ${place}`).fill("Half a thought");
    await look("room");
    await page.getByRole("button", { name: "1 join request" }).click();
    const requests = page.getByRole("complementary", { name: "Join requests" });
    await requests.getByRole("button", { name: "Decline" }).click();
    const reason = requests.getByLabel("Reason");
    await expect.poll(() => reason.evaluate((element) => element === document.activeElement)).toBe(true);
    await look("requests");
    await page.keyboard.press("Escape");
    await reason.waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
    await requests.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Room menu" }).click();
    if (isPhone) await page.getByRole("menuitem", { name: "3 members" }).click();
    else {
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "3 members" }).click();
    }
    await page.getByRole("complementary", { name: "Members" }).waitFor();
    await look("members");
    await page.getByRole("button", { name: "Actions for Jonas Brandt" }).click();
    await page.getByRole("menuitem", { name: "Remove from room" }).click();
    await page.getByRole("dialog").waitFor();
    await look("remove dialog");
    await escape();
    expect(found).toEqual([]);
  });

  it("what a student sees: no room, a closed door, the end of a session", async () => {
    const { school } = desk;
    const name = `Drama at ${place}`;
    const { id } = await school.roomOf("ms-vogel", name, { public: false });
    const page = await desk.window("linh", device);
    const found = await faults(page, "no rooms");
    await roomLink(page, name).click();
    await page.getByRole("heading", { name: "This room is for members" }).waitFor();
    found.push(...(await faults(page, "closed door")));
    await page.goto(`${school.url}/rooms/${id}000`);
    await page.getByRole("heading", { name: "There is no room here" }).waitFor();
    found.push(...(await faults(page, "no such room")));
    desk.allow(/status of 404/);
    expect(found).toEqual([]);
  });
});

describe("63: a dialog", () => {
  it("takes the focus, keeps it, makes the page behind inert, closes with Esc and gives the focus back", async () => {
    const page = await desk.window("ms-vogel");
    const opener = page.getByRole("button", { name: "New room" });
    await opener.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "New room" });
    const hasFocus = () => dialog.evaluate((element) => element.contains(document.activeElement));
    await dialog.waitFor();
    await expect
      .poll(() => dialog.getByLabel("Name", { exact: true }).evaluate((e) => e === document.activeElement))
      .toBe(true);
    for (const key of [...Array.from({ length: 12 }, () => "Tab"), ...Array.from({ length: 12 }, () => "Shift+Tab")]) {
      await page.keyboard.press(key);
      expect(await hasFocus()).toBe(true);
    }
    const takesFocus = await opener.evaluate((element) => (element.focus(), element === document.activeElement));
    expect(takesFocus, "the page behind is not inert").toBe(false);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await expect.poll(() => opener.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.getByRole("navigation", { name: "Rooms" }).waitFor();
  });

  it("that asks before something goes for ever focuses the safe button first", async () => {
    const room = await desk.room("Room 63", ["ms-vogel"]);
    await desk.school.say("ms-vogel", room, "to be deleted");
    const page = await desk.window("ms-vogel");
    await openRoom(page, "Room 63");
    const row = message(page, "to be deleted");
    await row.focus();
    await page.keyboard.press("Delete");
    const dialog = page.getByRole("dialog", { name: "Delete this message?" });
    const safe = dialog.getByRole("button", { name: "Cancel" });
    await expect.poll(() => safe.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "detached" });
    await expect.poll(() => row.evaluate((element) => element === document.activeElement)).toBe(true);
  });
});

describe("63: a menu", () => {
  it("is walked with the arrows, Home, End and letters, and gives the focus back", async () => {
    const page = await desk.window("ms-vogel");
    const opener = page.getByRole("button", { name: "Settings" });
    await opener.focus();
    await page.keyboard.press("Enter");
    const menu = page.getByRole("menu", { name: "Settings" });
    await menu.waitFor();
    expect(await opener.getAttribute("aria-expanded")).toBe("true");
    const at = () => menu.locator(":focus").textContent();
    const items = await menu.locator("[role^=menuitem]").allTextContents();
    expect(await at()).toBe(items[0]);
    await page.keyboard.press("ArrowUp");
    expect(await at()).toBe(items.at(-1));
    await page.keyboard.press("ArrowDown");
    expect(await at()).toBe(items[0]);
    await page.keyboard.type("sign");
    expect(await at()).toBe("Sign out");
    expect(await menu.getByRole("menuitemradio", { checked: true }).count()).toBe(1);
    for (const key of ["Escape", "Tab"]) {
      await page.keyboard.press(key);
      await menu.waitFor({ state: "detached" });
      await expect.poll(() => opener.evaluate((element) => element === document.activeElement)).toBe(true);
      await page.keyboard.press("ArrowUp");
      await menu.waitFor();
      expect(await at()).toBe(items.at(-1));
    }
    await page.mouse.click(700, 300);
    await menu.waitFor({ state: "detached" });
  });

  it("in a panel closes alone on Esc: the panel stays", async () => {
    await desk.room("Room with a panel", ["ms-vogel", "jonas"]);
    const page = await desk.window("ms-vogel");
    await openRoom(page, "Room with a panel");
    await page.getByRole("button", { name: "2 members" }).click();
    const panel = page.getByRole("complementary", { name: "Members" });
    const opener = panel.getByRole("button", { name: "Actions for Jonas Brandt" });
    await opener.click();
    const menu = page.getByRole("menu");
    await menu.waitFor();
    await page.keyboard.press("Escape");
    await menu.waitFor({ state: "detached" });
    expect(await panel.isVisible()).toBe(true);
    expect(await opener.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
  });
});
