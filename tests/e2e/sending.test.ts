// What a person sees of their own message, from the key to the server's word. The numbers are those of the behaviours.
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { NETWORK_TROUBLE, openDesk } from "../kit/desk.ts";
import { isAll } from "../kit/extent.ts";
import { fromEnd, scrollUp, watch } from "../kit/motion.ts";
import { composer, log, message, openRoom, shown, write } from "../kit/room-page.ts";

const desk = openDesk();

/** Notes in the page how long it takes from the next key until the list holds this text; the answer asks for it, in ms. */
const timeSending = async (page: Page, room: string, text: string) => {
  const noted = await composer(page, room).evaluateHandle((box, text) => {
    const list = document.querySelector("[role=log]") ?? document.body;
    const noted = { pressedAt: 0, time: Promise.resolve(0) };
    box.addEventListener("keydown", () => (noted.pressedAt = performance.now()), { once: true });
    noted.time = new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        if (!list.textContent?.includes(text)) return;
        observer.disconnect();
        resolve(performance.now() - noted.pressedAt);
      });
      observer.observe(list, { childList: true, subtree: true, characterData: true });
    });
    return noted;
  }, text);
  return () => noted.evaluate(({ time }) => time);
};

describe("Sending", () => {
  it("1: Enter adds the message within 50 ms, before the server answers", async () => {
    await desk.room("Room 1", ["ms-vogel", "jonas"]);
    const page = await desk.behindProxy("jonas");
    await openRoom(page, "Room 1");
    await write(page, "Room 1", "a first one");
    desk.proxy.hold("answers");
    const times: number[] = [];
    for (let n = 1; n <= 5; n += 1) {
      await composer(page, "Room 1").fill(`at-once-${n}`);
      const time = await timeSending(page, "Room 1", `at-once-${n}`);
      await composer(page, "Room 1").press("Enter");
      times.push(await time());
    }
    // Time depends on the machine: the gate, which shares its own, asks only for what does not.
    expect(isAll ? Math.min(...times) : 0).toBeLessThan(50);
    desk.proxy.release();
    await expect
      .poll(() => desk.school.call<{ results: unknown[] }>("jonas", "GET", "/chat/rooms/1/messages/"))
      .toHaveProperty("results.length", 6);
  });

  it("2: a pending message is quiet; the echo takes its place: same element, 0 px, no duplicate", async () => {
    await desk.room("Room 2", ["ms-vogel", "jonas"]);
    const page = await desk.behindProxy("jonas");
    await openRoom(page, "Room 2");
    await write(page, "Room 2", "a first one");
    desk.proxy.hold("answers");
    await write(page, "Room 2", "on its way");
    const row = message(page, "on its way");
    expect(await page.getByText("Sending…").count()).toBe(0);
    const seen = await watch(row);
    desk.proxy.release();
    // Only what the server has can be edited.
    await row.hover();
    await row.getByRole("button", { name: "Edit" }).waitFor();
    expect(await seen.moved()).toBe(0);
    expect(await row.count()).toBe(1);
  });

  it("2: no spinner before 1 s, then “Sending…”, and it goes with the echo", async () => {
    await desk.room("Room 2b", ["ms-vogel", "jonas"]);
    const page = await desk.behindProxy("jonas");
    await openRoom(page, "Room 2b");
    desk.proxy.hold("answers");
    const started = Date.now();
    await write(page, "Room 2b", "slow one");
    const row = message(page, "slow one");
    await row.getByText("Sending…").waitFor();
    expect(Date.now() - started).toBeGreaterThanOrEqual(1_000);
    desk.proxy.release();
    await row.getByText("Sending…").waitFor({ state: "detached" });
    expect(await shown(page, "slow")).toEqual(["slow"]);
  });

  it("3: after vain retries the row says so, with Retry and Delete; the text survives a reload", async () => {
    await desk.room("Room 3", ["ms-vogel", "jonas"]);
    const page = await desk.window("jonas");
    let isRefusing = true;
    await page.routeWebSocket(/\/ws\/chat\//, (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((text) => {
        const frame = JSON.parse(String(text)) as { type: string; client_id?: string };
        if (!isRefusing || frame.type !== "chat_message") return server.send(text);
        const refusal = { code: "unavailable", detail: "The database is away.", stored: false, retry_after_ms: 10 };
        socket.send(JSON.stringify({ type: "error", client_id: frame.client_id, ...refusal }));
      });
    });
    await page.reload();
    await openRoom(page, "Room 3");
    await write(page, "Room 3", "stubborn-one");
    await write(page, "Room 3", "stubborn-two");
    const row = message(page, "stubborn-one");
    await row.getByText("Not sent").waitFor();
    await message(page, "stubborn-two").getByText("Not sent").waitFor();
    await page.reload();
    await row.getByText("Not sent").waitFor();
    isRefusing = false;
    await row.getByRole("button", { name: "Retry" }).click();
    await row.getByText("Not sent").waitFor({ state: "detached" });
    await message(page, "stubborn-two").getByRole("button", { name: "Delete" }).click();
    await expect.poll(() => shown(page, "stubborn-")).toEqual(["stubborn-one"]);
    await page.reload();
    await expect.poll(() => shown(page, "stubborn-")).toEqual(["stubborn-one"]);
  });

  it("4: Enter twice, or a resend after a lost answer, stores one message", async () => {
    desk.allow(NETWORK_TROUBLE);
    const room = await desk.room("Room 4", ["ms-vogel", "jonas"]);
    const other = await desk.window("ms-vogel");
    await openRoom(other, "Room 4");
    const page = await desk.behindProxy("jonas");
    await openRoom(page, "Room 4");
    await composer(page, "Room 4").fill("once-a");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await message(other, "once-a").waitFor();

    desk.proxy.hold("answers");
    await write(page, "Room 4", "once-b");
    await message(other, "once-b").waitFor();
    desk.proxy.drop();
    desk.proxy.release();
    await write(page, "Room 4", "once-c");
    await message(other, "once-c").waitFor();
    for (const window of [page, other]) {
      await expect.poll(() => shown(window, "once-")).toEqual(["once-a", "once-b", "once-c"]);
    }
    const { results } = await desk.school.call<{ results: unknown[] }>("jonas", "GET", `/chat/rooms/${room}/messages/`);
    expect(results).toHaveLength(3);
  });

  it("5: what is sent without a connection says that it waits, and goes out in order with the next one", async () => {
    desk.allow(NETWORK_TROUBLE);
    await desk.room("Room 5", ["ms-vogel", "jonas"]);
    const other = await desk.window("ms-vogel");
    await openRoom(other, "Room 5");
    const page = await desk.behindProxy("jonas");
    await openRoom(page, "Room 5");
    await write(page, "Room 5", "queued-0");
    await message(other, "queued-0").waitFor();
    desk.proxy.cut();
    await page.context().setOffline(true);
    for (const n of [1, 2, 3, 4, 5]) await write(page, "Room 5", `queued-${n}`);
    for (const n of [1, 5]) await message(page, `queued-${n}`).getByText("Waiting for a connection").waitFor();
    expect(await shown(other, "queued-")).toEqual(["queued-0"]);
    desk.proxy.mend();
    await page.context().setOffline(false);
    const all = Array.from({ length: 6 }, (_, n) => `queued-${n}`);
    for (const window of [page, other])
      await expect.poll(() => shown(window, "queued-"), { timeout: 10_000 }).toEqual(all);
    await page.getByText("Waiting for a connection").first().waitFor({ state: "detached" });
  });

  it("6: after sending the composer is empty, has the focus, and is one row high", async () => {
    await desk.room("Room 6", ["ms-vogel", "jonas"]);
    const page = await desk.window("jonas");
    await openRoom(page, "Room 6");
    const box = composer(page, "Room 6");
    const height = async () => (await box.boundingBox())?.height ?? 0;
    const before = await height();
    await box.fill("one\ntwo\nthree");
    expect(await height()).toBeGreaterThan(before + 20);
    await page.getByRole("button", { name: "Send" }).click();
    await message(page, "three").waitFor();
    expect(await box.inputValue()).toBe("");
    expect(await box.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await height()).toBe(before);
  });

  it("7: a message that the server dates late moves down to its place, and nothing that is being read moves", async () => {
    const room = await desk.room("Room 7", ["ms-vogel", "jonas", "aylin"]);
    await desk.history(room, 30, { by: "ms-vogel", readers: ["jonas", "aylin"] });
    const page = await desk.behindProxy("jonas");
    const other = await desk.window("aylin");
    await openRoom(other, "Room 7");
    await openRoom(page, "Room 7");
    await message(page, "history-30").waitFor();
    desk.proxy.hold("questions");
    await write(page, "Room 7", "order-2");
    await scrollUp(page, log(page), 600);
    const seen = await watch(message(page, "history-20"));
    await write(other, "Room 7", "order-1");
    await page.getByRole("button", { name: "1 new message" }).waitFor();
    desk.proxy.release();
    await message(other, "order-2").waitFor();
    expect(await seen.moved()).toBe(0);
    await page.getByRole("button", { name: "Jump to latest" }).click();
    for (const window of [page, other])
      await expect.poll(() => shown(window, "order-")).toEqual(["order-1", "order-2"]);
  });

  it("8: my own message returns to the end; others' never move the view", async () => {
    const room = await desk.room("Room 8", ["ms-vogel", "jonas"]);
    await desk.history(room, 30, { by: "ms-vogel", readers: ["jonas"] });
    const page = await desk.window("jonas");
    await openRoom(page, "Room 8");
    await message(page, "history-30").waitFor();
    await scrollUp(page, log(page), 600);
    const seen = await watch(message(page, "history-20"));
    for (const n of [1, 2, 3]) await desk.school.say("ms-vogel", room, `others-${n}`);
    await page.getByRole("button", { name: "3 new messages" }).waitFor();
    expect(await seen.moved()).toBe(0);
    await write(page, "Room 8", "mine");
    await expect.poll(() => fromEnd(log(page))).toBeLessThan(2);
    await expect.poll(() => shown(page, "others-")).toEqual(["others-1", "others-2", "others-3"]);
  });
});
