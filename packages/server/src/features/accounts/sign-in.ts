// Making an account and signing in.
import { Refusal, type Role } from "@homeroom/protocol";
import { act, type Turn } from "../../kit/action.ts";
import type { HttpDoor } from "../../kit/call.ts";
import { toCard } from "../../kit/cards.store.ts";
import { findByName, lockUser, toMe, type UserRow } from "./accounts.store.ts";
import { enterItsRoom, spendInvite } from "./code-use.ts";
import type { Context, Part } from "./context.ts";
import { foldName } from "./names.ts";
import { makeUser } from "./new-user.ts";
import { hashPassword, verifyPassword } from "./passwords.ts";
import { handOutWith, openSession } from "./session-life.ts";

/** A password that was changed, or an account that was closed, while the old password was looked at lets nobody in. */
const openIfSame = async (turn: Turn, seen: UserRow, http: HttpDoor) => {
  const user = await lockUser(turn.tx, seen.id);
  if (!user.is_active || user.password_hash !== seen.password_hash) throw new Refusal("invalid_credentials");
  return openSession(turn, user.id, http);
};

export const signInPart = (context: Context): Part<"register" | "login"> => {
  const { kit, limits } = context;
  return {
    register: async ({ body }, { http }) => {
      const { username, invite_code } = body;
      if (kit.config.registration === "closed") throw new Refusal("registration_closed");
      if (kit.config.registration === "invite" && invite_code === undefined) throw new Refusal("invite_required");
      const password_hash = await hashPassword(body.password);
      const { display_name = username, email = null } = body;
      const made = await act(kit, async (turn) => {
        const invite = invite_code === undefined ? null : await spendInvite(context, turn, invite_code, "invite_code");
        const role = (invite?.role ?? "student") as Role;
        const user = await makeUser(turn, { username, display_name, email, password_hash, role });
        if (invite?.room_id) await enterItsRoom(context, turn, toCard(user), invite.room_id, "invite_code");
        return { user, session: await openSession(turn, user.id, http) };
      });
      return {
        status: 201,
        body: await handOutWith(context, made.session, toMe(made.user), body.session ? http : null),
      };
    },

    login: async ({ body }, { http }) => {
      const user = await findByName(kit.db.read, body.username);
      const account = user ? `user ${user.id}` : `name ${foldName(body.username)}`;
      const attempt = { account, address: http.address };
      limits.check(attempt);
      const isRight = await verifyPassword(user?.password_hash ?? null, body.password);
      limits.check(attempt);
      if (!user || !isRight || !user.is_active) {
        limits.failed(attempt);
        throw new Refusal("invalid_credentials");
      }
      limits.succeeded(attempt);
      const session = await act(kit, (turn) => openIfSame(turn, user, http));
      return { status: 200, body: await handOutWith(context, session, toMe(user), body.session ? http : null) };
    },
  };
};
