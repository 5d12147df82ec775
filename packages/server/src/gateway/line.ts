// The line below a socket, and how it is taken down. When a network blinks, the system reports thousands of broken lines
// in one turn of the event loop, and to take one down costs Node and ws dozens of microseconds. So in that turn a line is
// only marked. The rest has its place in the queue of those who come, a slice of it in each turn: nothing waits for all
// of it, and whoever comes back finds that those who went before them are gone.
import { Duplex } from "node:stream";
import type { Pace } from "./pace.ts";

export interface Line extends Duplex {
  /** Nothing more is written to it, and it surely closes soon. */
  isBroken?: boolean;
}

/**
 * Node says that a line broke by calling its `destroy`, and that the peer hung up by `push(null)`. There is no event
 * before these, so they are what is put off: one function of each for all lines.
 */
export const takenDownSlowly = ({ soon }: { soon: Pace["soon"] }): ((line: Line) => void) => {
  function destroy(this: Line): Line {
    if (this.isBroken) return this;
    this.isBroken = true;
    // Without the error: nobody asks for it, and to write its stack down takes longer than all that we do.
    soon(() => Duplex.prototype.destroy.call(this));
    return this;
  }
  function push(this: Line, chunk: unknown, encoding?: BufferEncoding): boolean {
    if (chunk !== null) return Duplex.prototype.push.call(this, chunk, encoding);
    soon(() => hangUp(this));
    return false;
  }
  return (line) => Object.assign(line, { isBroken: false, destroy, push });
};

/** As Node does it when the peer's end arrives. */
const hangUp = (line: Line): void => {
  if (line.destroyed) return;
  Duplex.prototype.push.call(line, null);
  line.read(0);
};
