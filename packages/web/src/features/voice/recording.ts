// What becomes of a voice message until it is sent: asking → recording ⇄ paused → review → sending. Knows no browser:
// the microphone, the clock and the way to the server are handed in. Nothing recorded is lost but by `cancel`.
import { SIZES } from "@homeroom/protocol/kit/sizes.ts";
import type { Clock } from "../../kit/clock.ts";
import { tell } from "../../kit/failures.ts";
import { MicrophoneError, type MicrophoneTrouble, type OpenRecorder, type Recorder } from "./microphone-port.ts";
import { isSilent, waveformOf } from "./waveform.ts";

/** What was recorded, as it goes to the server. */
export interface Take {
  readonly blob: Blob;
  readonly duration_ms: number;
  readonly waveform: readonly number[];
}

/** Why a recording came to its end without being asked: the limit, the microphone, or its place was left. */
export type EndedBy = "limit" | "microphone" | "leaving";
/** `hidden`: the page was not seen any more. */
export type PausedBy = "person" | "hidden";

interface Running {
  readonly elapsed_ms: number;
  /** How loud it was lately, 0 to 1, the newest last. */
  readonly levels: readonly number[];
  /** The last ten seconds. */
  readonly isEnding: boolean;
  /** Some seconds have passed and nothing was heard. */
  readonly isSilent: boolean;
}

export type RecordingState =
  | { readonly phase: "asking" }
  | ({ readonly phase: "recording" } & Running)
  | ({ readonly phase: "paused"; readonly by: PausedBy } & Running)
  | ({ readonly phase: "finishing" } & Running)
  /** `problem`: why sending failed, in a sentence. */
  | {
      readonly phase: "review";
      readonly take: Take;
      readonly endedBy: EndedBy | null;
      readonly problem: string | null;
    }
  /** `part`: how much has arrived, 0 to 1. */
  | { readonly phase: "sending"; readonly take: Take; readonly part: number }
  | { readonly phase: "sent" }
  | { readonly phase: "cancelled" }
  | { readonly phase: "refused"; readonly trouble: MicrophoneTrouble };

export interface RecordingOptions {
  open: OpenRecorder;
  clock: Clock;
  /** Brings it to the server and into the conversation; may be called again after it has failed. */
  deliver: (take: Take, on: { part: (part: number) => void; signal: AbortSignal }) => Promise<void>;
  limit_ms?: number;
}

export interface Recording {
  get: () => RecordingState;
  subscribe: (listener: () => void) => () => void;
  /** Asks for the microphone. Once. */
  begin(): Promise<void>;
  pause(by?: PausedBy): void;
  resume(): void;
  stop(endedBy?: EndedBy): Promise<void>;
  /** From `review`, or from the recording itself. */
  send(): Promise<void>;
  /** Not on its way any more, if it is not there yet: back to `review`. */
  holdBack(): void;
  cancel(): void;
}

const TICK_MS = 100;
/** More than that between two ticks was no recording but a machine asleep. */
const LONGEST_TICK_MS = 5_000;
const WARNING_MS = 10_000;
const SILENT_AFTER_MS = 3_000;
/** As many levels as are drawn. */
const SHOWN = 56;

const isOver = ({ phase }: RecordingState) => phase === "sent" || phase === "cancelled" || phase === "refused";

/** Counts what was recorded and how loud it was; the time of a pause does not count. */
function createMeter(clock: Clock, limit_ms: number) {
  const samples: number[] = [];
  let elapsed = 0;
  let since: number | null = null;
  const count = () => {
    if (since === null) return;
    const now = clock.now();
    // clocks are set, and machines sleep
    elapsed = Math.min(limit_ms, elapsed + Math.min(Math.max(0, now - since), LONGEST_TICK_MS));
    since = now;
  };
  return {
    samples,
    start: () => void (since = clock.now()),
    count,
    halt() {
      count();
      since = null;
    },
    isFull: () => elapsed >= limit_ms,
    running: (): Running => ({
      elapsed_ms: elapsed,
      levels: samples.slice(-SHOWN),
      isEnding: limit_ms - elapsed <= WARNING_MS,
      isSilent: elapsed >= SILENT_AFTER_MS && isSilent(samples),
    }),
  };
}

export function createRecording(options: RecordingOptions): Recording {
  const { clock, limit_ms = SIZES.voice_ms } = options;
  const listeners = new Set<() => void>();
  const meter = createMeter(clock, limit_ms);
  let state: RecordingState = { phase: "asking" };
  let recorder: Recorder | null = null;
  let stopTicking = () => {};
  let held = new AbortController();

  const set = (next: RecordingState) => {
    state = next;
    for (const listener of listeners) listener();
  };

  const tick = () => {
    if (state.phase !== "recording" || !recorder) return;
    meter.count();
    meter.samples.push(recorder.level());
    set({ phase: "recording", ...meter.running() });
    if (meter.isFull()) void stop("limit");
    else stopTicking = clock.after(TICK_MS, tick);
  };

  const run = () => {
    meter.start();
    set({ phase: "recording", ...meter.running() });
    stopTicking = clock.after(TICK_MS, tick);
  };

  const halt = () => {
    stopTicking();
    meter.halt();
  };

  const begin = async () => {
    try {
      const opened = await options.open(() => void stop("microphone"));
      // taken back while the browser was asking
      if (state.phase !== "asking") return opened.abandon();
      recorder = opened;
      run();
    } catch (error) {
      const trouble = error instanceof MicrophoneError ? error.trouble : "unsupported";
      if (state.phase === "asking") set({ phase: "refused", trouble });
    }
  };

  const stop = async (endedBy: EndedBy | null = null) => {
    if (!recorder || (state.phase !== "recording" && state.phase !== "paused")) return;
    halt();
    const { elapsed_ms: duration_ms } = meter.running();
    set({ phase: "finishing", ...meter.running() });
    const blob = await recorder.finish();
    // cancelled meanwhile
    if (isOver(state)) return;
    const take = { blob, duration_ms: Math.round(duration_ms), waveform: waveformOf(meter.samples) };
    set(blob.size === 0 ? { phase: "refused", trouble: "empty" } : { phase: "review", take, endedBy, problem: null });
  };

  const deliver = async (take: Take) => {
    held = new AbortController();
    const { signal } = held;
    set({ phase: "sending", take, part: 0 });
    const part = (arrived: number) => {
      if (!signal.aborted) set({ phase: "sending", take, part: arrived });
    };
    try {
      await options.deliver(take, { part, signal });
      set({ phase: "sent" });
    } catch (error) {
      const problem = signal.aborted ? null : tell(error).sentence;
      set({ phase: "review", take, endedBy: null, problem });
    }
  };

  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    begin,
    pause(by = "person") {
      if (state.phase !== "recording") return;
      halt();
      recorder?.pause();
      set({ phase: "paused", by, ...meter.running() });
    },
    resume() {
      if (state.phase !== "paused") return;
      recorder?.resume();
      run();
    },
    stop: (endedBy) => stop(endedBy ?? null),
    async send() {
      await stop();
      if (state.phase === "review") await deliver(state.take);
    },
    holdBack: () => held.abort(),
    cancel() {
      if (isOver(state) || state.phase === "sending") return;
      stopTicking();
      recorder?.abandon();
      set({ phase: "cancelled" });
    },
  };
}
