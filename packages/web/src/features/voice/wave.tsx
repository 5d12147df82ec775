// Loudness drawn as bars. Two lines in all, not one element for each bar: a list may hold many of them.
import { type KeyboardEvent, type PointerEvent, useMemo } from "react";
import { barsOf, lengthText } from "./waveform.ts";

const words = { position: "Position", of: (at: string, all: string) => `${at} of ${all}` };

const BARS = 56;
const STEP = 5;
const HEIGHT = 28;

/** Upright strokes around the middle, the height of each as loud as it was. */
function pathOf(bars: readonly number[]): string {
  return bars
    .map((level, index) => {
      const half = (level / 100) * (HEIGHT / 2 - 1.5);
      return `M${index * STEP + 1.5} ${(HEIGHT / 2 - half).toFixed(1)}v${(half * 2).toFixed(1)}`;
    })
    .join("");
}

/** @param part how much of it is over, 0 to 1; null for a level that is only looked at */
export function Wave({ waveform, part }: { waveform: readonly number[] | null; part: number | null }) {
  const path = useMemo(() => pathOf(barsOf(waveform, BARS)), [waveform]);
  const rest = `${((1 - (part ?? 0)) * 100).toFixed(2)}%`;
  return (
    <svg
      className="hr-wave"
      viewBox={`0 0 ${BARS * STEP - 2} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <path className="hr-wave-rest" d={path} />
      <path className="hr-wave-done" d={path} style={{ clipPath: `inset(0 ${rest} 0 0)` }} />
    </svg>
  );
}

export interface SeekWaveProps {
  waveform: readonly number[] | null;
  at_ms: number;
  duration_ms: number;
  onSeek: (at_ms: number) => void;
}

/** Arrows go by five seconds, in short ones by one. */
const stepOf = (duration_ms: number) => (duration_ms > 30_000 ? 5_000 : 1_000);

function seekOf(key: string, at_ms: number, duration_ms: number): number | null {
  const step = stepOf(duration_ms);
  const page = Math.max(step, duration_ms / 10);
  const goals: Record<string, number> = {
    ArrowLeft: at_ms - step,
    ArrowDown: at_ms - step,
    ArrowRight: at_ms + step,
    ArrowUp: at_ms + step,
    PageDown: at_ms - page,
    PageUp: at_ms + page,
    Home: 0,
    End: duration_ms,
  };
  const goal = goals[key];
  return goal === undefined ? null : Math.max(0, Math.min(goal, duration_ms));
}

export function SeekWave({ waveform, at_ms, duration_ms, onSeek }: SeekWaveProps) {
  const point = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    onSeek(Math.max(0, Math.min(1, (event.clientX - left) / width)) * duration_ms);
  };
  const press = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const goal = seekOf(event.key, at_ms, duration_ms);
    if (goal === null) return;
    event.preventDefault();
    event.stopPropagation();
    onSeek(goal);
  };
  return (
    <div
      className="hr-voice-seek"
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a range input cannot be drawn as bars in every browser
      role="slider"
      tabIndex={0}
      aria-label={words.position}
      aria-valuemin={0}
      aria-valuemax={Math.round(duration_ms / 1000)}
      aria-valuenow={Math.round(at_ms / 1000)}
      aria-valuetext={words.of(lengthText(at_ms), lengthText(duration_ms))}
      onKeyDown={press}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        point(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) point(event);
      }}
    >
      <Wave waveform={waveform} part={duration_ms > 0 ? Math.min(1, at_ms / duration_ms) : 0} />
    </div>
  );
}
