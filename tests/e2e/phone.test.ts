// On a phone: one pane at a time, fingers, and a keyboard that takes half of the screen.
import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openDesk } from "../kit/desk.ts";
import { fromEnd } from "../kit/motion.ts";
import { PHONE } from "../kit/people.ts";
import { composer, log, message, openRoom, roomLink, roomsList } from "../kit/room-page.ts";

const desk = openDesk();
const FINGER = 44;

/** What can be tapped and is smaller than a finger: names with their sizes. Links within sentences are let off. */
const tooSmall = (page: Page): Promise<string[]> =>
  page.evaluate((finger) => {
    const targets = [...document.querySelectorAll<HTMLElement>("button, a[href], input, textarea, [role=menuitem]")];
    const isShown = (element: HTMLElement) =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && element.clientWidth > 2;
    // What lies over the middle, or belongs to it, counts: a label, a stretched link, a larger area around an icon.
    const reaches = (element: HTMLElement, x: number, y: number) => {
      const hit = document.elementFromPoint(x, y);
      return hit !== null && (element.contains(hit) || (hit.closest("label")?.contains(element) ?? false));
    };
    return targets.filter(isShown).flatMap((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      const [cx, cy] = [x + width / 2, y + height / 2];
      if (cx < 0 || cy < 0 || cx > innerWidth || cy > innerHeight || element.closest("p, [inert], .hr-skip")) return [];
      const half = finger / 2 - 1;
      const isWide = width >= finger || (reaches(element, cx - half, cy) && reaches(element, cx + half, cy));
      const isHigh = height >= finger || (reaches(element, cx, cy - half) && reaches(element, cx, cy + half));
      const name = element.getAttribute("aria-label") ?? element.innerText ?? element.id;
      return isWide && isHigh ? [] : [`${name || element.outerHTML.slice(0, 80)}: ${width} × ${height}`];
    });
  }, FINGER);

const isInside = async (part: Locator, width: number, height: number) => {
  const box = await part.boundingBox();
  return box !== null && box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height;
};

describe("70: on a phone", () => {
  it("the rooms are the first screen, a room is the next, and Back returns", async () => {
    await desk.room("Room 70", ["ms-vogel", "jonas"]);
    const page = await desk.window("jonas", PHONE);
    await roomLink(page, "Room 70").waitFor();
    expect(await page.getByRole("main").count()).toBe(0);
    await openRoom(page, "Room 70");
    expect(await roomsList(page).count()).toBe(0);
    await page.goBack();
    await roomLink(page, "Room 70").waitFor();
    await openRoom(page, "Room 70");
    await page.getByRole("button", { name: "Room menu" }).click();
    await page.getByRole("menuitem", { name: "2 members" }).click();
    const members = page.getByRole("complementary", { name: "Members" });
    await members.waitFor();
    expect(await composer(page, "Room 70").count()).toBe(0);
    await page.goBack();
    await members.waitFor({ state: "detached" });
    await composer(page, "Room 70").waitFor();
    await page.getByRole("button", { name: "Back to rooms" }).click();
    await roomLink(page, "Room 70").waitFor();
  });

  it("the composer stays above the keyboard, and the end of the conversation above the composer", async () => {
    const room = await desk.room("Room 70b", ["ms-vogel", "jonas"]);
    await desk.history(room, 20, { by: "ms-vogel", readers: ["jonas"] });
    const page = await desk.window("jonas", PHONE);
    await openRoom(page, "Room 70b");
    await message(page, "history-20.").waitFor();
    await composer(page, "Room 70b").tap();
    // The page asks for its content to be resized when the keyboard comes.
    await page.setViewportSize({ width: 390, height: 480 });
    await expect.poll(() => isInside(composer(page, "Room 70b"), 390, 480)).toBe(true);
    await expect.poll(() => isInside(page.getByRole("button", { name: "Send" }), 390, 480)).toBe(true);
    await expect.poll(() => fromEnd(log(page))).toBeLessThan(2);
    await page.keyboard.type("one");
    await page.keyboard.press("Enter");
    await page.keyboard.type("two");
    expect(await composer(page, "Room 70b").inputValue()).toBe("one\ntwo");
    await page.getByRole("button", { name: "Send" }).tap();
    await message(page, "two").waitFor();
    await expect.poll(() => fromEnd(log(page))).toBeLessThan(2);
    await page.setViewportSize({ width: 390, height: 844 });
    await expect.poll(() => fromEnd(log(page))).toBeLessThan(2);
  });

  it("everything is large enough for a finger, and nothing is wider than the screen", async () => {
    const room = await desk.room("Room 70c", ["ms-vogel", "jonas", "aylin"]);
    await desk.school.say(
      "jonas",
      room,
      "Good morning https://example.org/a-long-address/that-goes-on-and-on-and-on-and-on",
    );
    await desk.school.roomOf("admin", "Theatre 70", { public: false });
    await desk.school.call("ms-vogel", "PATCH", `/chat/rooms/${room}/`, { public: false });
    await desk.school.call("linh", "POST", `/chat/rooms/${room}/join-request/`);
    const page = await desk.window("ms-vogel", PHONE);
    const found: string[] = [];
    const look = async (screen: string) => {
      found.push(...(await tooSmall(page)).map((target) => `${screen}: ${target}`));
      const wider = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (wider > 0) found.push(`${screen} is ${wider} px too wide`);
    };
    await roomLink(page, "Room 70c").waitFor();
    await look("rooms");
    await page.getByRole("button", { name: "New room" }).tap();
    await page.getByRole("dialog").waitFor();
    await look("new room");
    await page.getByRole("button", { name: "Close" }).tap();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await openRoom(page, "Room 70c");
    await message(page, "Good morning").waitFor();
    await look("room");
    await page.getByRole("button", { name: "1 join request" }).tap();
    await page.getByRole("button", { name: "Approve" }).waitFor();
    await look("requests");
    await page.getByRole("button", { name: "Back", exact: true }).tap();
    await page.getByRole("button", { name: "Room menu" }).tap();
    await page.getByRole("menuitem", { name: "3 members" }).waitFor();
    await look("room menu");
    await page.getByRole("menuitem", { name: "3 members" }).tap();
    await page.getByRole("complementary", { name: "Members" }).waitFor();
    await look("members");
    const stranger = await desk.stranger(PHONE);
    await stranger.getByRole("button", { name: "Make an account" }).waitFor();
    found.push(...(await tooSmall(stranger)).map((target) => `sign-in: ${target}`));
    expect(found).toEqual([]);
  });

  it("keeps clear of what the device itself takes at the edges", async () => {
    await desk.room("Room 70d", ["ms-vogel", "jonas"]);
    const page = await desk.window("jonas", PHONE);
    await openRoom(page, "Room 70d");
    const bottom = async () => {
      const box = await composer(page, "Room 70d").boundingBox();
      return box ? box.y + box.height : 0;
    };
    const before = await bottom();
    const device = await page.context().newCDPSession(page);
    await device.send("Emulation.setSafeAreaInsetsOverride", { insets: { bottom: 34, top: 47 } });
    await expect.poll(bottom).toBeLessThanOrEqual(before - 34);
    const title = await page.getByRole("heading", { name: "Room 70d" }).boundingBox();
    expect(title?.y).toBeGreaterThan(47);
  });
});
