// Before the click and after it: what is fetched ahead, what the list of rooms tells, and that nothing jumps.
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openDesk } from "../kit/desk.ts";
import { settled, watchShifts } from "../kit/motion.ts";
import { fillRoom } from "../kit/past.ts";
import { composer, log, message, openRoom, roomLink, roomsList, write } from "../kit/room-page.ts";

const desk = openDesk();

const LOOK_MS = 100;
const heading = (page: Page) => page.getByRole("heading", { level: 1 });

/** The requests for messages of a room that the page makes from now on. */
const askedFor = (page: Page, room: number) => {
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.endsWith(`/rooms/${room}/messages/`)) asked.push(request.url());
  });
  return asked;
};

/** Clicks, and answers what the list shows in the frame that follows. */
const inNextFrame = (page: Page, name: string) =>
  roomLink(page, name).evaluate(
    (link) =>
      new Promise<string>((resolve) => {
        (link as HTMLElement).click();
        requestAnimationFrame(() => resolve(document.querySelector("[role=log]")?.textContent ?? ""));
      }),
  );

/** Milliseconds for which the pointer rested on the row, as the page has seen it. */
const passOver = async (page: Page, name: string): Promise<number> => {
  const rested = roomLink(page, name).evaluate(
    (link) =>
      new Promise<number>((resolve) => {
        let since = 0;
        link.addEventListener("mouseenter", () => (since = performance.now()), { once: true });
        link.addEventListener("mouseleave", () => resolve(performance.now() - since), { once: true });
      }),
  );
  await roomLink(page, name).hover();
  await heading(page).hover();
  return rested;
};

describe("Before the click", () => {
  it("28: a room that is pointed at, or has the focus, for 100 ms is fetched; the click shows it without a request", async () => {
    const rooms = ["Room 28", "Room 28 pointed at", "Room 28 with focus", "Room 28 passed by"];
    const ids = [];
    for (const name of rooms) ids.push(await desk.room(name, ["ms-vogel", "jonas"]));
    const [, pointed = 0, focused = 0, passed = 0] = ids;
    for (const room of ids) await desk.school.say("ms-vogel", room, `said in ${room}.`);
    const page = await desk.behindProxy("jonas");
    await roomLink(page, "Room 28, 1 unread").click();
    await message(page, "said in").waitFor();

    const ahead = askedFor(page, pointed);
    const came = page.waitForResponse((response) => response.url().includes(`/rooms/${pointed}/messages/`));
    await roomLink(page, "Room 28 pointed at").hover();
    await (await came).finished();
    expect(ahead.length).toBe(1);
    desk.proxy.hold("answers");
    await expect.poll(() => inNextFrame(page, "Room 28 pointed at")).toContain(`said in ${pointed}.`);
    expect(ahead.length).toBe(1);
    desk.proxy.release();

    const aheadOfFocus = askedFor(page, focused);
    const alsoCame = page.waitForResponse((response) => response.url().includes(`/rooms/${focused}/messages/`));
    await roomLink(page, "Room 28 pointed at").focus();
    await page.keyboard.press("ArrowDown");
    await (await alsoCame).finished();
    await page.keyboard.press("Enter");
    await message(page, `said in ${focused}.`).waitFor();
    expect(aheadOfFocus.length).toBe(1);

    const askedInPassing = askedFor(page, passed);
    const rested = await passOver(page, "Room 28 passed by");
    await page.waitForTimeout(LOOK_MS * 3);
    // On a busy machine the pointer itself may be late; then it has not passed by.
    expect(rested < LOOK_MS / 2 ? askedInPassing : []).toEqual([]);
  });
});

