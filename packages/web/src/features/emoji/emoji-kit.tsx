// All that other parts of the page need of the emoji: the picker, and emoji by name. One for each signed-in person.
// Light, because it comes with the page; what it opens is fetched when it is opened.
import { type ComponentType, type ReactNode, useEffect, useState } from "react";
import type { EmojiMemory } from "./emoji-memory.ts";
import type { EmojiPopoverProps } from "./emoji-popover.tsx";

export interface NamedEmoji {
  emoji: string;
  shortcode: string;
  label: string;
}

export type PickerProps = Omit<EmojiPopoverProps, "memory">;

export interface EmojiKit {
  /** The picker beside what opened it; a sheet from below on phones. */
  Picker: (props: PickerProps) => ReactNode;
  /** The best first, in the skin tone somebody likes. Fetches the data when it is first asked. */
  find: (query: string) => Promise<NamedEmoji[]>;
  /** Remembers an emoji that was taken without the picker. */
  onPicked: (emoji: string) => void;
  /** What was taken lately, the last first. */
  recent: () => string[];
  /** "waving hand", for what shows an emoji to somebody who cannot see it; null when it is unknown. */
  nameOf: (emoji: string) => Promise<string | null>;
}

type Popover = ComponentType<EmojiPopoverProps>;
let fetched: Popover | null = null;

interface DoorProps extends EmojiPopoverProps {
  /** Its file did not arrive; it closes, and the next click tries again. */
  onFailed: (error: unknown) => void;
}

function Door({ onFailed, ...props }: DoorProps) {
  const [Content, setContent] = useState<Popover | null>(() => fetched);
  const { onClose } = props;
  const isMissing = Content === null;
  useEffect(() => {
    if (!isMissing) return;
    let current = true;
    const open = async () => {
      try {
        fetched = (await import("./emoji-popover.tsx")).EmojiPopover;
        if (current) setContent(() => fetched);
      } catch (error) {
        if (!current) return;
        onFailed(error);
        onClose();
      }
    };
    void open();
    return () => {
      current = false;
    };
  }, [isMissing, onFailed, onClose]);
  return Content && <Content {...props} />;
}

export function createEmojiKit(memory: EmojiMemory, onFailed: (error: unknown) => void): EmojiKit {
  return {
    Picker: (props) => <Door {...props} memory={memory} onFailed={onFailed} />,
    find: async (query) => (await import("./emoji-finder.ts")).findNamed(query, memory.tone()),
    recent: memory.recent,
    onPicked: (emoji) => memory.notePicked(emoji),
    nameOf: async (emoji) => (await import("./emoji-finder.ts")).nameOf(emoji),
  };
}
