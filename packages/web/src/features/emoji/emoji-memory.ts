// What somebody picked lately and the skin tone they like, kept on this device for each person.
import { isText, readList, type Shelf } from "../../kit/shelf.ts";

export type SkinTone = "none" | "light" | "medium-light" | "medium" | "medium-dark" | "dark";
export const SKIN_TONES: readonly SkinTone[] = ["none", "light", "medium-light", "medium", "medium-dark", "dark"];

export interface EmojiMemory {
  /** The latest first. */
  recent: () => string[];
  notePicked: (emoji: string) => void;
  tone: () => SkinTone;
  setTone: (tone: SkinTone) => void;
}

/** Two rows and a bit of the picker. */
const MOST_RECENT = 27;

export function createEmojiMemory(shelf: Pick<Shelf, "getItem" | "setItem">, userId: number): EmojiMemory {
  const [recentKey, toneKey] = [`homeroom.emoji.${userId}.recent`, `homeroom.emoji.${userId}.tone`];
  const known = () => readList(shelf, recentKey, isText).slice(0, MOST_RECENT);
  let list = known();
  let tone = SKIN_TONES.find((one) => one === shelf.getItem(toneKey)) ?? "none";
  return {
    recent: () => list,
    notePicked(emoji) {
      // another tab may have added its own
      list = [emoji, ...known().filter((one) => one !== emoji)].slice(0, MOST_RECENT);
      shelf.setItem(recentKey, JSON.stringify(list));
    },
    tone: () => tone,
    setTone(next) {
      tone = next;
      shelf.setItem(toneKey, next);
    },
  };
}
