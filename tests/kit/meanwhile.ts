// Lets something happen between two questions that a piece of work asks of the database, wherever that may be.
import type { Database } from "../../packages/server/src/kit/ports.ts";
import { noteDirect, noteOthers } from "./counted.ts";

export interface Interrupted {
  /** The same database, whose answers can be held back. */
  db: Database;
  /**
   * Does the work as often as it has questions. The first time `meanwhile` happens when the first one was answered, and
   * before that answer is known; the next time at the second one, and so on. Yields what came of it each time. Nothing
   * else may be asked of the database while it works.
   */
  atEachPoint<T>(work: () => Promise<T>, meanwhile: () => Promise<unknown>): AsyncGenerator<T>;
}

export const interrupted = (db: Database): Interrupted => {
  let left = 0;
  let happen: () => Promise<unknown> = () => Promise.resolve();
  const note = async (): Promise<void> => {
    // What happens meanwhile asks questions, too.
    if (left > 0 && --left === 0) await happen();
  };
  noteDirect(db.read, note);
  return {
    db: { ...db, read: db.read.withPlugin(noteOthers(note)) },
    async *atEachPoint(work, meanwhile) {
      happen = meanwhile;
      for (let point = 1; ; point++) {
        left = point;
        const found = await work();
        if (left > 0) break;
        yield found;
      }
      left = 0;
    },
  };
};
