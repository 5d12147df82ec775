// Reactions under a message and what is pinned to a room: here at once, with the others a moment later.
import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openDesk } from "../kit/desk.ts";
import { act, log, message, openRoom } from "../kit/room-page.ts";

const desk = openDesk();
const REACTION = /\/reactions\//;

const chips = (row: Locator) => row.getByRole("toolbar", { name: "Reactions" });
const chip = (row: Locator, emoji: string) => chips(row).getByRole("button", { name: new RegExp(`^${emoji}`) });
const isPressed = (button: Locator) => button.getAttribute("aria-pressed");
const react = async (row: Locator, emoji: string) => {
  await row.hover();
  await row.getByRole("toolbar", { name: "Message actions" }).getByRole("button", { name: emoji }).click();
};
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");

/** Keeps the next answer about a reaction back; the answer decides over it. */
const holdReaction = async (page: Page) => {
  const decided = Promise.withResolvers<"pass" | "fail">();
  await page.route(
    REACTION,
    async (route) => {
      if ((await decided.promise) === "pass") return route.continue();
      const json = { detail: "Something went wrong here. Try again in a moment.", code: "internal" };
      await route.fulfill({ status: 500, json });
    },
    { times: 1 },
  );
  return decided.resolve;
};

describe("54: reactions", () => {
  it("are there at once, before the server has answered, and reach the others", async () => {
    const room = await desk.room("Room 54", ["ms-vogel", "jonas"]);
    await desk.school.say("ms-vogel", room, "Well done");
    const [page, other] = [await desk.window("jonas"), await desk.window("ms-vogel")];
    await openRoom(page, "Room 54");
    await openRoom(other, "Room 54");
    const decide = await holdReaction(page);
    const row = message(page, "Well done");
    await react(row, "👍");
    await chip(row, "👍").waitFor();
    expect(await isPressed(chip(row, "👍"))).toBe("true");
    expect(await chip(row, "👍").innerText()).toContain("1");
    expect(await chips(message(other, "Well done")).count()).toBe(0);
    decide("pass");
    await chip(message(other, "Well done"), "👍").click();
    await chip(row, "👍").getByText("2").waitFor();
    await chip(row, "👍").click();
    await chip(row, "👍").getByText("1").waitFor();
    expect(await isPressed(chip(row, "👍"))).toBe("false");
    await expect.poll(() => chip(message(other, "Well done"), "👍").innerText()).toContain("1");
  });

  it("are taken back when the server refuses, and it says so", async () => {
    desk.allow(/status of 500/);
    const room = await desk.room("Room 54b", ["ms-vogel", "jonas"]);
    const { id } = await desk.school.say("ms-vogel", room, "Well tried");
    await desk.school.call("ms-vogel", "PUT", `/chat/messages/${id}/reactions/${encodeURIComponent("🎉")}/`);
    const page = await desk.window("jonas");
    await openRoom(page, "Room 54b");
    const row = message(page, "Well tried");
    const decideAdding = await holdReaction(page);
    await chip(row, "🎉").click();
    await chip(row, "🎉").getByText("2").waitFor();
    decideAdding("fail");
    await page.getByRole("alert").getByText("Something went wrong here.").waitFor();
    await expect.poll(() => isPressed(chip(row, "🎉"))).toBe("false");
    expect(await chip(row, "🎉").innerText()).toContain("1");
    const decideFirst = await holdReaction(page);
    await react(row, "👍");
    await chip(row, "👍").waitFor();
    decideFirst("fail");
    await chip(row, "👍").waitFor({ state: "detached" });
    // It was a mishap, not a state: the next one is kept.
    await chip(row, "🎉").click();
    await chip(row, "🎉").getByText("2").waitFor();
    await page.reload();
    await chip(row, "🎉").getByText("2").waitFor();
  });

  it("name who reacted, and are one tab stop: arrows go from one to the next, Esc back to the message", async () => {
    const room = await desk.room("Room 54c", ["ms-vogel", "jonas", "aylin", "linh"]);
    const { id } = await desk.school.say("ms-vogel", room, "Who comes along?");
    const give = (who: string, emoji: string) =>
      desk.school.call(who, "PUT", `/chat/messages/${id}/reactions/${encodeURIComponent(emoji)}/`);
    for (const who of ["aylin", "linh", "jonas"]) await give(who, "👍");
    await give("linh", "🎉");
    const page = await desk.window("jonas");
    await openRoom(page, "Room 54c");
    const row = message(page, "Who comes along?");
    await chip(row, "👍").waitFor();
    expect(await chip(row, "👍").getAttribute("title")).toBe("Aylin Demir, Linh Nguyen and you");
    expect(await chip(row, "👍").getAttribute("aria-label")).toBe("👍 3, Aylin Demir, Linh Nguyen and you");
    expect(await chip(row, "🎉").getAttribute("title")).toBe("Linh Nguyen");
    expect(await chips(row).locator("button[tabindex='0']").count()).toBe(1);

    await chip(row, "👍").focus();
    await page.keyboard.press("ArrowRight");
    expect(await focused(page)).toMatch(/^🎉/);
    await page.keyboard.press("Home");
    expect(await focused(page)).toMatch(/^👍/);
    expect(await chips(row).locator("button[tabindex='0']").count()).toBe(1);
    await page.keyboard.press("Enter");
    await expect.poll(() => chip(row, "👍").getAttribute("title")).toBe("Aylin Demir and Linh Nguyen");
    await page.keyboard.press("Tab");
    expect(await chips(row).evaluate((bar) => bar.contains(document.activeElement))).toBe(false);
    await chip(row, "🎉").focus();
    await page.keyboard.press("Escape");
    expect(await row.evaluate((article) => article.contains(document.activeElement))).toBe(true);
    expect(await chips(row).evaluate((bar) => bar.contains(document.activeElement))).toBe(false);
  });
});

