// 63–66: the parts of the page by F6, the list as one tab stop, what a key does with a message, and what is announced.
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openDesk } from "../kit/desk.ts";
import { composer, log, message, openRoom, roomLink, roomsList } from "../kit/room-page.ts";

const desk = openDesk();

/** Where the focus is: the first of these that it is in. */
const place = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const at = document.activeElement;
    if (at?.matches("textarea")) return at.closest("aside") ? "details" : "composer";
    if (at?.closest("[role='log']")) return "messages";
    return at?.closest("nav") ? "sidebar" : at?.closest("aside") ? "details" : (at?.tagName ?? "");
  });

describe("64: the parts of the page", () => {
  it("the skip link is the first stop and leads to the message box, or to what is there without one", async () => {
    await desk.room("Skipping", ["ms-vogel"]);
    const page = await desk.window("ms-vogel");
    await roomLink(page, "Skipping").waitFor();
    await page.keyboard.press("Tab");
    const skip = page.getByRole("link", { name: "Skip to message box" });
    const isOnSkip = () => skip.evaluate((link) => link === document.activeElement);
    expect(await isOnSkip()).toBe(true);
    await expect.poll(async () => (await skip.boundingBox())?.y).toBeGreaterThanOrEqual(0);
    await page.keyboard.press("Enter");
    expect(await place(page)).toBe("MAIN");
    await openRoom(page, "Skipping");
    await roomLink(page, "Skipping").focus();
    for (let step = 0; step < 20 && !(await isOnSkip()); step += 1) await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    expect(await place(page)).toBe("composer");
  });

  it.each(["F6", "Control+F6"])(
    "%s goes round sidebar, messages, composer, details, and back with Shift",
    async (key) => {
      const name = `Round by ${key.replace("+", " and ")}`;
      const room = await desk.room(name, ["ms-vogel"]);
      await desk.school.say("ms-vogel", room, "A word");
      const page = await desk.window("ms-vogel");
      await openRoom(page, name);
      await message(page, "A word").waitFor();
      await page.getByRole("button", { name: "1 member" }).click();
      // what stands there first has no people yet, and hands the focus on to what comes
      await page.getByRole("complementary", { name: "Members" }).getByRole("listitem").waitFor();
      await composer(page, name).focus();
      const order: string[] = [];
      for (let step = 0; step < 5; step += 1) {
        await page.keyboard.press(key);
        order.push(await place(page));
      }
      expect(order).toEqual(["details", "sidebar", "messages", "composer", "details"]);
      await page.keyboard.press(`Shift+${key}`);
      expect(await place(page)).toBe("composer");
    },
  );
});

