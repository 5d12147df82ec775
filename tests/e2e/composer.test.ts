// The box one writes in: what it keeps, whom it answers, what it edits, and when it does not send. The numbers are those of the behaviours.
import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openDesk } from "../kit/desk.ts";
import { scrollUp, watch } from "../kit/motion.ts";
import { PHONE } from "../kit/people.ts";
import { act, composer, log, message, openRoom, write } from "../kit/room-page.ts";

const desk = openDesk();

const replyBox = (page: Page) => page.getByRole("textbox", { name: "Reply in thread" });
const hasFocus = (box: Locator) => box.evaluate((element) => element === document.activeElement);
const caret = (box: Locator) => box.evaluate((element) => (element as HTMLTextAreaElement).selectionStart);
/** What a screen reader says after the name: why Send is off. */
const description = (button: Locator) =>
  button.evaluate((element) => {
    const ids = element.getAttribute("aria-describedby")?.split(" ") ?? [];
    return ids.map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
  });

/** Types the text while the page's clock stands still, and tells when it is written down on the device: in ms of it. */
const timeSaving = async (page: Page, box: Locator, text: string) => {
  const isSaved = () =>
    page.evaluate((text) => Object.values(localStorage).some((value) => String(value).includes(text)), text);
  await box.focus();
  await page.keyboard.type(text);
  let ms = 0;
  for (; ms < 1_000 && !(await isSaved()); ms += 50) await page.clock.runFor(50);
  return ms;
};

describe("Drafts", () => {
  it("32: what is typed, in a room and in a thread of it, is kept 500 ms after the last key and is there after a reload", async () => {
    const room = await desk.room("Room 32", ["ms-vogel", "jonas"]);
    await desk.room("Elsewhere", ["ms-vogel", "jonas"]);
    await desk.school.say("ms-vogel", room, "A question");
    const page = await desk.window("jonas");
    await openRoom(page, "Room 32");
    await act(page, "A question", "Reply in thread");
    await replyBox(page).waitFor();
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 60_000);
    expect(await timeSaving(page, composer(page, "Room 32"), "half a thought")).toBeLessThanOrEqual(500);
    expect(await timeSaving(page, replyBox(page), "its own words")).toBeLessThanOrEqual(500);
    await page.clock.resume();
    await page.reload();
    await replyBox(page).waitFor();
    expect(await replyBox(page).inputValue()).toBe("its own words");
    expect(await composer(page, "Room 32").inputValue()).toBe("half a thought");
    await openRoom(page, "Elsewhere");
    expect(await composer(page, "Elsewhere").inputValue()).toBe("");
    await openRoom(page, "Room 32");
    expect(await composer(page, "Room 32").inputValue()).toBe("half a thought");
  });
});

