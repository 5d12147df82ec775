// The list of rooms, going from one room to the other, and the box one writes in.
import { describe, expect, it } from "vitest";
import { openDesk } from "../kit/desk.ts";
import { watch } from "../kit/motion.ts";
import { PASSWORD } from "../kit/people.ts";
import { composer, log, message, openRoom, roomLink, shown, write } from "../kit/room-page.ts";

const desk = openDesk();

describe("Sidebar and navigation", () => {
  it("23: unread is bold, a mention is a number, and title and icon show counts", async () => {
    await desk.room("Quiet", ["ms-vogel", "jonas"]);
    const busy = await desk.room("Busy", ["ms-vogel", "jonas"]);
    const page = await desk.window("jonas");
    const weight = (name: string) =>
      roomLink(page, name)
        .getByText(name)
        .evaluate((element) => Number(getComputedStyle(element).fontWeight));
    const icon = () => page.evaluate(() => document.querySelector<HTMLLinkElement>("link[rel=icon]")?.href ?? "");
    await roomLink(page, "Busy").waitFor();
    const plain = { weight: await weight("Busy"), title: await page.title(), icon: await icon() };

    await desk.school.say("ms-vogel", busy, "one");
    await desk.school.say("ms-vogel", busy, "two");
    await roomLink(page, "Busy, 2 unread").waitFor();
    expect(await weight("Busy")).toBeGreaterThan(plain.weight);
    expect(await weight("Quiet")).toBe(plain.weight);
    await expect.poll(() => page.title()).toBe(`(2) ${plain.title}`);
    expect(await icon()).not.toBe(plain.icon);
    const row = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: /^Busy/ }) });
    await row.getByText("2", { exact: true }).waitFor();

    await desk.school.say("ms-vogel", busy, "@jonas please read this");
    await roomLink(page, "Busy, 3 unread, 1 mention").waitFor();
    await row.getByText("@1", { exact: true }).waitFor();

    await openRoom(page, "Busy");
    await message(page, "please read this").waitFor();
    expect(await message(page, "please read this").getAttribute("aria-label")).toContain("mentions you");
    await expect.poll(() => page.title()).toBe("Busy · Homeroom");
    expect(await icon()).toBe(plain.icon);
    await openRoom(page, "Quiet");
    expect(await roomLink(page, "Busy").getAttribute("aria-label")).toBe("Busy");
  });

  it("a room that opens while somebody stands before it lets them in; the page has one first heading", async () => {
    const room = await desk.room("Before it", ["ms-vogel"], { public: false });
    const page = await desk.window("linh");
    await page.clock.install();
    await roomLink(page, "Before it").click();
    const main = page.getByRole("main");
    const button = (name: string) => main.getByRole("button", { name, exact: true });
    await button("Ask to join").focus();
    expect(await page.getByRole("heading", { level: 1 }).allTextContents()).toEqual(["Before it"]);
    await desk.school.call("ms-vogel", "PATCH", `/chat/rooms/${room}/`, { public: true });
    await page.clock.fastForward(31_000);
    await button("Join").waitFor();
    expect(await button("Join").evaluate((element) => element === document.activeElement)).toBe(true);
    await desk.school.call("ms-vogel", "PATCH", `/chat/rooms/${room}/`, { max_participants: 2 });
    await desk.school.call("jonas", "POST", `/chat/rooms/${room}/join/`);
    // Without waiting, when somebody looks at the page again.
    await page.clock.fastForward(2_000);
    await page.evaluate(() => window.dispatchEvent(new Event("focus")));
    await main.getByRole("heading", { name: "This room is full" }).waitFor();
    expect(await page.getByRole("heading", { level: 1 }).allTextContents()).toEqual(["Before it"]);
  });

  it("a class code leads whoever makes an account with it into its room", async () => {
    const room = await desk.room("With a code", ["ms-vogel"], { public: false });
    const { code } = await desk.school.call<{ code: string }>("ms-vogel", "POST", "/invites/", {
      role: "student",
      room,
    });
    const page = await desk.stranger();
    await page.getByRole("button", { name: "Make an account" }).click();
    await page.getByLabel("Class code").fill(code);
    await page.getByLabel("Your name").fill("Tom Reed");
    await page.getByLabel("User name").fill("tom");
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Create my account" }).click();
    await composer(page, "With a code").waitFor();
  });

  it("27: a room one was in shows its messages in the same frame, then what came since; nothing spins", async () => {
    await desk.room("Here", ["ms-vogel", "jonas"]);
    const there = await desk.room("There", ["ms-vogel", "jonas"]);
    const page = await desk.behindProxy("jonas");
    await openRoom(page, "There");
    await write(page, "There", "written-there");
    await openRoom(page, "Here");
    await write(page, "Here", "written-here");
    desk.proxy.hold("answers");
    await desk.school.say("ms-vogel", there, "written-since");
    const seen = await roomLink(page, "There").evaluate(
      (link) =>
        new Promise<string>((resolve) => {
          (link as HTMLElement).click();
          requestAnimationFrame(() => resolve(document.querySelector("[role=log]")?.textContent ?? ""));
        }),
    );
    expect(seen).toContain("written-there");
    expect(seen).not.toContain("written-here");
    expect(await page.getByText("Loading messages").count()).toBe(0);
    desk.proxy.release();
    await message(page, "written-since").waitFor();
    expect(await shown(page, "written-")).toEqual(["written-there", "written-since"]);
    await page.goBack();
    await expect.poll(() => shown(page, "written-")).toEqual(["written-here"]);
  });
});

