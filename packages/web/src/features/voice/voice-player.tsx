// Plays a voice message: the whole length is there at once, the sound is fetched when it is played. Fetched itself
// with the first voice message that is shown.
import { Pause, Play, RotateCw } from "lucide-react";
import { useMemo, useRef } from "react";
import { classNames } from "../../ui/class-names.ts";
import { Delayed } from "../../ui/delayed.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Spinner } from "../../ui/spinner.tsx";
import type { PlayStatus } from "./playback.ts";
import { useSpeaker } from "./speaker.ts";
import { SeekWave } from "./wave.tsx";
import { lengthText } from "./waveform.ts";

const words = {
  play: "Play",
  pause: "Pause",
  again: "Try again",
  failed: "The sound did not arrive.",
  speed: (speed: number) => `Speed ${speed}×`,
};

export interface VoicePlayerProps {
  id: string;
  src: string;
  duration_ms: number | null;
  waveform: readonly number[] | null;
  /** "Voice message, 0:24" */
  label: string;
  /** In the message box, before it is sent: without a frame of its own. */
  bare?: boolean;
}

const labels: Record<PlayStatus, string> = {
  idle: words.play,
  paused: words.play,
  loading: words.pause,
  playing: words.pause,
  failed: words.again,
};

interface PlayButtonProps {
  status: PlayStatus;
  /** Takes the focus when the recorder shows it. */
  isFirst: boolean;
  onClick: () => void;
}

function PlayButton({ status, isFirst, onClick }: PlayButtonProps) {
  const label = labels[status];
  const icon = status === "failed" ? RotateCw : label === words.pause ? Pause : Play;
  return (
    <button
      type="button"
      className="hr-voice-play"
      aria-label={label}
      title={label}
      data-first={isFirst ? "" : undefined}
      onClick={onClick}
    >
      <Icon icon={icon} size={18} />
      {status === "loading" && (
        <Delayed>
          <span className="hr-voice-loading">
            <Spinner />
          </span>
        </Delayed>
      )}
    </button>
  );
}

export function VoicePlayer({ id, src, duration_ms, waveform, label, bare = false }: VoicePlayerProps) {
  const box = useRef<HTMLFieldSetElement>(null);
  const track = useMemo(() => ({ id, src, duration_ms }), [id, src, duration_ms]);
  const { state, speed, toggle, seek, faster } = useSpeaker(track, box);
  const { status, at_ms } = state;
  const all = state.duration_ms ?? 0;
  // what is at its beginning tells how long it is
  const time = at_ms > 0 ? Math.min(at_ms, all || at_ms) : all;
  return (
    <fieldset ref={box} className={classNames("hr-voice", bare && "is-bare", `is-${status}`)} aria-label={label}>
      <PlayButton status={status} isFirst={bare} onClick={toggle} />
      {status === "failed" ? (
        <output className="hr-voice-word is-bad">{words.failed}</output>
      ) : (
        <SeekWave waveform={waveform} at_ms={at_ms} duration_ms={all} onSeek={seek} />
      )}
      <span className="hr-voice-ends">
        <span className="hr-voice-time hr-num">{lengthText(time)}</span>
        {!bare && (
          <button
            type="button"
            className="hr-voice-speed hr-num"
            aria-label={words.speed(speed)}
            title={words.speed(speed)}
            onClick={faster}
          >
            {speed}×
          </button>
        )}
      </span>
    </fieldset>
  );
}
