// 62 around a room: its people, its door, what leads a room may do, and what belongs to oneself, in both themes.
import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { isAll } from "../kit/extent.ts";
import { inspect } from "../kit/axe.ts";
import { openDesk } from "../kit/desk.ts";
import { DESKTOP, PHONE } from "../kit/people.ts";
import { composer, openRoom, roomLink } from "../kit/room-page.ts";

const desk = openDesk();
const panel = (page: Page, name: string): Locator => page.getByRole("complementary", { name, exact: true });
const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).first().click();
const choose = (page: Page, name: string | RegExp) => page.getByRole("menuitem", { name }).click();
const close = async (page: Page) => {
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
};

const cases: [string, BrowserContextOptions][] = [
  ["a desk", DESKTOP],
  ["a phone", PHONE],
];

// The gate looks at what is in access.test.ts.
describe.runIf(isAll).each(cases)("62: no violation of WCAG A and AA at %s", (place, device) => {
  const isPhone = device === PHONE;
  it("where a room is led: members, their menus and dialogs, settings, invitations, requests", async () => {
    const { school } = desk;
    const name = `Physics at ${place}`;
    const room = await desk.room(name, ["ms-vogel", "jonas", "aylin", "admin"]);
    const { id: aylin } = await school.call<{ id: number }>("aylin", "GET", "/auth/me/");
    const mute = { minutes: 15, reason: "" };
    await school.call("ms-vogel", "POST", `/chat/rooms/${room}/members/${aylin}/mute/`, mute);
    await school.call("ms-vogel", "PATCH", `/chat/rooms/${room}/`, { public: false });
    const { id } = await school.call<{ id: number }>("linh", "POST", `/chat/rooms/${room}/join-request/`);
    await school.call("ms-vogel", "POST", `/chat/rooms/${room}/deny-join/${id}/`, { reason: "Next year" });
    const page = await desk.window("ms-vogel", device);
    const { look, found } = inspect(page);
    const menu = async (item: string) => {
      await press(page, "Room menu");
      await choose(page, item);
      await page.getByRole("dialog").waitFor();
    };
    await openRoom(page, name);
    await press(page, "Room menu");
    await page.getByRole("menu").waitFor();
    await look("room menu");
    await page.keyboard.press("Escape");
    for (const item of ["Edit room…", "Hand over…", "Archive room…", "Leave room", "Delete room"]) {
      await menu(item);
      await look(item);
      await close(page);
    }
    await menu("Invite people…");
    await press(page, "Make a code");
    await page.getByRole("button", { name: /^Show .* large$/ }).waitFor();
    await look("codes");
    await press(page, /^Show .* large$/);
    await page.getByRole("img", { name: /^QR code/ }).waitFor();
    await look("code with its QR code");
    await press(page, "All codes");
    await press(page, /^Withdraw/);
    await page.getByRole("button", { name: "Keep it" }).waitFor();
    await look("code to be withdrawn");
    await close(page);
    if (isPhone) {
      await press(page, "Room menu");
      await choose(page, "4 members");
    } else await press(page, "4 members");
    await panel(page, "Members").getByRole("button", { name: "Unmute Aylin Demir" }).waitFor();
    await look("members");
    await press(page, "Actions for Jonas Brandt");
    await page.getByRole("menu").waitFor();
    await look("menu of a member");
    await choose(page, "Mute Jonas for Other…");
    await page.getByLabel("For how long?").selectOption({ label: "Another time" });
    await page.getByLabel("Minutes").fill("many");
    await page.getByRole("button", { name: "Mute", exact: true }).click();
    await page.getByText("A number of minutes").waitFor();
    await look("muting");
    await close(page);
    await press(page, "Actions for Jonas Brandt");
    await choose(page, "Remove from room…");
    await page.getByRole("dialog").waitFor();
    await look("removing");
    await close(page);
    await panel(page, "Members").getByRole("searchbox", { name: "Find a member" }).fill("zebra");
    await page.getByText("Nobody like").waitFor();
    await look("nobody found");
    expect(found).toEqual([]);
  });

  it("before a door: asking, waiting, a no, removed, gone", async () => {
    const { school } = desk;
    const name = `Chess at ${place}`;
    const room = await desk.room(name, ["ms-vogel"]);
    await school.call("ms-vogel", "PATCH", `/chat/rooms/${room}/`, { public: false });
    const page = await desk.window("linh", device);
    const { look, found } = inspect(page);
    await roomLink(page, name).click();
    await page.getByRole("heading", { name: "This room is for members" }).waitFor();
    await look("not a member");
    await page.getByRole("main").getByRole("button", { name: "Ask to join" }).click();
    await page.getByRole("dialog").getByLabel("A short note").fill("Please");
    await look("asking");
    await press(page, "Send request");
    await page.getByRole("heading", { name: "You asked to join" }).first().waitFor();
    if (await page.getByRole("dialog").isVisible()) await close(page);
    await look("asked");
    const host = await desk.window("ms-vogel", device);
    const theirs = inspect(host);
    await openRoom(host, name);
    await press(host, "1 join request");
    await panel(host, "Join requests").getByText("Please").waitFor();
    await theirs.look("requests");
    await press(host, "Decline");
    await panel(host, "Join requests").getByLabel("Reason").fill("Next year");
    await theirs.look("declining");
    await press(host, "Decline Linh");
    await page.getByText("You can ask again").waitFor();
    await look("declined");
    const { id } = await school.call<{ id: number }>("linh", "GET", "/auth/me/");
    await school.call("ms-vogel", "PATCH", `/chat/rooms/${room}/`, { public: true });
    await school.call("linh", "POST", `/chat/rooms/${room}/join/`);
    await composer(page, name).waitFor();
    await school.call("ms-vogel", "POST", `/chat/rooms/${room}/kick/${id}/`, { reason: "Come and see me" });
    await page.getByText("Come and see me").waitFor();
    await look("removed");
    await press(page, "Back to my rooms");
    await page.goto(`${school.url}/rooms/999999`);
    await page.getByRole("heading", { name: "There is no room here" }).waitFor();
    desk.allow(/status of 404/);
    await look("gone");
    expect([...found, ...theirs.found]).toEqual([]);
  });

  it("at home: the class code, making a room, one's own page", async () => {
    const page = await desk.window("ms-vogel", device);
    const { look, found } = inspect(page);
    await press(page, "New room");
    await page.getByRole("dialog").getByRole("button", { name: "Create room" }).click();
    await look("a room without a name");
    await close(page);
    await press(page, /^Enter a class code/);
    await page.getByRole("textbox", { name: "Class code" }).fill("NOT-A-CODE");
    await page.getByRole("textbox", { name: "Class code" }).press("Enter");
    desk.allow(/status of 4\d\d/);
    await page.locator(".hr-field-error, [role=alert]").first().waitFor();
    await look("class code");
    await close(page);
    await page.goto(`${desk.school.url}/you`);
    await page.getByRole("heading", { name: "Where you are signed in" }).waitFor();
    await look("you");
    expect(found).toEqual([]);
  });
});
