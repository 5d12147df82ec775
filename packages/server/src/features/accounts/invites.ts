// Codes with which people make their accounts: who may make which.
import { operations, Refusal, type Role } from "@homeroom/protocol";
import { act, actOnce } from "../../kit/action.ts";
import type { Caller } from "../../kit/call.ts";
import { pageOf, pageWindow } from "../../kit/page.ts";
import type { Db } from "../../kit/tables.ts";
import { requireStaff } from "./accounts.access.ts";
import { newCode } from "./codes.ts";
import type { AccountsHooks, Context, Part } from "./context.ts";
import { endInvite, findInvites, insertInvite, toInvite } from "./invites.store.ts";

/** Admins see to everybody's codes, a teacher to their own. */
const ownerFilter = ({ user }: Caller): number | null => (user.role === "admin" ? null : user.id);

interface Asked {
  role: Role;
  room?: number | undefined;
}

const requireInviter = async (hooks: AccountsHooks, db: Db, caller: Caller, { role, room }: Asked): Promise<void> => {
  requireStaff(caller);
  if (caller.user.role !== "admin") {
    if (role !== "student") throw new Refusal("forbidden");
    if (room === undefined) throw new Refusal("bad_request", { fields: { room: ["Name a room of yours."] } });
  }
  if (room !== undefined) await hooks.requireModerator(db, caller, room);
};

const readExpiry = (expires_at: string | undefined, now: number): number | null => {
  if (expires_at === undefined) return null;
  const at = Date.parse(expires_at);
  if (at > now) return at;
  throw new Refusal("bad_request", { fields: { expires_at: ["Must be in the future."] } });
};

export const invitesPart = ({ kit, hooks }: Context): Part<"listInvites" | "createInvite" | "deleteInvite"> => ({
  listInvites: async ({ query }, { caller }) => {
    requireStaff(caller);
    const rows = await findInvites(kit.db.read, ownerFilter(caller), pageWindow(query));
    return { status: 200, body: pageOf(rows.map(toInvite), { path: operations.listInvites.path, query }) };
  },

  createInvite: async ({ body }, call) => {
    requireStaff(call.caller);
    const expires_at = readExpiry(body.expires_at, kit.clock.now());
    return actOnce(kit, call, async ({ tx, now }) => {
      await requireInviter(hooks, tx, call.caller, body);
      const invite = await insertInvite(tx, {
        code: newCode(),
        role: body.role,
        room_id: body.room ?? null,
        max_uses: body.max_uses ?? null,
        expires_at,
        created_by: call.caller.user.id,
        created_at: now,
      });
      return { status: 201 as const, body: toInvite(invite) };
    });
  },

  deleteInvite: async ({ params }, { caller }) => {
    requireStaff(caller);
    const ended = await act(kit, ({ tx, now }) => endInvite(tx, params.id, ownerFilter(caller), now));
    if (!ended) throw new Refusal("not_found");
    return { status: 204, body: undefined };
  },
});
