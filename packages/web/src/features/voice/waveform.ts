// How loud a voice message is over its length: from samples to the few steps that are kept, and on to bars.
import { SIZES } from "@homeroom/protocol/kit/sizes.ts";

/** What is louder than nothing at all; a quiet room is not. */
const SILENCE = 0.04;
const QUIETEST_BAR = 4;

/** The loudest of each of `count` equal parts. */
function loudestOf(values: readonly number[], count: number): number[] {
  return Array.from({ length: count }, (_, index) => {
    const start = Math.floor((index * values.length) / count);
    const end = Math.max(start + 1, Math.floor(((index + 1) * values.length) / count));
    return Math.max(0, ...values.slice(start, end));
  });
}

/** Samples between 0 and 1 as whole steps of 0 to 100; what was said quietly fills the height as well. */
export function waveformOf(samples: readonly number[]): number[] {
  const steps = loudestOf(samples, Math.min(samples.length, SIZES.waveform));
  const loudest = Math.max(0, ...steps);
  const scale = loudest < SILENCE ? 1 : 1 / loudest;
  return steps.map((level) => Math.round(Math.min(1, level * scale) * 100));
}

/** Exactly `count` heights of 0 to 100; without a waveform all are low. */
export function barsOf(waveform: readonly number[] | null, count: number): number[] {
  if (!waveform || waveform.length === 0) return Array.from({ length: count }, () => QUIETEST_BAR);
  return loudestOf(waveform, count).map((level) => Math.max(QUIETEST_BAR, Math.min(100, level)));
}

/** Whether anything was heard. */
export const isSilent = (samples: readonly number[]): boolean => samples.every((level) => level < SILENCE);

/** "0:24" · "10:00" */
export function lengthText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
