// The emoji of whoever is signed in: one picker, one memory of what they used, for writing and for reactions.
import { createEmojiKit, type EmojiKit } from "../features/emoji/emoji-kit.ts";
import { createEmojiMemory } from "../features/emoji/emoji-memory.ts";

let kept: { id: number; kit: EmojiKit } | null = null;

/** The same one as long as the same person is signed in. */
export function emojiKitOf(userId: number): EmojiKit {
  if (kept?.id !== userId) kept = { id: userId, kit: createEmojiKit(createEmojiMemory(localStorage, userId)) };
  return kept.kit;
}
