// Reading: what stands together, and that nothing moves under the reader's eyes.
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openDesk } from "../kit/desk.ts";
import { fromEnd, scrollToTop, scrollUp, watch } from "../kit/motion.ts";
import { log, message, openRoom } from "../kit/room-page.ts";

const desk = openDesk();

/** Nobody can write into the past over the API. */
const dateBack = (message: number, days: number) => {
  const db = new DatabaseSync(join(desk.school.dataDir, "homeroom.sqlite"), { timeout: 2_000 });
  db.prepare("UPDATE messages SET created_at = created_at - ? WHERE id = ?").run(days * 86_400_000, message);
  db.close();
};

const hasName = async (row: Locator, name: string) => (await row.getByText(name, { exact: true }).count()) > 0;
const timeOpacity = (row: Locator) =>
  row.getByText(/^\d\d:\d\d$/).evaluate((element) => Number(getComputedStyle(element).opacity));

describe("Reading", () => {
  it("9: one author within five minutes is one group; a day, a coming or going and a reply begin a new one", async () => {
    const { school } = desk;
    const room = await desk.room("Room 9", ["ms-vogel", "jonas"]);
    dateBack((await school.say("jonas", room, "yesterday")).id, 1);
    const first = await school.say("jonas", room, "today");
    await school.say("jonas", room, "grouped");
    await school.say("jonas", room, "replying", { reply_to: first.id });
    await school.call("aylin", "POST", `/chat/rooms/${room}/join/`);
    await school.say("jonas", room, "welcoming");
    await school.say("ms-vogel", room, "interrupting");
    await school.say("jonas", room, "resuming");
    const page = await desk.window("jonas");
    await openRoom(page, "Room 9");
    await message(page, "resuming").waitFor();
    for (const begins of ["yesterday", "today", "replying", "welcoming", "resuming"]) {
      expect([begins, await hasName(message(page, begins), "Jonas Brandt")]).toEqual([begins, true]);
    }
    await page.getByRole("separator", { name: /^Yesterday/ }).waitFor();

    const grouped = message(page, "grouped");
    expect(await hasName(grouped, "Jonas Brandt")).toBe(false);
    expect(await grouped.getAttribute("aria-label")).toMatch(/^Jonas Brandt, \d\d:\d\d$/);
    expect(await timeOpacity(grouped)).toBe(0);
    await grouped.hover();
    await expect.poll(() => timeOpacity(grouped)).toBe(1);
    await message(page, "today").hover();
    await expect.poll(() => timeOpacity(grouped)).toBe(0);
    await grouped.focus();
    await expect.poll(() => timeOpacity(grouped)).toBe(1);
  });

  it("14: fifty older messages on top move what is being read by no more than 1 px in any frame", async () => {
    const room = await desk.room("Room 14", ["ms-vogel", "jonas"]);
    await desk.history(room, 130, { by: "ms-vogel", readers: ["jonas"] });
    const page = await desk.behindProxy("jonas");
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await openRoom(page, "Room 14");
    await message(page, "history-130").waitFor();
    const older = () => asked.map((url) => new URL(url).searchParams.get("before")).filter(Boolean).length;
    expect(older(), "asked for before anybody scrolled").toBe(0);
    for (const oldest of [81, 31]) {
      desk.proxy.hold("answers");
      await scrollToTop(log(page));
      const anchor = message(page, `history-${oldest + 1}.`);
      await anchor.waitFor();
      const seen = await watch(anchor);
      desk.proxy.release();
      await message(page, `history-${oldest - 1}.`).waitFor({ state: "attached" });
      expect(await seen.moved()).toBeLessThanOrEqual(1);
    }
  });

  it("16: from the end, or up to 80 px before it, the view follows a growing last row and what comes", async () => {
    const room = await desk.room("Room 16", ["ms-vogel", "jonas"]);
    await desk.history(room, 30, { by: "ms-vogel", readers: ["jonas"] });
    const page = await desk.window("jonas");
    await openRoom(page, "Room 16");
    await message(page, "history-30").waitFor();
    const { id } = await desk.school.say("ms-vogel", room, "It grows");
    await message(page, "It grows").waitFor();
    const grow = async (lines: number) => {
      const content = Array.from({ length: lines }, (_, n) => `line ${n + 1} of ${lines}`).join("\n");
      await desk.school.call("ms-vogel", "PATCH", `/chat/messages/${id}/`, { content });
      await message(page, `line ${lines} of ${lines}`).waitFor();
    };
    await grow(8);
    await expect.poll(() => fromEnd(log(page))).toBeLessThan(2);
    await scrollUp(page, log(page), 60);
    await grow(16);
    await expect.poll(() => fromEnd(log(page))).toBeLessThan(2);
    await scrollUp(page, log(page), 60);
    await desk.school.say("ms-vogel", room, "and one more");
    await message(page, "and one more").waitFor();
    await expect.poll(() => fromEnd(log(page))).toBeLessThan(2);

    await scrollUp(page, log(page), 120);
    const seen = await watch(message(page, "line 1 of 16"));
    await desk.school.say("ms-vogel", room, "not followed");
    await page.getByRole("button", { name: "1 new message" }).waitFor();
    expect(await seen.moved()).toBe(0);
  });

  it("17: scrolled up there is “Jump to latest” with a count; it goes to the end and clears", async () => {
    const room = await desk.room("Room 17", ["ms-vogel", "jonas"]);
    await desk.history(room, 30, { by: "ms-vogel", readers: ["jonas"] });
    const page = await desk.window("jonas");
    await openRoom(page, "Room 17");
    await message(page, "history-30").waitFor();
    const pill = page.getByRole("button", { name: "Jump to latest" });
    expect(await pill.count()).toBe(0);
    await scrollUp(page, log(page), 500);
    await pill.waitFor();
    expect(await pill.innerText()).toBe("");
    await desk.school.say("ms-vogel", room, "one more");
    await desk.school.say("ms-vogel", room, "and another");
    await page.getByRole("button", { name: "Jump to latest, 2 new messages" }).click();
    await message(page, "and another").waitFor();
    await expect.poll(() => fromEnd(log(page))).toBeLessThan(2);
    await pill.waitFor({ state: "detached" });
    await scrollUp(page, log(page), 500);
    await pill.waitFor();
    expect(await pill.innerText()).toBe("");
  });
});
