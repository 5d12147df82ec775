// An open room: its conversation in every state, what is written in it, and the panels and dialogs beside it.
import { actByTouch, composer } from "../kit/room-page.ts";
import {
  BIOLOGY,
  dialog,
  fromMemberMenu,
  fromRoomMenu,
  MATHS,
  message,
  MINE,
  openMembers,
  openRoom,
  ownRoom,
  panel,
  press,
  type Screen,
  type Stage,
  THEIRS,
  withMessage,
} from "./stage.ts";

const biology = ({ page }: Stage) => openRoom(page, BIOLOGY);

const conversations: Screen[] = [
  {
    name: "chat",
    who: "student1",
    widths: ["1440", "1024"],
    show: async (stage) => {
      await biology(stage);
      await message(stage.page, THEIRS).hover();
    },
  },
  { name: "chat-mobile-room", who: "student1", widths: ["390"], show: biology },
  { name: "chat-unread", who: "student2", show: biology },
  {
    name: "chat-mobile-actions",
    who: "student1",
    widths: ["390"],
    show: async (stage) => {
      await biology(stage);
      await actByTouch(stage.page, THEIRS, null);
    },
  },
  {
    name: "message-menu",
    who: "teacher1",
    widths: ["1440", "1024"],
    show: async (stage) => {
      await biology(stage);
      await message(stage.page, THEIRS).hover();
      await message(stage.page, THEIRS).getByRole("button", { name: "More actions" }).click();
      await stage.page.getByRole("menu").waitFor();
    },
  },
  {
    name: "chat-offline",
    who: "student1",
    show: async (stage) => {
      const { page, context } = stage;
      await biology(stage);
      await context.setOffline(true);
      await page.getByText("You are offline").waitFor({ timeout: 20_000 });
      for (const text of ["I bring the blue ones too", "and a ruler"]) {
        // One after the other.
        // oxlint-disable-next-line no-await-in-loop
        await composer(page, BIOLOGY).fill(text);
        // oxlint-disable-next-line no-await-in-loop
        await press(page, "Send");
      }
      await message(page, "and a ruler").waitFor();
    },
  },
  {
    name: "delete-message",
    who: "teacher1",
    show: async (stage) => {
      await biology(stage);
      await withMessage(stage, THEIRS, "Delete");
      await dialog(stage.page);
    },
  },
];

const writing: Screen[] = [
  {
    name: "composer-reply",
    who: "student1",
    show: async (stage) => {
      await biology(stage);
      await withMessage(stage, THEIRS, "Reply with quote");
      await composer(stage.page, BIOLOGY).fill("I can fill in day 3, I wrote it down.");
    },
  },
  {
    name: "composer-edit",
    who: "student1",
    show: async (stage) => {
      await biology(stage);
      await withMessage(stage, MINE, "Edit");
    },
  },
  {
    name: "composer-people",
    who: "student1",
    show: async (stage) => {
      await biology(stage);
      await composer(stage.page, BIOLOGY).pressSequentially("Thank you @");
      await stage.page.getByRole("listbox").waitFor();
    },
  },
  {
    name: "emoji-picker",
    who: "student1",
    show: async (stage) => {
      await biology(stage);
      await stage.page.getByRole("button", { name: "Emoji", exact: true }).click();
      await stage.page.getByRole("dialog", { name: /emoji/i }).waitFor();
      await stage.page.getByText("Smileys and feelings").first().waitFor();
    },
  },
  {
    name: "add-reaction",
    who: "student1",
    show: async (stage) => {
      await biology(stage);
      await withMessage(stage, THEIRS, "Add reaction");
      await stage.page.getByRole("dialog", { name: /emoji|reaction/i }).waitFor();
      await stage.page.getByText("Smileys and feelings").first().waitFor();
    },
  },
];

