// Voice messages of a place: the button beside the message box, and the recorder in the box's place.
import type { Me } from "@homeroom/protocol";
import { MicOff } from "lucide-react";
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from "react";
import type { ComposerNotice } from "../../features/messages/composer-parts.tsx";
import { type Place, placeKey } from "../../features/messages/place.ts";
import { MicButton } from "../../features/voice/mic-button.tsx";
import { deviceShelf } from "../../kit/shelf.ts";
import { useApp, useClient } from "../store.ts";
import { type Ending, voiceDeskOf, type VoiceKit, type VoiceWords } from "./voice-desk.ts";

const words = { missing: "The recorder did not arrive. Check your connection, then try again." };

/** That somebody has read why the browser will ask. */
const EXPLAINED = "homeroom.microphone-explained";

let kit: VoiceKit | null = null;
async function fetchKit(): Promise<VoiceKit> {
  kit ??= await import("../../features/voice/voice-kit.ts");
  return kit;
}
const preload = () => void fetchKit().catch(() => undefined);

/** Rooms may switch voice messages off; a private chat keeps to its room. */
const useAllowed = (place: Place): boolean =>
  useApp(({ rooms, threads }) => {
    const room = place.kind === "private" ? threads.byId[place.thread]?.room : place.room;
    return room === undefined || rooms.byId[room]?.allow_voice !== false;
  });

export interface VoiceOptions {
  place: Place;
  me: Me;
  /** Nobody can write here now. */
  isClosed: boolean;
  wordsOf: () => VoiceWords;
  onSent: () => void;
  /** Where one goes on writing. */
  focusBox: () => void;
}

export interface Voice {
  mic: ReactNode;
  recorder: ((context: ReactNode) => ReactNode) | null;
  notice: ComposerNotice | null;
  clearNotice: () => void;
}

/** Whoever was in the recorder is in the box now, or at the button where a keyboard would jump up. */
function giveBack(goal: "box" | "mic", mic: HTMLButtonElement | null, focusBox: () => void): void {
  if (document.activeElement && document.activeElement !== document.body) return;
  const isTyping = matchMedia("(pointer: fine)").matches;
  if (!mic || (goal === "box" && isTyping)) focusBox();
  else mic.focus();
}

/** Tells what was sent, and why there was nothing to record. */
function useEnding(options: VoiceOptions, tell: (ending: Ending) => void) {
  const { place, me } = options;
  const desk = voiceDeskOf(useClient(), me.id);
  const latest = useRef({ tell, options });
  useLayoutEffect(() => {
    latest.current = { tell, options };
  });
  const key = placeKey(place);
  const recording = useSyncExternalStore(desk.subscribe, () => desk.at(key));
  useEffect(() => {
    const stop = desk.onEnding(key, (ending) => latest.current.tell(ending));
    return () => {
      stop();
      desk.leave(key);
    };
  }, [desk, key]);
  useEffect(() => {
    if (recording) desk.setWords(key, () => latest.current.options.wordsOf());
    if (recording && options.isClosed) desk.leave(key);
  }, [desk, key, recording, options.isClosed]);
  return { desk, key, recording };
}

export function useVoice(options: VoiceOptions): Voice {
  const { place, focusBox, onSent } = options;
  const isAllowed = useAllowed(place);
  const goal = useRef<"box" | "mic" | null>(null);
  const [notice, setNotice] = useState<ComposerNotice | null>(null);
  const [explainedAt, setExplainedAt] = useState<string | null>(null);
  const { desk, key, recording } = useEnding(options, (ending) => {
    goal.current = ending.phase === "sent" ? "box" : "mic";
    if (ending.phase === "sent") onSent();
    if (ending.phase === "refused" && kit) {
      setNotice({ tone: "bad", text: kit.troubleText(ending.trouble), icon: MicOff });
    }
  });
  const isExplaining = explainedAt === key && kit !== null && !recording;
  const mic = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (recording || isExplaining || !goal.current) return;
    giveBack(goal.current, mic.current, focusBox);
    goal.current = null;
  });

  const begin = () => {
    setExplainedAt(null);
    deviceShelf.setItem(EXPLAINED, "yes");
    if (kit) desk.begin(kit, place);
  };
  const press = async () => {
    setNotice(null);
    try {
      const { willAsk } = await fetchKit();
      if (deviceShelf.getItem(EXPLAINED) === null && (await willAsk())) setExplainedAt(key);
      else begin();
    } catch {
      setNotice({ tone: "bad", text: words.missing });
    }
  };
  const notNow = () => {
    goal.current = "mic";
    setExplainedAt(null);
  };
  const recorderOf = (): Voice["recorder"] => {
    if (!kit) return null;
    const { VoiceExplained, VoiceRecorder } = kit;
    if (recording) return (context) => <VoiceRecorder recording={recording} context={context} />;
    if (!isExplaining) return null;
    return (context) => <VoiceExplained context={context} onContinue={begin} onCancel={notNow} />;
  };
  return {
    mic: isAllowed && <MicButton ref={mic} onPress={() => void press()} onNear={preload} />,
    recorder: recorderOf(),
    notice,
    clearNotice: () => setNotice(null),
  };
}
