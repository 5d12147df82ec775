// `npm run bench`: Homeroom beside Socket.IO and a plain ws room, in one run on this machine.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { progressBar } from "./bar.ts";
import { drawLoad, drawRooms } from "./drawings.ts";
import { emptyFindings, type Findings } from "./findings.ts";
import { choosePins, machineFacts, mostOpenFiles } from "./machine.ts";
import { GROUPS, type Group, planOf } from "./plan.ts";
import { Load } from "./processes.ts";
import { asJson, figure, report, writeDocs } from "./report.ts";
import { FULL, QUICK, type Scale } from "./scale.ts";
import { SERVERS } from "./servers.ts";

const HELP = `npm run bench -- [options]

  --only a,b         these groups alone: ${GROUPS.join(", ")}
  --servers a,b      these servers alone: ${SERVERS.join(", ")}
  --seconds N        how long each work takes (5)
  --quick            some seconds in all: shows that it works, its figures mean nothing
  --data DIR         keep Homeroom's databases there and use them again
  --json FILE        where the figures go (bench/results/results.json)
  --plots DIR        where the plots go (bench/results)
  --write-docs       also writes the table into docs/performance.md and the plots into docs/images
  --history-url URL  ask this server for pages instead; {n} in it becomes numbers between --from and --to
  --token T          with --history-url: the bearer token
`;

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const RESULTS = here("results");
const DOCS = here("../docs");
/** Files that a process needs besides its sockets. */
const SPARE_FILES = 500;

const { values: options } = parseArgs({
  options: {
    only: { type: "string" },
    servers: { type: "string" },
    seconds: { type: "string" },
    quick: { type: "boolean", default: false },
    data: { type: "string" },
    json: { type: "string", default: join(RESULTS, "results.json") },
    plots: { type: "string", default: RESULTS },
    "write-docs": { type: "boolean", default: false },
    "history-url": { type: "string" },
    token: { type: "string", default: "" },
    from: { type: "string", default: "51" },
    to: { type: "string", default: "1000" },
    help: { type: "boolean", default: false },
  },
});

const chosen = <Name extends string>(given: string | undefined, all: readonly Name[]): readonly Name[] => {
  if (given === undefined) return all;
  const names = given.split(",");
  const unknown = names.filter((name) => !all.some((one) => one === name));
  if (unknown.length > 0) throw new Error(`There is no ${unknown.join(", ")} here: ${all.join(", ")}.`);
  return all.filter((one) => names.includes(one));
};

/** As asked for, and as large as the limit on open files lets it be. */
const scaleFor = (findings: Pick<Findings, "warnings">): Scale => {
  const scale = options.quick ? QUICK : FULL;
  const seconds = options.seconds === undefined ? scale.seconds : Number(options.seconds);
  if (!(seconds > 0)) throw new Error("--seconds wants a number.");
  const plotSeconds = Math.min(scale.plotSeconds, seconds);
  const most = mostOpenFiles() - SPARE_FILES;
  if (most >= scale.sockets) return { ...scale, seconds, plotSeconds };
  findings.warnings.push(`Only ${most} sockets, not ${scale.sockets}: raise the limit on open files (ulimit -n).`);
  return { ...scale, seconds, plotSeconds, sockets: most };
};

const save = (file: string, text: string): void => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
};

const publish = (findings: Findings, groups: readonly Group[]): void => {
  console.log(`${report(findings)}\n`);
  save(resolve(options.json), asJson(findings));
  const folders = [resolve(options.plots), ...(options["write-docs"] ? [join(DOCS, "images")] : [])];
  if (groups.includes("plots")) {
    for (const folder of folders) {
      save(join(folder, "bench-rooms.svg"), drawRooms(findings));
      save(join(folder, "bench-load.svg"), drawLoad(findings));
    }
  }
  if (options["write-docs"]) writeDocs(join(DOCS, "performance.md"), findings);
  console.log(`The figures: ${resolve(options.json)}`);
};

const askElsewhere = async (url: string): Promise<void> => {
  const load = new Load(choosePins());
  const [from, to, seconds] = [Number(options.from), Number(options.to), Number(options.seconds ?? FULL.seconds)];
  const asked = { url, from, to, different: to - from, token: options.token };
  const pages = { ...asked, warm: FULL.warmPages, seconds, pids: [] };
  const found = await load.run({ kind: "pages", ...pages });
  await load.end();
  console.log(
    `${figure(found.pagesPerS)} pages/s of ${figure(found.bytesPerPage)} bytes, p50 ${figure(found.p50)} ms, p99 ${figure(found.p99)} ms`,
  );
};

const main = async (): Promise<void> => {
  if (options.help) return console.log(HELP);
  if (options.quick && options["write-docs"]) throw new Error("A quick run's figures stay out of the documentation.");
  if (options["history-url"]) return askElsewhere(options["history-url"]);
  const root = options.data ? resolve(options.data) : mkdtempSync(join(tmpdir(), "homeroom-bench-"));
  mkdirSync(root, { recursive: true });
  try {
    const pins = choosePins();
    const findings = emptyFindings(machineFacts(root, pins), options.quick);
    const groups = chosen(options.only, GROUPS);
    const bench = { scale: scaleFor(findings), pins, root, findings };
    const steps = planOf(bench, { groups, servers: chosen(options.servers, SERVERS) });
    const bar = progressBar(steps.length);
    for (const step of steps) {
      bar.step(step.title);
      await step.run();
    }
    bar.end();
    publish(findings, groups);
  } finally {
    if (!options.data) rmSync(root, { recursive: true, force: true });
  }
};

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  // Whatever still runs ends with us.
  process.exit(1);
}
