// A hand that has no mouse: it goes by Tab and arrows, and watches that whatever has the focus can be seen to have it.
import type { ElementHandle, Locator, Page } from "playwright-core";
import { atRest } from "./motion.ts";

/** How the element and what frames it look, in all that a focus may change. */
const looks = (element: Element): string[] => {
  // What changes over time shows at first what was before, however short the time.
  for (const change of document.getAnimations()) if (change instanceof CSSTransition) change.finish();
  const chain: string[] = [];
  for (let at: Element | null = element; at && chain.length < 4; at = at.parentElement) {
    const part = at;
    const faces = [null, "::before", "::after"].map((pseudo) => getComputedStyle(part, pseudo));
    const seen = faces.map((face) => [
      face.outline,
      face.boxShadow,
      face.borderColor,
      face.backgroundColor,
      face.color,
    ]);
    chain.push(seen.flat().join(" | "));
  }
  return chain;
};

/** What is wrong with where the focus is: out of sight, or under something else. Null: nothing. */
const hidden = (element: Element): string | null => {
  if (!element.isConnected) return null;
  // A button that is busy lets the pointer through: whether something lies over it cannot be asked then.
  if (getComputedStyle(element).pointerEvents === "none") return null;
  const box = element.getBoundingClientRect();
  const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
  const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
  if (right - left < 2 || bottom - top < 2) return "is out of sight";
  const points = [0.5, 0.1, 0.9].map((part) => [(left + right) / 2, top + (bottom - top) * part] as const);
  const isOwn = (other: Element | null) =>
    other !== null && (element.contains(other) || other.contains(element) || other.closest("label")?.contains(element));
  return points.some(([x, y]) => isOwn(document.elementFromPoint(x, y))) ? null : "is covered";
};

interface Focused {
  element: ElementHandle<HTMLElement>;
  name: string;
  looks: string[];
}

export interface Hand {
  /** Presses the keys one after another; what has the focus then must be seen to have it. */
  press: (...keys: string[]) => Promise<void>;
  /** Goes on with one key until it is there. */
  to: (target: Locator, key?: string) => Promise<void>;
  type: (text: string) => Promise<void>;
  /** What was wrong on the way, a line each. */
  faults: string[];
}

/** More steps than this from one thing to another are no way to work. */
const MOST_STEPS = 60;

/** What has the focus, and how it looks with it. Where the focus moves on meanwhile, what has it then. */
const focusedOn = async (page: Page): Promise<Focused | null> => {
  const element = (await page.evaluateHandle(() => document.activeElement)).asElement() as Focused["element"] | null;
  if (!element) return null;
  const name = await element.evaluate((e) => {
    const text = e.ariaLabel ?? (e as Partial<HTMLInputElement>).labels?.[0]?.innerText ?? e.innerText;
    return `${e.tagName.toLowerCase()} “${text.trim().slice(0, 40)}”`;
  });
  const seen = await element.evaluate(looks);
  const hasIt = await element.evaluate((e) => e === document.activeElement);
  return hasIt ? { element, name, looks: seen } : focusedOn(page);
};

export const handOn = (page: Page): Hand => {
  const faults: string[] = [];
  let before: Focused | null = null;

  /** What has lost the focus must look different now. */
  const compare = async (left: Focused, now: Focused): Promise<void> => {
    const same = await left.element.evaluate((a, b) => a === b || !a.isConnected, now.element);
    if (same) return;
    const after = await left.element.evaluate(looks);
    if (after.every((look, index) => look === left.looks[index])) faults.push(`${left.name} does not show the focus`);
  };
  const look = async (): Promise<void> => {
    const now = await focusedOn(page);
    if (!now) return;
    const isNowhere = await now.element.evaluate((e) => e === document.body);
    if (!isNowhere && (await now.element.evaluate(hidden)) !== null) await atRest(page);
    const fault = isNowhere ? null : await now.element.evaluate(hidden);
    if (fault) faults.push(`${now.name} ${fault}`);
    if (before) await compare(before, now);
    before = isNowhere ? null : now;
  };
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) {
      await page.keyboard.press(key);
      await look();
    }
  };
  const isAt = (target: Locator) => target.evaluate((element) => element === document.activeElement);
  return {
    faults,
    press,
    to: async (target, key = "Tab") => {
      await target.waitFor();
      for (let step = 0; step < MOST_STEPS && !(await isAt(target)); step += 1) await press(key);
      if (!(await isAt(target))) throw new Error(`${MOST_STEPS} times ${key} do not lead to ${String(target)}`);
    },
    type: async (text) => {
      await page.keyboard.type(text);
      await look();
    },
  };
};
