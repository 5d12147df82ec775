// `npm test`: sets up what the tests need, runs every check and every group of tests, and counts.
// `npm run test:api` and its kin name the groups they want: node scripts/test.mjs check api …
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { provideChromium } from "./chromium.mjs";
import { provideClamd } from "./clamd.mjs";
import { root, setup, toolEnv } from "./setup.mjs";

const GROUPS = ["unit", "web", "models", "api", "sockets", "integration", "e2e"];
// These start the whole server as a user would, with the built web client in it, and some of them a virus scanner.
const NEED_WEB = ["integration", "e2e"];

const CHECKS = [
  ["types of protocol", "tsc", "-p", "packages/protocol"],
  ["types of server", "tsc", "-p", "packages/server"],
  ["types of web", "tsc", "-p", "packages/web"],
  ["types of tests", "tsc", "-p", "tests"],
  ["lint", "oxlint", "--type-aware", "--quiet"],
  ["format", "biome", "format", "."],
  ["import fences", "node", "scripts/fences.mjs"],
];

const total = { passed: 0, failed: 0 };

/** One step of the gate. Its failure does not keep the others from running. */
function attempt(name, work) {
  try {
    work();
    console.log(`✓ ${name}`);
    return true;
  } catch (error) {
    total.failed += 1;
    console.log(`✗ ${name}: ${error.message}`);
    return false;
  }
}

/** A check counts as one; setting things up counts only when it fails. */
function check(name, ...command) {
  if (attempt(name, () => run(...command))) total.passed += 1;
}

function run(command, ...args) {
  const { status, signal, error } = spawnSync(command, args, { cwd: root, env: toolEnv, stdio: "inherit" });
  if (status !== 0) throw error ?? new Error(`${command} ended with ${signal ?? status}`);
}

/** Runs the groups in one go, so that they share workers and one PostgreSQL, and adds up their tests. */
function runVitest(groups, names) {
  const folder = mkdtempSync(join(tmpdir(), "homeroom-test-"));
  const report = join(folder, "report.json");
  const projects = groups.flatMap((group) => ["--project", group]);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  let trouble;
  try {
    run("vitest", "run", "--passWithNoTests", ...projects, ...reporters, ...names);
  } catch (error) {
    trouble = error;
  }
  const counts = countTests(report);
  rmSync(folder, { recursive: true, force: true });
  total.passed += counts.passed;
  total.failed += counts.failed;
  // An error outside of any test fails the run without failing a test.
  if (trouble && counts.failed === 0) {
    total.failed += 1;
    console.log(`✗ test run: ${trouble.message}, though no test failed`);
  }
}

/** A file that could not be loaded has no tests; it counts as one that failed. */
function countTests(report) {
  const counts = { passed: 0, failed: 0 };
  try {
    for (const file of JSON.parse(readFileSync(report, "utf8")).testResults) {
      for (const { status } of file.assertionResults) if (status in counts) counts[status] += 1;
      const isBroken = file.status === "failed" && !file.assertionResults.some(({ status }) => status === "failed");
      if (isBroken) counts.failed += 1;
    }
  } catch (error) {
    console.log(`✗ the report of the tests could not be read: ${error.message}`);
  }
  return counts;
}

function main(args) {
  const wanted = args.filter((arg) => arg === "check" || GROUPS.includes(arg));
  const names = args.filter((arg) => !wanted.includes(arg));
  const everything = wanted.length === 0;
  let groups = GROUPS.filter((group) => everything || wanted.includes(group));
  const needsWeb = groups.some((group) => NEED_WEB.includes(group));
  if (!attempt("set-up: npm packages", () => setup({ web: false }))) return;
  if (needsWeb) attempt("set-up: web client", () => setup({ web: true }));
  if (groups.includes("e2e") && !attempt("set-up: Chromium", provideChromium)) {
    groups = groups.filter((group) => group !== "e2e");
  }
  if (needsWeb) attempt("set-up: clamd", provideClamd);
  if (everything || wanted.includes("check")) for (const one of CHECKS) check(...one);
  if (groups.length > 0) runVitest(groups, names);
}

main(process.argv.slice(2));
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
