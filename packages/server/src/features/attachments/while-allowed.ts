// A file on its way out stops where its reader is removed: who reads slowly would read on for as long as they like.
import { pipeline, Transform, type TransformCallback } from "node:stream";
import { callbackify } from "node:util";
import { type FileBody, Refusal } from "@homeroom/protocol";

/** So long at most bytes go on after a removal. */
const ASKED_EACH_MS = 500;
/** As long as the slowest upload may take; who reads slower than that holds a file and a line open. */
const MOST_MS = 45 * 60_000;

/** The same file, whose reader is asked for again and again while they read. `ask` rejects for whoever may not. */
export const whileAllowed = (file: FileBody, ask: () => Promise<unknown>): FileBody => ({
  ...file,
  open: async (range) => {
    const gate = new Gate(ask);
    // Not a generator: one that was never begun would leave the file open. Here either end takes the other with it,
    // and with a length announced, the reader sees that what was cut is not the whole.
    pipeline(await file.open(range), gate, () => undefined);
    return gate;
  },
});

class Gate extends Transform {
  readonly #check: (done: (error: NodeJS.ErrnoException | null) => void) => void;
  readonly #begun = performance.now();
  #asked = this.#begun;

  constructor(ask: () => Promise<unknown>) {
    super();
    this.#check = callbackify(async () => {
      const now = performance.now();
      if (now - this.#begun > MOST_MS) throw new Refusal("unavailable");
      if (now - this.#asked < ASKED_EACH_MS) return;
      await ask();
      this.#asked = now;
    });
  }

  override _transform(bytes: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.#check((error) => done(error, bytes));
  }
}
