// After the start: what only loading needed goes back to the system.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * Loading leaves garbage, and a young generation that has grown to its largest. V8 clears up only when something is
 * allocated, so a quiet server would hold both for days. Its collector is given to programs by a flag alone, which is
 * taken back at once: what Node keeps compiled counts only under the flags that it was made with. This holds up the
 * event loop for about a tenth of a second, once; the young generation grows again as soon as it is needed.
 */
export const giveBackSpareMemory = (): void => {
  try {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as NodeJS.GCFunction;
    setFlagsFromString("--no-expose-gc");
    collect({ type: "major", execution: "sync", flavor: "last-resort" });
  } catch {
    // A V8 that does not offer it any more: the server is larger than it need be, and as good.
  }
};
