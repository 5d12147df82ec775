// Makes sure that the browser tests have a Chromium and an emoji font, from the machine's own packages.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

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
  if (!mayInstall()) throw new Error(`The browser tests need Chromium: run ${command("sudo ")}, or set CHROMIUM_PATH.`);
  process.stderr.write(`Homeroom: installing ${PACKAGES.join(" and ")} with apt-get …\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", ...PACKAGES]]) {
    // Another apt-get may be at work: wait for it. Errors are shown in its own words, progress is not.
    const options = ["-qq", "-o", "DPkg::Lock::Timeout=300", ...args];
    spawnSync("apt-get", options, { env, stdio: ["ignore", "ignore", process.stderr] });
  }
  if (!hasChromium())
    throw new Error(`Chromium could not be installed; try ${command("")} yourself, or set CHROMIUM_PATH.`);
}

function hasChromium() {
  return [process.env.CHROMIUM_PATH, ...PLACES].some((place) => place && existsSync(place));
}

/** Only root may, and only where apt-get's package names are known to be right. */
function mayInstall() {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return false;
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync("/etc/os-release", "utf8"));
}

function command(prefix) {
  return `\`${prefix}apt-get install ${PACKAGES.join(" ")}\``;
}
