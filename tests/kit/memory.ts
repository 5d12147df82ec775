// How much memory a process and all that it started hold, as the kernel counts it.
import { readdirSync, readFileSync } from "node:fs";

interface Held {
  parent: number;
  bytes: number;
}

/** Null for one that ended while it was looked at. */
const heldBy = (pid: string): Held | null => {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const fact = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
    return { parent: fact("PPid"), bytes: fact("VmRSS") * 1024 };
  } catch {
    return null;
  }
};

/** Bytes of RSS of a process, its children, theirs, and so on. */
export const rssOf = (pid: number): number => {
  const all = new Map<number, Held>();
  for (const name of readdirSync("/proc")) {
    const held = /^\d+$/.test(name) ? heldBy(name) : null;
    if (held) all.set(Number(name), held);
  }
  const isOurs = (one: number): boolean => {
    if (one === pid) return true;
    const parent = all.get(one)?.parent ?? 0;
    return parent > 1 && isOurs(parent);
  };
  return [...all].reduce((sum, [one, { bytes }]) => (isOurs(one) ? sum + bytes : sum), 0);
};

export interface Peak {
  /** When it began to be watched, and at its highest since. */
  readonly start: number;
  readonly most: number;
  stop(): void;
}

/** Looks ten times a second. */
export const watchMemory = (pid: number): Peak => {
  const start = rssOf(pid);
  let most = start;
  const timer = setInterval(() => void (most = Math.max(most, rssOf(pid))), 100);
  return {
    start,
    get most() {
      return most;
    },
    stop: () => clearInterval(timer),
  };
};
