// Rooms, threads of replies and private chats: one conversation each, with its own draft, marks and place.
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openDesk } from "../kit/desk.ts";
import { act, composer, log, message, openRoom, roomLink } from "../kit/room-page.ts";

const desk = openDesk();

const replies = (page: Page) => page.getByRole("log", { name: "Thread replies" });
const replyBox = (page: Page) => page.getByRole("textbox", { name: "Reply in thread" });
const newLine = (page: Page) => log(page).getByRole("separator", { name: "New" });
/** As the link in the rooms list says it: "Biology 9b, 2 unread". */
const unreadOf = async (page: Page, room: string) =>
  /(\d+) unread/.exec((await roomLink(page, room).getAttribute("aria-label")) ?? "")?.[1] ?? "0";

describe("A thread", () => {
  it("has its replies to itself, in the room only those that were sent there too, and its counts go with reading", async () => {
    const room = await desk.room("Thread room", ["ms-vogel", "jonas"]);
    await desk.school.say("jonas", room, "Who knows this leaf?");
    const [teacher, student] = [await desk.window("ms-vogel"), await desk.window("jonas")];
    await openRoom(teacher, "Thread room");
    await openRoom(student, "Thread room");
    await act(teacher, "Who knows this leaf?", "Reply in thread");
    await replyBox(teacher).fill("It is a lime.");
    await replyBox(teacher).press("Enter");
    await replies(teacher).getByText("It is a lime.").waitFor();
    await teacher.getByRole("checkbox", { name: "Also send to Thread room" }).check();
    await replyBox(teacher).fill("See the heart?");
    await replyBox(teacher).press("Enter");
    await message(student, "See the heart?").waitFor();
    expect(await message(student, "It is a lime.").count()).toBe(0);
    expect(await teacher.getByRole("checkbox", { name: "Also send to Thread room" }).isChecked()).toBe(false);
    await student.getByRole("button", { name: /^2 replies, 2 unread/ }).click();
    await replies(student).getByText("It is a lime.").waitFor();
    await student.getByRole("button", { name: /^2 replies, last/ }).waitFor();
  });

  it("can be followed before anybody has replied, which one's other devices show; then its replies count", async () => {
    const room = await desk.room("Followed room", ["ms-vogel", "jonas"]);
    const root = await desk.school.say("ms-vogel", room, "Homework goes in here.");
    const [one, two] = [await desk.window("jonas"), await desk.window("jonas")];
    for (const page of [one, two]) {
      await openRoom(page, "Followed room");
      await act(page, "Homework goes in here.", "Reply in thread");
    }
    const bell = (page: Page) => page.getByRole("button", { name: "Follow this thread" });
    const pressed = (page: Page) => bell(page).getAttribute("aria-pressed");
    expect([await pressed(one), await pressed(two)]).toEqual(["false", "false"]);
    await bell(one).click();
    for (const page of [one, two]) await expect.poll(() => pressed(page)).toBe("true");
    await two.reload();
    await expect.poll(() => pressed(two)).toBe("true");
    await one.getByRole("button", { name: "Close panel" }).click();
    await two.getByRole("button", { name: "Close panel" }).click();
    await desk.school.say("ms-vogel", room, "On paper, please.", { thread_root: root.id });
    for (const page of [one, two]) {
      await message(page, "Homework goes in here.")
        .getByRole("button", { name: /^1 reply, 1 unread/ })
        .waitFor();
    }
  });

  it("is open beside its room after a reload, with the words that were not sent", async () => {
    const room = await desk.room("Draft room", ["ms-vogel", "jonas"]);
    await desk.school.say("ms-vogel", room, "A question");
    const page = await desk.window("jonas");
    await openRoom(page, "Draft room");
    await composer(page, "Draft room").fill("for the room");
    await act(page, "A question", "Reply in thread");
    await replyBox(page).fill("for the thread");
    await page.waitForTimeout(500);
    await page.reload();
    await replyBox(page).waitFor();
    expect(await replyBox(page).inputValue()).toBe("for the thread");
    expect(await composer(page, "Draft room").inputValue()).toBe("for the room");
    await replyBox(page).press("Enter");
    await replies(page).getByText("for the thread").waitFor();
    await page.reload();
    await replyBox(page).waitFor();
    expect(await replyBox(page).inputValue()).toBe("");
  });
});

describe("Drafts", () => {
  it("32: are the same in two tabs, and the one being typed in wins", async () => {
    await desk.room("Two tabs", ["ms-vogel", "jonas"]);
    const first = await desk.window("jonas");
    await openRoom(first, "Two tabs");
    const second = await first.context().newPage();
    await second.goto(first.url());
    await composer(second, "Two tabs").waitFor();
    await composer(first, "Two tabs").fill("begun here");
    await expect.poll(() => composer(second, "Two tabs").inputValue()).toBe("begun here");
    await composer(second, "Two tabs").fill("begun here, gone on there");
    await expect
      .poll(() => composer(first, "Two tabs").inputValue(), { timeout: 5_000 })
      .toBe("begun here, gone on there");
    await second.close();
  });
});

describe("Reading", () => {
  it("22: what is marked as unread stays so in view, here and on another device, until one scrolls or leaves", async () => {
    const room = await desk.room("Marked room", ["ms-vogel", "jonas"]);
    await desk.room("Beside it", ["ms-vogel", "jonas"]);
    const said = [];
    for (const words of ["first", "second", "third"]) said.push(await desk.school.say("ms-vogel", room, words));
    const [page, other] = [await desk.window("jonas"), await desk.window("jonas")];
    await openRoom(page, "Marked room");
    await openRoom(other, "Beside it");
    await expect.poll(() => unreadOf(other, "Marked room")).toBe("0");
    await message(page, "second").hover();
    await message(page, "second").getByRole("button", { name: "More actions" }).click();
    await page.getByText("Mark unread from here", { exact: true }).click();
    await expect.poll(() => unreadOf(other, "Marked room")).toBe("2");
    await newLine(page).waitFor();
    await page.waitForTimeout(1_500);
    expect(await unreadOf(other, "Marked room")).toBe("2");
    await openRoom(page, "Beside it");
    expect(await unreadOf(page, "Marked room")).toBe("2");
    await openRoom(page, "Marked room");
    await expect.poll(() => unreadOf(other, "Marked room")).toBe("0");
  });
});

describe("A private chat", () => {
  it("opens from a message, beside its room; the other one sees it arrive, and the room does not", async () => {
    const room = await desk.room("Private room", ["ms-vogel", "jonas"]);
    await desk.school.say("ms-vogel", room, "Ask me anything");
    const [teacher, student] = [await desk.window("ms-vogel"), await desk.window("jonas")];
    await openRoom(teacher, "Private room");
    await openRoom(student, "Private room");
    await act(student, "Ask me anything", "Reply privately");
    const box = student.getByRole("textbox", { name: /privately$/ });
    await box.fill("Can I come later?");
    await box.press("Enter");
    const chat = (page: Page) => page.getByRole("log", { name: /^Private messages with/ });
    await chat(student).getByText("Can I come later?").waitFor();
    const inRoom = student.getByRole("log", { name: "Messages", exact: true });
    expect(await inRoom.getByText("Can I come later?").count()).toBe(0);
    await teacher.goto(student.url());
    await chat(teacher).getByText("Can I come later?").waitFor();
    await composer(student, "Private room").fill("and here as well");
    await composer(student, "Private room").press("Enter");
    await inRoom.getByText("and here as well").waitFor();
    expect(await chat(teacher).getByText("and here as well").count()).toBe(0);
  });
});
