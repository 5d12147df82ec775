// Every rule of WCAG 2.2 A and AA that a program can check, held against what a window shows, in both themes.
import axe from "axe-core";
import type { Page } from "playwright-core";
import { atRest } from "./motion.ts";

const RULES = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } as const;
/** What a theme changes; the names and roles of a screen are the same in both. */
const COLOURS = { type: "rule", values: ["color-contrast", "link-in-text-block"] } as const;

const violations = (page: Page, { type, values }: typeof RULES | typeof COLOURS): Promise<string[]> =>
  page.evaluate(
    async (runOnly) => {
      const page = window as unknown as { axe: Pick<typeof axe, "run"> };
      const { violations } = await page.axe.run(document, { runOnly, resultTypes: ["violations"], preload: false });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 100)} ${failureSummary}`),
      );
    },
    { type, values: [...values] },
  );

/** What is wrong on the page as it is now, in both themes, a line each. */
export const faults = async (page: Page, screen: string): Promise<string[]> => {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
    await atRest(page);
    const rules = colorScheme === "light" ? RULES : COLOURS;
    found.push(...(await violations(page, rules)).map((violation) => `${screen}, ${colorScheme}: ${violation}`));
  }
  return found;
};

export interface Inspection {
  /** Looks at the page as it is now. */
  look: (screen: string) => Promise<void>;
  /** All that was found, to be nothing. */
  found: string[];
}

/** Looks at many screens of one window. */
export const inspect = (page: Page): Inspection => {
  const found: string[] = [];
  return { found, look: async (screen) => void found.push(...(await faults(page, screen))) };
};
