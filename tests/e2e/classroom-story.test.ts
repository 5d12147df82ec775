// A lesson in two windows without one reload: from the door of a room to being sent out of it, and all between.
import type { PrivateThread } from "@homeroom/protocol";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { devicesFor, hasReloaded, inChapters, openBrowser, SOON, watchReloads } from "../kit/chapters.ts";
import { openSchool, PHONE, type School, signIn, type Window } from "../kit/people.ts";
import { act, actByTouch, composer, log, message, openRoom, roomLink, roomsList, write } from "../kit/room-page.ts";

const ROOM = "Biology 9b";

const browser = openBrowser();

const panel = (page: Page, name: string): Locator => page.getByRole("complementary", { name, exact: true });
const inLog = (page: Page, name: string, text: string): Locator =>
  page.getByRole("log", { name }).getByRole("article").filter({ hasText: text });
const choose = (page: Page, name: string) => page.getByRole("menuitem", { name, exact: true }).click();
/** Nobody has read what they only glanced at: resolves when the server says that nothing is left of the thread. */
const untilRead = (page: Page) =>
  page.waitForResponse(async (response) => {
    if (!response.url().endsWith("/thread/read/")) return false;
    return ((await response.json()) as { unread_count: number }).unread_count === 0;
  });
const hasFocus = (target: Locator) => target.evaluate((element) => element === document.activeElement);

const inBox = (page: Page) => page.getByRole("textbox", { name: /^Message .* privately$/ });

const sendPrivately = async (page: Page, text: string) => {
  await inBox(page).fill(text);
  await inBox(page).locator("xpath=ancestor::section[1]").getByRole("button", { name: "Send" }).click();
  await page
    .getByRole("log", { name: /^Private messages with/ })
    .getByText(text)
    .waitFor();
};

