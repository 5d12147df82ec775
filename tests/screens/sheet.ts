// One sheet for each screen: ours in both themes, and beside them the pictures that it is held against.
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import type { Width } from "./stage.ts";

/** How wide a picture stands on the sheet. */
const SHOWN: Record<Width, number> = { 1440: 1080, 1024: 768, 390: 390 };

const STYLE = `body { margin: 0; background: #77736c; font: 600 15px sans-serif; color: #fff }
main { display: grid; gap: 12px; padding: 12px; width: max-content; align-items: start }
figure { margin: 0 } figcaption { padding: 0 0 6px } img { display: block }`;

const figure = (file: string, caption: string, width: number) =>
  `<figure><figcaption>${caption}</figcaption><img width="${width}" src="${pathToFileURL(resolve(file)).href}"></figure>`;

export interface SheetOptions {
  folder: string;
  /** The folder with the pictures to compare with. */
  beside: string | null;
}

/** The design's pictures of this screen at this width, in the order of ours. */
const counterparts = (beside: string | null, name: string, width: Width): string[] =>
  beside === null
    ? []
    : [`${name}-${width}.png`, `${name}-dark-${width}.png`].filter((file) => existsSync(join(beside, file)));

/** Drawn by the browser itself: it reads the pictures from the disk. */
export async function makeSheet(browser: Browser, name: string, width: Width, { folder, beside }: SheetOptions) {
  const sheets = join(folder, "sheets");
  mkdirSync(sheets, { recursive: true });
  const ours = (["light", "dark"] as const).map((theme) => `${name}-${width}-${theme}.png`);
  const figures = [
    ...ours.map((file) => figure(join(folder, file), file, SHOWN[width])),
    ...counterparts(beside, name, width).map((file) =>
      figure(join(beside ?? "", file), `beside: ${file}`, SHOWN[width]),
    ),
  ];
  const columns = `grid-template-columns: repeat(${figures.length === 4 ? 2 : figures.length}, max-content)`;
  const html = join(sheets, `${name}-${width}.html`);
  writeFileSync(
    html,
    `<!doctype html><meta charset="utf-8"><style>${STYLE}</style><main style="${columns}">${figures.join("")}</main>`,
  );
  const page = await browser.newPage();
  try {
    await page.goto(pathToFileURL(resolve(html)).href);
    await page.locator("main").screenshot({ path: join(sheets, `${name}-${width}.jpg`), type: "jpeg", quality: 82 });
  } finally {
    await page.close();
    rmSync(html);
  }
}
