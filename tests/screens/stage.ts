// What a screen is, and what its steps are made of: hands that find things by the names that everybody reads.
import type { BrowserContext, Page } from "playwright-core";
import { act, actByTouch, message, openRoom, roomLink } from "../kit/room-page.ts";

export const WIDTHS = ["1440", "1024", "390"] as const;
export type Width = (typeof WIDTHS)[number];

export interface Stage {
  page: Page;
  context: BrowserContext;
  width: Width;
  isPhone: boolean;
  /** Calls the demo school as one of its people. */
  call: (who: string, method: string, path: string, body?: object) => Promise<Record<string, unknown>>;
  /** Done when the picture is taken: it puts away what the steps have left in the school. */
  after: (work: () => Promise<unknown>) => void;
}

export interface Screen {
  /** As the design's picture of it is called, where there is one. */
  name: string;
  /** Who looks at it: somebody of the demo school; "nobody" is signed in; "first" has come to an empty server. */
  who: string;
  /** Where it differs from screen to screen; all of them unless told. */
  widths?: readonly Width[];
  /** The whole page, however long. */
  isLong?: boolean;
  show: (stage: Stage) => Promise<unknown>;
}

export const BIOLOGY = "Biology 7b";
export const MATHS = "Maths olympiad";
/** Said by student3 and by student1, at the end of Biology 7b. */
export const THEIRS = "The table for everybody hangs";
export const MINE = "Of course, I have 24 of them";

export const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).first().click();
export const choose = (page: Page, name: string | RegExp) => page.getByRole("menuitem", { name }).first().click();
export const dialog = (page: Page) => page.getByRole("dialog").waitFor();
export const panel = (page: Page, name: string | RegExp) => page.getByRole("complementary", { name }).waitFor();

/** From the menu of a room, which is opened if it is not yet. */
export const fromRoomMenu = async (stage: Stage, room: string, item: string | RegExp) => {
  await openRoom(stage.page, room);
  await press(stage.page, "Room menu");
  await choose(stage.page, item);
};

export const openMembers = async (stage: Stage, room: string) => {
  if (stage.isPhone) await fromRoomMenu(stage, room, /\d members/);
  else {
    await openRoom(stage.page, room);
    await press(stage.page, /\d members/);
  }
  await panel(stage.page, "Members");
  await stage.page.getByRole("complementary", { name: "Members" }).getByRole("listitem").first().waitFor();
};

/** One of the members' own menus. */
export const fromMemberMenu = async (stage: Stage, room: string, person: string, item?: string | RegExp) => {
  await openMembers(stage, room);
  await press(stage.page, new RegExp(`^Actions for ${person}`));
  if (item) await choose(stage.page, item);
};

/** What stands on the bar of a message or in its menu; on a phone in its sheet. */
export const withMessage = async ({ page, isPhone }: Stage, text: string, action: string) => {
  if (isPhone) await actByTouch(page, text, action);
  else await act(page, text, action);
};

/** A room of teacher2's with somebody in it, that is gone after the picture. */
export const ownRoom = async ({ call, after }: Stage, name: string, guest: string | null): Promise<number> => {
  const body = { name, description: "Thursdays, in the hall", public: true };
  const id = Number((await call("teacher2", "POST", "/chat/rooms/", body))["id"]);
  after(() => call("teacher2", "DELETE", `/chat/rooms/${id}/`));
  if (guest) await call(guest, "POST", `/chat/rooms/${id}/join/`);
  return id;
};

export const goTo = async ({ page }: Stage, path: string) => {
  await page.goto(new URL(path, page.url()).href);
};

export { message, openRoom, roomLink };
