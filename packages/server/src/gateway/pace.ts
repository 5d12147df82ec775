// Work that comes in crowds, a little of it in each turn of the event loop: whoever is here already waits for a slice of
// it, not for all of it.
import { Fifo } from "./fifo.ts";

const SLICE_MS = 2;
const MOST_IN_A_TURN = 64;

export class Pace {
  readonly #waiting = new Fifo<() => void>();
  #scheduled = false;
  #isPressed = false;

  /** Soon, in the order asked for. */
  readonly soon = (work: () => void): void => {
    this.#waiting.push(work);
    this.#schedule();
  };

  /**
   * This turn brought more of them. One connection is accepted in a turn of the event loop, and a full queue turns
   * people away for seconds: as long as they come, the turns are kept short.
   */
  press(): void {
    this.#isPressed = true;
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#slice());
  }

  #slice(): void {
    this.#scheduled = false;
    const until = this.#isPressed ? 0 : performance.now() + SLICE_MS;
    this.#isPressed = false;
    try {
      do this.#waiting.take()?.();
      while (this.#waiting.size > 0 && performance.now() < until);
    } finally {
      if (this.#waiting.size > 0) this.#schedule();
    }
  }
}

/** The same for work that has begun: so much of it goes on in one turn, the rest in those after it, first come first. */
export class Turns {
  #taken = 0;
  readonly #waiting: Array<() => void> = [];
  #scheduled = false;

  /** Null while there is room in this turn. */
  room(): Promise<void> | null {
    this.#schedule();
    if (this.#taken < MOST_IN_A_TURN && this.#waiting.length === 0) {
      this.#taken++;
      return null;
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      const some = this.#waiting.splice(0, MOST_IN_A_TURN);
      this.#taken = some.length;
      for (const goOn of some) goOn();
      // Also where nobody waits any more: the next turn has room again.
      if (some.length > 0) this.#schedule();
    });
  }
}
