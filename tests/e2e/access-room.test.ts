// 62 in a room: its conversation, threads, private chat, search, emoji and what opens over them, in both themes.
import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { isAll } from "../kit/extent.ts";
import { inspect } from "../kit/axe.ts";
import { openDesk } from "../kit/desk.ts";
import { DESKTOP, PHONE } from "../kit/people.ts";
import { act, actByTouch, composer, message, openRoom, roomLink } from "../kit/room-page.ts";

const desk = openDesk();
const panel = (page: Page, name: string): Locator => page.getByRole("complementary", { name, exact: true });

/** A room with a pin, reactions, a thread with news, a private chat with news, a mute and a closed neighbour. */
const furnish = async (name: string) => {
  const { school } = desk;
  const room = await desk.room(name, ["ms-vogel", "jonas", "aylin"], { description: "Cells and tissues" });
  const root = await school.say("ms-vogel", room, "What is a cell? **Look** at `page 7`, https://example.org/cells");
  await school.say("aylin", room, "```\na small room\n```", { reply_to: root.id });
  await school.say("jonas", room, "@jonas A wall and a nucleus");
  await school.say("jonas", room, "Only in the thread", { thread_root: root.id });
  await school.say("aylin", room, "News in the thread", { thread_root: root.id, also_in_room: true });
  await school.call("ms-vogel", "PUT", `/chat/messages/${root.id}/pin/`);
  for (const who of ["jonas", "aylin"]) {
    await school.call(who, "PUT", `/chat/messages/${root.id}/reactions/${encodeURIComponent("👍")}/`);
  }
  const chat = await school.call<{ id: number }>("jonas", "POST", "/chat/private-threads/", { message_id: root.id });
  await school.call("jonas", "POST", `/chat/private-threads/${chat.id}/messages/`, { content: "May I ask?" });
  await school.call("ms-vogel", "POST", `/chat/private-threads/${chat.id}/messages/`, { content: "Of course" });
  const closed = await desk.room(`Closed ${name}`, ["ms-vogel", "jonas"]);
  await school.say("ms-vogel", closed, "The last word");
  await school.call("ms-vogel", "PATCH", `/chat/rooms/${closed}/`, { is_active: false });
  return room;
};

const cases: [string, BrowserContextOptions][] = [
  ["a desk", DESKTOP],
  ["a phone", PHONE],
];

