// A file on its way out stops where its reader is removed: who reads slowly would read on for as long as they like.
import { pipeline, Transform, type TransformCallback } from "node:stream";
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
    // Whichever end breaks off takes the other one with it; the reader learns by the cut.
    pipeline(await file.open(range), gate, () => undefined);
    return gate;
  },
});

class Gate extends Transform {
  readonly #ask: () => Promise<unknown>;
  readonly #begun = performance.now();
  #asked = this.#begun;

  constructor(ask: () => Promise<unknown>) {
    super();
    this.#ask = ask;
  }

  override _transform(bytes: Buffer, _: BufferEncoding, done: TransformCallback): void {
    const now = performance.now();
    if (now - this.#begun > MOST_MS) return done(new Refusal("unavailable"));
    if (now - this.#asked < ASKED_EACH_MS) return done(null, bytes);
    this.#asked = now;
    this.#ask().then(
      () => done(null, bytes),
      (error: Error) => done(error),
    );
  }
}
