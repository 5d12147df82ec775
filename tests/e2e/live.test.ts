// What changes while one looks: who types, the connection, edits and deletions. Some of these behaviours are about time.
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { NETWORK_TROUBLE, openDesk } from "../kit/desk.ts";
import { isAll } from "../kit/extent.ts";
import { fromEnd, scrollToTop, scrollUp, spanOf, watch } from "../kit/motion.ts";
import { composer, log, message, openRoom, shown, write } from "../kit/room-page.ts";

const desk = openDesk();

/** Somebody without a window, who can be made to type. */
const typist = async (who: string, room: number) => {
  const url = `${desk.school.url.replace("http", "ws")}/ws/chat/?token=${desk.school.tokenOf(who)}`;
  const socket = new WebSocket(url);
  await new Promise((resolve) => socket.addEventListener("message", resolve, { once: true }));
  const say = (type: string) => socket.send(JSON.stringify({ type, room }));
  return { type: () => say("typing"), stop: () => say("stop_typing"), leave: () => socket.close() };
};

/** Notes from now on whether the page ever says this. */
const listenFor = async (page: Page, text: string) => {
  const heard = await page.evaluateHandle((text) => {
    const heard = { times: 0, isNow: false };
    const look = () => {
      const isNow = document.body.textContent.includes(text);
      if (isNow && !heard.isNow) heard.times += 1;
      heard.isNow = isNow;
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
    return heard;
  }, text);
  return () => heard.evaluate(({ times }) => times);
};

describe("Live", () => {
  it("49: the typing line moves nothing, counts, expires within 5 s, and is silent about me", async () => {
    const room = await desk.room("Room 49", ["ms-vogel", "jonas", "aylin", "linh", "admin"]);
    await desk.history(room, 20, { by: "ms-vogel", readers: ["jonas"] });
    const page = await desk.window("jonas");
    await openRoom(page, "Room 49");
    await message(page, "history-20.").waitFor();
    const seen = await watch(composer(page, "Room 49"));
    const last = await watch(message(page, "history-20."));

    await composer(page, "Room 49").pressSequentially("me");
    const [aylin, linh, vogel, admin] = await Promise.all(
      ["aylin", "linh", "ms-vogel", "admin"].map((who) => typist(who, room)),
    );
    aylin?.type();
    await page.getByText("Aylin is typing").waitFor();
    linh?.type();
    await page.getByText("Aylin and Linh are typing").waitFor();
    vogel?.type();
    await page.getByText("Aylin, Linh and Miriam are typing").waitFor();
    admin?.type();
    const typedAt = Date.now();
    await page.getByText("Aylin, Linh and 2 others are typing").waitFor();
    expect(await page.getByText(/Jonas.* typing/).count()).toBe(0);
    aylin?.stop();
    await page.getByText("Linh, Miriam and Ines are typing").waitFor();
    // Nobody stops: they are forgotten.
    await page.getByText("typing").waitFor({ state: "detached" });
    // Five seconds, and one for the page's own tick, where the machine is not busy with something else.
    expect(isAll ? Date.now() - typedAt : 0).toBeLessThan(6_500);
    expect(await seen.moved()).toBe(0);
    expect(await last.moved()).toBe(0);
    for (const each of [aylin, linh, vogel, admin]) each?.leave();
  });

  it("51: a loss of less than 5 s is nobody's business", async () => {
    desk.allow(NETWORK_TROUBLE);
    const room = await desk.room("Room 51", ["ms-vogel", "jonas"]);
    const page = await desk.behindProxy("jonas");
    await openRoom(page, "Room 51");
    const losses = await listenFor(page, "Connecting again");
    const returns = await listenFor(page, "Back online");
    desk.proxy.drop();
    await page.getByText("Connecting…").waitFor();
    await page.getByText("Connected").waitFor();
    await desk.school.say("ms-vogel", room, "still here");
    await message(page, "still here").waitFor();
    expect([await losses(), await returns()]).toEqual([0, 0]);
  });

  it("51: a longer one shows a countdown and “Retry now”; being back is said once", async () => {
    desk.allow(NETWORK_TROUBLE);
    await desk.room("Room 51b", ["ms-vogel", "jonas"]);
    const page = await desk.behindProxy("jonas");
    await openRoom(page, "Room 51b");
    const returns = await listenFor(page, "Back online");
    await page.getByText("Connected").waitFor();
    const loss = await spanOf(page, "small", "Connecting…");
    const bar = await spanOf(page, ".hr-conn", "Connecting again");
    desk.proxy.cut();
    expect((await bar("on")) - (await loss("before"))).toBeGreaterThanOrEqual(5_000);
    // So long a wait that only the button can have ended it.
    await page.getByText(/Connecting again in ([6-9]|\d\d) s/).waitFor();
    desk.proxy.mend();
    await page.getByRole("button", { name: "Retry now" }).click();
    await page.getByText("Back online").waitFor();
    await page.getByText("Back online").waitFor({ state: "detached" });
    expect(await returns()).toBe(1);
  });

  it("51: without a network the bar says how much will be sent, and it is", async () => {
    desk.allow(NETWORK_TROUBLE);
    await desk.room("Room 51c", ["ms-vogel", "jonas"]);
    const page = await desk.behindProxy("jonas");
    await openRoom(page, "Room 51c");
    desk.proxy.cut();
    await page.context().setOffline(true);
    await page.getByText("Offline", { exact: true }).waitFor();
    await write(page, "Room 51c", "later-1");
    await write(page, "Room 51c", "later-2");
    await page.getByText("You are offline. 2 messages will be sent when you are back.").waitFor();
    desk.proxy.mend();
    await page.context().setOffline(false);
    await page.getByText("Back online").waitFor();
    const other = await desk.window("ms-vogel");
    await openRoom(other, "Room 51c");
    await expect.poll(() => shown(other, "later-")).toEqual(["later-1", "later-2"]);
  });

  it("52: after a reconnect the gap is filled: nothing doubled, nothing missing", async () => {
    desk.allow(NETWORK_TROUBLE);
    const room = await desk.room("Room 52", ["ms-vogel", "jonas"]);
    const page = await desk.behindProxy("jonas");
    await openRoom(page, "Room 52");
    await write(page, "Room 52", "gap-0");
    desk.proxy.cut();
    for (let n = 1; n <= 12; n += 1) await desk.school.say("ms-vogel", room, `gap-${n}`);
    desk.proxy.mend();
    const all = Array.from({ length: 13 }, (_, n) => `gap-${n}`);
    await message(page, "gap-12").waitFor();
    await expect.poll(() => shown(page, "gap-")).toEqual(all);
    await desk.school.say("ms-vogel", room, "gap-13");
    await expect.poll(() => shown(page, "gap-")).toEqual([...all, "gap-13"]);
  });

  it("52: a page that was hidden for a minute doubts its connection and fills the gap", async () => {
    desk.allow(NETWORK_TROUBLE);
    const room = await desk.room("Room 52b", ["ms-vogel", "jonas"]);
    const page = await desk.behindProxy("jonas");
    await openRoom(page, "Room 52b");
    await write(page, "Room 52b", "gap-0");
    const setHidden = (isHidden: boolean) =>
      page.evaluate((isHidden) => {
        const state = isHidden ? "hidden" : "visible";
        Object.defineProperty(document, "hidden", { value: isHidden, configurable: true });
        Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
      }, isHidden);
    desk.proxy.freeze();
    await setHidden(true);
    for (let n = 1; n <= 3; n += 1) await desk.school.say("ms-vogel", room, `gap-${n}`);
    await page.evaluate(() => {
      const real = Date.now;
      Date.now = () => real() + 61_000;
    });
    await setHidden(false);
    await message(page, "gap-3").waitFor();
    await expect.poll(() => shown(page, "gap-")).toEqual(["gap-0", "gap-1", "gap-2", "gap-3"]);
  });

  it("53: an edit shows “(edited)” with its time, a deletion leaves its place; nothing that is read moves", async () => {
    const room = await desk.room("Room 53", ["ms-vogel", "jonas"]);
    const early = await desk.school.say("ms-vogel", room, "will grow");
    await desk.history(room, 30, { by: "ms-vogel", readers: [] });
    const late = await desk.school.say("ms-vogel", room, "will go");
    await desk.history(room, 3, { by: "ms-vogel", readers: ["jonas"] });
    const page = await desk.window("jonas");
    await openRoom(page, "Room 53");
    await message(page, "will go").waitFor();
    await scrollUp(page, log(page), 500);
    const seen = await watch(message(page, "history-20."));
    const content = "It has grown\n".repeat(6);
    await desk.school.call("ms-vogel", "PATCH", `/chat/messages/${early.id}/`, { content });
    await desk.school.call("ms-vogel", "DELETE", `/chat/messages/${late.id}/`);
    // Both are on the screen or not; what comes after them in the log says that they are here.
    await desk.school.say("ms-vogel", room, "and on");
    await page.getByRole("button", { name: "1 new message" }).waitFor();
    expect(await seen.moved()).toBe(0);

    await page.getByRole("button", { name: "Jump to latest" }).click();
    const tombstone = message(page, "This message was deleted");
    await tombstone.waitFor();
    expect(await tombstone.getAttribute("aria-label")).toContain("deleted");
    await expect.poll(() => fromEnd(log(page))).toBeLessThan(2);
    await scrollToTop(log(page));
    const edited = message(page, "It has grown").getByText("(edited)");
    await edited.waitFor();
    expect(await edited.getAttribute("title")).toMatch(/^Edited .+ \d\d:\d\d$/);
  });
});
