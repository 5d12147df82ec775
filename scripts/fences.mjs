// Import fences: who may import whom, where SQL may stand, and how long a file may grow.
// The table is in docs/architecture.md; npm workspaces alone would let every import through.
// Run as `node scripts/fences.mjs [folder]`; every violation is one sentence that says the rule.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const WARN_LINES = 300;
const MAX_LINES = 400;
const PROTOCOL_PACKAGES = ["zod", "@asteasolutions/zod-to-openapi"];

// Longest first: a file belongs to the first area whose path it begins with.
// `may` names the areas that it may import besides its own; `why` ends the sentence.
/** @type {[area: string, may: string[], why: string][]} */
const AREAS = [
  ["server/src/kit", ["protocol/src"], "server/kit knows no chat: it may import protocol only"],
  [
    "server/src/features",
    ["protocol/src", "server/src/kit"],
    "a feature may import protocol, server/kit and the front file of another feature",
  ],
  [
    "server/src/gateway",
    ["protocol/src", "server/src/kit"],
    "the gateway knows no feature: it may import protocol and server/kit only",
  ],
  ["server/src/adapters", ["protocol/src", "server/src/kit"], "an adapter may import protocol and server/kit only"],
  ["server/src/migrations", ["protocol/src", "server/src/kit"], "a migration may import protocol and server/kit only"],
  ["web/src/kit", ["protocol/src"], "web/kit knows no chat: it may import protocol only"],
  ["web/src/ui", ["protocol/src", "web/src/styles"], "web/ui knows no chat: it may import protocol and styles only"],
  [
    "web/src/features",
    ["protocol/src", "web/src/kit", "web/src/ui", "web/src/styles"],
    "a feature of the client may import protocol, web/kit, web/ui and styles; features meet in web/app",
  ],
  ["protocol/src", [], "protocol may import nothing of server or web"],
  ["server/src", ["protocol/src", "server/src/"], "server may import protocol, never web"],
  ["web/src", ["protocol/src", "web/src/"], "web may import protocol, never server"],
];

const IMPORT =
  /(?:^|[\n;}])\s*(?:import|export)\s+(type\s+)?((?:[\w*${},\s]+?)\s*from\s*)?["']([^"'\n]+)["']|\bimport\(\s*["']([^"'\n]+)["']\s*\)/g;