describe("Editing and answering", () => {
  it("33: Arrow up in an empty box edits my last message; Esc cancels, and draft, caret and list are as they were", async () => {
    const room = await desk.room("Room 33", ["ms-vogel", "jonas"]);
    await desk.history(room, 20, { by: "ms-vogel", readers: ["jonas"] });
    const page = await desk.window("jonas");
    await openRoom(page, "Room 33");
    const box = composer(page, "Room 33");
    await write(page, "Room 33", "my frist words");
    await desk.school.say("ms-vogel", room, "somebody else's");
    await message(page, "somebody else's").waitFor();
    await scrollUp(page, log(page), 300);
    const row = await watch(message(page, "history-12."));
    await box.focus();
    await page.keyboard.press("ArrowUp");
    await page.getByText("Edit your message").waitFor();
    expect(await box.inputValue()).toBe("my frist words");
    expect(await hasFocus(box)).toBe(true);
    await page.keyboard.press("Escape");
    await page.getByText("Edit your message").waitFor({ state: "detached" });
    expect(await box.inputValue()).toBe("");
    expect(await hasFocus(box)).toBe(true);
    expect(await row.moved(), "the list moved").toBeLessThanOrEqual(1);

    await box.fill("a draft of mine");
    await page.keyboard.press("ArrowUp");
    expect(await page.getByText("Edit your message").count(), "Arrow up in a draft moves the caret only").toBe(0);
    await page.keyboard.press("Home");
    for (let n = 0; n < 7; n += 1) await page.keyboard.press("ArrowRight");
    await act(page, "my frist words", "Edit");
    await expect.poll(() => box.inputValue()).toBe("my frist words");
    await box.press("Escape");
    await expect.poll(() => box.inputValue()).toBe("a draft of mine");
    expect(await caret(box)).toBe(7);

    await box.fill("");
    await page.keyboard.press("ArrowUp");
    await expect.poll(() => box.inputValue()).toBe("my frist words");
    await box.fill("my first words");
    await page.keyboard.press("Enter");
    await message(page, "my first words").getByText("(edited)").waitFor();
    expect(await box.inputValue()).toBe("");
    expect(await message(page, "my frist words").count()).toBe(0);
  });

  it("37: a letter typed anywhere goes to the composer; not where it has another meaning", async () => {
    const room = await desk.room("Room 37", ["ms-vogel", "jonas"]);
    await desk.school.say("ms-vogel", room, "hello");
    const page = await desk.window("jonas");
    await openRoom(page, "Room 37");
    await message(page, "hello").waitFor();
    const box = composer(page, "Room 37");
    await page.getByRole("button", { name: "Room menu" }).focus();
    await page.keyboard.type("what");
    expect(await box.inputValue()).toBe("what");
    expect(await hasFocus(box)).toBe(true);
    await log(page).focus();
    await page.keyboard.press("Control+a");
    expect(await hasFocus(box)).toBe(false);
    await page.keyboard.press("Control+k");
    const field = page.getByRole("dialog").getByRole("combobox");
    await field.waitFor();
    await page.keyboard.type("xyz");
    expect(await field.inputValue()).toBe("xyz");
    expect(await box.inputValue()).toBe("what");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await box.inputValue()).toBe("what");
  });

  it("38: a counter from 90 % of the limit; over it Send is off and says why, and Enter sends nothing", async () => {
    await desk.room("Room 38", ["ms-vogel", "jonas"]);
    const page = await desk.window("jonas");
    await openRoom(page, "Room 38");
    const box = composer(page, "Room 38");
    const send = page.getByRole("button", { name: "Send", exact: true });
    const counter = page.getByText("/ 10,000");
    await box.fill("a".repeat(8_999));
    expect(await counter.count()).toBe(0);
    await box.fill("a".repeat(9_000));
    await page.getByText("9,000 / 10,000").waitFor();
    expect(await send.isEnabled()).toBe(true);
    await box.fill("a".repeat(10_002));
    await page.getByText("10,002 / 10,000").waitFor();
    expect(await send.isDisabled()).toBe(true);
    expect(await description(send)).toContain("2 characters too long");
    expect(await box.getAttribute("aria-invalid")).toBe("true");
    await box.press("Enter");
    expect(await box.inputValue()).toBe("a".repeat(10_002));
    expect(await page.getByRole("article").count()).toBe(0);
    // A character is what a person calls one: these are 10,000 of them in 20,000 units.
    await box.fill("🦊".repeat(10_000));
    await page.getByText("10,000 / 10,000", { exact: true }).waitFor();
    await send.click();
    await message(page, "🦊🦊🦊").waitFor();
    expect(await counter.count()).toBe(0);
  });

  it("39: a bar says whom I answer; Esc and its cross remove it and keep the words; what is sent quotes", async () => {
    const room = await desk.room("Room 39", ["ms-vogel", "jonas"]);
    await desk.school.say("ms-vogel", room, "Who brings the paint?");
    const page = await desk.window("jonas");
    await openRoom(page, "Room 39");
    const box = composer(page, "Room 39");
    const bar = page.getByText("Reply to Miriam Vogel");
    await box.fill("I do");
    await act(page, "Who brings the paint?", "Reply with quote");
    await bar.waitFor();
    expect(await bar.innerText()).toContain("Who brings the paint?");
    await expect.poll(() => hasFocus(box)).toBe(true);
    await page.keyboard.press("Escape");
    await bar.waitFor({ state: "detached" });
    expect(await box.inputValue()).toBe("I do");
    expect(await hasFocus(box)).toBe(true);
    await act(page, "Who brings the paint?", "Reply with quote");
    await page.getByRole("button", { name: "Cancel reply" }).click();
    await bar.waitFor({ state: "detached" });
    await act(page, "Who brings the paint?", "Reply with quote");
    await bar.waitFor();
    await box.press("Enter");
    const answer = log(page).getByRole("article").filter({ hasText: "I do" });
    await answer.getByRole("button", { name: "Who brings the paint?" }).waitFor();
    await bar.waitFor({ state: "detached" });
    await write(page, "Room 39", "and a brush");
    expect(await message(page, "and a brush").getByRole("button", { name: "Who brings the paint?" }).count()).toBe(0);
  });

  it("40: on touch Enter makes a new line, and the Send button sends", async () => {
    await desk.room("Room 40", ["ms-vogel", "jonas"]);
    const page = await desk.window("jonas", PHONE);
    await openRoom(page, "Room 40");
    const box = composer(page, "Room 40");
    const send = page.getByRole("button", { name: "Send", exact: true });
    expect(await send.isVisible()).toBe(true);
    await box.tap();
    await page.keyboard.type("first line");
    await page.keyboard.press("Enter");
    await page.keyboard.type("second line");
    expect(await box.inputValue()).toBe("first line\nsecond line");
    expect(await page.getByRole("article").count()).toBe(0);
    expect(await box.getAttribute("enterkeyhint")).toBe("enter");
    await send.tap();
    await message(page, "second line").waitFor();
    expect(await box.inputValue()).toBe("");
    expect(await hasFocus(box), "the keyboard of the phone would go away").toBe(true);
  });
});
