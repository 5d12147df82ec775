// Finds Debian's Chromium and starts it the way every browser test wants it: headless, quiet, calling nobody.
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/opt/google/chrome/chrome",
];

/**
 * What windows can do without. Chromium hears only the last list of this kind, so what Playwright switches off of what
 * it has (its `chromiumSwitches`) stands here again.
 */
const WITHOUT = [
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsUpgrades",
  "HttpsFirstBalancedModeAutoEnable",
  "LensOverlay",
  "MediaRouter",
  "PaintHolding",
  "ThirdPartyStoragePartitioning",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "OptimizationHints",
  "NetworkTimeServiceQuerying",
  "AimEnabled",
  "PreconnectToSearch",
  // Ours: the list under the address bar is two pages of its own, which cost each new window as much processor time
  // as the page that is tested, and nobody sees it.
  "WebUIOmniboxPopup",
  "WebUIOmniboxAimPopup",
];

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  `--disable-features=${WITHOUT.join(",")}`,
  // a microphone that beeps once a second, and a loudspeaker that nobody hears
  "--use-fake-device-for-media-stream",
  "--mute-audio",
];

/** The path of the browser: `CHROMIUM_PATH`, or where the packages of Debian, Ubuntu and Google put it. */
export function chromiumPath(): string {
  const path = [process.env["CHROMIUM_PATH"], ...PLACES].find((place) => place && existsSync(place));
  if (!path) throw new Error("There is no Chromium here: run `apt-get install chromium`, or set CHROMIUM_PATH.");
  return path;
}

/** Starts a browser; the caller closes it. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), headless: true, args: FLAGS });
}