const threads: Screen[] = [
  {
    name: "thread",
    who: "student1",
    show: async (stage) => {
      const { page } = stage;
      await biology(stage);
      const link = page.getByRole("button", { name: /^\d+ repl(y|ies)/ }).last();
      for (let page_ = 0; page_ < 12 && !(await link.isVisible()); page_ += 1) {
        // Older messages come page by page.
        // oxlint-disable-next-line no-await-in-loop
        await page.getByRole("log", { name: "Messages" }).evaluate((log) => log.scrollBy(0, -1_500));
        // oxlint-disable-next-line no-await-in-loop
        await page.waitForTimeout(250);
      }
      await link.click();
      await panel(page, "Thread");
      await page.getByRole("log", { name: "Thread replies" }).getByRole("article").last().waitFor();
    },
  },
  {
    name: "threads",
    who: "student1",
    show: async ({ page }) => {
      await page
        .getByRole("link", { name: /^Threads/ })
        .or(page.getByRole("button", { name: /^Threads/ }))
        .first()
        .click();
      await page.getByRole("heading", { name: "Threads" }).waitFor();
      await page
        .getByText(/repl(y|ies)/)
        .first()
        .waitFor();
    },
  },
  {
    name: "private-chat",
    who: "student1",
    show: async ({ page, isPhone }) => {
      // On a phone they are a tab of their own.
      if (isPhone) await page.getByRole("navigation", { name: "Sections" }).getByText("Private").click();
      const chats = page.getByRole(isPhone ? "main" : "navigation", isPhone ? {} : { name: "Rooms" });
      await chats
        .getByRole("link", { name: /Dr\. Katrin Seidel/ })
        .first()
        .click();
      await page.getByRole("textbox", { name: /^Message Dr\. Katrin Seidel privately/ }).waitFor();
    },
  },
];

const search = (name: string, query: string, found: RegExp): Screen => ({
  name,
  who: "student1",
  show: async (stage) => {
    const { page, isPhone } = stage;
    if (isPhone) await fromRoomMenu(stage, BIOLOGY, "Search in this room");
    else {
      await biology(stage);
      await press(page, "Search in this room");
    }
    await page.getByRole("searchbox", { name: "Search messages" }).fill(query);
    await page.getByText(found).first().waitFor();
  },
});

const panels: Screen[] = [
  { name: "members", who: "teacher1", show: (stage) => openMembers(stage, BIOLOGY) },
  { name: "member-menu", who: "teacher1", show: (stage) => fromMemberMenu(stage, BIOLOGY, "Lena") },
  {
    name: "join-requests",
    who: "teacher1",
    show: async ({ page }) => {
      await openRoom(page, MATHS);
      await press(page, /\d join request/);
      await panel(page, "Join requests");
      await page
        .getByRole("button", { name: /^Approve/ })
        .first()
        .waitFor();
    },
  },
  search("search", "light", /^\d+ results/),
  search("search-nothing", "zebra", /Nothing like/),
];

const dialogs: Screen[] = [
  {
    name: "mute",
    who: "teacher1",
    show: async (stage) => {
      await fromMemberMenu(stage, BIOLOGY, "Lena", /^(Mute Lena for )?Other…/);
      await dialog(stage.page);
    },
  },
  {
    name: "remove",
    who: "teacher1",
    show: async (stage) => {
      await fromMemberMenu(stage, BIOLOGY, "Lena", "Remove from room…");
      await dialog(stage.page);
    },
  },
  {
    name: "invite",
    who: "teacher1",
    show: async (stage) => {
      await fromRoomMenu(stage, BIOLOGY, "Invite people…");
      await dialog(stage.page);
    },
  },
  {
    name: "room-settings",
    who: "teacher1",
    show: async (stage) => {
      await fromRoomMenu(stage, BIOLOGY, "Edit room…");
      await dialog(stage.page);
    },
  },
  {
    name: "hand-over",
    who: "teacher2",
    show: async (stage) => {
      await ownRoom(stage, "Drama club", "teacher1");
      await fromRoomMenu(stage, "Drama club", "Hand over…");
      await dialog(stage.page);
    },
  },
];

export const room: Screen[] = [...conversations, ...writing, ...threads, ...panels, ...dialogs];
