// What somebody picked lately and the skin tone they like, kept on this device for each person.
export type SkinTone = "none" | "light" | "medium-light" | "medium" | "medium-dark" | "dark";
export const SKIN_TONES: readonly SkinTone[] = ["none", "light", "medium-light", "medium", "medium-dark", "dark"];

export interface EmojiMemory {
  /** The latest first. */
  recent: () => string[];
  notePicked: (emoji: string) => void;
  tone: () => SkinTone;
  setTone: (tone: SkinTone) => void;
}

type Shelf = Pick<Storage, "getItem" | "setItem">;

/** Two rows and a bit of the picker. */
const MOST_RECENT = 27;

/** Storage may be full, forbidden or written by somebody else; then it lasts as long as the page. */
function readList(shelf: Shelf, key: string): string[] {
  try {
    const list: unknown = JSON.parse(shelf.getItem(key) ?? "[]");
    return Array.isArray(list) ? list.filter((one) => typeof one === "string").slice(0, MOST_RECENT) : [];
  } catch {
    return [];
  }
}

function readTone(shelf: Shelf, key: string): SkinTone {
  try {
    return SKIN_TONES.find((tone) => tone === shelf.getItem(key)) ?? "none";
  } catch {
    return "none";
  }
}

function write(shelf: Shelf, key: string, value: string): void {
  try {
    shelf.setItem(key, value);
  } catch {
    // full or forbidden
  }
}

export function createEmojiMemory(shelf: Shelf, userId: number): EmojiMemory {
  const [recentKey, toneKey] = [`homeroom.emoji.${userId}.recent`, `homeroom.emoji.${userId}.tone`];
  let list = readList(shelf, recentKey);
  let tone = readTone(shelf, toneKey);
  return {
    recent: () => list,
    notePicked(emoji) {
      // another tab may have added its own
      const known = readList(shelf, recentKey);
      list = [emoji, ...(known.length > 0 ? known : list).filter((one) => one !== emoji)].slice(0, MOST_RECENT);
      write(shelf, recentKey, JSON.stringify(list));
    },
    tone: () => tone,
    setTone(next) {
      tone = next;
      write(shelf, toneKey, next);
    },
  };
}
