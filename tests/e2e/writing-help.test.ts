// Help while one writes: people, emoji and rooms by their beginnings, marks by keys, links by pasting.
import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openDesk } from "../kit/desk.ts";
import { holdBack } from "../kit/hold-back.ts";
import { act, composer, message, openRoom } from "../kit/room-page.ts";

const desk = openDesk();

const list = (page: Page, name: string) => page.getByRole("listbox", { name });
/** The option that the box points at; it must be the only one that is selected. */
const pointedAt = async (page: Page, box: Locator) => {
  const id = await box.getAttribute("aria-activedescendant");
  const listId = await box.getAttribute("aria-controls");
  const selected = page.getByRole("listbox").getByRole("option", { selected: true });
  expect(await page.getByRole("listbox").getAttribute("id")).toBe(listId);
  expect(await selected.count()).toBe(1);
  expect(await selected.getAttribute("id")).toBe(id);
  return selected.innerText();
};
const selection = (box: Locator) =>
  box.evaluate((element) => {
    const { value, selectionStart, selectionEnd } = element as HTMLTextAreaElement;
    return value.slice(selectionStart, selectionEnd);
  });

describe("Suggestions", () => {
  it("34: @ offers people in a listbox that the box points at; the arrows choose, Tab inserts", async () => {
    await desk.room("Room 34", ["ms-vogel", "jonas", "aylin", "linh"]);
    const page = await desk.window("jonas");
    await openRoom(page, "Room 34");
    const box = composer(page, "Room 34");
    await box.focus();
    await page.keyboard.type("Dear @");
    await list(page, "People to mention").waitFor();
    expect(await pointedAt(page, box), "staff first").toContain("Miriam Vogel");
    await page.keyboard.press("ArrowDown");
    expect(await pointedAt(page, box)).not.toContain("Miriam Vogel");
    await page.keyboard.press("ArrowUp");
    expect(await pointedAt(page, box)).toContain("Miriam Vogel");
    await page.keyboard.type("ay");
    await expect.poll(() => list(page, "People to mention").getByRole("option").count()).toBe(1);
    expect(await pointedAt(page, box)).toContain("Aylin Demir");
    await page.keyboard.press("Tab");
    expect(await box.inputValue()).toBe("Dear @aylin ");
    await page.getByRole("listbox").waitFor({ state: "detached" });
    expect(await box.getAttribute("aria-activedescendant")).toBeNull();
    expect(await box.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.type("hello");
    await page.keyboard.press("Enter");
    await message(page, "Dear @Aylin Demir hello").waitFor();
  });

  it("34: whoever types @ before the people are known is offered them as soon as they are", async () => {
    const id = await desk.room("Room 34f", ["ms-vogel", "jonas", "aylin"]);
    const page = await desk.window("jonas");
    const tell = await holdBack(page, `**/api/chat/rooms/${id}/`);
    await openRoom(page, "Room 34f");
    await composer(page, "Room 34f").focus();
    await page.keyboard.type("Dear @ayl");
    await page.getByText("Room 34f").first().waitFor();
    expect(await list(page, "People to mention").count()).toBe(0);
    tell();
    await list(page, "People to mention")
      .getByRole("option", { name: /Aylin Demir/ })
      .waitFor();
  });

  it("Enter in the search for emoji takes what stands first, however quickly one types", async () => {
    await desk.room("Room 34e", ["ms-vogel", "jonas"]);
    const page = await desk.window("jonas");
    await openRoom(page, "Room 34e");
    const box = composer(page, "Room 34e");
    const picker = page.getByRole("dialog", { name: "Emoji" });
    const search = picker.getByRole("searchbox", { name: "Search emoji" });
    const first = picker.getByRole("gridcell").first();
    const open = async () => {
      await page.getByRole("button", { name: "Emoji" }).click();
      await expect.poll(() => search.evaluate((field) => field === document.activeElement)).toBe(true);
      await first.waitFor();
    };
    const find = async (word: string) => {
      await search.fill(word);
      // What is used often is no part of what is found: without it, the list is as it stays.
      await expect.poll(() => picker.getByRole("grid").innerText()).not.toContain("Often used");
    };
    for (const word of ["microscope", "cat", "party"]) {
      await open();
      await find(word);
      await expect.poll(() => first.getAttribute("aria-label")).toMatch(new RegExp(word, "i"));
      const shown = await first.innerText();
      await search.press("Escape");
      await picker.waitFor({ state: "detached" });
      await open();
      await page.keyboard.type(word);
      await page.keyboard.press("Enter");
      await expect.poll(() => box.inputValue()).toContain(shown);
      await page.keyboard.press("Escape");
      await picker.waitFor({ state: "detached" });
      await box.fill("");
    }
    // Whoever goes to another one gets that.
    await open();
    await find("book");
    await page.keyboard.press("ArrowDown");
    const marked = () => picker.locator('[role="gridcell"][data-active]').innerText();
    await expect.poll(marked).not.toBe(await first.innerText());
    const chosen = await marked();
    await page.keyboard.press("Enter");
    await expect.poll(() => box.inputValue()).toContain(chosen);
  });

  it("34: : offers emoji and # rooms; Enter inserts and does not send", async () => {
    await desk.room("Room 34b", ["ms-vogel", "jonas"]);
    await desk.room("Chemistry lab", ["ms-vogel", "jonas"]);
    const page = await desk.window("jonas");
    await openRoom(page, "Room 34b");
    const box = composer(page, "Room 34b");
    await box.focus();
    await page.keyboard.type("well done :tada");
    await list(page, "Emoji").waitFor();
    expect(await pointedAt(page, box)).toContain("🎉");
    await page.keyboard.press("Enter");
    expect(await box.inputValue()).toBe("well done 🎉 ");
    await page.keyboard.type("in #chem");
    await list(page, "Rooms").waitFor();
    expect(await pointedAt(page, box)).toContain("Chemistry lab");
    await page.keyboard.press("Enter");
    expect(await box.inputValue()).toMatch(/^well done 🎉 in #Chemistry lab/);
    await page.getByRole("listbox").waitFor({ state: "detached" });
    expect(await page.getByRole("article").count()).toBe(0);
    await page.keyboard.press("Enter");
    await message(page, "well done 🎉 in #Chemistry lab").waitFor();
  });

  it("34: Esc closes only the list, then only the reply", async () => {
    const room = await desk.room("Room 34c", ["ms-vogel", "jonas", "aylin"]);
    await desk.school.say("ms-vogel", room, "a question");
    const page = await desk.window("jonas");
    await openRoom(page, "Room 34c");
    const box = composer(page, "Room 34c");
    await act(page, "a question", "Reply with quote");
    await page.getByText("Reply to Miriam Vogel").waitFor();
    await box.focus();
    await page.keyboard.type("ask @ay");
    await list(page, "People to mention").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("listbox").waitFor({ state: "detached" });
    expect(await page.getByText("Reply to Miriam Vogel").count()).toBe(1);
    expect(await box.inputValue()).toBe("ask @ay");
    await page.keyboard.press("Escape");
    await page.getByText("Reply to Miriam Vogel").waitFor({ state: "detached" });
    expect(await box.inputValue()).toBe("ask @ay");
  });
});

describe("Marks and links", () => {
  it("35: Ctrl+B, I, E and Shift+X put marks around what is selected, once more takes them away, and undo restores it", async () => {
    await desk.room("Room 35", ["ms-vogel", "jonas"]);
    const page = await desk.window("jonas");
    await openRoom(page, "Room 35");
    const box = composer(page, "Room 35");
    await box.focus();
    await page.keyboard.type("say hello");
    for (const [keys, mark] of [
      ["Control+b", "**"],
      ["Control+i", "*"],
      ["Control+e", "`"],
      ["Control+Shift+X", "~~"],
    ] as const) {
      await page.keyboard.press("End");
      for (let n = 0; n < 5; n += 1) await page.keyboard.press("Shift+ArrowLeft");
      await page.keyboard.press(keys);
      expect(await box.inputValue(), `after ${keys}`).toBe(`say ${mark}hello${mark}`);
      expect(await selection(box), `after ${keys}`).toBe("hello");
      await page.keyboard.press("Control+z");
      expect(await box.inputValue(), `undo of ${keys}`).toBe("say hello");
    }
    await page.keyboard.press("End");
    for (let n = 0; n < 5; n += 1) await page.keyboard.press("Shift+ArrowLeft");
    await page.keyboard.press("Control+b");
    await page.keyboard.press("Control+b");
    expect(await box.inputValue(), "twice").toBe("say hello");
    await page.keyboard.press("Control+b");
    await page.keyboard.press("Enter");
    await message(page, "say hello").locator("strong").getByText("hello").waitFor();
  });

  it("36: an address pasted over words becomes their link; without words it is pasted as it is; undo restores them", async () => {
    await desk.room("Room 36", ["ms-vogel", "jonas"]);
    const page = await desk.window("jonas");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await openRoom(page, "Room 36");
    const box = composer(page, "Room 36");
    const copy = (text: string) => page.evaluate((text) => navigator.clipboard.writeText(text), text);
    await box.fill("see page 12");
    await copy("https://example.org/book?page=12");
    await page.keyboard.press("End");
    for (let n = 0; n < 7; n += 1) await page.keyboard.press("Shift+ArrowLeft");
    await page.keyboard.press("Control+v");
    expect(await box.inputValue()).toBe("see [page 12](https://example.org/book?page=12)");
    await page.keyboard.press("Control+z");
    expect(await box.inputValue()).toBe("see page 12");
    await page.keyboard.press("Control+Shift+z");
    await page.keyboard.press("End");
    await page.keyboard.type(" and ");
    await page.keyboard.press("Control+v");
    await page.keyboard.press("Enter");
    const row = message(page, "see page 12 and");
    const links = row.getByRole("link");
    await links.first().waitFor();
    expect(await links.allInnerTexts()).toEqual(["page 12", "https://example.org/book?page=12"]);
    expect(await links.first().getAttribute("rel")).toContain("noopener");

    await box.fill("some words");
    await copy("no address");
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Control+v");
    expect(await box.inputValue()).toBe("no address");
  });
});