describe("66: the list of messages", () => {
  it("is one stop, moves by arrows, and opens the bar of a message with Enter", async () => {
    const room = await desk.room("Stops", ["ms-vogel", "jonas"]);
    for (const text of ["one https://example.org/one", "two https://example.org/two", "three"]) {
      await desk.school.say("jonas", room, text);
    }
    const page = await desk.window("ms-vogel");
    await openRoom(page, "Stops");
    await message(page, "three").waitFor();
    await composer(page, "Stops").focus();
    // past the button for files, which stands before the words
    await page.keyboard.press("Shift+Tab");
    expect(await place(page)).not.toBe("messages");
    await page.keyboard.press("Shift+Tab");
    expect(await place(page)).toBe("messages");
    await page.keyboard.press("Shift+Tab");
    expect(await place(page)).not.toBe("messages");
    await page.keyboard.press("F6");
    while ((await place(page)) !== "messages") await page.keyboard.press("F6");
    await page.keyboard.press("End");
    const focusIn = (text: string) => message(page, text).evaluate((row) => row === document.activeElement);
    await expect.poll(() => focusIn("three")).toBe(true);
    await page.keyboard.press("ArrowUp");
    await expect.poll(() => focusIn("two")).toBe(true);
    await page.keyboard.press("Home");
    await expect.poll(() => focusIn("one")).toBe(true);
    await page.keyboard.press("Enter");
    const bar = message(page, "one").getByRole("toolbar", { name: "Message actions" });
    await expect.poll(() => bar.evaluate((element) => element.contains(document.activeElement))).toBe(true);
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: "Pin to room" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("menu").waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
    await expect.poll(() => focusIn("one")).toBe(true);
  });

  it("R, T, P, E, +, C and Delete do what they say, to the message that has the focus", async () => {
    const room = await desk.room("Keys", ["ms-vogel", "jonas"]);
    await desk.school.say("jonas", room, "theirs");
    await desk.school.say("ms-vogel", room, "mine");
    const page = await desk.window("ms-vogel", { permissions: ["clipboard-read", "clipboard-write"] });
    await openRoom(page, "Keys");
    const on = async (text: string, key: string) => {
      await message(page, text).focus();
      await page.keyboard.press(key);
    };
    await on("theirs", "r");
    await page.getByText("Reply to Jonas Brandt").waitFor();
    await page.keyboard.press("Escape");
    await on("mine", "e");
    await page.getByText("Edit your message").waitFor();
    await page.keyboard.press("Escape");
    await on("theirs", "+");
    await page.getByRole("dialog", { name: "Emoji" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await on("theirs", "c");
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe("theirs");
    await on("mine", "Delete");
    await page.getByRole("dialog", { name: "Delete this message?" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await on("theirs", "t");
    await page.getByRole("complementary", { name: "Thread" }).waitFor();
    await page.keyboard.press("Escape");
    await on("theirs", "p");
    await page.getByRole("log", { name: "Private messages with Jonas Brandt" }).waitFor();
  });

  it("anywhere else the letters are only letters: in the box they are written, elsewhere they go there", async () => {
    const room = await desk.room("Letters", ["ms-vogel"]);
    await desk.school.say("ms-vogel", room, "mine");
    const page = await desk.window("ms-vogel");
    await openRoom(page, "Letters");
    await message(page, "mine").waitFor();
    await composer(page, "Letters").focus();
    await page.keyboard.type("rtpec+");
    expect(await composer(page, "Letters").inputValue()).toBe("rtpec+");
    await composer(page, "Letters").press("Delete");
    await roomLink(page, "Letters").focus();
    await page.keyboard.press("e");
    expect(await page.getByText("Edit your message").count()).toBe(0);
    expect(await page.getByRole("dialog").count()).toBe(0);
  });
});

describe("63: dialogs that a menu, a key or a member opens", () => {
  it("take the focus, keep it in them, and give it back to where it was", async () => {
    await desk.room("Dialogs", ["ms-vogel", "jonas", "admin"]);
    const page = await desk.window("ms-vogel");
    await openRoom(page, "Dialogs");
    await page.getByRole("button", { name: "3 members" }).click();
    await page.getByRole("complementary", { name: "Members" }).getByRole("listitem").first().waitFor();
    const menus: [string, string][] = [
      ["Room menu", "Edit room…"],
      ["Room menu", "Invite people…"],
      ["Room menu", "Hand over…"],
      ["Actions for Jonas Brandt", "Mute Jonas for Other…"],
      ["Actions for Jonas Brandt", "Remove from room…"],
    ];
    for (const [opener, item] of menus) {
      const button = page.getByRole("button", { name: opener });
      await button.focus();
      await page.keyboard.press("Enter");
      await page.getByRole("menuitem", { name: item }).focus();
      await page.keyboard.press("Enter");
      const dialog = page.getByRole("dialog");
      await dialog.waitFor();
      const isInside = () => dialog.evaluate((element) => element.contains(document.activeElement));
      await expect.poll(isInside, { message: item }).toBe(true);
      for (const key of ["Tab", "Shift+Tab"]) {
        for (let step = 0; step < 10; step += 1) {
          await page.keyboard.press(key);
          expect(await isInside(), `${item}: ${key}`).toBe(true);
        }
      }
      expect(await page.locator("#root").evaluate((root) => (root as HTMLElement).inert)).toBe(true);
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
      await expect
        .poll(() => button.evaluate((element) => element === document.activeElement), { message: item })
        .toBe(true);
    }
  });

  it("and those that keys open give it back as well", async () => {
    await desk.room("Sheets", ["ms-vogel"]);
    const page = await desk.window("ms-vogel");
    await openRoom(page, "Sheets");
    for (const keys of ["Control+k", "Control+/"]) {
      await composer(page, "Sheets").focus();
      await page.keyboard.press(keys);
      await page.getByRole("dialog").waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await expect.poll(() => place(page), { message: keys }).toBe("composer");
    }
  });
});

describe("65: what a screen reader hears", () => {
  /** Everything that polite regions have said since, in order. */
  const listen = async (page: Page): Promise<() => Promise<string[]>> => {
    const heard = await page.evaluateHandle(() => {
      const heard: string[] = [];
      const watch = new MutationObserver((changes) => {
        for (const { target } of changes) {
          const region = (target instanceof Element ? target : target.parentElement)?.closest("[aria-live='polite']");
          const text = region?.textContent?.trim();
          if (text) heard.push(text);
        }
      });
      watch.observe(document.body, { subtree: true, childList: true, characterData: true });
      return heard;
    });
    return () => heard.jsonValue();
  };

  it("a new message once, its author first; typing and history not at all", async () => {
    const room = await desk.room("Quiet", ["ms-vogel", "jonas"]);
    await desk.history(room, 60, { by: "jonas", readers: ["ms-vogel"] });
    const page = await desk.window("ms-vogel");
    await roomsList(page).waitFor();
    const heard = await listen(page);
    await openRoom(page, "Quiet");
    await message(page, "history-60.").waitFor();
    // Up as somebody does who wants to see the beginning: again, where the list was still finding its own place.
    const atBeginning = async () => {
      await log(page).evaluate((element) => element.scrollTo(0, 0));
      return message(page, "history-1.").isVisible();
    };
    await expect.poll(atBeginning).toBe(true);
    expect(await heard()).toEqual([]);
    const jonas = await desk.window("jonas");
    await openRoom(jonas, "Quiet");
    await composer(jonas, "Quiet").pressSequentially("Good");
    await page.getByText("Jonas is typing").waitFor();
    expect(await heard()).toEqual([]);
    await desk.school.say("jonas", room, "Good evening");
    await expect.poll(heard).toEqual(["Jonas Brandt: Good evening"]);
    expect(await log(page).getAttribute("aria-live")).toBe("off");
  });

  it("of more than three in five seconds only the number", async () => {
    const room = await desk.room("Flood", ["ms-vogel", "jonas"]);
    const page = await desk.window("ms-vogel");
    await openRoom(page, "Flood");
    const heard = await listen(page);
    for (const n of [1, 2, 3, 4, 5]) await desk.school.say("jonas", room, `drop-${n}`);
    await message(page, "drop-5").waitFor();
    await expect.poll(heard).toContain("5 new messages");
    expect((await heard()).some((text) => text.includes("drop-5"))).toBe(false);
  });
});
