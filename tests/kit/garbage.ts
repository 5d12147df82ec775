// Collects the garbage, for tests of what is let go of: nothing else tells whether something is still held.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Whatever nobody holds is gone afterwards. Not in the turn in which a `WeakRef` was made or looked at. */
export const collectGarbage = (): void => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as NodeJS.GCFunction;
  setFlagsFromString("--no-expose-gc");
  collect({ type: "major", execution: "sync" });
};
