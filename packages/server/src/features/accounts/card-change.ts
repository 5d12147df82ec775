// Who sees somebody's card is told when it changed, and not when only something else about them did.
import type { Turn } from "../../kit/action.ts";
import { toCard } from "../../kit/cards.store.ts";
import type { UserRow } from "./accounts.store.ts";
import type { AccountsHooks } from "./context.ts";

export const tellOfCard = async (hooks: AccountsHooks, turn: Turn, before: UserRow, after: UserRow): Promise<void> => {
  const user = toCard(after);
  // Both come out of the same function, so that their fields are in one order.
  if (JSON.stringify(user) === JSON.stringify(toCard(before))) return;
  turn.effect({ do: "user-changed", user, logIds: await hooks.logIdsOf(turn.tx, after.id) });
};
