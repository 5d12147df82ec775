// A voice message in a message's row: its frame is there at once, the player comes with a file of its own.
import type { Attachment } from "@homeroom/protocol";
import { RotateCw, ShieldX } from "lucide-react";
import { type ComponentType, type ReactNode, useEffect, useState } from "react";
import { Icon } from "../../ui/icon.tsx";
import { Spinner } from "../../ui/spinner.tsx";
import type { VoicePlayerProps } from "./voice-player.tsx";
import { lengthText } from "./waveform.ts";

const words = {
  name: (length: string) => `Voice message, ${length}`,
  unknown: "Voice message",
  scanning: "Being checked for viruses",
  infected: "Blocked: the virus check found something",
  unreadable: "Blocked: this recording is damaged",
  missing: "The player did not arrive.",
  again: "Try again",
};

let Player: ComponentType<VoicePlayerProps> | null = null;

/** The player, once its file is there. A file that did not arrive is fetched again when asked. */
function usePlayer() {
  const [isThere, setThere] = useState(Player !== null);
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    if (isThere || hasFailed) return;
    let isStale = false;
    const load = async () => {
      try {
        ({ VoicePlayer: Player } = await import("./voice-player.tsx"));
        if (!isStale) setThere(true);
      } catch {
        if (!isStale) setFailed(true);
      }
    };
    void load();
    return () => {
      isStale = true;
    };
  }, [isThere, hasFailed]);
  return { Player: isThere ? Player : null, hasFailed, again: () => setFailed(false) };
}

interface FrameProps {
  label: string;
  time: string;
  /** Stands where the player has its button. */
  sign: ReactNode;
  children?: ReactNode;
}

function Frame({ label, time, sign, children }: FrameProps) {
  return (
    <fieldset className="hr-voice" aria-label={label}>
      {sign}
      <span className="hr-voice-word">{children}</span>
      <span className="hr-voice-ends">
        <span className="hr-voice-time hr-num">{time}</span>
      </span>
    </fieldset>
  );
}

export interface VoiceMessageProps {
  attachment: Pick<Attachment, "id" | "url" | "duration_ms" | "waveform" | "state" | "problem">;
}

export function VoiceMessage({ attachment }: VoiceMessageProps) {
  const { id, url, duration_ms, waveform, state, problem } = attachment;
  const { Player: Loaded, hasFailed, again } = usePlayer();
  const time = duration_ms === null ? "" : lengthText(duration_ms);
  const label = time ? words.name(time) : words.unknown;
  if (state === "scanning") {
    return (
      <Frame {...{ label, time }} sign={<Sign icon={<Spinner />} />}>
        {words.scanning}
      </Frame>
    );
  }
  if (state === "quarantined") {
    return (
      <Frame {...{ label, time }} sign={<Sign icon={<Icon icon={ShieldX} />} />}>
        <span className="is-bad">{problem === "unreadable" ? words.unreadable : words.infected}</span>
      </Frame>
    );
  }
  if (Loaded) return <Loaded {...{ id, src: url, duration_ms, waveform, label }} />;
  if (!hasFailed) return <Frame {...{ label, time }} sign={<Sign icon={null} />} />;
  const retry = (
    <button type="button" className="hr-voice-play" aria-label={words.again} title={words.again} onClick={again}>
      <Icon icon={RotateCw} size={18} />
    </button>
  );
  return (
    <Frame {...{ label, time }} sign={retry}>
      <span className="is-bad">{words.missing}</span>
    </Frame>
  );
}

const Sign = ({ icon }: { icon: ReactNode }) => <span className="hr-voice-sign">{icon}</span>;
