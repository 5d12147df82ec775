// Making an account: the one place where a name is given out.
import { Refusal } from "@homeroom/protocol";
import type { Turn } from "../../kit/action.ts";
import { findByName, insertUser, type NewUser, type UserRow } from "./accounts.store.ts";

/** A race for the same name ends in the database's unique keys; the action then runs again and finds the name taken. */
export const makeUser = async (turn: Turn, user: NewUser): Promise<UserRow> => {
  if (await findByName(turn.tx, user.username)) {
    throw new Refusal("username_taken", { fields: { username: ["This user name is taken."] } });
  }
  if (user.email && (await findByName(turn.tx, user.email))) {
    throw new Refusal("bad_request", { fields: { email: ["This e-mail address cannot be used."] } });
  }
  return insertUser(turn.tx, user, turn.now);
};
