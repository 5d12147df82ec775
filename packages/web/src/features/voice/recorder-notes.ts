// What stands below the recorder: what has happened, and what to do now.
import { SIZES } from "@homeroom/protocol/kit/sizes.ts";
import type { EndedBy, RecordingState } from "./recording.ts";

const words = {
  silent: "Nothing can be heard. Is the microphone switched off?",
  hidden: "Paused, because this page was out of sight.",
  left: (seconds: number) => (seconds === 1 ? "1 second left" : `${seconds} seconds left`),
  sending: (percent: number) => `Sending, ${percent} %`,
  recording: "Recording.",
  ending: "10 seconds left.",
  stopped: "Recording stopped. Listen to it, then send it.",
};

const ended: Record<EndedBy, string> = {
  limit: "That is as long as a voice message can be. Listen to it, then send it.",
  microphone: "The microphone was unplugged or switched off. What you said is still here.",
  leaving: "You left while recording. What you said is still here.",
};

export interface Note {
  tone: "plain" | "note" | "bad";
  text: string;
}

/** @param limit_ms how long a recording may be */
export function noteOf(state: RecordingState, limit_ms: number = SIZES.voice_ms): Note | null {
  switch (state.phase) {
    case "recording":
      if (state.isEnding) return { tone: "note", text: words.left(Math.ceil((limit_ms - state.elapsed_ms) / 1000)) };
      return state.isSilent ? { tone: "note", text: words.silent } : null;
    case "paused":
      return state.by === "hidden" ? { tone: "note", text: words.hidden } : null;
    case "review":
      if (state.problem) return { tone: "bad", text: state.problem };
      return state.endedBy && { tone: "note", text: ended[state.endedBy] };
    case "sending":
      return { tone: "plain", text: words.sending(Math.round(state.part * 100)) };
    default:
      return null;
  }
}

/** Readers hear when it begins, when ten seconds are left, and when it ends; nothing in between. */
export function spokenOf(state: RecordingState): string {
  switch (state.phase) {
    case "recording":
      return state.isEnding ? words.ending : words.recording;
    case "paused":
      return state.by === "hidden" ? words.hidden : "";
    case "review":
      if (state.problem) return state.problem;
      return state.endedBy ? ended[state.endedBy] : words.stopped;
    default:
      return "";
  }
}