describe("The list of rooms", () => {
  it("29: a draft is a pencil on the room's row until it is sent or taken back", async () => {
    await desk.room("Room 29", ["ms-vogel", "jonas"]);
    await desk.room("Another", ["ms-vogel", "jonas"]);
    const page = await desk.window("jonas");
    const row = roomsList(page)
      .getByRole("listitem")
      .filter({ has: page.getByRole("link", { name: /^Room 29/ }) });
    const pencil = row.locator(".lucide-pencil");
    await openRoom(page, "Room 29");
    await composer(page, "Room 29").fill("a word or two");
    await openRoom(page, "Another");
    await roomLink(page, "Room 29, draft").waitFor();
    await pencil.waitFor();
    await page.reload();
    await roomLink(page, "Room 29, draft").waitFor();
    await pencil.waitFor();
    await openRoom(page, "Room 29");
    await composer(page, "Room 29").press("Enter");
    await message(page, "a word or two").waitFor();
    await openRoom(page, "Another");
    expect(await roomLink(page, "Room 29").getAttribute("aria-label")).toBe("Room 29");
    expect(await pencil.count()).toBe(0);
  });

  it("50: who is here is said in words: a dot for those who are, and the word for those who have gone", async () => {
    await desk.room("Room 50", ["ms-vogel", "jonas", "aylin"]);
    const page = await desk.window("jonas");
    await openRoom(page, "Room 50");
    await page.getByRole("button", { name: "3 members" }).click();
    const panel = page.getByRole("complementary");
    const aylin = panel.getByRole("listitem").filter({ hasText: "Aylin Demir" });
    await aylin.getByText("not here", { exact: true }).waitFor({ state: "attached" });
    const hers = await desk.window("aylin");
    await aylin.getByText("here", { exact: true }).waitFor({ state: "attached" });
    expect(await aylin.locator(".hr-dot").getAttribute("aria-hidden")).toBe("true");
    // A reload is no leaving: the dot stays. Closing the window is, some seconds later.
    const seen = await aylin.evaluateHandle((row) => {
      const said = new Set<string>();
      const look = () => said.add(/not here/.test(row.textContent) ? "not here" : "here");
      look();
      new MutationObserver(look).observe(document.body, { childList: true, characterData: true, subtree: true });
      return said;
    });
    await hers.reload();
    await roomLink(hers, "Room 50").waitFor();
    expect(await seen.evaluate((said) => [...said])).toEqual(["here"]);
    await hers.close();
    await aylin.getByText("not here", { exact: true }).waitFor({ state: "attached" });
  });
});

describe("After the click", () => {
  it("27, 56: a panel that opens, and what comes into it later, moves nothing that one looks at", async () => {
    const room = await desk.room("Room 27", ["ms-vogel", "jonas", "aylin"]);
    await desk.room("Before it", ["ms-vogel", "jonas"]);
    const last = await fillRoom(desk.school, room, "ms-vogel", 60, (n) => `history-${n}.`);
    await desk.school.call("jonas", "POST", `/chat/rooms/${room}/read/`, { seq: last });
    const page = await desk.behindProxy("jonas");
    await openRoom(page, "Room 27");
    await message(page, "history-60.").waitFor();
    await settled(log(page));
    await write(page, "Room 27", "mine");
    const panel = page.getByRole("complementary");
    const open = {
      Members: () => page.getByRole("button", { name: "3 members" }).click(),
      Search: () => page.getByRole("button", { name: "Search in this room" }).click(),
    };
    for (const [title, click] of Object.entries(open)) {
      desk.proxy.hold("answers");
      await click();
      desk.proxy.release();
      await panel.getByRole("heading", { name: title }).waitFor();
      await settled(log(page));
      await page.getByRole("button", { name: "Close" }).first().click();
      await panel.waitFor({ state: "detached" });
    }
    // Their files are there now. What comes half a second after the hand counts as a shift.
    const shifts = await watchShifts(page);
    desk.proxy.hold("answers");
    await open.Members();
    await panel.getByRole("heading", { name: "Members" }).waitFor();
    await page.waitForTimeout(600);
    desk.proxy.release();
    await panel.getByRole("listitem").filter({ hasText: "Aylin Demir" }).waitFor();
    await settled(log(page));
    expect(await shifts()).toEqual([]);
  });
});
