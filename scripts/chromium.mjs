// Makes sure that the browser tests have a Chromium and an emoji font, from the machine's own packages.
import { existsSync } from "node:fs";
import { command, installPackages, mayInstall } from "./debian.mjs";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/opt/google/chrome/chrome",
];
const EMOJI = "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf";
const PACKAGES = ["chromium", "fonts-noto-color-emoji"];

/** Uses what is there and installs what is missing where it may; throws an Error with a sentence where it may not. */
export function provideChromium() {
  if (hasChromium() && (existsSync(EMOJI) || !mayInstall())) return;
  if (!installPackages(PACKAGES)) {
    throw new Error(`The browser tests need Chromium: run ${command(PACKAGES, "sudo ")}, or set CHROMIUM_PATH.`);
  }
  if (!hasChromium())
    throw new Error(`Chromium could not be installed; try ${command(PACKAGES)} yourself, or set CHROMIUM_PATH.`);
}

function hasChromium() {
  return [process.env.CHROMIUM_PATH, ...PLACES].some((place) => place && existsSync(place));
}