describe("Composer", () => {
  it("31: it grows to 40 % of the height, then scrolls inside; Shift+Enter is a new line", async () => {
    await desk.room("Room 31", ["ms-vogel", "jonas"]);
    const page = await desk.window("jonas");
    await openRoom(page, "Room 31");
    const box = composer(page, "Room 31");
    const height = async () => (await box.boundingBox())?.height ?? 0;
    const heights = [await height()];
    await box.focus();
    for (let line = 1; line <= 3; line += 1) {
      await page.keyboard.type(`line ${line}`);
      await page.keyboard.press("Shift+Enter");
      heights.push(await height());
    }
    expect(heights).toEqual(heights.toSorted((a, b) => a - b));
    expect(await box.inputValue()).toBe("line 1\nline 2\nline 3\n");
    expect(await page.getByRole("article").count()).toBe(0);

    await box.fill("a line\n".repeat(60));
    const full = await height();
    const view = page.viewportSize()?.height ?? 0;
    expect(full).toBeGreaterThan(view * 0.25);
    expect(full).toBeLessThanOrEqual(view * 0.4 + 1);
    expect(await box.evaluate((element) => element.scrollHeight > element.clientHeight + 100)).toBe(true);
    const list = await log(page).boundingBox();
    expect(list?.height).toBeGreaterThan(view * 0.3);
  });

  it("31: Enter during a composition of an input method ends that, and sends nothing", async () => {
    await desk.room("Room 31b", ["ms-vogel", "jonas"]);
    const page = await desk.window("jonas");
    await openRoom(page, "Room 31b");
    const box = composer(page, "Room 31b");
    await box.focus();
    const keyboard = await page.context().newCDPSession(page);
    await keyboard.send("Input.imeSetComposition", { text: "にほん", selectionStart: 3, selectionEnd: 3 });
    const enter = { key: "Enter", code: "Enter", windowsVirtualKeyCode: 13 };
    await keyboard.send("Input.dispatchKeyEvent", { type: "keyDown", ...enter });
    await keyboard.send("Input.dispatchKeyEvent", { type: "keyUp", ...enter });
    await keyboard.send("Input.insertText", { text: "日本" });
    expect(await box.inputValue()).toBe("日本");
    expect(await page.getByRole("article").count()).toBe(0);
    const seen = await watch(box);
    await box.press("Enter");
    await message(page, "日本").waitFor();
    expect(await seen.moved()).toBe(0);
  });
});
