// Work that comes in crowds, a little of it in each turn of the event loop: whoever is here already waits for a slice of
// it, not for all of it.

const SLICE_MS = 2;

export class Pace {
  #waiting: Array<() => void> = [];
  #next = 0;
  #scheduled = false;

  /** Soon, in the order asked for. */
  soon(work: () => void): void {
    this.#waiting.push(work);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#slice());
  }

  #slice(): void {
    this.#scheduled = false;
    const until = performance.now() + SLICE_MS;
    try {
      while (this.#next < this.#waiting.length && performance.now() < until) this.#waiting[this.#next++]?.();
    } finally {
      if (this.#next < this.#waiting.length) this.#schedule();
      else {
        this.#waiting = [];
        this.#next = 0;
      }
    }
  }
}
