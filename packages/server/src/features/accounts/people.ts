// The list of people, and what an admin does to an account.
import { operations, Refusal, type Role, type UserCard } from "@homeroom/protocol";
import { act, type Turn } from "../../kit/action.ts";
import { toCard } from "../../kit/cards.store.ts";
import { pageOf, pageWindow } from "../../kit/page.ts";
import { isStaff, RANK, requireAdmin } from "./accounts.access.ts";
import { changeUser, findUser, lockAdmins, type UserRow } from "./accounts.store.ts";
import { tellOfCard } from "./card-change.ts";
import type { Context, Part } from "./context.ts";
import { endInvitesOf } from "./invites.store.ts";
import { findPeople } from "./people.store.ts";
import { endSessionsOf } from "./sessions.store.ts";

interface Change {
  role?: Role | undefined;
  is_active?: boolean | undefined;
}

/** Two admins who demote each other at once: the second finds themselves no admin any more, and one remains. */
const requireAnAdminLeft = async (turn: Turn, target: UserRow, by: UserCard): Promise<void> => {
  const admins = await lockAdmins(turn.tx);
  if (!admins.includes(by.id)) throw new Refusal("forbidden");
  if (admins.every((id) => id === target.id)) throw new Refusal("last_admin");
};

const applyChange = async ({ hooks }: Context, turn: Turn, by: UserCard, id: number, change: Change) => {
  const before = await findUser(turn.tx, id);
  if (!before) throw new Refusal("not_found");
  if (id === by.id) throw new Refusal("cannot_target_self");
  const isLeaving = Boolean(before.is_active) && change.is_active === false;
  const isReturning = !before.is_active && change.is_active === true;
  const isDemoted = change.role !== undefined && RANK[change.role] < RANK[before.role as Role];
  if (before.role === "admin" && (isLeaving || isDemoted)) await requireAnAdminLeft(turn, before, by);
  const after = await changeUser(turn.tx, id, change);
  await tellOfCard(hooks, turn, before, after);
  // Nobody is let in any more by the word of somebody who could not give it today.
  if (isLeaving || isDemoted) await endInvitesOf(turn.tx, id, turn.now);
  if (isLeaving || isReturning) await hooks.tellOfWaiting(turn, id, isReturning);
  // A student hosts no room.
  if (isDemoted && !isLeaving && change.role === "student") await hooks.handOver(turn, toCard(after), by);
  if (isLeaving) {
    await hooks.leaveEverywhere(turn, toCard(after), by);
    turn.effect({ do: "end-sessions", sessionIds: await endSessionsOf(turn.tx, id, turn.now) });
  }
  return after;
};

export const peoplePart = (context: Context): Part<"listUsers" | "updateUser"> => {
  const { kit } = context;
  return {
    listUsers: async ({ query }, { caller }) => {
      const sharingWith = isStaff(caller.user) ? null : caller.user.id;
      const window = pageWindow(query);
      const people = await findPeople(kit.db.read, { sharingWith, search: query.search ?? "", ...window });
      return { status: 200, body: pageOf(people, { path: operations.listUsers.path, query }) };
    },

    updateUser: async ({ params, body }, { caller }) => {
      requireAdmin(caller);
      const user = await act(kit, (turn) => applyChange(context, turn, caller.user, params.id, body));
      return { status: 200, body: { ...toCard(user), is_active: Boolean(user.is_active) } };
    },
  };
};
