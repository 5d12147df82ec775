// In a system with colours of its own: no background or shadow tells anything apart, so edges and the focus are lines.
import type { Locator } from "playwright-core";
import { expect, it } from "vitest";
import { openDesk } from "../kit/desk.ts";
import { DESKTOP } from "../kit/people.ts";
import { composer, message, openRoom, roomLink } from "../kit/room-page.ts";

const desk = openDesk();

/** Whether something sets it apart from what is behind it, other than colours. */
const hasEdge = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => {
    const { borderTopStyle, borderTopWidth } = getComputedStyle(element);
    return borderTopStyle !== "none" && Number.parseFloat(borderTopWidth) >= 1;
  });

/** Whether a line is around what has the focus, or around what it stands in. */
const hasRing = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => {
    const isRing = (at: Element, pseudo?: string) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(at, pseudo);
      return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1;
    };
    const frame = element.parentElement;
    return isRing(element) || isRing(element, "::after") || (frame !== null && isRing(frame));
  });

it("a room, its members, a menu and a dialog keep their edges, and the focus its line", async () => {
  const room = await desk.room("Contrast", ["ms-vogel", "jonas"]);
  const { id } = await desk.school.say("jonas", room, "@ms-vogel which colours?");
  await desk.school.call("ms-vogel", "PUT", `/chat/messages/${id}/reactions/${encodeURIComponent("👍")}/`);
  const page = await desk.window("ms-vogel", { ...DESKTOP, forcedColors: "active" });
  await openRoom(page, "Contrast");
  const row = message(page, "which colours?");
  await row.waitFor();
  await composer(page, "Contrast").focus();
  const seen: Record<string, boolean> = {
    main: await hasEdge(page.getByRole("main")),
    "message box": await hasEdge(page.locator(".hr-composer-box")),
    "focus in the message box": await hasRing(composer(page, "Contrast")),
    reaction: await hasEdge(row.getByRole("button", { name: /^👍 1/ })),
  };
  await page.keyboard.press("F6");
  await page.keyboard.press("Shift+F6");
  await page.keyboard.press("Shift+F6");
  await page.keyboard.press("End");
  seen["focus on a message"] = await hasRing(row);
  await page.keyboard.press("Enter");
  seen["bar of a message"] = await hasEdge(row.getByRole("toolbar", { name: "Message actions" }));
  seen["focus in the bar"] = await hasRing(page.locator(":focus"));
  seen["focus on a room"] = await (async () => {
    await roomLink(page, "Contrast").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    return hasRing(page.locator(":focus"));
  })();
  await page.getByRole("button", { name: "2 members" }).click();
  seen["panel"] = await hasEdge(page.getByRole("complementary", { name: "Members" }));
  await page.getByRole("button", { name: "Actions for Jonas Brandt" }).focus();
  await page.keyboard.press("Enter");
  seen["menu"] = await hasEdge(page.getByRole("menu"));
  await page.keyboard.press("ArrowDown");
  seen["focus in the menu"] = await hasRing(page.locator(":focus"));
  await page.getByRole("menuitem", { name: "Mute Jonas for Other…" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  seen["dialog"] = await hasEdge(page.locator(".modal-content"));
  await page.keyboard.press("Tab");
  seen["focus in the dialog"] = await hasRing(page.locator(":focus"));
  seen["field"] = await hasEdge(page.getByLabel("Why?"));
  expect(Object.entries(seen).flatMap(([what, isSeen]) => (isSeen ? [] : what))).toEqual([]);
});
