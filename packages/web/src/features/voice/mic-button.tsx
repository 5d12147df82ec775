// The way to a voice message, beside the message box.
import { Mic } from "lucide-react";
import type { Ref } from "react";
import { IconButton } from "../../ui/button.tsx";

const words = { record: "Record a voice message" };

export interface MicButtonProps {
  onPress: () => void;
  /** Somebody is about to press it. */
  onNear: () => void;
  ref?: Ref<HTMLButtonElement>;
}

export function MicButton({ onPress, onNear, ref }: MicButtonProps) {
  return (
    <IconButton
      ref={ref}
      label={words.record}
      icon={Mic}
      className="hr-mic"
      onClick={onPress}
      onPointerEnter={onNear}
      onFocus={onNear}
    />
  );
}
