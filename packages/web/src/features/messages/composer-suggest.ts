// What is being asked for at the caret (@ a person, : an emoji, # a room), and who or what fits best.
import type { UserCard } from "@homeroom/protocol";
import { foldText } from "../../ui/names.ts";

export type SuggestKind = "person" | "emoji" | "room";

export interface Trigger {
  kind: SuggestKind;
  /** Where the sign stands. */
  start: number;
  /** The caret. */
  end: number;
  query: string;
}

export interface Suggestion {
  key: string;
  kind: SuggestKind;
  /** What is put into the text, without the space behind it. */
  text: string;
  label: string;
  /** The user name, or the shortcode. */
  detail?: string;
  person?: UserCard;
  emoji?: string;
  roomId?: number;
}

export interface RoomName {
  id: number;
  name: string;
}

/** What the emoji feature finds. */
export interface EmojiHit {
  emoji: string;
  shortcode: string;
  label: string;
}

export const MOST_SUGGESTIONS = 8;
/** No name is longer; looking back farther than this is of no use. */
const FARTHEST = 64;
const EMOJI_LETTERS = 2;

// A sign counts at the beginning of a word: not in an e-mail address, a time of day or a web address.
const ASKS: Record<SuggestKind, RegExp> = {
  person: /(?<![\p{L}\p{N}_@])@((?:[\p{L}\p{M}\p{N}._'’-]+ ?){0,3})$/u,
  emoji: /(?<![^\s([{"'“‘*_~>\p{Extended_Pictographic}\u{FE0F}])(?<!:):([\p{L}\p{N}_+-]+)$/u,
  room: /(?<![\p{L}\p{N}_#&/])#((?:[\p{L}\p{M}\p{N}._'’-]+ ?){0,4})$/u,
};
const SIGNS: Record<string, SuggestKind> = { "@": "person", ":": "emoji", "#": "room" };

/** What stands before the caret; null when nothing is asked for, or text is selected. */
export function triggerAt(text: string, caret: number, kinds: readonly SuggestKind[]): Trigger | null {
  const before = text.slice(Math.max(0, caret - FARTHEST), caret);
  let found: Trigger | null = null;
  for (const kind of new Set([...before].map((sign) => SIGNS[sign]))) {
    if (!kind || !kinds.includes(kind)) continue;
    const query = ASKS[kind].exec(before)?.[1];
    if (query === undefined || (kind === "emoji" && query.length < EMOJI_LETTERS)) continue;
    const start = caret - query.length - 1;
    if (!found || start > found.start) found = { kind, start, end: caret, query };
  }
  return found;
}

/** 0 whole · 1 the beginning of any of its words · 2 somewhere inside · null not at all. */
export function matchRank(name: string, folded: string): number | null {
  const text = foldText(name);
  if (text === folded) return 0;
  // more than one word ("anna sm") may begin at any of them, too
  if (text.startsWith(folded) || text.includes(` ${folded}`)) return 1;
  if (text.split(/[\s._-]+/).some((word) => word.startsWith(folded))) return 1;
  return folded.length > 1 && !folded.includes(" ") && text.includes(folded) ? 2 : null;
}

interface Ranked<T> {
  item: T;
  score: number;
}

function ranked<T>(items: readonly T[], names: (item: T) => string[], query: string): Ranked<T>[] {
  const folded = foldText(query);
  // a space ends the asking, unless more of the name follows
  if (folded.endsWith(" ")) return [];
  return items.flatMap((item) => {
    const scores = names(item)
      .map((name) => matchRank(name, folded))
      .filter((score) => score !== null);
    return scores.length > 0 ? [{ item, score: Math.min(...scores) }] : [];
  });
}

const isStaff = (person: UserCard): number => (person.role === "student" ? 1 : 0);

/** The best match first, staff before students, then by name. */
export function suggestPeople(people: readonly UserCard[], query: string): Suggestion[] {
  return ranked(people, (person) => [person.display_name, person.username], query)
    .toSorted(
      (a, b) =>
        a.score - b.score ||
        isStaff(a.item) - isStaff(b.item) ||
        a.item.display_name.localeCompare(b.item.display_name),
    )
    .slice(0, MOST_SUGGESTIONS)
    .map(({ item }) => ({
      key: `person-${item.id}`,
      kind: "person",
      text: `@${item.username}`,
      label: item.display_name,
      detail: `@${item.username}`,
      person: item,
    }));
}

export function suggestRooms(rooms: readonly RoomName[], query: string): Suggestion[] {
  return ranked(rooms, (room) => [room.name], query)
    .toSorted((a, b) => a.score - b.score || a.item.name.localeCompare(b.item.name))
    .slice(0, MOST_SUGGESTIONS)
    .map(({ item }) => ({
      key: `room-${item.id}`,
      kind: "room",
      text: `#${item.name}`,
      label: item.name,
      roomId: item.id,
    }));
}

export function suggestEmoji(hits: readonly EmojiHit[]): Suggestion[] {
  return hits.slice(0, MOST_SUGGESTIONS).map(({ emoji, shortcode, label }) => ({
    key: `emoji-${emoji}`,
    kind: "emoji",
    text: emoji,
    label,
    detail: `:${shortcode}:`,
    emoji,
  }));
}
