// A run in words: the table with its ratios, what must be known beside it, and its place in the documentation.
import { readFileSync, writeFileSync } from "node:fs";
import type { Findings, Row } from "./findings.ts";
import { NAMES } from "./servers.ts";
import type { Dialect } from "./jobs.ts";

const BEGIN = "<!-- figures: written by npm run bench -- --write-docs -->";
const END = "<!-- end of figures -->";

/** Three figures that mean something, and no more. */
export const figure = (value: number | undefined): string => {
  if (value === undefined || !Number.isFinite(value)) return "–";
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString("en");
  return String(Number(value.toPrecision(3)));
};

const ratio = ({ values }: Row, other: Dialect): number | undefined => {
  const [ours, theirs] = [values.homeroom, values[other]];
  return ours === undefined || !theirs ? undefined : ours / theirs;
};

/** For programs: the same as the table, and the points of the plots. */
export const asJson = (findings: Findings): string => {
  const ratios = (row: Row) => ({ "socket.io": ratio(row, "socket.io"), ws: ratio(row, "ws") });
  const rows = findings.rows.map((row) => ({ ...row, ratios: ratios(row) }));
  return `${JSON.stringify({ ...findings, rows }, null, 2)}\n`;
};

export const table = ({ rows }: Findings): string => {
  const cell = (row: Row, dialect: Dialect) =>
    figure(row.values[dialect]) + (row.limited.includes(dialect) ? " *" : "");
  const lines = rows.map((row) => {
    const figures = (["homeroom", "socket.io", "ws"] as const).map((dialect) => cell(row, dialect));
    return [row.label, ...figures, figure(ratio(row, "socket.io")), figure(ratio(row, "ws"))];
  });
  const head = ["work", NAMES.homeroom, NAMES["socket.io"], NAMES.ws, "Homeroom : Socket.IO", "Homeroom : ws"];
  const rule = ["---", ...head.slice(1).map(() => "---:")];
  return [head, rule, ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
};

export const remarks = ({ machine, limit, rows, warnings, quick, at }: Findings): string[] => [
  `${at.slice(0, 10)}: ${machine.processor}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}, Node ${machine.node}; pinned: ${machine.pinned}; data on ${machine.dataOn}; load before the run: ${machine.loadBefore}.`,
  ...(limit.batched === undefined
    ? []
    : [
        `With all of its core, the load process counts ${figure(limit.batched)} deliveries/s that come many at once, and ${figure(limit.single)} that come each for itself.`,
      ]),
  ...(rows.some((row) => row.limited.length > 0)
    ? ["\\* The load process was busy for more than 95 % of the time: the server may be able to do more."]
    : []),
  ...(quick ? ["This was a quick run, which shows that everything works. Its figures mean nothing."] : []),
  ...warnings,
];

export const report = (findings: Findings): string => [table(findings), ...remarks(findings)].join("\n\n");

/** Puts the figures between their two marks. */
export const writeDocs = (file: string, findings: Findings): void => {
  const text = readFileSync(file, "utf8");
  const [before, rest] = text.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`${file} has no place for figures`);
  writeFileSync(file, `${before}${BEGIN}\n\n${report(findings)}\n\n${END}${after}`);
};
