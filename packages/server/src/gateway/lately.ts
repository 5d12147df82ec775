// What is remembered only as long as somebody may be on the way in.

/** Longer than any socket takes to open. */
const LATELY_MS = 60_000;

/** What happened within the last minute or so. */
export class Lately {
  readonly #at = new Map<string, number>();

  remember(keys: Iterable<string>): void {
    const now = performance.now();
    for (const [key, at] of this.#at) {
      if (now - at < LATELY_MS) break;
      this.#at.delete(key);
    }
    for (const key of keys) this.#at.set(key, now);
  }

  has(key: string): boolean {
    return this.#at.has(key);
  }
}
