// Makes sure that the tests of the virus scanner have ClamAV's daemon, from the machine's own packages.
import { existsSync } from "node:fs";
import { command, installPackages } from "./debian.mjs";

const PACKAGES = ["clamav-daemon"];

/** Uses what is there and installs it where it may; throws an Error with a sentence where it may not. */
export function provideClamd() {
  if (hasClamd()) return;
  if (!installPackages(PACKAGES)) {
    throw new Error(`The tests of the virus scanner need clamd: run ${command(PACKAGES, "sudo ")}, or set CLAMD_PATH.`);
  }
  if (!hasClamd())
    throw new Error(`clamd could not be installed; try ${command(PACKAGES)} yourself, or set CLAMD_PATH.`);
}

function hasClamd() {
  return [process.env.CLAMD_PATH, "/usr/sbin/clamd"].some((place) => place && existsSync(place));
}
