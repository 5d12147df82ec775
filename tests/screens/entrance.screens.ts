// Before somebody is in: the first visit, signing in, making an account; and what belongs to oneself.
import {
  BIOLOGY,
  dialog,
  fromRoomMenu,
  goTo,
  MATHS,
  openRoom,
  ownRoom,
  press,
  roomLink,
  type Screen,
} from "./stage.ts";

export const entrance: Screen[] = [
  {
    name: "set-up",
    who: "first",
    show: ({ page }) => page.getByRole("heading", { name: "Set up your school" }).waitFor(),
  },
  { name: "login", who: "nobody", show: ({ page }) => page.getByRole("heading", { name: "Sign in" }).waitFor() },
  {
    name: "login-mistakes",
    who: "nobody",
    show: async ({ page }) => {
      await page.getByLabel("User name").fill("student1");
      await page.getByLabel("Password", { exact: true }).fill("not my password");
      await press(page, "Sign in");
      await page.getByText("Name and password don’t match.").waitFor();
    },
  },
  {
    name: "register",
    who: "nobody",
    show: async ({ page }) => {
      await press(page, "Make an account");
      await page.getByLabel("Your name").waitFor();
    },
  },
  {
    name: "you",
    who: "student1",
    show: async (stage) => {
      await goTo(stage, "/you");
      await stage.page.getByRole("heading", { name: "Where you are signed in" }).waitFor();
    },
  },
  {
    name: "settings",
    who: "student1",
    show: async ({ page }) => {
      await press(page, "Settings");
      await page.getByRole("menu").waitFor();
    },
  },
  {
    name: "shortcuts",
    who: "student1",
    widths: ["1440", "1024"],
    show: async ({ page }) => {
      await page.keyboard.press("Control+/");
      await dialog(page);
    },
  },
];

export const lists: Screen[] = [
  {
    name: "chat-mobile-rooms",
    who: "student1",
    widths: ["390"],
    show: ({ page }) => roomLink(page, MATHS).waitFor(),
  },
  {
    name: "nothing-open",
    who: "student1",
    widths: ["1440", "1024"],
    show: ({ page }) => roomLink(page, MATHS).waitFor(),
  },
  { name: "no-rooms", who: "student5", show: ({ page }) => roomLink(page, MATHS).waitFor() },
  {
    name: "quick-switcher",
    who: "teacher1",
    show: async ({ page, isPhone }) => {
      if (isPhone) await press(page, /^Jump to/);
      else {
        await openRoom(page, BIOLOGY);
        await page.keyboard.press("Control+k");
      }
      await page.getByRole("combobox").fill("ma");
      await page.getByRole("option").first().waitFor();
    },
  },
  {
    name: "class-code",
    who: "student5",
    show: async ({ page }) => {
      await press(page, "Enter a class code");
      await dialog(page);
    },
  },
  {
    name: "create-room",
    who: "teacher1",
    show: async ({ page }) => {
      await press(page, "New room");
      await dialog(page);
      await page.getByLabel("Name").first().fill("Physics 8c");
    },
  },
  {
    name: "not-a-member",
    who: "student5",
    show: async ({ page }) => {
      await roomLink(page, MATHS).click();
      await page.getByRole("heading", { name: /This room is for members|You asked to join/ }).waitFor();
    },
  },
  {
    name: "join-request",
    who: "student5",
    show: async ({ page }) => {
      await roomLink(page, MATHS).click();
      await page.getByRole("main").getByRole("button", { name: "Ask to join" }).click();
      await dialog(page);
    },
  },
  {
    name: "removed",
    who: "student5",
    show: async (stage) => {
      const id = await ownRoom(stage, "Drama club", "student5");
      const me = await stage.call("student5", "GET", "/auth/me/");
      await openRoom(stage.page, "Drama club");
      const reason = "Please talk to me before the next rehearsal.";
      await stage.call("teacher2", "POST", `/chat/rooms/${id}/kick/${String(me["id"])}/`, { reason });
      await stage.page.getByText(reason).waitFor();
    },
  },
  {
    name: "empty-room",
    who: "teacher2",
    show: async (stage) => {
      await ownRoom(stage, "Drama club", null);
      await openRoom(stage.page, "Drama club");
    },
  },
  {
    name: "not-found",
    who: "student1",
    show: async (stage) => {
      await goTo(stage, "/rooms/999999");
      await stage.page.getByRole("heading", { name: "There is no room here" }).waitFor();
    },
  },
  {
    name: "leave-room",
    who: "student1",
    show: async (stage) => {
      await fromRoomMenu(stage, MATHS, "Leave room");
      await dialog(stage.page);
    },
  },
  {
    name: "room-menu",
    who: "teacher1",
    show: async ({ page }) => {
      await openRoom(page, MATHS);
      await press(page, "Room menu");
      await page.getByRole("menu").waitFor();
    },
  },
];
