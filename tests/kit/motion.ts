// What a reader's eye would notice: where something stood in every frame, and what the browser counts as a shift.
import type { JSHandle, Locator, Page } from "playwright-core";
import { expect } from "vitest";

interface Sampling {
  tops: number[];
  isOver: boolean;
}

export interface Watch {
  /** The distance between the highest and the lowest place it was seen at, in px. Fails if it was taken away. */
  moved(): Promise<number>;
  /** Where it stood in each frame. */
  tops(): Promise<number[]>;
}

/** Looks at one element in every frame from now on: itself, not what later bears its name. */
export const watch = async (row: Locator): Promise<Watch> => {
  const sampling: JSHandle<Sampling> = await row.evaluateHandle((element) => {
    const seen: Sampling = { tops: [], isOver: false };
    const look = () => {
      if (seen.isOver) return;
      seen.tops.push(element.isConnected ? element.getBoundingClientRect().top : Number.NaN);
      requestAnimationFrame(look);
    };
    look();
    return seen;
  });
  const tops = () =>
    sampling.evaluate(
      (seen) =>
        new Promise<number[]>((resolve) => {
          // Two frames more, so that what was just drawn has been looked at.
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(((seen.isOver = true), seen.tops))));
        }),
    );
  return {
    tops,
    moved: async () => {
      const all = await tops();
      if (all.some(Number.isNaN)) throw new Error("it was taken away and drawn anew");
      return Math.max(...all) - Math.min(...all);
    },
  };
};

interface Shift {
  hadRecentInput: boolean;
  sources: { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
}

/** What the browser calls layout shifts, from now on, without those that somebody's hand has caused: a line each. */
export const watchShifts = async (page: Page): Promise<() => Promise<string[]>> => {
  const noted = await page.evaluateHandle(() => {
    const noted: string[] = [];
    const place = ({ x, y, width, height }: DOMRectReadOnly) => `${x} ${y} ${width}×${height}`;
    new PerformanceObserver((list) => {
      for (const { hadRecentInput, sources } of list.getEntries() as unknown as Shift[]) {
        if (hadRecentInput) continue;
        for (const { node, previousRect, currentRect } of sources) {
          const what = node instanceof Element ? node.outerHTML : node?.textContent;
          noted.push(`${place(previousRect)} → ${place(currentRect)}: ${what?.slice(0, 120)}`);
        }
      }
    }).observe({ type: "layout-shift" });
    return noted;
  });
  return () =>
    noted.evaluate(
      (noted) =>
        new Promise<string[]>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(noted)))),
    );
};

/** When something was there, by the page's clock in ms: the last frame before it, the first with it, the first after. */
export interface Span {
  before: number;
  on: number;
  off: number;
}

/**
 * Notes, now and after every load, when an element with these words is first there and when it is gone again. On a busy
 * machine frames come late; between `before` and `off` it was there for all of its time however late they were.
 * @returns the part asked for; it waits until that is known
 */
export const spanOf = async (page: Page, selector: string, words: string) => {
  const name = `span of ${selector} ${words}`;
  const note = ({ name, selector, words }: Record<"name" | "selector" | "words", string>) => {
    const span: Partial<Span> = {};
    Object.assign(window, { [name]: span });
    const look = () => {
      const isThere = [...document.querySelectorAll(selector)].some((one) => one.textContent.includes(words));
      const now = Date.now();
      if (isThere) span.on ??= now;
      else if (span.on === undefined) span.before = now;
      else span.off ??= now;
      requestAnimationFrame(look);
    };
    look();
  };
  await page.addInitScript(note, { name, selector, words });
  await page.evaluate(note, { name, selector, words });
  const noted = () => page.evaluate((name) => (window as unknown as Record<string, Partial<Span>>)[name] ?? {}, name);
  return async (part: keyof Span): Promise<number> => {
    await expect.poll(async () => (await noted())[part], { message: `${part}: ${words}` }).toBeDefined();
    return (await noted())[part] ?? Number.NaN;
  };
};

/** Until it has stood still, and as high, for ten frames. */
export const settled = (log: Locator): Promise<void> =>
  log.evaluate(
    (element) =>
      new Promise<void>((resolve) => {
        let last = "";
        let frames = 0;
        const look = () => {
          const now = `${element.scrollHeight} ${element.scrollTop}`;
          frames = now === last ? frames + 1 : 0;
          last = now;
          if (frames >= 10) resolve();
          else requestAnimationFrame(look);
        };
        look();
      }),
  );

/** Scrolls the list up with the wheel, and waits until it has got there. */
export const scrollUp = async (page: Page, log: Locator, by: number): Promise<void> => {
  await log.hover();
  await settled(log);
  const before = await fromEnd(log);
  await page.mouse.wheel(0, -by);
  // Rows that come into view turn out a little higher or lower than was guessed.
  await expect.poll(() => fromEnd(log)).toBeGreaterThan(before + by * 0.8);
  await settled(log);
};

/** To the upper edge of what is loaded, and again where the list was still finding its own place. */
export const scrollToTop = async (log: Locator): Promise<void> => {
  const top = async () => {
    await log.evaluate((element) => element.scrollTo(0, 0));
    await settled(log);
    return log.evaluate((element) => element.scrollTop);
  };
  await expect.poll(top).toBe(0);
};

/** How far the list can still be scrolled down, in px. */
export const fromEnd = (log: Locator): Promise<number> =>
  log.evaluate((element) => element.scrollHeight - element.clientHeight - element.scrollTop);

/** Until nothing fades any more: colours half-way between two themes are nobody's. */
export const atRest = (page: Page) =>
  page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const isMoving = () =>
      document.getAnimations().some(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    do await frame();
    while (isMoving());
    await frame();
  });
