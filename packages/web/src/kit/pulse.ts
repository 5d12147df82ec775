// Notices a dead socket: protocol pings are invisible to a page, so it says `ping` itself and listens for anything.
import type { Clock } from "./clock.ts";

export interface Pulse {
  start: () => void;
  stop: () => void;
  /** Something arrived. */
  heard: () => void;
  /** Wants a sign of life soon. */
  demand: () => void;
}

const BEAT_MS = 25_000;
const DEAD_MS = 41_000;
const DEMAND_MS = 3_000;

const nothing = () => {};

export function createPulse(clock: Clock, on: { beat: () => void; doubt: () => void; dead: () => void }): Pulse {
  let cancelBeat = nothing;
  let cancelDeath = nothing;

  const beatLater = () => {
    cancelBeat = clock.after(BEAT_MS, () => {
      on.beat();
      beatLater();
    });
  };
  const dieIn = (ms: number, work: () => void) => {
    cancelDeath();
    cancelDeath = clock.after(ms, work);
  };
  // A hidden page's timers run late, the beat's too: so silence is asked about before it is believed.
  const demand = () => {
    on.doubt();
    on.beat();
    dieIn(DEMAND_MS, on.dead);
  };
  const stop = () => {
    cancelBeat();
    cancelDeath();
  };
  return {
    start() {
      stop();
      beatLater();
      dieIn(DEAD_MS, demand);
    },
    stop,
    heard: () => dieIn(DEAD_MS, demand),
    demand,
  };
}
