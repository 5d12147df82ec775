// The emoji in the shape that the picker's parts want, with what was used last as a category of its own.
import type { EmojiData } from "frimousse";
import { type EmojiEntry, entryOf, toned } from "./emoji-data.ts";
import { SKIN_TONES, type SkinTone } from "./emoji-memory.ts";

const words = {
  often: "Often used",
  groups: [
    "Smileys and feelings",
    "People and bodies",
    "",
    "Animals and nature",
    "Food and drink",
    "Travel and places",
    "Activities",
    "Objects",
    "Symbols",
    "Flags",
  ],
  tones: {
    light: "Light",
    "medium-light": "Medium-light",
    medium: "Medium",
    "medium-dark": "Medium-dark",
    dark: "Dark",
  },
};

const OFTEN = -1;
/** Three rows on a wide screen. */
const OFTEN_COUNT = 27;
/** What a class needs, until somebody has picked enough of their own. */
const FOR_SCHOOL = [..."😀😄😂🙂😉😍🤔😮😢👍👏🙌🙏💪👀✅❌⭐🎉💡📚📝🔬🧪🌱📐🔭"];
const SIGNS: Record<number, string> = {
  [OFTEN]: "🕘",
  0: "😀",
  1: "👋",
  3: "🌱",
  4: "🍎",
  5: "🚲",
  6: "⚽",
  7: "💡",
  8: "✅",
  9: "🏁",
};

type PartsEmoji = EmojiData["emojis"][number];

/** A category with the number of its emoji, for jumping to it. */
export interface PickerCategory {
  index: number;
  label: string;
  sign: string;
  count: number;
}

function partOf({ emoji, label, version, tags, shortcodes, tones, group }: EmojiEntry): PartsEmoji {
  const skins = Object.fromEntries(tones.map((one, index) => [SKIN_TONES[index + 1], one])) as PartsEmoji["skins"];
  const all = { emoji, category: group, label, version, tags: [...tags, ...shortcodes] };
  return tones.length > 0 ? { ...all, skins } : all;
}

/** What was picked last in the skin tone of then, then what is useful in a school; each emoji once. */
function oftenUsed(entries: EmojiEntry[], recent: readonly string[], tone: SkinTone): PartsEmoji[] {
  const found = new Map<EmojiEntry, string>();
  for (const emoji of recent) {
    const entry = entryOf(entries, emoji);
    if (entry && !found.has(entry)) found.set(entry, emoji);
  }
  for (const emoji of FOR_SCHOOL) {
    const entry = entryOf(entries, emoji);
    if (entry && !found.has(entry)) found.set(entry, toned(entry, tone));
  }
  return [...found]
    .slice(0, OFTEN_COUNT)
    .map(([entry, emoji]) => ({ emoji, category: OFTEN, label: entry.label, version: entry.version, tags: [] }));
}

/** As the parts rank what they find: by its label, then by how many of its words have the text in them. */
const rankOf = ({ label, tags }: PartsEmoji, text: string): number =>
  (label.toLowerCase().includes(text) ? 10 : 0) + tags.filter((tag) => tag.toLowerCase().includes(text)).length;

/**
 * The parts ask for their data when the address they were given changes, and take it as it is. So the address is used
 * as the name of a view: while searching, what was used last would show everything twice.
 */
export function createPickerData(entries: EmojiEntry[], recent: readonly string[], tone: SkinTone) {
  const all = entries.map(partOf);
  const often = oftenUsed(entries, recent, tone);
  const groups = [...new Set(entries.map(({ group }) => group))].map((index) => ({
    index,
    label: words.groups[index] ?? "",
  }));
  const categories: PickerCategory[] = [{ index: OFTEN, label: words.often }, ...groups].map((category) => ({
    ...category,
    sign: SIGNS[category.index] ?? "",
    count: category.index === OFTEN ? often.length : all.filter((one) => one.category === category.index).length,
  }));
  const searching = `search/${tone}`;
  const base = { locale: "en", skinTones: words.tones };
  return {
    categories,
    hand: entryOf(entries, "✋"),
    /** The one that stands first when the parts have found everything, which takes them a moment. */
    first(search: string): string | null {
      const text = search.toLowerCase().trim();
      const found = all.map((part) => ({ part, rank: rankOf(part, text) })).filter(({ rank }) => rank > 0);
      const group = groups.find(({ index }) => found.some(({ part }) => part.category === index));
      const [first] = found.filter(({ part }) => part.category === group?.index).toSorted((a, b) => b.rank - a.rank);
      const entry = first && entryOf(entries, first.part.emoji);
      return entry ? toned(entry, tone) : null;
    },
    view: (isSearching: boolean) => (isSearching ? searching : `all/${tone}`),
    resolve: (view: string | undefined): EmojiData =>
      view === searching
        ? { ...base, emojis: all, categories: groups }
        : { ...base, emojis: [...often, ...all], categories: [{ index: OFTEN, label: words.often }, ...groups] },
  };
}
