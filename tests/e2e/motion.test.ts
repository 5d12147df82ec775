// Who has asked their device for less motion gets none: nothing slides, fades or scrolls smoothly.
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { openDesk } from "../kit/desk.ts";
import { scrollUp } from "../kit/motion.ts";
import { DESKTOP } from "../kit/people.ts";
import { act, composer, log, message, openRoom, write } from "../kit/room-page.ts";

const desk = openDesk();
const LONGEST_MS = 1;

interface Noted {
  __smooth: string[];
  __moving: string[];
}

/** Before the page's own scripts: notes each smooth scroll, and each animation or transition that takes its time. */
const watchMotion = async (page: Page) => {
  await page.addInitScript((longest) => {
    const noted = window as unknown as Noted;
    noted.__smooth = [];
    noted.__moving = [];
    for (const name of ["scrollTo", "scrollBy", "scroll", "scrollIntoView"] as const) {
      const own = Element.prototype[name] as (...args: unknown[]) => void;
      Object.defineProperty(Element.prototype, name, {
        value(this: Element, ...args: unknown[]) {
          if ((args[0] as ScrollToOptions | undefined)?.behavior === "smooth")
            noted.__smooth.push(`${name} ${this.className}`);
          return own.apply(this, args);
        },
      });
    }
    const look = () => {
      for (const { effect } of document.getAnimations()) {
        const target = effect instanceof KeyframeEffect ? effect.target : null;
        const duration = Number(effect?.getComputedTiming().activeDuration ?? 0);
        if (duration > longest) noted.__moving.push(`${duration} ms: ${target?.outerHTML.slice(0, 120)}`);
      }
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, LONGEST_MS);
  await page.reload();
};

/** What could take its time, if it began to move: as the styles have it. */
const slowStyles = (page: Page) =>
  page.evaluate((longest) => {
    const ms = (times: string) =>
      Math.max(...times.split(",").map((time) => Number.parseFloat(time) * (time.includes("ms") ? 1 : 1_000)));
    return [...document.querySelectorAll("*")].flatMap((element) =>
      [null, "::before", "::after"].flatMap((part) => {
        const style = getComputedStyle(element, part);
        const isSlow = ms(style.transitionDuration) > longest || ms(style.animationDuration) > longest;
        return isSlow || style.scrollBehavior === "smooth" ? [`${element.outerHTML.slice(0, 100)}${part ?? ""}`] : [];
      }),
    );
  }, LONGEST_MS);

it("67: with reduced motion no animation takes longer than 1 ms, and nothing scrolls smoothly", async () => {
  const room = await desk.room("Room 67", ["ms-vogel", "jonas"]);
  await desk.history(room, 40, { by: "jonas", readers: ["ms-vogel"] });
  const page = await desk.window("ms-vogel", { ...DESKTOP, reducedMotion: "reduce" });
  await watchMotion(page);
  const slow: string[] = [];
  const look = async (screen: string) => slow.push(...(await slowStyles(page)).map((fault) => `${screen}: ${fault}`));
  await openRoom(page, "Room 67");
  await message(page, "history-40.").waitFor();
  await look("room");
  await scrollUp(page, log(page), 600);
  await desk.school.say("jonas", room, "news");
  await page.getByRole("button", { name: "1 new message" }).click();
  await message(page, "news").waitFor();
  await act(page, "news", "Pin to room");
  await page.getByRole("region", { name: "Notices" }).getByRole("status").waitFor();
  await look("pins and a notice");
  await message(page, "news").getByRole("button", { name: "React 👍" }).click();
  await message(page, "news").getByRole("toolbar", { name: "Reactions" }).waitFor();
  await look("a reaction");
  await page.getByRole("button", { name: "Room menu" }).click();
  await page.getByRole("menu").waitFor();
  await look("menu");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "New room" }).click();
  await page.getByRole("dialog").waitFor();
  await look("dialog");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await act(page, "news", "Reply in thread");
  await page.getByRole("textbox", { name: "Reply in thread" }).waitFor();
  await look("thread");
  await composer(page, "Room 67").fill(":tada");
  await page.getByRole("listbox").waitFor();
  await look("suggestions");
  await composer(page, "Room 67").fill("");
  await write(page, "Room 67", "mine");
  const noted = await page.evaluate(() => {
    const { __smooth, __moving } = window as unknown as Noted;
    return [...new Set([...__smooth, ...__moving])];
  });
  expect([...slow, ...noted]).toEqual([]);
});
