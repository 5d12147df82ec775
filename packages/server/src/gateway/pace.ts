// Work that comes in crowds, a little of it in each turn of the event loop: whoever is here already waits for a slice of
// it, not for all of it.

const SLICE_MS = 2;

export class Pace {
  #waiting: Array<() => void> = [];
  #next = 0;
  #scheduled = false;
  #isPressed = false;

  /** Soon, in the order asked for. */
  soon(work: () => void): void {
    this.#waiting.push(work);
    this.#schedule();
  }

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
      do this.#waiting[this.#next++]?.();
      while (this.#next < this.#waiting.length && performance.now() < until);
    } finally {
      if (this.#next < this.#waiting.length) this.#schedule();
      else {
        this.#waiting = [];
        this.#next = 0;
      }
    }
  }
}
