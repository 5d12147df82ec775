// 62 with files: beside the message box, dragged over the room, in messages, and large; in both themes, and by touch.
import type { BrowserContextOptions, Page } from "playwright-core";
import { expect, it } from "vitest";
import { inspect } from "../kit/axe.ts";
import { openDesk } from "../kit/desk.ts";
import { isAll } from "../kit/extent.ts";
import { drag, paper, pick, pickByKey, picture, tray } from "../kit/files-page.ts";
import { DESKTOP, PHONE } from "../kit/people.ts";
import { pdf, png } from "../kit/png.ts";
import { composer, log, message, openRoom } from "../kit/room-page.ts";

const desk = openDesk();

const cases: [string, BrowserContextOptions][] = isAll
  ? [
      ["a desk", DESKTOP],
      ["a phone", PHONE],
    ]
  : [["a phone", PHONE]];

/** Buttons and links that are smaller than a finger. */
const tooSmall = (page: Page, scope: string) =>
  page.locator(scope).evaluateAll((parts) =>
    parts
      .flatMap((part) => [...part.querySelectorAll<HTMLElement>("button, a")])
      .filter((one) => one.checkVisibility() && (one.offsetWidth < 44 || one.offsetHeight < 44))
      .map((one) => `${one.getAttribute("aria-label") ?? one.textContent} ${one.offsetWidth}×${one.offsetHeight}`),
  );

it.each(cases)("62: files break no rule of WCAG A and AA at %s", async (place, device) => {
  const name = `Files at ${place}`;
  await desk.room(name, ["ms-vogel", "jonas"]);
  const page = await desk.window("jonas", device);
  const { look, found } = inspect(page);
  await openRoom(page, name);
  await page.route("**/api/chat/uploads/", (route) =>
    route.request().postDataBuffer()?.includes("slow") ? undefined : route.continue(),
  );
  const leaves = Array.from({ length: 5 }, (_, index) => picture(`leaf-${index}.png`, png(300, 200, index)));
  await pick(page, [...leaves, paper("sheet.pdf", pdf())]);
  await expect.poll(() => tray(page).getByRole("progressbar").count()).toBe(0);
  await composer(page, name).fill("Our leaves");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await message(page, "Our leaves").getByRole("link", { name: "Download sheet.pdf" }).waitFor();
  await message(page, "Our leaves").getByText("Being checked").first().waitFor({ state: "detached" });

  await pick(page, [paper("slow.pdf", pdf()), picture("fast.png", png(40, 40))]);
  await pick(page, [{ name: "game.exe", mimeType: "", buffer: Buffer.from("MZ") }]);
  await page.getByRole("button", { name: "Remove fast.png" }).waitFor();
  await look("tray, with what was refused");
  expect(device === PHONE ? await tooSmall(page, ".hr-tray, .hr-files") : []).toEqual([]);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByText("Sends when the files are there.").waitFor();
  await look("a message that waits for its files");
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await drag(log(page), ["dragover"], leaves);
  await page.getByText("Drop to share with").waitFor();
  await look("drop target");
  await drag(log(page), ["dragleave"], leaves);

  await log(page).getByRole("button", { name: "leaf-1.png" }).click();
  await page.getByRole("dialog").getByRole("img", { name: "leaf-1.png" }).waitFor();
  await look("large view");
  expect(device === PHONE ? await tooSmall(page, ".hr-lightbox") : []).toEqual([]);
  expect(found).toEqual([]);
});

it("with the system's own colours files keep their edges, and by keys alone they come, go and open", async () => {
  await desk.room("Contrast files", ["ms-vogel", "jonas"]);
  const page = await desk.window("jonas", { ...DESKTOP, forcedColors: "active" });
  await openRoom(page, "Contrast files");
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");
  const tabTo = async (name: string, key = "Tab") => {
    await expect
      .poll(async () => {
        if ((await focused()) === name) return name;
        await page.keyboard.press(key);
        return focused();
      })
      .toBe(name);
  };
  await tabTo("Message Contrast files");
  await pickByKey(page, composer(page, "Contrast files"), [
    picture("a.png", png(300, 200)),
    picture("b.png", png(30, 20)),
    paper("c.pdf", pdf()),
  ]);
  await expect.poll(() => tray(page).getByRole("progressbar").count()).toBe(0);
  await tabTo("Remove b.png", "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect.poll(focused).toBe("Remove c.pdf");
  await tabTo("Message Contrast files");
  await page.keyboard.press("Enter");
  await log(page).getByRole("button", { name: "a.png" }).waitFor();
  await log(page).getByRole("button", { name: "a.png" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  const edges = await page
    .locator(".hr-file, .hr-picture")
    .evaluateAll((all) => all.map((one) => getComputedStyle(one).borderTopStyle));
  expect(edges).toEqual(["solid", "solid"]);
});