describe.each(devicesFor("phone"))("A lesson at %s", (_, device) => {
  const isPhone = device === PHONE;
  let school: School;
  let teacher: Window;
  let student: Window;
  const studentActs = (text: string, action: string) => (isPhone ? actByTouch : act)(student.page, text, action);
  /** Puts the panel away, as one does at a desk and on a phone. */
  const leavePanel = async (page: Page, name: string) => {
    const label = page === student.page && isPhone ? "Back" : "Close panel";
    await panel(page, name).getByRole("button", { name: label, exact: true }).click();
    await panel(page, name).waitFor({ state: "detached" });
  };
  const reply = async (page: Page, text: string) => {
    await page.getByRole("textbox", { name: "Reply in thread" }).fill(text);
    await panel(page, "Thread").getByRole("button", { name: "Send" }).click();
    await inLog(page, "Thread replies", text).waitFor();
  };
  const members = async () => {
    if (await panel(teacher.page, "Members").isVisible()) return;
    await teacher.page.getByRole("button", { name: "2 members" }).click();
    await panel(teacher.page, "Members").waitFor();
  };

  inChapters();

  beforeAll(async () => {
    school = await openSchool({ env: { LIMITS: "off" } });
    await school.roomOf("ms-vogel", ROOM, { public: false, description: "Cells and tissues" });
    teacher = await signIn(browser.now, school.url, "ms-vogel");
    student = await signIn(browser.now, school.url, "jonas", device);
    await watchReloads(teacher.page, student.page);
  });
  afterAll(async () => {
    await Promise.all([teacher?.close(), student?.close()]);
    await school?.dispose();
  });

  it("the student asks at the door, the teacher says yes, and the room opens", async () => {
    await openRoom(teacher.page, ROOM);
    const row = roomsList(student.page).getByRole("listitem").filter({ hasText: ROOM });
    await row.getByRole("button", { name: "Ask to join" }).click();
    const dialog = student.page.getByRole("dialog", { name: "Ask to join" });
    await dialog.getByLabel("A short note").fill("I am in your class");
    await dialog.getByRole("button", { name: "Send request" }).click();
    await row.getByText("Asked").waitFor();
    await roomLink(student.page, ROOM).click();
    await student.page.getByRole("heading", { name: "You asked to join" }).waitFor();
    await teacher.page.getByRole("button", { name: "1 join request" }).click();
    const requests = panel(teacher.page, "Join requests");
    await requests.getByText("I am in your class").waitFor();
    await requests.getByRole("button", { name: "Approve" }).click();
    await composer(student.page, ROOM).waitFor(SOON);
    await leavePanel(teacher.page, "Join requests");
  });

  it("they chat and quote", async () => {
    await write(teacher.page, ROOM, "What is in a cell?");
    await message(student.page, "What is in a cell?").waitFor();
    await studentActs("What is in a cell?", "Reply with quote");
    await composer(student.page, ROOM).fill("A nucleus, I think");
    await student.page.getByRole("button", { name: "Send" }).click();
    const answer = message(teacher.page, "A nucleus, I think");
    await answer.getByRole("button", { name: "What is in a cell?" }).waitFor();
  });

  it("a thread grows: the student is told what is new in it, and says something to the room as well", async () => {
    await act(teacher.page, "A nucleus, I think", "Reply in thread");
    await panel(teacher.page, "Thread").waitFor();
    await reply(teacher.page, "And around it?");
    await message(student.page, "A nucleus, I think")
      .getByRole("button", { name: /^1 reply, 1 unread/ })
      .click();
    await inLog(student.page, "Thread replies", "And around it?").waitFor();
    const thread = panel(student.page, "Thread");
    await thread.getByLabel(`Also send to ${ROOM}`).check();
    await reply(student.page, "The cytoplasm");
    await inLog(teacher.page, "Thread replies", "The cytoplasm").waitFor();
    const inRoom = message(teacher.page, "The cytoplasm");
    await inRoom.getByRole("button", { name: "replied in a thread" }).waitFor();
  });

  it("who stops following a thread is not told any more, until they follow again", async () => {
    const bell = panel(student.page, "Thread").getByRole("button", { name: "Follow this thread" });
    await expect.poll(() => bell.getAttribute("aria-pressed")).toBe("true");
    await bell.click();
    await expect.poll(() => bell.getAttribute("aria-pressed")).toBe("false");
    await leavePanel(student.page, "Thread");
    await reply(teacher.page, "Well done");
    const link = message(student.page, "A nucleus, I think").getByRole("button", { name: /^3 replies/ });
    await link.waitFor();
    expect(await link.textContent()).not.toContain("unread");
    await link.click();
    await inLog(student.page, "Thread replies", "Well done").waitFor();
    const isRead = untilRead(student.page);
    await bell.click();
    await isRead;
    await expect.poll(() => bell.getAttribute("aria-pressed")).toBe("true");
    await leavePanel(student.page, "Thread");
    await reply(teacher.page, "You may look it up");
    const news = message(student.page, "A nucleus, I think").getByRole("button", { name: /^4 replies, 1 unread/ });
    await news.waitFor();
    await leavePanel(teacher.page, "Thread");
  });

  it("they edit and delete", async () => {
    await studentActs("A nucleus, I think", "Edit");
    await student.page.getByText("Edit your message").waitFor();
    await composer(student.page, ROOM).fill("A nucleus for sure");
    await student.page.getByRole("button", { name: "Save" }).click();
    await message(teacher.page, "A nucleus for sure").getByText("(edited)").waitFor();
    await composer(student.page, ROOM).fill("never mind");
    await student.page.getByRole("button", { name: "Send" }).click();
    await message(teacher.page, "never mind").waitFor();
    await studentActs("never mind", "Delete");
    const dialog = student.page.getByRole("dialog", { name: "Delete this message?" });
    await dialog.getByRole("button", { name: "Delete" }).click();
    await message(teacher.page, "This message was deleted").waitFor();
    await message(student.page, "This message was deleted").waitFor();
  });

  it("they react, with an emoji of the picker and with the one that is there", async () => {
    await act(teacher.page, "A nucleus for sure", "Add reaction");
    const picker = teacher.page.getByRole("dialog", { name: "Emoji" });
    await picker.getByRole("searchbox", { name: "Search emoji" }).fill("microscope");
    // It is among all of them, too; Enter takes the first that is found.
    await expect.poll(() => picker.getByRole("gridcell").first().getAttribute("aria-label")).toMatch(/microscope/i);
    await picker.getByRole("searchbox").press("Enter");
    const chip = (page: Page, name: RegExp) => message(page, "A nucleus for sure").getByRole("button", { name });
    const one = chip(student.page, /^🔬 1/);
    await (isPhone ? one.tap() : one.click());
    await chip(teacher.page, /^🔬 2/).waitFor();
    await expect.poll(() => chip(student.page, /^🔬 2/).getAttribute("aria-pressed")).toBe("true");
  });

  it("the teacher pins, and the student is led to it", async () => {
    await act(teacher.page, "What is in a cell?", "Pin to room");
    const bar = student.page.getByRole("region", { name: "Pinned" });
    await bar.getByRole("button", { name: /What is in a cell/ }).click();
    await expect.poll(() => message(student.page, "What is in a cell?").isVisible()).toBe(true);
  });

  it("the student answers privately: the teacher sees from what, and answers", async () => {
    await studentActs("What is in a cell?", "Reply privately");
    const chat = "Private messages with Miriam Vogel";
    await inBox(student.page).waitFor();
    await student.page.getByText("Started from a message in").waitFor();
    await sendPrivately(student.page, "May I hand it in later?");
    await inLog(student.page, chat, "May I hand it in later?").waitFor();

    const link = roomLink(teacher.page, `Jonas Brandt, ${ROOM}, private chat, 1 unread`);
    await link.click();
    const theirs = "Private messages with Jonas Brandt";
    await inLog(teacher.page, theirs, "May I hand it in later?").waitFor();
    await teacher.page.getByText("Started from a message in").waitFor();
    await roomsList(teacher.page)
      .getByRole("link", { name: `Jonas Brandt, ${ROOM}, private chat`, exact: true })
      .waitFor();
    await sendPrivately(teacher.page, "Until Monday");
    await inLog(student.page, chat, "Until Monday").waitFor();
    // Asked of the server: that the page has told of a mark may as well be about its own message.
    const threads = () => school.call<{ results: PrivateThread[] }>("jonas", "GET", "/chat/private-threads/");
    await expect.poll(async () => (await threads()).results.map((one) => one.unread_count)).toEqual([0]);
  });

  it("what comes while the student is elsewhere is counted, and read when it is opened", async () => {
    const leave = student.page.getByRole("button", { name: isPhone ? "Back" : "Close panel", exact: true });
    await leave.click();
    await composer(student.page, ROOM).waitFor();
    await sendPrivately(teacher.page, "Not later");
    if (isPhone) {
      await student.page.getByRole("button", { name: "Back to rooms" }).click();
      const tabs = student.page.getByRole("navigation", { name: "Sections" });
      await tabs.getByRole("link", { name: /^Private.* 1 unread/ }).click();
      await student.page
        .getByRole("main")
        .getByRole("link", { name: /Miriam Vogel.*1 unread/ })
        .click();
    } else await roomLink(student.page, `Miriam Vogel, ${ROOM}, private chat, 1 unread`).click();
    await inLog(student.page, "Private messages with Miriam Vogel", "Not later").waitFor();
    if (isPhone) {
      await student.page.getByRole("button", { name: "Chat menu" }).click();
      await choose(student.page, `Go to ${ROOM}`);
    } else await leave.click();
    await composer(student.page, ROOM).waitFor();
  });

  it("the search finds it and leads there", async () => {
    if (isPhone) {
      await student.page.getByRole("button", { name: "Room menu" }).click();
      await choose(student.page, "Search in this room");
    } else await student.page.getByRole("button", { name: "Search in this room" }).click();
    const search = panel(student.page, "Search");
    await search.getByRole("searchbox", { name: "Search messages" }).fill("nucleus");
    await search.getByText("1 result", { exact: true }).waitFor();
    await search.getByRole("link", { name: /A nucleus for sure/ }).click();
    await expect.poll(() => message(student.page, "A nucleus for sure").isVisible()).toBe(true);
    if (!isPhone) await leavePanel(student.page, "Search");
  });

  it("muted with a reason: the box is closed and says why and how long; opened again, it has what was written", async () => {
    await openRoom(teacher.page, ROOM);
    await composer(student.page, ROOM).fill("Half a thought");
    await members();
    await teacher.page.getByRole("button", { name: "Actions for Jonas Brandt" }).click();
    await choose(teacher.page, "Mute Jonas for Other…");
    const dialog = teacher.page.getByRole("dialog", { name: "Mute Jonas Brandt" });
    await dialog.getByLabel("For how long?").selectOption({ label: "15 minutes" });
    await dialog.getByLabel("Why?").fill("Let the others speak");
    await dialog.getByRole("button", { name: "Mute", exact: true }).click();
    await student.page.getByText(/^You can write again (at|tomorrow,) \d\d:\d\d\.$/).waitFor(SOON);
    await student.page.getByText("Let the others speak").waitFor();
    await student.page.getByText("What you wrote is kept.").waitFor();
    expect(await composer(student.page, ROOM).count()).toBe(0);
    await teacher.page.getByRole("button", { name: "Unmute Jonas Brandt" }).click();
    await composer(student.page, ROOM).waitFor(SOON);
    expect(await composer(student.page, ROOM).inputValue()).toBe("Half a thought");
  });

  it("made a cohost, the student sees who waits at the door", async () => {
    await members();
    await teacher.page.getByRole("button", { name: "Actions for Jonas Brandt" }).click();
    await choose(teacher.page, "Make cohost");
    await panel(teacher.page, "Members").getByText("Cohost", { exact: true }).waitFor();
    const { results } = await school.call<{ results: { id: number; name: string }[] }>("linh", "GET", "/chat/rooms/");
    const id = results.find(({ name }) => name === ROOM)?.id ?? 0;
    await school.call("linh", "POST", `/chat/rooms/${id}/join-request/`, { note: "And me?" });
    await student.page.getByRole("button", { name: "1 join request" }).waitFor(SOON);
  });

  it("55: removed with a reason, the student reads it within a second, with the focus on it", async () => {
    await members();
    await teacher.page.getByRole("button", { name: "Actions for Jonas Brandt" }).click();
    await choose(teacher.page, "Remove from room…");
    const dialog = teacher.page.getByRole("dialog", { name: `Remove Jonas Brandt from ${ROOM}?` });
    await dialog.getByLabel("Why?").fill("Come and see me");
    await dialog.getByRole("button", { name: "Remove from room" }).click();
    const heading = student.page.getByRole("heading", { name: `You were removed from ${ROOM}` });
    await heading.waitFor(SOON);
    await student.page.getByText("The reason given: “Come and see me”.").waitFor();
    await expect.poll(() => hasFocus(heading)).toBe(true);
    await teacher.page.getByRole("button", { name: "1 member" }).waitFor();
    expect(await log(student.page).count()).toBe(0);
  });

  it("and in all this no window was loaded again, nothing was complained of, nobody else was called", async () => {
    for (const window of [teacher, student]) {
      expect(await hasReloaded(window.page)).toBe(false);
      window.expectClean();
    }
  });
});
