// What a recording needs of a microphone. Its own file, so that the rules can be tested without a browser.

/** Why there is no sound: each has a sentence of its own. */
export type MicrophoneTrouble = "blocked" | "none" | "busy" | "insecure" | "unsupported" | "empty";

export class MicrophoneError extends Error {
  readonly trouble: MicrophoneTrouble;

  constructor(trouble: MicrophoneTrouble) {
    super(`No microphone: ${trouble}.`);
    this.name = "MicrophoneError";
    this.trouble = trouble;
  }
}

/** An open microphone that records. After `finish` or `abandon` it is off. */
export interface Recorder {
  /** How loud it is now: 0 (silent) to 1. */
  level(): number;
  pause(): void;
  resume(): void;
  /** Everything that was recorded; an empty blob where nothing was. */
  finish(): Promise<Blob>;
  abandon(): void;
}

/**
 * Asks for the microphone and begins to record; rejects with a MicrophoneError.
 * `onEnded`: it was unplugged, or taken away in the browser.
 */
export type OpenRecorder = (onEnded: () => void) => Promise<Recorder>;
