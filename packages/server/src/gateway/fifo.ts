// Who waits: first come, first served, at the same small cost however many they are. An array's own `shift` moves all the
// others where there are very many.

export class Fifo<T> {
  /** Whose turn it is, from `#next` on, and those who came since. */
  #round: T[] = [];
  #next = 0;
  #later: T[] = [];

  get size(): number {
    return this.#round.length - this.#next + this.#later.length;
  }

  push(item: T): void {
    this.#later.push(item);
  }

  take(): T | undefined {
    if (this.#round.length === 0) this.#startRound();
    const item = this.#round[this.#next++];
    if (this.#next >= this.#round.length) this.#startRound();
    return item;
  }

  /** Here those who were taken are let go of: it must not wait until nobody is left. */
  #startRound(): void {
    this.#round = this.#later;
    this.#next = 0;
    this.#later = [];
  }
}