// The gate looks at what is in access.test.ts.
describe.runIf(isAll).each(cases)("62: no violation of WCAG A and AA at %s", (place, device) => {
  const isPhone = device === PHONE;
  const name = `Cells at ${place}`;
  const press = (page: Page, button: string | RegExp) => page.getByRole("button", { name: button }).first().click();
  const doTo = (page: Page, text: string, action: string) => (isPhone ? actByTouch : act)(page, text, action);
  const close = async (page: Page, title: string) => {
    await panel(page, title)
      .getByRole("button", { name: isPhone ? "Back" : "Close panel", exact: true })
      .click();
    await composer(page, name).waitFor();
  };
  const escape = async (page: Page, role: "dialog" | "menu") => {
    await page.keyboard.press("Escape");
    await page.getByRole(role).waitFor({ state: "detached" });
  };

  it("in what is said: messages and what can be done with them, emoji, a thread, a private chat", async () => {
    await furnish(name);
    const page = await desk.window("jonas", device);
    const { look, found } = inspect(page);
    await openRoom(page, name);
    await message(page, "A wall and a nucleus").waitFor();
    if (!isPhone) await message(page, "A wall and a nucleus").hover();
    await look("room");
    if (isPhone) await actByTouch(page, "A wall and a nucleus", null);
    else {
      await message(page, "A wall and a nucleus").getByRole("button", { name: "More actions" }).click();
      await page.getByRole("menu").waitFor();
    }
    await look("message actions");
    await escape(page, isPhone ? "dialog" : "menu");
    await doTo(page, "A wall and a nucleus", "Add reaction");
    await page.getByRole("gridcell").first().waitFor();
    await look("picker of reactions");
    await page.getByRole("searchbox", { name: "Search emoji" }).fill("zebra crossing");
    await page.getByText("No emoji for").waitFor();
    await look("picker without results");
    await escape(page, "dialog");
    await composer(page, name).fill("@");
    await page.getByRole("listbox").waitFor();
    await look("people to mention");
    await composer(page, name).fill("");
    await doTo(page, "A wall and a nucleus", "Edit");
    await look("an edit");
    await press(page, "Cancel edit");
    await press(page, /^2 replies, 1 unread/);
    await page.getByRole("log", { name: "Thread replies" }).getByText("News in the thread").waitFor();
    await look("thread");
    await close(page, "Thread");
    await doTo(page, "What is a cell?", "Reply privately");
    await page
      .getByRole("log", { name: /^Private messages/ })
      .getByText("Of course")
      .waitFor();
    await press(page, "How this works");
    await look("private chat");
    await press(page, "Chat menu");
    await page.getByRole("menu").waitFor();
    await look("menu of a private chat");
    expect(found).toEqual([]);
  });

  it("in what is found: the search with and without results, the lists of threads, the switcher", async () => {
    const page = await desk.window("jonas", device);
    const { look, found } = inspect(page);
    await openRoom(page, name);
    if (isPhone) {
      await press(page, "Room menu");
      await page.getByRole("menuitem", { name: "Search in this room" }).click();
    } else await press(page, "Search in this room");
    const field = page.getByRole("searchbox", { name: "Search messages" });
    await field.waitFor();
    await look("search");
    await field.fill("nucleus");
    await page.getByText("1 result", { exact: true }).waitFor();
    await look("search with results");
    await field.fill("zebra");
    await page.getByText("Nothing like").waitFor();
    await look("search without results");
    await close(page, "Search");
    if (isPhone) await press(page, "Back to rooms");
    if (isPhone)
      await page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: "Threads" }).click();
    else
      await page
        .getByRole("link", { name: /^Threads/ })
        .or(page.getByRole("button", { name: /^Threads/ }))
        .click();
    await page.getByRole("tab", { name: "In rooms" }).waitFor();
    await page.getByText("2 replies").last().waitFor();
    await look("threads in rooms");
    await page.getByRole("tab", { name: "Private" }).click();
    await page.getByRole("tabpanel").getByRole("link").first().waitFor();
    await look("private chats");
    await page.getByRole("button", { name: "Unread", exact: true }).click();
    await look("private chats that are read");
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("cells");
    await page.getByRole("option").first().waitFor();
    await look("switcher");
    await escape(page, "dialog");
    await page.keyboard.press("Control+/");
    await page.getByRole("dialog").waitFor();
    await look("shortcuts");
    expect(found).toEqual([]);
  });

  it("where nobody may write, and in what is said in passing", async () => {
    const page = await desk.window("jonas", device);
    const { look, found } = inspect(page);
    const { school } = desk;
    await roomLink(page, `Closed ${name}`).click();
    await page.getByText("This room is closed.").waitFor();
    await look("archived room");
    if (isPhone) await press(page, "Back to rooms");
    await openRoom(page, name);
    const room = Number(/rooms\/(\d+)/.exec(page.url())?.[1]);
    const { id } = await school.call<{ id: number }>("jonas", "GET", "/auth/me/");
    const mute = { minutes: 15, reason: "Let the others speak" };
    await school.call("ms-vogel", "POST", `/chat/rooms/${room}/members/${id}/mute/`, mute);
    await page.getByText("Let the others speak").waitFor();
    await look("muted");
    await press(page, "Room menu");
    await page.getByRole("menuitem", { name: "Mute this room for me" }).click();
    await page.getByText(/is muted for you/).waitFor();
    await look("notice");
    expect(found).toEqual([]);
  });
});
