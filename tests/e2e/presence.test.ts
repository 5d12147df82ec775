// Who is here, who is away and who is neither: as others see it, with several tabs, in words, in every colour scheme.
import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openDesk } from "../kit/desk.ts";
import { openRoom } from "../kit/room-page.ts";

const desk = openDesk();

/** What the browser does with a tab that goes behind another, with the half a minute that it takes to be away. */
const setHidden = (page: Page, isHidden: boolean) =>
  page.evaluate((isHidden) => {
    const state = isHidden ? "hidden" : "visible";
    Object.defineProperty(document, "hidden", { value: isHidden, configurable: true });
    Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, isHidden);

const panelOf = (page: Page) => page.getByRole("complementary", { name: "Members" });
const section = (page: Page, name: string) => panelOf(page).getByRole("region", { name });
const saysOf = (row: Locator, word: string) => row.getByText(word, { exact: true }).waitFor({ state: "attached" });
/** How a dot looks: its fill and its edge, which must differ from state to state. */
const look = (row: Locator) =>
  row.locator(".hr-dot").evaluate((dot) => {
    const { backgroundColor, borderTopWidth, borderTopColor } = getComputedStyle(dot);
    return [backgroundColor, borderTopWidth, borderTopWidth === "0px" ? "" : borderTopColor].join(" ");
  });

describe("Away", () => {
  it("50: is who has hidden every page for half a minute; one page that is shown again is enough to be here", async () => {
    const room = await desk.room("Room 50", ["ms-vogel", "jonas", "aylin"]);
    const { id } = await desk.school.call<{ id: number }>("aylin", "GET", "/auth/me/");
    await desk.school.call("ms-vogel", "POST", "/chat/private-threads/", { room_id: room, user_id: id });
    const page = await desk.window("ms-vogel");
    await openRoom(page, "Room 50");
    await page.getByRole("button", { name: "3 members" }).click();
    const aylin = panelOf(page).getByRole("listitem").filter({ hasText: "Aylin Demir" });
    const [one, two] = [await desk.window("aylin"), await desk.window("aylin")];
    await section(page, "Here now").getByText("Aylin Demir").waitFor();

    for (const hers of [one, two]) await hers.clock.install();
    await setHidden(one, true);
    await one.clock.fastForward(31_000);
    await setHidden(two, true);
    await two.clock.fastForward(20_000);
    // A glance at something else; the other page has been hidden for long.
    await setHidden(two, false);
    await saysOf(aylin, "here");
    await setHidden(two, true);
    await two.clock.fastForward(31_000);
    await saysOf(aylin, "away");
    await section(page, "Away").getByText("Aylin Demir").waitFor();
    await page.getByText("3 people, 1 here now").waitFor();
    const chat = page.getByRole("navigation", { name: "Rooms" }).getByRole("listitem").filter({ hasText: "Aylin" });
    await saysOf(chat, "away");

    await setHidden(one, false);
    await saysOf(aylin, "here");
    await saysOf(chat, "here");
    await section(page, "Away").waitFor({ state: "detached" });
  });

  it("50: looks like neither here nor gone, in light, in dark, and in the system's own colours", async () => {
    await desk.room("Room 50b", ["ms-vogel", "jonas", "aylin", "linh"]);
    const page = await desk.window("ms-vogel");
    const hers = await desk.window("aylin");
    await desk.window("linh");
    await hers.clock.install();
    await setHidden(hers, true);
    await hers.clock.fastForward(31_000);
    await openRoom(page, "Room 50b");
    await page.getByRole("button", { name: "4 members" }).click();
    const rows = ["Linh Nguyen", "Aylin Demir", "Jonas Brandt"].map((text) =>
      panelOf(page).getByRole("listitem").filter({ hasText: text }),
    ) as [Locator, Locator, Locator];
    await saysOf(rows[0], "here");
    await saysOf(rows[1], "away");
    await saysOf(rows[2], "not here");
    const schemes = [{ colorScheme: "light" }, { colorScheme: "dark" }, { forcedColors: "active" }] as const;
    for (const scheme of schemes) {
      await page.emulateMedia(scheme);
      const looks = await Promise.all(rows.map(look));
      expect([scheme, new Set(looks).size]).toEqual([scheme, 3]);
    }
  });
});
