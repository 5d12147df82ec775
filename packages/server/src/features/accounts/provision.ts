// Accounts and tokens made from the command line, without a request.
import type { Role, UserCard } from "@homeroom/protocol";
import { act } from "../../kit/action.ts";
import { toCard } from "../../kit/cards.store.ts";
import type { Kit } from "../../kit/kit.ts";
import { makeUser } from "./new-user.ts";
import { hashPassword } from "./passwords.ts";
import { loadSecret } from "./secret.ts";
import { newSession } from "./session-life.ts";
import { insertSessions } from "./sessions.store.ts";
import { accessTokens } from "./tokens.ts";

export interface GivenUser {
  username: string;
  display_name: string;
  role: Role;
  email?: string | null;
  /** One of the two; `password_hash` for many accounts that share a password, which is then hashed once. */
  password?: string;
  password_hash?: string;
}

/** Throws `username_taken`. */
export const createUser = async (kit: Kit, given: GivenUser): Promise<UserCard> => {
  const { username, display_name, role, email = null, password } = given;
  const password_hash = given.password_hash ?? (password === undefined ? null : await hashPassword(password));
  if (password_hash === null) throw new Error("An account needs a password.");
  return toCard(await act(kit, (turn) => makeUser(turn, { username, display_name, role, email, password_hash })));
};

/** An access token that lives as long as its own session: `ttlS` seconds, at most a week. */
export const issueToken = async (kit: Kit, userId: number, ttlS: number): Promise<string> => {
  const [token = ""] = await issueTokens(kit, [userId], ttlS);
  return token;
};

/** One token each, in the order of the ids, with one commit for all. */
export const issueTokens = async (kit: Kit, userIds: readonly number[], ttlS: number): Promise<string[]> => {
  const access = accessTokens(loadSecret(kit.config), kit.clock);
  const sessions = userIds.map((id) => newSession(id, kit.clock.now(), ttlS * 1000));
  await act(kit, ({ tx }) => insertSessions(tx, sessions));
  return Promise.all(sessions.map(({ id, user_id }) => access.sign({ userId: user_id, session: id }, ttlS)));
};
