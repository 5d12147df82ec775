// Processor time: of the server's processes, read from the kernel, and of our own.
import { readFileSync } from "node:fs";

/** The kernel counts in hundredths of a second, whatever its own tick. */
const TICKS_PER_S = 100;

/** User and system time of these processes so far; 0 where the kernel does not say. */
export const cpuSecondsOf = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => {
    try {
      // The name, in parentheses, may hold anything; what we want are the 14th and 15th field, counted from the pid.
      const fields = readFileSync(`/proc/${pid}/stat`, "latin1")
        .replace(/^.*\) /s, "")
        .split(" ");
      return sum + (Number(fields[11]) + Number(fields[12])) / TICKS_PER_S;
    } catch {
      return sum;
    }
  }, 0);

export interface CpuWatch {
  serverS(): number;
  /** Our own share of a core since the watch began. */
  busy(): number;
}

export const watchCpu = (pids: readonly number[]): CpuWatch => {
  const before = cpuSecondsOf(pids);
  const own = process.cpuUsage();
  const start = performance.now();
  return {
    serverS: () => Math.max(0, cpuSecondsOf(pids) - before),
    busy: () => {
      const { user, system } = process.cpuUsage(own);
      return (user + system) / 1000 / Math.max(1, performance.now() - start);
    },
  };
};
