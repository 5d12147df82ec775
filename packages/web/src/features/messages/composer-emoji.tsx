// The composer's emoji button. The picker behind it is another feature's: the page puts the two together.
import { Smile } from "lucide-react";
import { type ComponentType, useState } from "react";
import { IconButton } from "../../ui/button.tsx";
import type { EmojiHit } from "./composer-suggest.ts";

const words = { emoji: "Emoji" };

export interface EmojiPickerProps {
  /** What opened it: it stands beside this, and gives the focus back to it. */
  anchor: HTMLElement;
  onPick: (emoji: string) => void;
  onClose: () => void;
}

export interface ComposerEmoji {
  Picker: ComponentType<EmojiPickerProps>;
  /** By the beginning of a name; fetches its data when it is first asked. Must stay the same function. */
  find: (query: string) => Promise<EmojiHit[]>;
  /** One was taken by its name. */
  onPicked?: (emoji: string) => void;
}

export function EmojiButton({ emoji, onPick }: { emoji: ComposerEmoji; onPick: (emoji: string) => void }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const { Picker } = emoji;
  const pick = (picked: string) => {
    setAnchor(null);
    onPick(picked);
  };
  return (
    <>
      <IconButton
        label={words.emoji}
        icon={Smile}
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(anchor ? null : event.currentTarget)}
      />
      {anchor && <Picker anchor={anchor} onPick={pick} onClose={() => setAnchor(null)} />}
    </>
  );
}
