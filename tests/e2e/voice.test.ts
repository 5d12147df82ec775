// Voice messages: recorded with the browser's beeping microphone, listened to, sent, and played by somebody else. The
// numbers are those of the behaviours.
import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openDesk } from "../kit/desk.ts";
import { composer, log, openRoom } from "../kit/room-page.ts";

const desk = openDesk();
const HEARING = { permissions: ["microphone"] };

const mic = (page: Page) => page.getByRole("button", { name: "Record a voice message" });
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const timer = (page: Page) => page.getByRole("timer");
const voices = (page: Page) => log(page).getByRole("group", { name: /^Voice message, / });
const slider = (voice: Locator) => voice.getByRole("slider", { name: "Position" });
const position = async (voice: Locator) => Number(await slider(voice).getAttribute("aria-valuenow"));
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
/** How loud it is drawn: another line for every sound. */
const level = (page: Page) => page.locator(".hr-recorder-level path").last().getAttribute("d");

const record = async (page: Page, seconds: string) => {
  await mic(page).click();
  await expect.poll(() => timer(page).textContent()).toBe(seconds);
};
const send = async (page: Page, seconds: string) => {
  const count = await voices(page).count();
  await record(page, seconds);
  await press(page, "Send voice message");
  await expect.poll(() => voices(page).count()).toBe(count + 1);
};

describe("Recording", () => {
  it("46: by keys alone: level, pause, listening, sending; the other person has it with its length", async () => {
    await desk.room("Room 46", ["ms-vogel", "jonas"]);
    const jonas = await desk.window("jonas", HEARING);
    const vogel = await desk.window("ms-vogel");
    await Promise.all([openRoom(jonas, "Room 46"), openRoom(vogel, "Room 46")]);
    await composer(jonas, "Room 46").fill("half a thought");
    await mic(jonas).focus();
    await jonas.keyboard.press("Enter");
    await expect.poll(() => timer(jonas).textContent()).toBe("0:01");
    const before = await level(jonas);
    await expect.poll(() => level(jonas)).not.toBe(before);
    await expect.poll(() => timer(jonas).textContent()).toBe("0:02");
    expect(await focused(jonas)).toBe("Pause");
    await jonas.keyboard.press("Space");
    await expect.poll(() => focused(jonas)).toBe("Continue");
    const paused = await timer(jonas).textContent();
    await new Promise((later) => setTimeout(later, 1_500));
    expect(await timer(jonas).textContent()).toBe(paused);
    await jonas.keyboard.press("Tab");
    expect(await focused(jonas)).toBe("Stop recording");
    await jonas.keyboard.press("Enter");
    const mine = jonas.getByRole("group", { name: /^Your voice message, 0:0\d/ });
    await expect.poll(() => focused(jonas)).toBe("Play");
    await jonas.keyboard.press("Enter");
    await expect.poll(() => position(mine)).toBeGreaterThan(0);
    await jonas.getByRole("button", { name: "Send voice message" }).focus();
    await jonas.keyboard.press("Enter");
    await voices(vogel).waitFor();
    expect(await voices(vogel).getAttribute("aria-label")).toBe(await voices(jonas).getAttribute("aria-label"));
    expect(await voices(vogel).textContent()).toContain(paused);
    // what was typed is still there, and so is the focus
    expect(await composer(jonas, "Room 46").inputValue()).toBe("half a thought");
    await expect.poll(() => focused(jonas)).toBe("Message Room 46");
  });

  it("46: the browser's question is explained before it comes; a microphone that is blocked says what to do", async () => {
    await desk.room("Room 46b", ["ms-vogel", "jonas"]);
    const page = await desk.window("jonas");
    await page.evaluate(() => {
      navigator.permissions.query = () => Promise.resolve({ state: "prompt" } as PermissionStatus);
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", "NotAllowedError"));
    });
    await openRoom(page, "Room 46b");
    await mic(page).click();
    await page.getByText("Your browser now asks").waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => focused(page)).toBe("Record a voice message");
    await mic(page).click();
    await press(page, "Continue");
    await page.getByText("The browser blocks the microphone. Allow it in the address bar, then try again.").waitFor();
    await expect.poll(() => focused(page)).toBe("Record a voice message");
  });

  it("46: it is deleted only when that is meant, kept when its room is left, and sent again when sending failed", async () => {
    await desk.room("Room 46c", ["ms-vogel", "jonas"]);
    await desk.room("Elsewhere", ["ms-vogel", "jonas"]);
    desk.allow(/507/);
    const page = await desk.window("jonas", HEARING);
    await openRoom(page, "Room 46c");
    await record(page, "0:01");
    await page.keyboard.press("Escape");
    await page.getByText("Delete this recording?").waitFor();
    await press(page, "Keep it");
    await press(page, "Continue");
    await openRoom(page, "Elsewhere");
    expect(await timer(page).count()).toBe(0);
    await page
      .getByRole("navigation", { name: "Rooms" })
      .getByRole("link", { name: /^Room 46c/ })
      .click();
    await page.getByText("You left while recording.").last().waitFor();
    const body = JSON.stringify({ code: "storage_full", detail: "The disk is full." });
    await page.route("**/api/chat/uploads/", (route) => route.fulfill({ status: 507, body }));
    await press(page, "Send voice message");
    await page.getByText("The disk is full.").last().waitFor();
    await page.unroute("**/api/chat/uploads/");
    await press(page, "Try again");
    await expect.poll(() => voices(page).count()).toBe(1);
    await record(page, "0:01");
    await press(page, "Stop recording");
    await page.getByRole("group", { name: /^Your voice message/ }).waitFor();
    await press(page, "Discard recording");
    await press(page, "Delete");
    await expect.poll(() => focused(page)).toBe("Record a voice message");
    expect(await voices(page).count()).toBe(1);
  });

  it("there is no microphone where the room has none", async () => {
    const room = await desk.room("Room 46d", ["ms-vogel", "jonas"]);
    const page = await desk.window("jonas", HEARING);
    await openRoom(page, "Room 46d");
    await mic(page).waitFor();
    await desk.school.call("ms-vogel", "PATCH", `/chat/rooms/${room}/`, { allow_voice: false });
    await mic(page).waitFor({ state: "detached" });
  });
});

