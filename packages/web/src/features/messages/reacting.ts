// My reaction to a message, as the message shows it before the server has answered. Pure.
import type { Reaction } from "@homeroom/protocol";

export const isMine = (reactions: readonly Reaction[], emoji: string, me: number): boolean =>
  reactions.some((one) => one.emoji === emoji && one.user_ids.includes(me));

/** The reactions with mine added or taken back; others keep their order, a new emoji comes last. */
export function withMine(reactions: readonly Reaction[], emoji: string, me: number, isOn: boolean): Reaction[] {
  if (isMine(reactions, emoji, me) === isOn) return [...reactions];
  if (isOn && !reactions.some((one) => one.emoji === emoji)) return [...reactions, { emoji, count: 1, user_ids: [me] }];
  return reactions
    .map((one) => {
      if (one.emoji !== emoji) return one;
      const user_ids = isOn ? [...one.user_ids, me] : one.user_ids.filter((id) => id !== me);
      return { ...one, user_ids, count: one.count + (isOn ? 1 : -1) };
    })
    .filter((one) => one.count > 0);
}
