// Without a mouse: from making an account to the first message, and from signing in to removing somebody.
import { expect, it } from "vitest";
import { openDesk } from "../kit/desk.ts";
import { handOn } from "../kit/keyboard.ts";
import { DESKTOP, PASSWORD } from "../kit/people.ts";
import { composer, log, message, roomLink, roomsList } from "../kit/room-page.ts";

const desk = openDesk();
/** A colour on its way is neither that of the focus nor that of its absence. */
const STILL = { ...DESKTOP, reducedMotion: "reduce" } as const;

it("a new student makes an account, joins a room and writes, with the keyboard alone", async () => {
  await desk.room("Astronomy", ["ms-vogel"]);
  const page = await desk.stranger(STILL);
  const hand = handOn(page);
  await hand.to(page.getByRole("button", { name: "Make an account" }));
  await hand.press("Enter");
  await hand.to(page.getByLabel("Your name"));
  await hand.type("Nora Keller");
  await hand.to(page.getByLabel("User name"));
  await hand.type("nora");
  await hand.to(page.getByLabel("Password", { exact: true }));
  await hand.type(PASSWORD);
  await hand.press("Enter");
  const row = roomsList(page).getByRole("listitem").filter({ hasText: "Astronomy" });
  await hand.to(row.getByRole("button", { name: "Join", exact: true }));
  await hand.press("Enter");
  await composer(page, "Astronomy").waitFor();
  await hand.to(composer(page, "Astronomy"));
  await hand.type("Good evening");
  await hand.press("Enter");
  await message(page, "Good evening").waitFor();
  expect(hand.faults).toEqual([]);
});

it("a teacher signs in, makes a room, writes, reacts, replies in a thread and removes somebody in the same way", async () => {
  const { school } = desk;
  const page = await desk.stranger(STILL);
  const hand = handOn(page);
  await hand.to(page.getByLabel("User name or e-mail"));
  await hand.type("ms-vogel");
  await hand.to(page.getByLabel("Password", { exact: true }));
  await hand.type(PASSWORD);
  await hand.press("Enter");

  await hand.to(page.getByRole("button", { name: "New room" }));
  await hand.press("Enter");
  const dialog = page.getByRole("dialog", { name: "New room" });
  await hand.to(dialog.getByLabel("Name", { exact: true }));
  await hand.type("Botany");
  await hand.to(dialog.getByRole("radio", { checked: true }));
  await hand.to(dialog.getByRole("radio", { name: "Everyone at school" }), "ArrowDown");
  await hand.to(dialog.getByRole("button", { name: "Create room" }));
  await hand.press("Enter");
  await composer(page, "Botany").waitFor();
  const room = Number(/rooms\/(\d+)/.exec(page.url())?.[1]);
  await school.call("jonas", "POST", `/chat/rooms/${room}/join/`);
  const jonas = await desk.window("jonas");
  await roomLink(jonas, "Botany").click();
  await school.say("jonas", room, "A leaf is green");

  await hand.to(composer(page, "Botany"));
  await hand.type("Good morning");
  await hand.press("Enter");
  await message(page, "Good morning").waitFor();
  const leaf = message(page, "A leaf is green");
  await hand.to(log(page), "Shift+Tab");
  await hand.to(leaf, "ArrowUp");
  await hand.press("Enter");
  await hand.to(leaf.getByRole("button", { name: "Add reaction" }).first(), "ArrowRight");
  await hand.press("Enter");
  const picker = page.getByRole("dialog", { name: "Emoji" });
  await hand.to(picker.getByRole("searchbox", { name: "Search emoji" }));
  await hand.type("herb");
  await picker.getByRole("gridcell", { name: "herb", exact: true }).waitFor();
  await hand.press("Enter");
  await message(jonas, "A leaf is green").getByRole("button", { name: /^🌿 1/ }).waitFor();

  await hand.to(leaf, "Escape");
  await hand.press("t");
  const thread = page.getByRole("complementary", { name: "Thread" });
  await hand.to(thread.getByRole("textbox", { name: "Reply in thread" }));
  await hand.type("Why is it green?");
  await hand.press("Enter");
  await message(jonas, "A leaf is green")
    .getByRole("button", { name: /^1 reply/ })
    .waitFor();
  await hand.press("Escape");
  await thread.waitFor({ state: "detached" });

  await hand.to(page.getByRole("button", { name: "2 members" }), "Shift+Tab");
  await hand.press("Enter");
  await hand.to(page.getByRole("button", { name: "Actions for Jonas Brandt" }));
  await hand.press("Enter");
  await hand.to(page.getByRole("menuitem", { name: "Remove from room…" }), "ArrowUp");
  await hand.press("Enter");
  await hand.to(page.getByRole("dialog").getByRole("button", { name: "Remove from room" }));
  await hand.press("Enter");
  await jonas.getByRole("heading", { name: "You were removed from Botany" }).waitFor();
  await page.getByRole("button", { name: "1 member" }).waitFor();
  await expect
    .poll(() => page.evaluate(() => document.querySelector("aside")?.contains(document.activeElement)))
    .toBe(true);
  expect(hand.faults).toEqual([]);
});
