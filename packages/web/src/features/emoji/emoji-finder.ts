// Emoji by name, out of the data file. Fetched when somebody first asks.
import { entryOf, findEmoji, toned } from "./emoji-data.ts";
import type { NamedEmoji } from "./emoji-kit.tsx";
import type { SkinTone } from "./emoji-memory.ts";
import { loadEmoji } from "./emoji-source.ts";

const MOST_HITS = 8;

/** The shortcode that fits what was typed. */
const codeFor = (codes: readonly string[], query: string): string =>
  codes.find((code) => code === query) ?? codes.find((code) => code.startsWith(query)) ?? codes[0] ?? "";

export async function findNamed(query: string, tone: SkinTone): Promise<NamedEmoji[]> {
  const wanted = query.toLowerCase();
  const found = findEmoji(await loadEmoji(), wanted, MOST_HITS);
  return found.map((entry) => ({
    emoji: toned(entry, tone),
    shortcode: codeFor(entry.shortcodes, wanted),
    label: entry.label,
  }));
}

export async function nameOf(emoji: string): Promise<string | null> {
  return entryOf(await loadEmoji(), emoji)?.label ?? null;
}