describe("Pins", () => {
  const bar = (page: Page) => page.getByRole("region", { name: "Pinned" });

  it("stand in a bar that leads to them, live for everybody, and those who lead the room take them away", async () => {
    const room = await desk.room("Room P", ["ms-vogel", "jonas"]);
    const { id } = await desk.school.say("ms-vogel", room, "Bring a **ruler** on Monday");
    await desk.history(room, 60, { by: "ms-vogel", readers: ["jonas"] });
    await desk.school.say("ms-vogel", room, "And on Tuesday a pen");
    const [host, page] = [await desk.window("ms-vogel"), await desk.window("jonas")];
    await openRoom(host, "Room P");
    await openRoom(page, "Room P");
    await act(host, "And on Tuesday a pen", "Pin to room");
    await host.getByRole("status").getByText("Pinned for everybody in the room.").waitFor();
    await bar(page).getByText("And on Tuesday a pen").waitFor();
    await message(page, "And on Tuesday a pen").getByText("Pinned", { exact: true }).waitFor();
    expect(await bar(page).getByRole("button", { name: "Unpin" }).count(), "students cannot unpin").toBe(0);

    await desk.school.call("ms-vogel", "PUT", `/chat/messages/${id}/pin/`);
    await bar(page).getByText("1 of 2 pinned").waitFor();
    await bar(page).getByText("Bring a ruler on Monday").waitFor();
    await message(page, "Bring a ruler on Monday").waitFor({ state: "detached" });
    await bar(page)
      .getByRole("button", { name: /Bring a ruler/ })
      .click();
    await message(page, "Bring a ruler on Monday").waitFor();
    await expect
      .poll(() =>
        message(page, "Bring a ruler on Monday").evaluate((row) => {
          const [inner, outer] = [row, row.closest("[role=log]") ?? row].map((e) => e.getBoundingClientRect());
          return inner !== undefined && outer !== undefined && inner.top >= outer.top && inner.bottom <= outer.bottom;
        }),
      )
      .toBe(true);

    await bar(host).getByText("1 of 2 pinned").waitFor();
    await bar(host).getByRole("button", { name: "Unpin" }).click();
    await bar(page).getByText("And on Tuesday a pen").waitFor();
    expect(await bar(page).getByText("of 2 pinned").count()).toBe(0);
    await host
      .getByRole("status")
      .filter({ hasText: "Not pinned any more." })
      .getByRole("button", { name: "Undo" })
      .click();
    await bar(page).getByText("of 2 pinned").waitFor();
    await desk.school.call("ms-vogel", "DELETE", `/chat/messages/${id}/pin/`);
    await bar(host).getByText("And on Tuesday a pen").waitFor();
    await bar(host).getByRole("button", { name: "Unpin" }).click();
    await bar(page).waitFor({ state: "detached" });
    expect(await log(page).getByText("Pinned", { exact: true }).count()).toBe(0);
  });
});
