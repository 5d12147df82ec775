// What the tests need and npm does not have: Debian's packages, installed where we may.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** Installs them where it may; answers whether it tried. Another apt-get at work is waited for. */
export function installPackages(packages) {
  if (!mayInstall()) return false;
  process.stderr.write(`Homeroom: installing ${packages.join(" and ")} with apt-get …\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", ...packages]]) {
    // Errors are shown in its own words, progress is not.
    const options = ["-qq", "-o", "DPkg::Lock::Timeout=300", ...args];
    spawnSync("apt-get", options, { env, stdio: ["ignore", "ignore", process.stderr] });
  }
  return true;
}

/** Only root may, and only where apt-get's package names are known to be right. */
export function mayInstall() {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return false;
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync("/etc/os-release", "utf8"));
}

export function command(packages, prefix = "") {
  return `\`${prefix}apt-get install ${packages.join(" ")}\``;
}
