// The emoji there are: read from the build's data file, found by shortcode or word.
import { foldText } from "../../ui/names.ts";
import { SKIN_TONES, type SkinTone } from "./emoji-memory.ts";

export interface EmojiEntry {
  emoji: string;
  /** "waving hand" */
  label: string;
  /** Unicode's group, 0 to 9. */
  group: number;
  /** The version of Unicode's emoji that brought it. */
  version: number;
  /** Words to find it by. */
  tags: string[];
  /** Without colons, the usual one first. */
  shortcodes: string[];
  /** From light to dark; empty when it has no skin. */
  tones: string[];
}

type Row = [
  emoji: string,
  label: string,
  group: number,
  version: number,
  tags: string,
  shortcodes: string,
  tones: string,
];

const split = (text: string): string[] => (text ? text.split(" ") : []);

const isRow = (row: unknown): row is Row =>
  Array.isArray(row) && row.length === 7 && typeof row[0] === "string" && typeof row[1] === "string";

/** Throws when the file is not what the build wrote: half a download, or a proxy's error page. */
export function readEmojiRows(data: unknown): EmojiEntry[] {
  if (!Array.isArray(data) || data.length === 0 || !data.every(isRow)) throw new Error("This is no emoji data.");
  return data.map(([emoji, label, group, version, tags, shortcodes, tones]) => ({
    emoji,
    label,
    group,
    version,
    tags: split(tags),
    shortcodes: split(shortcodes),
    tones: split(tones),
  }));
}

/** In the skin tone somebody likes, where it has one. */
export function toned(entry: EmojiEntry, tone: SkinTone): string {
  return entry.tones[SKIN_TONES.indexOf(tone) - 1] ?? entry.emoji;
}

/** The entry of an emoji in whatever skin tone. */
export function entryOf(entries: readonly EmojiEntry[], emoji: string): EmojiEntry | undefined {
  return entries.find((entry) => entry.emoji === emoji || entry.tones.includes(emoji));
}

/** 0 is best; null is no match. `query` is folded. */
function rank({ shortcodes, label, tags }: EmojiEntry, query: string): number | null {
  if (shortcodes.includes(query)) return 0;
  if (shortcodes.some((code) => code.startsWith(query))) return 1;
  const parts = (text: string) => text.split(/[_\s-]+/);
  if (shortcodes.some((code) => parts(code).some((part) => part.startsWith(query)))) return 2;
  const spaced = query.replaceAll("_", " ");
  if (foldText(label).includes(spaced)) return 3;
  if (tags.some((tag) => tag.startsWith(spaced))) return 4;
  return null;
}

/** Shortcode first, then names and words; what is older and better known wins among equals. */
export function findEmoji(entries: readonly EmojiEntry[], query: string, limit: number): EmojiEntry[] {
  const folded = foldText(query);
  if (!folded) return [];
  return entries
    .map((entry) => ({ entry, score: rank(entry, folded) }))
    .filter((hit): hit is { entry: EmojiEntry; score: number } => hit.score !== null)
    .toSorted((a, b) => a.score - b.score || (a.score === 1 ? shortest(a.entry) - shortest(b.entry) : 0))
    .slice(0, limit)
    .map(({ entry }) => entry);
}

const shortest = ({ shortcodes }: EmojiEntry): number => Math.min(...shortcodes.map((code) => code.length));

/** The emoji of exactly this shortcode. */
export function emojiNamed(entries: readonly EmojiEntry[], shortcode: string): EmojiEntry | undefined {
  return entries.find(({ shortcodes }) => shortcodes.includes(shortcode.toLowerCase()));
}
