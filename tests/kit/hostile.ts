// Looks for signs that a page took somebody's words for more than words, or that they broke its layout.
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { fromEnd, settled } from "./motion.ts";
import { bare } from "./payloads.ts";

const PATIENTLY = { timeout: 15_000 };

interface Trap {
  __pwned?: unknown;
  __trapped: string[];
}

/** To be run in each page before its own scripts: notes whatever should not happen. */
const layTraps = () => {
  const trap = window as unknown as Trap;
  const noted: string[] = [];
  trap.__trapped = noted;
  Object.defineProperty(window, "__pwned", {
    set() {
      noted.push("a script of theirs ran");
    },
    get: () => undefined,
  });
  for (const name of ["alert", "confirm", "prompt", "open"] as const) {
    Object.defineProperty(window, name, { value: () => noted.push(`${name}() was called`) });
  }
  document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
    noted.push(`against the policy: ${violatedDirective} ${blockedURI}`);
  });
  // A picture of a few pixels that came with its message calls nobody, and a picture cannot run.
  const own = (url: string | null) =>
    url === null || url.startsWith("data:image/webp;") || new URL(url, location.href).origin === location.origin;
  const isForeign = (element: Element): boolean => {
    if (element.matches("iframe, object, embed, base, marquee, math, audio, video, source, frame, applet, animate"))
      return true;
    if (element.matches("img, script") && !own(element.getAttribute("src"))) return true;
    if (element.matches("script:not([src])") || (element.matches("link") && !own(element.getAttribute("href"))))
      return true;
    if (element.matches("meta[http-equiv=refresh]")) return true;
    if (element instanceof HTMLAnchorElement && !/^(https?|mailto):$/.test(element.protocol)) return true;
    return element.getAttributeNames().some((name) => name.startsWith("on"));
  };
  const look = (node: Node) => {
    if (!(node instanceof Element)) return;
    for (const element of [node, ...node.querySelectorAll("*")]) {
      if (isForeign(element)) noted.push(`an element of theirs: ${element.outerHTML.slice(0, 120)}`);
    }
  };
  new MutationObserver((changes) => changes.forEach(({ addedNodes }) => addedNodes.forEach(look))).observe(document, {
    childList: true,
    subtree: true,
  });
};

/** From the next load of this page on. */
export const watchForHarm = async (page: Page): Promise<void> => {
  await page.addInitScript(layTraps);
  page.on("dialog", (dialog) => void dialog.dismiss());
  await page.reload();
};

/** What was noted so far. */
export const harmDone = (page: Page): Promise<string[]> =>
  page.evaluate(() => [...new Set((window as unknown as Trap).__trapped)]);

/** Whether something stands beyond the edge of the screen or of what scrolls it, and rows that lie over each other. */
export const brokenLayout = (page: Page): Promise<string[]> =>
  page.evaluate((width) => {
    const found: string[] = [];
    const say = (what: string, element: Element) => found.push(`${what}: ${element.outerHTML.slice(0, 160)}`);
    const root = document.documentElement;
    if (root.scrollWidth > width) found.push(`the page is ${root.scrollWidth - width} px too wide`);
    for (const box of document.querySelectorAll<HTMLElement>(
      "[role=log], nav, aside, main, [role=dialog], .hr-panel",
    )) {
      const scrolls = getComputedStyle(box).overflowX !== "hidden" && getComputedStyle(box).overflowX !== "clip";
      if (scrolls && box.scrollWidth > box.clientWidth + 1 && box.clientWidth > 0) say("scrolls sideways", box);
    }
    for (const words of document.querySelectorAll<HTMLElement>("[role=log] article, [role=log] article .hr-text")) {
      // A letter with dozens of marks cannot be broken; more than its own line it must not spoil.
      const isFlood = /\p{M}{30}/u.test(words.textContent ?? "");
      if (words.scrollWidth > words.clientWidth + 1 && !isFlood) say("is cut off", words);
    }
    const lists = ["[role=log] article", "nav li", "aside li", "[role=listbox] [role=option]"];
    for (const list of lists) {
      const rows = [...document.querySelectorAll<HTMLElement>(list)]
        .filter((row) => row.checkVisibility() && row.getBoundingClientRect().height > 0 && !row.querySelector("li"))
        .map((row) => ({ row, box: row.getBoundingClientRect() }))
        .toSorted((a, b) => a.box.top - b.box.top || a.box.left - b.box.left);
      for (const [index, { row, box }] of rows.entries()) {
        if (box.right > width + 1 || box.left < -1) say("beyond the edge", row);
        const next = rows[index + 1]?.box;
        if (next && next.top < box.bottom - 1 && next.left < box.right - 1 && next.right > box.left + 1)
          say("rows overlap", row);
      }
    }
    return found;
    // Not `innerWidth`: a phone zooms out where something is too wide.
  }, page.viewportSize()?.width ?? 0);

/** Every row of a list that draws only what is in view, from its end to its beginning; what is broken on the way. */
export const walkUp = async (page: Page, list: Locator, beginning: string) => {
  const rows = new Set<string>();
  const faults = new Set<string>();
  const look = async () => {
    const texts = await list.locator("[data-index]").allTextContents();
    for (const text of texts) rows.add(bare(text));
    for (const fault of await brokenLayout(page)) faults.add(fault);
    return texts.some((text) => text.includes(beginning));
  };
  await list.getByRole("article").first().waitFor();
  await expect
    .poll(async () => {
      await list.evaluate((box) => void (box.scrollTop = box.scrollHeight));
      await settled(list);
      return fromEnd(list);
    }, PATIENTLY)
    .toBeLessThan(2);
  for (let step = 0; step < 400 && !(await look()); step += 1) {
    await list.evaluate(
      (box) =>
        new Promise((resolve) => {
          box.scrollTop -= box.clientHeight * 0.8;
          requestAnimationFrame(() => requestAnimationFrame(resolve));
        }),
    );
  }
  return { rows: [...rows], faults: [...faults] };
};
