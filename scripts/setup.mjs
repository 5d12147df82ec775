// Makes a checkout ready to run: npm packages when they are missing or old, the web client and what Node keeps of the
// server when their sources changed.
// It runs under whatever Node the machine has (20 or newer), before anything is installed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));
const bin = join(root, "node_modules", ".bin");
const OLDEST_NODE = 20;
const NODE = 24;

/** What Node keeps of the server, without types and compiled; the scripts that start it in package.json name it too. */
const compileCache = join(root, "node_modules", ".cache", "homeroom-server");

/** The environment in which a tool of this repository runs: its own Node and binaries come first. */
export const toolEnv = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };

/** Installs and builds what is missing; says what it does on stderr. Throws an Error with a sentence when it cannot. */
export function setup({ web = true } = {}) {
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
    throw new Error(`Homeroom needs Node ${OLDEST_NODE} or newer to set itself up; this is ${process.versions.node}.`);
  }
  if (!packagesAreCurrent()) installPackages();
  checkNode();
  if (!web) return;
  buildWeb();
  rehearse();
}

/** npm keeps a copy of the lock file of what it installed; every package there must be the one that is asked for. */
function packagesAreCurrent() {
  const installed = readJson("node_modules/.package-lock.json")?.packages;
  if (!installed) return false;
  const wanted = Object.entries(readJson("package-lock.json").packages);
  return wanted.every(([path, { version, link, optional, devOptional, peer }]) => {
    if (!path.startsWith("node_modules/") || link) return true;
    if (!installed[path]) return Boolean(optional || devOptional || peer);
    return installed[path].version === version;
  });
}

function installPackages() {
  say("installing the npm packages (the first time this takes a minute) …");
  // npm replaces node_modules, so it must not itself run on the Node that lives in there.
  const path = process.env.PATH.split(delimiter).filter((folder) => !folder.includes("node_modules"));
  const env = { ...process.env, PATH: path.join(delimiter) };
  const { npm_node_execpath: node, npm_execpath: npm } = process.env;
  const args = ["ci", "--loglevel=error", "--no-audit", "--no-fund"];
  const [command, ...before] = node && npm && !node.startsWith(root) ? [node, npm] : ["npm"];
  run(command, [...before, ...args], env, "npm could not install the packages; its own words are above.");
}

/** The package `node` fetches its binary in an install script, which a machine's npm configuration may forbid. */
function checkNode() {
  const { stdout } = spawnSync(join(bin, "node"), ["--version"], { encoding: "utf8" });
  if (stdout?.startsWith(`v${NODE}.`)) return;
  throw new Error(
    `Homeroom runs on Node ${NODE} from its own npm packages, and it is not there (found: ${stdout?.trim() || "none"}). ` +
      "Allow install scripts (npm config get ignore-scripts) and run: npm ci",
  );
}

function buildWeb() {
  const stamp = join(root, "node_modules", ".cache", "homeroom-web");
  const current = digest("packages/web", "packages/protocol", "package-lock.json");
  const isBuilt = existsSync(join(root, "packages/web/dist/index.html"));
  if (isBuilt && existsSync(stamp) && readFileSync(stamp, "utf8") === current) return;
  say("building the web client …");
  run(
    join(bin, "vite"),
    ["build", "packages/web", "--logLevel", "warn"],
    toolEnv,
    "The web client could not be built.",
  );
  mkdirSync(join(stamp, ".."), { recursive: true });
  writeFileSync(stamp, current);
}

/**
 * Starts the server once in an empty folder, so that Node keeps what it makes of some six hundred files: the first real
 * start would take twice as long otherwise, and hold the memory of the compiler as long as it runs. Only a help: where
 * it fails, the start says why, and where nothing can be kept, the server runs without.
 */
function rehearse() {
  const stamp = join(compileCache, "rehearsed");
  try {
    mkdirSync(compileCache, { recursive: true });
    accessSync(compileCache, constants.W_OK);
    // Node finds what it keeps by the files' paths, and keeps it for each account of the machine apart.
    const sources = digest("packages/server/src", "packages/protocol/src", "package-lock.json");
    const current = `${sources} ${root} ${process.getuid?.()}`;
    if (existsSync(stamp) && readFileSync(stamp, "utf8") === current) return;
    const env = { ...toolEnv, NODE_COMPILE_CACHE: compileCache };
    spawnSync(join(bin, "node"), ["scripts/rehearse.mjs"], { cwd: root, env, stdio: "ignore", timeout: 60_000 });
    writeFileSync(stamp, current);
  } catch {
    // Nothing is kept, then.
  }
}

/** One hash over the names and contents of all source files below these paths. */
function digest(...paths) {
  const hash = createHash("sha256");
  for (const path of paths.flatMap((path) => filesBelow(path)))
    hash.update(path).update(readFileSync(join(root, path)));
  return hash.digest("hex");
}

function filesBelow(path) {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  const names = readdirSync(join(root, path)).filter((name) => !["dist", "node_modules"].includes(name));
  return names.toSorted().flatMap((name) => filesBelow(`${path}/${name}`));
}

function run(command, args, env, sorry) {
  // stdout belongs to the command that follows: `npm run homeroom` prints things that other programs read.
  const { status } = spawnSync(command, args, { cwd: root, env, stdio: ["ignore", process.stderr, process.stderr] });
  if (status !== 0) throw new Error(sorry);
}

function readJson(path) {
  const file = join(root, path);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

function say(sentence) {
  process.stderr.write(`Homeroom: ${sentence}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    setup({ web: !process.argv.includes("--packages") });
  } catch (error) {
    say(error.message);
    process.exitCode = 1;
  }
}
