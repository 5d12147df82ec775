// What the page says after something was done, and what it asks before something is lost.
import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openDesk } from "../kit/desk.ts";
import { act, composer, message, openRoom, roomLink, roomsList } from "../kit/room-page.ts";

const desk = openDesk();

const notices = (page: Page) => page.getByRole("region", { name: "Notices" });
const hasFocus = (part: Locator) => part.evaluate((element) => element === document.activeElement);

/** A room with some messages, and its host's window, whose clock can be put forward. */
const openHost = async (name: string, said: readonly string[]) => {
  const room = await desk.room(name, ["ms-vogel", "jonas"]);
  for (const words of said) await desk.school.say("jonas", room, words);
  const page = await desk.window("ms-vogel");
  await page.clock.install();
  await page.reload();
  await openRoom(page, name);
  return page;
};

describe("58: toasts", () => {
  it("stand at the bottom left, three at most, as a status each, and go after five or six seconds", async () => {
    const page = await openHost("Room 58", ["one", "two", "three", "four"]);
    const toasts = notices(page).getByRole("status");
    for (const [index, words] of ["one", "two", "three", "four"].entries()) {
      await act(page, words, "Pin to room");
      await message(page, words).getByText("Pinned", { exact: true }).waitFor();
      await expect.poll(() => toasts.count()).toBe(Math.min(index + 1, 3));
    }
    const box = await toasts.last().boundingBox();
    expect(box?.x).toBeLessThan(40);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeGreaterThan(900 - 120);
    expect(await toasts.last().evaluate((toast) => toast.contains(document.activeElement))).toBe(false);
    await page.mouse.move(700, 300);
    await page.clock.runFor(2_500);
    expect(await toasts.count()).toBeGreaterThan(0);
    await page.clock.runFor(4_000);
    await expect.poll(() => toasts.count()).toBe(0);
  });

  it("wait while the pointer or the focus is on them", async () => {
    const page = await openHost("Room 58b", ["one"]);
    const toast = notices(page).getByRole("status");
    await act(page, "one", "Pin to room");
    await toast.hover();
    await page.clock.runFor(20_000);
    expect(await toast.count()).toBe(1);
    await toast.getByRole("button", { name: "Undo" }).focus();
    await page.mouse.move(700, 300);
    await page.clock.runFor(20_000);
    expect(await toast.count(), "the focus is on it").toBe(1);
    await composer(page, "Room 58b").focus();
    await page.clock.runFor(7_000);
    await expect.poll(() => toast.count()).toBe(0);
  });

  it("take back what was done, and the others see that too", async () => {
    const page = await openHost("Room 58c", ["one"]);
    const other = await desk.window("jonas");
    await openRoom(other, "Room 58c");
    const mark = message(other, "one").getByText("Pinned", { exact: true });
    await act(page, "one", "Pin to room");
    await mark.waitFor();
    await notices(page).getByRole("button", { name: "Undo" }).click();
    await mark.waitFor({ state: "detached" });
    await expect.poll(() => notices(page).getByRole("status").count()).toBe(0);
  });

  it("with what went wrong stay until they are closed", async () => {
    desk.allow(/status of 500/);
    const page = await openHost("Room 58d", ["one"]);
    const json = { detail: "Something went wrong here. Try again in a moment.", code: "internal" };
    await page.route(/\/pin\/$/, (route) => route.fulfill({ status: 500, json }));
    await act(page, "one", "Pin to room");
    const toast = notices(page).getByRole("alert");
    await toast.waitFor();
    await page.mouse.move(700, 300);
    await composer(page, "Room 58d").focus();
    await page.clock.runFor(60_000);
    expect(await toast.count()).toBe(1);
    await toast.getByRole("button", { name: "Dismiss" }).click();
    await toast.waitFor({ state: "detached" });
  });
});

describe("59: what cannot be undone", () => {
  /** Opened just now: named, with the safe button focused, which closes it and changes nothing. */
  const expectQuestion = async (page: Page, title: string, verb: string) => {
    const dialog = page.getByRole("dialog", { name: title });
    await dialog.waitFor();
    const safe = dialog.getByRole("button", { name: "Cancel" });
    await expect.poll(() => hasFocus(safe)).toBe(true);
    await dialog.getByRole("button", { name: verb, exact: true }).waitFor();
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "detached" });
  };
  const choose = async (page: Page, item: string) => {
    await page.getByRole("button", { name: "Room menu" }).click();
    await page.getByRole("menuitem", { name: item }).click();
  };

  it("is asked first, by name and with the safe button focused; then it is done", async () => {
    const room = await desk.room("Algebra 9B", ["ms-vogel", "jonas", "aylin"]);
    await desk.school.say("ms-vogel", room, "to be deleted");
    const [page, student] = [await desk.window("ms-vogel"), await desk.window("jonas")];
    await openRoom(page, "Algebra 9B");
    await openRoom(student, "Algebra 9B");
    await act(page, "to be deleted", "Delete");
    await expectQuestion(page, "Delete this message?", "Delete");
    expect(await message(page, "to be deleted").count()).toBe(1);
    await choose(page, "Archive room…");
    await expectQuestion(page, "Archive Algebra 9B?", "Archive room");
    await choose(page, "Delete room");
    await expectQuestion(page, "Delete room Algebra 9B?", "Delete room");
    await choose(student, "Leave room");
    await expectQuestion(student, "Leave Algebra 9B?", "Leave room");
    await composer(student, "Algebra 9B").waitFor();
    await page.getByRole("button", { name: "3 members" }).click();
    await page.getByRole("button", { name: "Actions for Aylin Demir" }).click();
    await page.getByRole("menuitem", { name: "Remove from room" }).click();
    await expectQuestion(page, "Remove Aylin Demir from Algebra 9B?", "Remove from room");
    await page.getByRole("button", { name: "3 members" }).waitFor();

    await act(page, "to be deleted", "Delete");
    await page.getByRole("dialog").getByRole("button", { name: "Delete", exact: true }).click();
    await message(student, "This message was deleted").waitFor();
    await choose(student, "Leave room");
    await student.getByRole("dialog").getByRole("button", { name: "Leave room" }).click();
    const card = roomsList(student).getByRole("listitem").filter({ hasText: "Algebra 9B" });
    await card.getByRole("button", { name: "Join", exact: true }).waitFor();
    await choose(page, "Delete room");
    await page.getByRole("dialog").getByRole("button", { name: "Delete room" }).click();
    await roomLink(page, "Algebra 9B").waitFor({ state: "detached" });
  });
});
