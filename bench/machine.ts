// What a figure depends on besides the code: the machine, its disk, and which cores server and load get.
import { spawnSync } from "node:child_process";
import { readFileSync, statfsSync } from "node:fs";
import { cpus, loadavg, release, totalmem } from "node:os";

const TMPFS = 0x01021994;

export interface Machine {
  processor: string;
  cores: number;
  memoryGb: number;
  system: string;
  node: string;
  /** Whether a commit there waits for anything at all. */
  dataOn: "a disk" | "memory (tmpfs): commits cost less than on a disk";
  pinned: string;
  /** Processes that wanted a core in the minute before: others than ours make every figure worse. */
  loadBefore: number;
}

/** The cores that this process may use, or none where the kernel does not say. */
const allowedCores = (): number[] => {
  try {
    const list = /Cpus_allowed_list:\s*(\S+)/.exec(readFileSync("/proc/self/status", "latin1"))?.[1] ?? "";
    return list.split(",").flatMap((part) => {
      const [first = 0, last = first] = part.split("-").map(Number);
      return Array.from({ length: last - first + 1 }, (_, i) => first + i);
    });
  } catch {
    return [];
  }
};

export interface Pins {
  server: number;
  load: number;
}

/** One core for the server and another for the load; null where that cannot be had. */
export const choosePins = (): Pins | null => {
  const [server, load] = allowedCores();
  const hasTaskset = spawnSync("taskset", ["--version"]).status === 0;
  return server !== undefined && load !== undefined && hasTaskset ? { server, load } : null;
};

export const machineFacts = (dataDir: string, pins: Pins | null): Machine => ({
  processor: cpus()[0]?.model.trim() ?? "unknown",
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  system: `${process.platform} ${release().split("-")[0]}`,
  node: process.version,
  dataOn: statfsSync(dataDir).type === TMPFS ? "memory (tmpfs): commits cost less than on a disk" : "a disk",
  pinned: pins ? `server on core ${pins.server}, load on core ${pins.load}` : "no: servers and load share all cores",
  loadBefore: Number((loadavg()[0] ?? 0).toFixed(1)),
});

/** How many files a process may have open: Node raises its own limit to the hard one. */
export const mostOpenFiles = (): number => {
  try {
    const most = /Max open files\s+\S+\s+(\d+)/.exec(readFileSync("/proc/self/limits", "latin1"))?.[1];
    return most === undefined ? Infinity : Number(most);
  } catch {
    return Infinity;
  }
};
