// A disk that is soon full: takes root, and a kernel that lets root mount one.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface SmallDisk {
  readonly folder: string;
  /** As if somebody had cleared up. */
  grow(megabytes: number): void;
  dispose(): void;
}

const newFolder = () => mkdtempSync(join(tmpdir(), "homeroom-small-"));
const mount = (folder: string, megabytes: number, ...more: string[]) =>
  execFileSync("mount", ["-t", "tmpfs", "-o", [`size=${megabytes}m`, ...more].join(","), "tmpfs", folder], {
    stdio: ["ignore", "ignore", "pipe"],
  });

export const smallDisk = (megabytes: number): SmallDisk => {
  const folder = newFolder();
  mount(folder, megabytes);
  return {
    folder,
    grow: (to) => void mount(folder, to, "remount"),
    dispose() {
      execFileSync("umount", [folder]);
      rmSync(folder, { recursive: true });
    },
  };
};

/** Says so where it cannot: the tests of a full disk are left out there. */
export const canMount = (): boolean => {
  const folder = newFolder();
  try {
    mount(folder, 1);
    execFileSync("umount", [folder]);
    return true;
  } catch {
    console.log("The tests of a full disk are left out: they mount a small one, which only root may.");
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
};
