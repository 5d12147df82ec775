// Loaded into a server beforehand (`node --import`): tells main how long its event loop was held up since asked before.
import { monitorEventLoopDelay } from "node:perf_hooks";

const NS_PER_MS = 1e6;
const RESOLUTION_MS = 5;

const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delays.enable();
process.on("message", () => {
  // What it measures is the time between two of its own ticks.
  const most = Math.max(0, delays.max / NS_PER_MS - RESOLUTION_MS);
  delays.reset();
  process.send?.({ most });
});
// A server ends when its work does, whether main still listens or not.
process.channel?.unref();
