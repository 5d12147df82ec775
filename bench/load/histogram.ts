// Many latencies in little memory: 64 buckets for each doubling, so a value read back is at most 1.6 % too large.

const BITS = 6;
const STEPS = 2 ** BITS;
const MOST_US = 2 ** 31 - 1;

export class Histogram {
  readonly #counts = new Float64Array((32 - BITS) * STEPS + STEPS);
  count = 0;
  mostMs = 0;

  addMs(ms: number): void {
    const us = Math.min(MOST_US, Math.max(0, Math.round(ms * 1000)));
    const index = bucketOf(us);
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    this.count++;
    if (ms > this.mostMs) this.mostMs = ms;
  }

  /** The value in milliseconds below which this share lies; 0 when there is none. */
  quantile(share: number): number {
    let left = Math.max(1, Math.ceil(share * this.count));
    for (const [index, count] of this.#counts.entries()) {
      left -= count;
      if (left <= 0) return Math.min(upperUs(index) / 1000, this.mostMs);
    }
    return 0;
  }
}

/** Exact below 64 µs; above, the six highest bits behind the first one name the bucket. */
const bucketOf = (us: number): number => {
  if (us < STEPS) return us;
  const shift = 31 - Math.clz32(us) - BITS;
  return (shift + 1) * STEPS + (us >>> shift) - STEPS;
};

const upperUs = (index: number): number => {
  if (index < STEPS) return index;
  const shift = Math.floor(index / STEPS) - 1;
  return ((index % STEPS) + STEPS + 1) * 2 ** shift - 1;
};
