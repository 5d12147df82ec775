// Voice messages that are being recorded or wait to be sent: one for each place, kept while another place is open.
// Only one microphone is open at a time, and none where nobody sees it.
import type { Message } from "@homeroom/protocol";
import { type Place, placeKey, type PlaceKey } from "../../features/messages/place.ts";
import type { Recording, RecordingState, Take } from "../../features/voice/recording.ts";
import type * as Kit from "../../features/voice/voice-kit.ts";
import { sendMessage } from "../actions/messages.ts";
import type { Core } from "../core.ts";

/** Fetched with the first press of the microphone. */
export type VoiceKit = typeof Kit;

/** What goes with the sound. */
export interface VoiceWords {
  quoted: Message["reply_preview"];
  alsoInRoom: boolean;
}

export type Ending = Extract<RecordingState, { phase: "sent" | "cancelled" | "refused" }>;

interface Entry {
  readonly recording: Recording;
  /** As they were when it was sent. */
  wordsOf: () => VoiceWords;
}

export interface VoiceDesk {
  at(place: PlaceKey): Recording | null;
  subscribe: (listener: () => void) => () => void;
  /** Told when something recorded here has come to its end. */
  onEnding(place: PlaceKey, listener: (ending: Ending) => void): () => void;
  begin(kit: VoiceKit, place: Place): void;
  /** Asked at the moment of sending. */
  setWords(place: PlaceKey, wordsOf: () => VoiceWords): void;
  /** Nobody looks there any more: the microphone is off, what was recorded stays. */
  leave(place: PlaceKey): void;
  /** Somebody else has signed in: nothing is left. */
  clear(): void;
}

const ENDS: [string, string][] = [
  ["audio/mp4", "m4a"],
  ["audio/ogg", "ogg"],
  ["audio/webm", "webm"],
];
const nameOf = ({ type }: Blob) => `voice-message.${ENDS.find(([mime]) => type.startsWith(mime))?.[1] ?? "webm"}`;

const fieldsOf = ({ duration_ms, waveform }: Take) => ({
  kind: "voice",
  duration_ms: String(duration_ms),
  waveform: JSON.stringify(waveform),
});

const isEnding = (state: RecordingState): state is Ending =>
  state.phase === "sent" || state.phase === "cancelled" || state.phase === "refused";

const noWords = (): VoiceWords => ({ quoted: null, alsoInRoom: false });

/** Leaving the page would lose what has not been sent. */
const warn = (event: BeforeUnloadEvent) => event.preventDefault();

function createDesk(core: Core): VoiceDesk {
  const entries = new Map<PlaceKey, Entry>();
  const listeners = new Set<() => void>();
  const endings = new Map<PlaceKey, (ending: Ending) => void>();

  const changed = () => {
    if (entries.size > 0) window.addEventListener("beforeunload", warn);
    else window.removeEventListener("beforeunload", warn);
    for (const listener of listeners) listener();
  };

  const leave = (place: PlaceKey) => {
    const recording = entries.get(place)?.recording;
    if (recording?.get().phase === "asking") recording.cancel();
    else void recording?.stop("leaving");
  };

  /** One key for all tries: however often it is sent, it arrives once. */
  const deliverTo = (place: Place) => {
    const idempotencyKey = core.randomId();
    return async (take: Take, { part, signal }: { part: (part: number) => void; signal: AbortSignal }) => {
      const words = entries.get(placeKey(place))?.wordsOf() ?? noWords();
      const attachment = await core.upload({
        file: take.blob,
        name: nameOf(take.blob),
        fields: fieldsOf(take),
        idempotencyKey,
        signal,
        onProgress: (sent) => part(Math.min(1, sent / take.blob.size)),
      });
      sendMessage(core, place, { content: "", ...words, attachments: [attachment] });
    };
  };

  const follow = (kit: VoiceKit, place: PlaceKey, recording: Recording) => {
    let sound: Blob | null = null;
    recording.subscribe(() => {
      const state = recording.get();
      if (state.phase === "review") sound = state.take.blob;
      if (!isEnding(state)) return;
      if (sound) kit.release(sound);
      if (entries.get(place)?.recording === recording) entries.delete(place);
      changed();
      endings.get(place)?.(state);
    });
  };

  return {
    at: (place) => entries.get(place)?.recording ?? null,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onEnding(place, listener) {
      endings.set(place, listener);
      return () => {
        if (endings.get(place) === listener) endings.delete(place);
      };
    },
    begin(kit, place) {
      const key = placeKey(place);
      if (entries.has(key)) return;
      for (const other of entries.keys()) leave(other);
      kit.hush();
      const recording = kit.createRecording({
        open: kit.openMicrophone,
        clock: core.clock,
        deliver: deliverTo(place),
      });
      entries.set(key, { recording, wordsOf: noWords });
      follow(kit, key, recording);
      changed();
      void recording.begin();
    },
    setWords(place, wordsOf) {
      const entry = entries.get(place);
      if (entry) entry.wordsOf = wordsOf;
    },
    leave,
    clear() {
      for (const { recording } of entries.values()) {
        recording.holdBack();
        recording.cancel();
      }
      entries.clear();
      changed();
    },
  };
}

const desks = new WeakMap<Core, { id: number; desk: VoiceDesk }>();

/** The same one as long as the same person is signed in, also after signing in again. */
export function voiceDeskOf(core: Core, userId: number): VoiceDesk {
  const kept = desks.get(core);
  if (kept?.id === userId) return kept.desk;
  kept?.desk.clear();
  const desk = createDesk(core);
  desks.set(core, { id: userId, desk });
  return desk;
}
