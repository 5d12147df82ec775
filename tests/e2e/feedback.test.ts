// What a person is told while they wait, when there is nothing, and when something failed.
import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openDesk } from "../kit/desk.ts";
import { holdBack } from "../kit/hold-back.ts";
import { watchShifts } from "../kit/motion.ts";
import { composer, message, openRoom, roomLink, roomsList } from "../kit/room-page.ts";

const desk = openDesk();
const MESSAGES = /\/messages\/\?/;

/** A title, one sentence or two, and one thing to do. */
const expectState = async (place: Locator, title: string, action: string | null) => {
  await place.getByRole("heading", { name: title }).waitFor();
  expect(await place.getByRole("paragraph").count()).toBe(1);
  if (action !== null) await place.getByRole("button", { name: action, exact: true }).waitFor();
};

describe("Feedback", () => {
  it("56: skeletons come only after 300 ms, and nothing shifts when the messages take their place", async () => {
    const room = await desk.room("Room 56", ["ms-vogel", "jonas"]);
    await desk.history(room, 10, { by: "ms-vogel", readers: ["jonas"] });
    const page = await desk.window("jonas");
    await roomLink(page, "Room 56").waitFor();
    const letGo = await holdBack(page, MESSAGES);
    // The titles' own font may come late, once in a browser's life.
    await page.evaluate(() => document.fonts.ready);
    const shifts = await watchShifts(page);
    const waited = await page.evaluateHandle(() => {
      const times = { clicked: 0, drawn: 0 };
      window.addEventListener("click", () => (times.clicked = performance.now()), { capture: true });
      new MutationObserver(() => {
        const status = [...document.querySelectorAll("[role=status]")].find((element) =>
          element.textContent.includes("Loading messages"),
        );
        if (status?.querySelector("[aria-hidden] *")) times.drawn ||= performance.now();
      }).observe(document.body, { childList: true, subtree: true });
      return times;
    });
    await roomLink(page, "Room 56").click();
    const wait = () => waited.evaluate(({ clicked, drawn }) => (drawn ? drawn - clicked : 0));
    await expect.poll(wait).toBeGreaterThan(0);
    expect(await wait()).toBeGreaterThanOrEqual(300);
    letGo();
    await message(page, "history-10.").waitFor();
    expect(await shifts()).toEqual([]);
  });

  it("57: no rooms, an empty room, no results, no permission: a title, a sentence, one thing to do", async () => {
    const secret = await desk.school.roomOf("ms-vogel", "Theatre", { public: false });
    await desk.school.roomOf("ms-vogel", "Empty", { public: true });
    const newcomer = await desk.stranger();
    await newcomer.getByRole("button", { name: "Make an account" }).click();
    await newcomer.getByLabel("Your name").fill("Noah Weber");
    await newcomer.getByLabel("User name").fill("noah");
    await newcomer.getByLabel("Password", { exact: true }).fill("correct horse battery");
    await newcomer.getByRole("button", { name: "Create my account" }).click();
    const main = newcomer.getByRole("main");
    await expectState(main, "You are not in a room yet", "Look again");

    await roomLink(newcomer, "Theatre").click();
    await expectState(main, "This room is for members", "Ask to join");
    const row = roomsList(newcomer).getByRole("listitem").filter({ hasText: "Empty" });
    await row.getByRole("button", { name: "Join", exact: true }).click();
    await expectState(main, "It’s quiet in here", "Write a message");
    await main.getByRole("button", { name: "Write a message" }).click();
    expect(await composer(newcomer, "Empty").evaluate((box) => box === document.activeElement)).toBe(true);

    await newcomer.getByRole("button", { name: "2 members" }).click();
    const members = newcomer.getByRole("complementary", { name: "Members" });
    await members.getByLabel("Find a member").fill("xyz");
    await expectState(members, "Nobody like “xyz”", "Show everybody");
    await members.getByRole("button", { name: "Show everybody" }).click();
    await members.getByText("Noah Weber").waitFor();

    await newcomer.goto(`${desk.school.url}/rooms/99999`);
    await expectState(main, "There is no room here", "Back to my rooms");
    await desk.school.call("ms-vogel", "PATCH", `/chat/rooms/${secret.id}/`, { discoverable: false });
    await newcomer.goto(`${desk.school.url}/rooms/${secret.id}`);
    await expectState(main, "There is no room here", "Back to my rooms");
    desk.allow(/status of 404/);
  });

  it("60: a failed request says what happened and what to do, without codes, with an id to copy", async () => {
    desk.allow(/status of 500|net::ERR_FAILED/);
    await desk.school.roomOf("ms-vogel", "Broken", { public: true });
    const page = await desk.window("jonas");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const detail = "Something went wrong here. Try again in a moment.";
    const answer = { status: 500, headers: { "X-Request-Id": "report-4711" }, json: { detail, code: "internal" } };
    await page.route(/\/join\/$/, (route) => route.fulfill(answer), { times: 1 });
    const row = roomsList(page).getByRole("listitem").filter({ hasText: "Broken" });
    await row.getByRole("button", { name: "Join", exact: true }).click();
    const toast = page.getByRole("alert");
    await toast.getByText(detail).waitFor();
    expect(await toast.innerText()).not.toMatch(/500|internal|4711/);
    await toast.getByRole("button", { name: "Copy report number" }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe("report-4711");
    await toast.getByRole("button", { name: "Dismiss" }).click();

    await page.route(/\/join\/$/, (route) => route.abort(), { times: 1 });
    await row.getByRole("button", { name: "Join", exact: true }).click();
    await toast.getByText("The server did not answer. Check your connection, then try again.").waitFor();
    await toast.getByRole("button", { name: "Dismiss" }).click();
    await row.getByRole("button", { name: "Join", exact: true }).click();
    await composer(page, "Broken").waitFor();
  });

  it("60: messages that did not arrive say so in their place, and are fetched again", async () => {
    desk.allow(/status of 500/);
    const room = await desk.room("Room 60", ["ms-vogel", "jonas"]);
    await desk.school.say("ms-vogel", room, "arrived at last");
    const page = await desk.window("jonas");
    const answer = { status: 500, json: { detail: "No.", code: "internal" } };
    await page.route(MESSAGES, (route) => route.fulfill(answer));
    await openRoom(page, "Room 60");
    await expectState(page.getByRole("main"), "The messages did not arrive", "Try again");
    await page.unroute(MESSAGES);
    await page.getByRole("button", { name: "Try again" }).click();
    await message(page, "arrived at last").waitFor();
  });

  it("60: a form that was refused says so at its field, a failure has a number to report, and what was typed stays", async () => {
    desk.allow(/status of (401|500)/);
    const page = await desk.stranger();
    await page.getByLabel("User name or e-mail").fill("jonas");
    await page.getByLabel("Password", { exact: true }).fill("not this one");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("Name and password don’t match.").waitFor();
    expect(await page.getByLabel("User name or e-mail").inputValue()).toBe("jonas");
    const detail = "Something went wrong here. Try again in a moment.";
    const answer = { status: 500, headers: { "X-Request-Id": "report-4712" }, json: { detail, code: "internal" } };
    await page.route(/\/auth\/login\/$/, (route) => route.fulfill(answer), { times: 1 });
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").getByText(detail).waitFor();
    await page.getByRole("alert").getByRole("button", { name: "Copy report number" }).waitFor();
    expect(await page.getByLabel("User name or e-mail").inputValue()).toBe("jonas");
    await page.getByLabel("Password", { exact: true }).fill("correct horse battery");
    await page.getByRole("button", { name: "Sign in" }).click();
    await roomsList(page).waitFor();
  });
});
