// The rows of the recorder: while it records, when it is listened to, and on its way.
import { ArrowUp, Mic, Pause, Square, X } from "lucide-react";
import { IconButton } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { Icon } from "../../ui/icon.tsx";
import { Spinner } from "../../ui/spinner.tsx";
import type { Recording, RecordingState, Take } from "./recording.ts";
import { addressOf } from "./speaker.ts";
import { VoicePlayer } from "./voice-player.tsx";
import { Wave } from "./wave.tsx";
import { lengthText } from "./waveform.ts";

const words = {
  pause: "Pause",
  resume: "Continue",
  stop: "Stop recording",
  send: "Send voice message",
  sending: "Sending",
  holdBack: "Stop sending",
  name: (length: string) => `Your voice message, ${length}`,
};

const SHOWN = 56;

function Send({ isBusy = false, onSend }: { isBusy?: boolean; onSend?: () => void }) {
  const label = isBusy ? words.sending : words.send;
  return (
    <button type="button" className="hr-send" aria-label={label} title={label} disabled={isBusy} onClick={onSend}>
      {isBusy ? <Spinner /> : <Icon icon={ArrowUp} />}
    </button>
  );
}

type Running = Extract<RecordingState, { phase: "recording" | "paused" | "finishing" }>;

/** The newest at the right end, so that it comes in like on a strip of paper. */
const stripOf = (levels: readonly number[]) => [
  ...Array.from({ length: SHOWN - levels.length }, () => 0),
  ...levels.map((level) => level * 100),
];

export function RunningRow({ state, recording }: { state: Running; recording: Recording }) {
  const isPaused = state.phase === "paused";
  const isFinishing = state.phase === "finishing";
  return (
    <>
      <span className={classNames("hr-recorder-dot", isPaused && "is-paused")} aria-hidden="true" />
      <span className="hr-recorder-time hr-num" role="timer" aria-live="off">
        {lengthText(state.elapsed_ms)}
      </span>
      <span className={classNames("hr-recorder-level", isPaused && "is-paused")}>
        <Wave waveform={stripOf(state.levels)} part={1} />
      </span>
      <IconButton
        data-first=""
        label={isPaused ? words.resume : words.pause}
        icon={isPaused ? Mic : Pause}
        className="hr-recorder-key"
        disabled={isFinishing}
        onClick={() => (isPaused ? recording.resume() : recording.pause())}
      />
      <IconButton
        label={words.stop}
        icon={Square}
        iconSize={16}
        className="hr-recorder-key"
        disabled={isFinishing}
        onClick={() => void recording.stop()}
      />
      <Send isBusy={isFinishing} onSend={() => void recording.send()} />
    </>
  );
}

function Player({ take }: { take: Take }) {
  const { blob, duration_ms, waveform } = take;
  const src = addressOf(blob);
  return <VoicePlayer bare id={src} label={words.name(lengthText(duration_ms))} {...{ src, duration_ms, waveform }} />;
}

export function ReviewRow({ take, onSend }: { take: Take; onSend: () => void }) {
  return (
    <>
      <Player take={take} />
      <Send onSend={onSend} />
    </>
  );
}

export function SendingRow({ take, onHoldBack }: { take: Take; onHoldBack: () => void }) {
  return (
    <>
      <IconButton data-first="" label={words.holdBack} icon={X} onClick={onHoldBack} />
      <Player take={take} />
      <Send isBusy />
    </>
  );
}