describe("Playing", () => {
  it("47: arrows seek, the speed goes round and stays, one plays at a time, and the next one plays on", async () => {
    await desk.room("Room 47", ["ms-vogel", "jonas"]);
    const jonas = await desk.window("jonas", HEARING);
    const vogel = await desk.window("ms-vogel");
    await Promise.all([openRoom(jonas, "Room 47"), openRoom(vogel, "Room 47")]);
    await send(jonas, "0:03");
    await send(jonas, "0:02");
    await expect.poll(() => voices(vogel).count()).toBe(2);
    const [first, second] = [voices(vogel).first(), voices(vogel).last()];
    // its length is there before a byte of sound is
    expect(await first.textContent()).toMatch(/0:0[3-9]/);
    await slider(first).focus();
    await vogel.keyboard.press("ArrowRight");
    await vogel.keyboard.press("ArrowRight");
    expect(await position(first)).toBe(2);
    await vogel.keyboard.press("Home");
    expect(await position(first)).toBe(0);
    await first.getByRole("button", { name: "Play" }).click();
    await expect.poll(() => position(first)).toBeGreaterThan(0);
    await second.getByRole("button", { name: "Play" }).click();
    await first.getByRole("button", { name: "Play" }).waitFor();
    await expect.poll(() => position(second)).toBeGreaterThan(0);
    await second.getByRole("button", { name: "Pause" }).click();
    for (const [now, next] of [
      [1, 1.5],
      [1.5, 2],
      [2, 1],
      [1, 1.5],
    ]) {
      await first.getByRole("button", { name: `Speed ${now}×` }).click();
      await second.getByRole("button", { name: `Speed ${next}×` }).waitFor();
    }
    await slider(second).focus();
    await vogel.keyboard.press("Home");
    await slider(first).focus();
    await vogel.keyboard.press("End");
    await vogel.keyboard.press("ArrowLeft");
    await first.getByRole("button", { name: "Play" }).click();
    await second.getByRole("button", { name: "Pause" }).waitFor();
    await expect.poll(() => position(second)).toBeGreaterThan(0);
  });
});