const SQL = /\bsql`|\.(selectFrom|insertInto|updateTable|deleteFrom|replaceInto|mergeInto)\(/;
const MAY_SQL = /\.store\.ts$|^server\/src\/kit\/log\.ts$|^server\/src\/(adapters|migrations)\//;
// The shape of the configuration is plain data that main hands to everybody; reading the environment is main's alone.
const CONFIG = "server/src/config.ts";
const isTest = (file) => /\.test\.tsx?$/.test(file);

/** All source files, as paths below `packages/` with forward slashes, with what they import. */
export function readSources(folder) {
  const files = new Map();
  for (const name of ["protocol", "server", "web"]) {
    const src = join(folder, name, "src");
    if (!existsSync(src)) continue;
    for (const entry of readdirSync(src, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.(ts|tsx|css)$/.test(entry.name)) continue;
      const path = join(entry.parentPath ?? entry.path, entry.name);
      const file = relative(folder, path).split(sep).join("/");
      const text = readFileSync(path, "utf8");
      files.set(file, { text, imports: entry.name.endsWith(".css") ? [] : importsOf(file, text) });
    }
  }
  return files;
}

/** `isType`: erased before it runs. `target`: the imported file, or undefined when it is a package. */
function importsOf(file, text) {
  const code = text.replace(/^\s*(\/\/|\*|\/\*).*$/gm, "");
  return [...code.matchAll(IMPORT)].map(([, type, names, from, dynamic]) => {
    const name = from ?? dynamic;
    const isType = Boolean(type) || /^\{(\s*type\s[\w\s$]+,?)+\}\s*from/.test(names?.trim() ?? "");
    return { name, isType, target: resolve(file, name) };
  });
}

function resolve(file, name) {
  if (name.startsWith(".")) return posix.join(posix.dirname(file), name.replace(/[?#].*$/, ""));
  const [, inner, path] = /^@homeroom\/(\w+)(?:\/(.+))?$/.exec(name) ?? [];
  return inner && `${inner}/src/${path ?? "index.ts"}`;
}

const areaOf = (file) => AREAS.find(([path]) => file.startsWith(`${path}/`)) ?? [file, [], "it lies outside of src"];
const featureOf = (file) => /^(\w+\/src\/features\/[^/]+)\//.exec(file)?.[1];

/** The sentences about one import; none when it is allowed. */
function judge(file, { name, isType, target }, files) {
  return target ? judgeFile(file, name, isType, target, files) : judgePackage(file, name, isType);
}

function judgePackage(file, name, isType) {
  if (file.startsWith("protocol/") && !PROTOCOL_PACKAGES.includes(name)) {
    return [`protocol knows no Node and no browser: it may import ${PROTOCOL_PACKAGES.join(" and ")}, nothing else`];
  }
  if (/^react-bootstrap(\/|$)/.test(name) && !file.startsWith("web/src/ui/")) {
    return ["react-bootstrap is imported in web/src/ui only: everybody else uses the design system there"];
  }
  if (name.startsWith("node:") && file.startsWith("web/")) return ["the client runs in a browser, which has no node:*"];
  const mayKysely = MAY_SQL.test(file) || (isType && file.startsWith("server/src/kit/"));
  if (/^kysely(\/|$)/.test(name) && !mayKysely) {
    return [
      "SQL stands in *.store.ts, kit/log.ts, adapters and migrations: only they import kysely (kit may import its types)",
    ];
  }
  return [];
}

function judgeFile(file, name, isType, target, files) {
  const [home, target_home] = [file.split("/")[0], target.split("/")[0]];
  if (home !== target_home && name.startsWith("."))
    return ["another package is imported by its name, @homeroom/…, not by a path"];
  const [area, may, why] = areaOf(file);
  if (isType && home === "server" && target === CONFIG) return [];
  const isHome = target.startsWith(`${area}/`);
  if (!isHome && !may.some((path) => target.startsWith(path))) return [why];
  const feature = featureOf(target);
  const isForeign = feature !== undefined && featureOf(file) !== feature;
  if (isForeign && target.endsWith(".store.ts"))
    return ["a store is loaded by its own feature only: ask the feature's front file, which checks access"];
  if (isForeign && area === "web/src/features") return [why];
  const front = `${feature}/${posix.basename(feature ?? "")}.ts`;
  if (isForeign && area === "server/src/features" && target !== front)
    return [`another feature is imported by its front file only, ${front}`];
  if (home === "web" && target_home === "protocol" && !isType && reachesZod(target, files)) {
    return [
      "zod stays out of the browser: the client imports protocol with `import type`, or a file of it that needs no zod",
    ];
  }
  return [];
}

/** Whether loading this file of protocol would load zod too. */
function reachesZod(file, files, seen = new Set()) {
  if (seen.has(file)) return false;
  seen.add(file);
  const imports = files.get(file)?.imports.filter(({ isType }) => !isType) ?? [];
  return imports.some(({ name, target }) =>
    target ? reachesZod(target, files, seen) : PROTOCOL_PACKAGES.includes(name),
  );
}

/** Every cycle of imports that run (types are erased), once, as the list of its files. */
function cyclesIn(files) {
  const cycles = [];
  const state = new Map();
  const visit = (file, trail) => {
    if (state.get(file) === "open") cycles.push([...trail.slice(trail.indexOf(file)), file]);
    if (state.has(file)) return;
    state.set(file, "open");
    for (const { isType, target } of files.get(file)?.imports ?? [])
      if (target && !isType) visit(target, [...trail, file]);
    state.set(file, "done");
  };
  for (const file of files.keys()) visit(file, []);
  return cycles;
}

/** Checks the packages below `folder`; returns the sentences, errors and warnings apart. */
export function checkFences(folder) {
  const files = readSources(folder);
  const errors = [];
  const warnings = [];
  for (const [file, { text, imports }] of files) {
    const lines = text.split("\n").length - 1;
    if (lines > MAX_LINES)
      errors.push(`${file}: ${lines} lines; a file of more than ${MAX_LINES} hides two things: split it`);
    else if (lines > WARN_LINES) warnings.push(`${file}: ${lines} lines; aim for ${WARN_LINES} at most`);
    if (isTest(file)) continue;
    for (const one of imports)
      for (const rule of judge(file, one, files)) errors.push(`${file} imports ${one.name}: ${rule}`);
    if (file.startsWith("server/") && SQL.test(text) && !MAY_SQL.test(file)) {
      errors.push(`${file} builds a query: SQL stands in *.store.ts, kit/log.ts, adapters and migrations only`);
    }
  }
  for (const cycle of cyclesIn(files))
    errors.push(`${cycle.join(" → ")}: imports run in a circle; move what both need into a third file`);
  return { files: files.size, errors, warnings };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), "..", "packages");
  const { files, errors, warnings } = checkFences(folder);
  for (const warning of warnings) console.log(`warning: ${warning}`);
  for (const error of errors) console.error(error);
  console.log(`${files} files checked, ${errors.length} fences broken`);
  process.exitCode = errors.length === 0 && files > 0 ? 0 : 1;
}
