// The boards of the gallery: every state of a part side by side, as the design draws them.
import type { Screen } from "./stage.ts";

const board = (name: string): Screen => ({
  name,
  who: "gallery",
  widths: ["1440"],
  isLong: true,
  show: async ({ page }) => {
    await page.goto(`${page.url()}?page=${name}`);
    await page.locator("#root > *").first().waitFor();
  },
});

export const boards: Screen[] = ["messages", "composer", "files", "states", "components"].map(board);
