// All that other parts of the page need of the emoji: the picker, and emoji by name. One for each signed-in person.
import { createElement } from "react";
import { entryOf, findEmoji, toned } from "./emoji-data.ts";
import type { EmojiMemory } from "./emoji-memory.ts";
import { EmojiPopover, type EmojiPopoverProps } from "./emoji-popover.tsx";
import { loadEmoji } from "./emoji-source.ts";

const MOST_HITS = 8;

export interface NamedEmoji {
  emoji: string;
  shortcode: string;
  label: string;
}

export interface EmojiKit {
  /** The picker beside what opened it; a sheet from below on phones. */
  Picker: (props: Omit<EmojiPopoverProps, "memory">) => ReturnType<typeof createElement>;
  /** The best first, in the skin tone somebody likes. Fetches the data when it is first asked. */
  find: (query: string) => Promise<NamedEmoji[]>;
  /** Remembers an emoji that was taken without the picker. */
  onPicked: (emoji: string) => void;
  /** "waving hand", for what shows an emoji to somebody who cannot see it; null when it is unknown. */
  nameOf: (emoji: string) => Promise<string | null>;
}

/** The shortcode that fits what was typed. */
const codeFor = (codes: readonly string[], query: string): string =>
  codes.find((code) => code === query) ?? codes.find((code) => code.startsWith(query)) ?? codes[0] ?? "";

export function createEmojiKit(memory: EmojiMemory): EmojiKit {
  return {
    Picker: (props) => createElement(EmojiPopover, { ...props, memory }),
    async find(query) {
      const wanted = query.toLowerCase();
      const found = findEmoji(await loadEmoji(), wanted, MOST_HITS);
      return found.map((entry) => ({
        emoji: toned(entry, memory.tone()),
        shortcode: codeFor(entry.shortcodes, wanted),
        label: entry.label,
      }));
    },
    onPicked: (emoji) => memory.notePicked(emoji),
    nameOf: async (emoji) => entryOf(await loadEmoji(), emoji)?.label ?? null,
  };
}
