// What people were found to be allowed to write, for as long as their log says that nothing of it changed.
import type { LogState } from "../../kit/log.ts";
import type { WriteRight } from "./place.ts";

/** Some hundred kilobytes. The longest unused go first. */
const MOST = 5_000;

/**
 * Asked with the log held: the log's `rightsSeq` moves in the very transaction that changes who may do what, on
 * whatever node, so that what was found at the same `rightsSeq` is what would be found again.
 */
export class WriteRights {
  readonly #found = new Map<string, { rightsSeq: number; right: WriteRight }>();

  find(log: LogState, userId: number): WriteRight | null {
    const key = `${log.id}:${userId}`;
    const found = this.#found.get(key);
    if (found?.rightsSeq !== log.rightsSeq) return null;
    this.#found.delete(key);
    this.#found.set(key, found);
    return found.right;
  }

  /** Only after the commit: what was seen in a transaction that was broken off has never been. */
  keep(log: LogState, userId: number, right: WriteRight): void {
    if (!right.lasting) return;
    const key = `${log.id}:${userId}`;
    if (this.#found.get(key)?.right === right) return;
    this.#found.set(key, { rightsSeq: log.rightsSeq, right });
    if (this.#found.size <= MOST) return;
    for (const oldest of this.#found.keys()) {
      this.#found.delete(oldest);
      break;
    }
  }
}
