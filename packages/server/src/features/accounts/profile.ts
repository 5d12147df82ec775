// One's own account.
import { Refusal } from "@homeroom/protocol";
import { act } from "../../kit/action.ts";
import type { Kit } from "../../kit/kit.ts";
import type { Db } from "../../kit/tables.ts";
import { changeUser, findByName, findUser, toMe, type UserRow } from "./accounts.store.ts";
import { tellOfCard } from "./card-change.ts";
import type { Context, Part } from "./context.ts";
import { hashPassword, verifyPassword } from "./passwords.ts";
import { endSessionsOf } from "./sessions.store.ts";

const getUser = async (db: Db, id: number): Promise<UserRow> => {
  const user = await findUser(db, id);
  if (!user) throw new Refusal("token_invalid");
  return user;
};

const refuseTakenEmail = async (tx: Db, email: string, userId: number): Promise<void> => {
  const owner = await findByName(tx, email);
  if (owner && owner.id !== userId) {
    throw new Refusal("bad_request", { fields: { email: ["This e-mail address cannot be used."] } });
  }
};

const setPassword = (kit: Kit, userId: number, session: string, password_hash: string): Promise<void> =>
  act(kit, async (turn) => {
    await changeUser(turn.tx, userId, { password_hash });
    turn.effect({ do: "end-sessions", sessionIds: await endSessionsOf(turn.tx, userId, turn.now, session) });
  });

export const profilePart = ({ kit, hooks, limits }: Context): Part<"getMe" | "updateMe" | "changePassword"> => ({
  getMe: async (_input, { caller }) => ({ status: 200, body: toMe(await getUser(kit.db.read, caller.user.id)) }),

  updateMe: async ({ body }, { caller }) => {
    const user = await act(kit, async (turn) => {
      if (body.email) await refuseTakenEmail(turn.tx, body.email, caller.user.id);
      const before = await getUser(turn.tx, caller.user.id);
      const changed = await changeUser(turn.tx, caller.user.id, body);
      await tellOfCard(hooks, turn, before, changed);
      return changed;
    });
    return { status: 200, body: toMe(user) };
  },

  changePassword: async ({ body }, { caller, http }) => {
    const attempt = { account: `user ${caller.user.id}`, address: http?.address ?? "" };
    limits.check(attempt);
    const user = await getUser(kit.db.read, caller.user.id);
    const isRight = await verifyPassword(user.password_hash, body.current_password);
    limits.check(attempt);
    if (!isRight) {
      limits.failed(attempt);
      throw new Refusal("invalid_credentials", { fields: { current_password: ["This is not your password."] } });
    }
    limits.succeeded(attempt);
    await setPassword(kit, user.id, caller.session, await hashPassword(body.new_password));
    return { status: 200, body: {} };
  },
});
