// People's cards, wherever they stand in what is kept: one person's are replaced, and everything else stays the same.
import type { UserCard } from "@homeroom/protocol";

/** A card, or somebody's card with more about them. */
const isCardOf = (value: object, id: number): value is UserCard =>
  "id" in value && value.id === id && "username" in value && "display_name" in value;

const isSame = (card: UserCard, user: UserCard): boolean =>
  (Object.keys(user) as (keyof UserCard)[]).every((key) => card[key] === user[key]);

/** What holds no card of theirs, or only ones that say the same, is the same object as before. */
export function withCard<T>(value: T, user: UserCard): T {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const next = value.map((one: unknown) => withCard(one, user));
    return next.some((one, index) => one !== value[index]) ? (next as T) : value;
  }
  if (isCardOf(value, user.id)) return isSame(value, user) ? value : { ...value, ...user };
  const changed = Object.entries(value).flatMap(([key, one]) => {
    const next: unknown = withCard(one, user);
    return next === one ? [] : [[key, next] as const];
  });
  return changed.length > 0 ? { ...value, ...Object.fromEntries(changed) } : value;
}
