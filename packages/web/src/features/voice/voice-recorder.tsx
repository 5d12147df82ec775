// The recorder in the message box's place: asking, recording, listening to it, sending. Fetched with the first press
// of the microphone. Its row and foot are as high as the box's own, so nothing jumps.
import { SIZES } from "@homeroom/protocol/kit/sizes.ts";
import { Mic, Trash2 } from "lucide-react";
import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { Announcer } from "../../ui/announcer.tsx";
import { Kbd } from "../../ui/badge.tsx";
import { Button, IconButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { noteOf, spokenOf } from "./recorder-notes.ts";
import { ReviewRow, RunningRow, SendingRow } from "./recorder-rows.tsx";
import type { Recording, RecordingState } from "./recording.ts";
import "./voice-recorder.css";

const words = {
  name: "Voice message",
  explain: "Your browser now asks whether Homeroom may use the microphone. It is on only while you record.",
  go: "Continue",
  notNow: "Not now",
  asking: "Allow the microphone where the browser asks.",
  cancel: "Cancel",
  sure: "Delete this recording?",
  keep: "Keep it",
  remove: "Delete",
  discard: "Discard recording",
  again: "Try again",
  space: "Space",
  pauses: "pauses",
  esc: "Esc",
  discards: "discards",
  upTo: (minutes: number) => `${minutes} minutes at most`,
};

/** Whoever was in the part that has gone is in what has taken its place; whoever is elsewhere stays there. */
function useKeptInside(view: string) {
  const box = useRef<HTMLFieldSetElement>(null);
  const shown = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (shown.current === view) return;
    shown.current = view;
    const { activeElement, body } = document;
    if (activeElement && activeElement !== body && !box.current?.contains(activeElement)) return;
    box.current?.querySelector<HTMLElement>("[data-first]")?.focus();
  });
  return box;
}

interface FrameProps {
  /** A new view takes the focus of the one before. */
  view: string;
  context: ReactNode;
  foot: ReactNode;
  onEscape: () => void;
  children: ReactNode;
}

function Frame({ view, context, foot, onEscape, children }: FrameProps) {
  const box = useKeptInside(view);
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    onEscape();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc works wherever one is in it
    <fieldset ref={box} className="hr-recording" aria-label={words.name} onKeyDown={press}>
      <div className="hr-composer-box hr-recorder">
        {context}
        <div className="hr-composer-row">{children}</div>
      </div>
      <div className="hr-composer-foot">{foot}</div>
    </fieldset>
  );
}

export interface VoiceExplainedProps {
  context: ReactNode;
  onContinue: () => void;
  onCancel: () => void;
}

/** Before the browser asks for the first time. */
export function VoiceExplained({ context, onContinue, onCancel }: VoiceExplainedProps) {
  return (
    <Frame view="explained" context={context} foot={null} onEscape={onCancel}>
      <div className="hr-recorder-ask">
        <output className="hr-recorder-text">
          <Icon icon={Mic} />
          {words.explain}
        </output>
        <span className="hr-recorder-choice">
          <Button variant="light" size="sm" onClick={onCancel}>
            {words.notNow}
          </Button>
          <Button data-first="" variant="primary" size="sm" onClick={onContinue}>
            {words.go}
          </Button>
        </span>
      </div>
    </Frame>
  );
}

function Asking({ onCancel }: { onCancel: () => void }) {
  return (
    <div className="hr-recorder-ask">
      <output className="hr-recorder-text">
        <Icon icon={Mic} />
        {words.asking}
      </output>
      <Button data-first="" variant="light" size="sm" onClick={onCancel}>
        {words.cancel}
      </Button>
    </div>
  );
}

function Sure({ onKeep, onRemove }: { onKeep: () => void; onRemove: () => void }) {
  return (
    <div className="hr-recorder-ask" role="alertdialog" aria-label={words.sure}>
      <p className="hr-recorder-text is-short">{words.sure}</p>
      <span className="hr-recorder-choice">
        <Button data-first="" variant="light" size="sm" onClick={onKeep}>
          {words.keep}
        </Button>
        <Button variant="danger" size="sm" onClick={onRemove}>
          {words.remove}
        </Button>
      </span>
    </div>
  );
}

function Foot({ state, onAgain }: { state: RecordingState; onAgain: () => void }) {
  const note = noteOf(state);
  const look = { plain: undefined, note: "hr-foot-note", bad: "hr-foot-bad" };
  const isRunning = state.phase === "recording" || state.phase === "paused";
  return (
    <>
      {note && <span className={look[note.tone]}>{note.text}</span>}
      {state.phase === "review" && state.problem && (
        <Button variant="link" size="sm" onClick={onAgain}>
          {words.again}
        </Button>
      )}
      {!note && isRunning && <span>{words.upTo(SIZES.voice_ms / 60_000)}</span>}
      {isRunning && (
        <span className="hr-end hr-hide-sm">
          <Kbd>{words.space}</Kbd> {words.pauses} · <Kbd>{words.esc}</Kbd> {words.discards}
        </span>
      )}
    </>
  );
}

const viewOf = ({ phase }: RecordingState): string =>
  phase === "paused" || phase === "finishing" ? "recording" : phase;

function Row({ state, recording, onDiscard }: { state: RecordingState; recording: Recording; onDiscard: () => void }) {
  if (state.phase === "asking") return <Asking onCancel={() => recording.cancel()} />;
  if (state.phase === "sending") return <SendingRow take={state.take} onHoldBack={() => recording.holdBack()} />;
  const discard = <IconButton label={words.discard} icon={Trash2} onClick={onDiscard} />;
  if (state.phase === "review") {
    return (
      <>
        {discard}
        <ReviewRow take={state.take} onSend={() => void recording.send()} />
      </>
    );
  }
  if (state.phase !== "recording" && state.phase !== "paused" && state.phase !== "finishing") return null;
  return (
    <>
      {discard}
      <RunningRow state={state} recording={recording} />
    </>
  );
}

export interface VoiceRecorderProps {
  recording: Recording;
  /** The strip that says whom it answers. */
  context: ReactNode;
}

export function VoiceRecorder({ recording, context }: VoiceRecorderProps) {
  const state = useSyncExternalStore(recording.subscribe, recording.get);
  const [isSure, setSure] = useState(true);
  useEffect(() => {
    const onHidden = () => document.hidden && recording.pause("hidden");
    document.addEventListener("visibilitychange", onHidden);
    return () => document.removeEventListener("visibilitychange", onHidden);
  }, [recording]);
  const discard = () => {
    if (state.phase === "asking") return recording.cancel();
    if (state.phase === "sending") return recording.holdBack();
    recording.pause();
    setSure(false);
  };
  const isAsked = !isSure && state.phase !== "sending";
  return (
    <Frame
      view={isAsked ? "sure" : viewOf(state)}
      context={context}
      foot={!isAsked && <Foot state={state} onAgain={() => void recording.send()} />}
      onEscape={isAsked ? () => setSure(true) : discard}
    >
      {isAsked ? (
        <Sure onKeep={() => setSure(true)} onRemove={() => recording.cancel()} />
      ) : (
        <Row {...{ state, recording }} onDiscard={discard} />
      )}
      <Announcer text={spokenOf(state)} />
    </Frame>
  );
}
