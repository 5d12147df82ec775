// The emoji of whoever is signed in: one picker, one memory of what they used, for writing and for reactions.
import { createEmojiKit, type EmojiKit } from "../features/emoji/emoji-kit.tsx";
import { createEmojiMemory } from "../features/emoji/emoji-memory.ts";
import { deviceShelf } from "../kit/shelf.ts";
import { complain, type Core } from "./core.ts";

const kits = new WeakMap<Core, { id: number; kit: EmojiKit }>();

/** The same one as long as the same person is signed in. */
export function emojiKitOf(core: Core, userId: number): EmojiKit {
  const kept = kits.get(core);
  if (kept?.id === userId) return kept.kit;
  const kit = createEmojiKit(createEmojiMemory(deviceShelf, userId), (error) => complain(core, error));
  kits.set(core, { id: userId, kit });
  return kit;
}
