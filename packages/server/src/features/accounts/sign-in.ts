// Making an account and signing in.
import { Refusal, type Role } from "@homeroom/protocol";
import { act, type Turn } from "../../kit/action.ts";
import { toCard } from "../../kit/cards.store.ts";
import { findByName, findUser, lockUser, toMe, type UserRow } from "./accounts.store.ts";
import { readCode } from "./codes.ts";
import type { Context, Part } from "./context.ts";
import { type InviteRow, takeInvite } from "./invites.store.ts";
import { foldName } from "./names.ts";
import { makeUser } from "./new-user.ts";
import { hashPassword, verifyPassword } from "./passwords.ts";
import { handOutWith, openSession } from "./session-life.ts";

/** Wrong, withdrawn, used up and too old are told apart by nobody but who made the code. */
const codeRefused = () =>
  new Refusal("bad_request", { fields: { invite_code: ["This code is not valid, or not valid any more."] } });

/** A code is worth what its maker's word is worth today: who leads the room no more lets nobody in. */
const useInvite = async ({ hooks }: Context, { tx, now }: Turn, typed: string): Promise<InviteRow> => {
  const invite = await takeInvite(tx, readCode(typed), now);
  if (!invite) throw codeRefused();
  if (invite.room_id !== null && (await findUser(tx, invite.created_by))?.role !== "admin") {
    if (!(await hooks.mayInvite(tx, invite.created_by, invite.room_id))) throw codeRefused();
  }
  return invite;
};

const enterItsRoom = async ({ hooks }: Context, turn: Turn, user: UserRow, roomId: number): Promise<void> => {
  try {
    await hooks.enterRoom(turn, toCard(user), roomId);
  } catch (error) {
    throw error instanceof Refusal && error.key === "not_found" ? codeRefused() : error;
  }
};

/** A password that was changed, or an account that was closed, while the old password was looked at lets nobody in. */
const openIfSame = async (turn: Turn, seen: UserRow) => {
  const user = await lockUser(turn.tx, seen.id);
  if (!user.is_active || user.password_hash !== seen.password_hash) throw new Refusal("invalid_credentials");
  return openSession(turn, user.id);
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
        const invite = invite_code === undefined ? null : await useInvite(context, turn, invite_code);
        const role = (invite?.role ?? "student") as Role;
        const user = await makeUser(turn, { username, display_name, email, password_hash, role });
        if (invite?.room_id) await enterItsRoom(context, turn, user, invite.room_id);
        return { user, session: await openSession(turn, user.id) };
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
      const session = await act(kit, (turn) => openIfSame(turn, user));
      return { status: 200, body: await handOutWith(context, session, toMe(user), body.session ? http : null) };
    },
  };
};
