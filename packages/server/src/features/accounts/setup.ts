// The first visit to an empty school: its name and its first admin.
import { Refusal } from "@homeroom/protocol";
import { act } from "../../kit/action.ts";
import type { HttpDoor } from "../../kit/call.ts";
import { hasAccounts, nameSchool, schoolName, toMe } from "./accounts.store.ts";
import { readCode } from "./codes.ts";
import type { Context, Part } from "./context.ts";
import { makeUser } from "./new-user.ts";
import { hashPassword } from "./passwords.ts";
import { handOutWith, openSession } from "./session-life.ts";
import { isSame } from "./session-tokens.ts";

/** Behind a proxy that this server was not told to trust everybody seems to be local; the proxy's header gives it away. */
const isCodeRequired = (http: HttpDoor): boolean =>
  !http.isLoopback || (http.header("x-forwarded-for") ?? http.header("forwarded")) !== undefined;

export const setupPart = (context: Context): Part<"getSetup" | "setUp"> => {
  const { kit, secrets } = context;
  return {
    getSetup: async (_input, { http }) => {
      const needed = !(await hasAccounts(kit.db.read));
      const school_name = await schoolName(kit.db.read);
      const code_required = needed && isCodeRequired(http);
      const { registration, privateThreads: private_threads } = kit.config;
      return { status: 200, body: { needed, code_required, school_name, registration, private_threads } };
    },

    setUp: async ({ body }, { http }) => {
      if (await hasAccounts(kit.db.read)) throw new Refusal("already_set_up");
      if (isCodeRequired(http) && !isSame(readCode(body.code ?? ""), secrets.setupCode())) {
        throw new Refusal("setup_code_wrong");
      }
      const password_hash = await hashPassword(body.password);
      const { username, display_name } = body;
      const made = await act(kit, async (turn) => {
        // First, since of two visitors at once the second waits here and then finds the first one's account.
        await nameSchool(turn.tx, body.school_name);
        if (await hasAccounts(turn.tx)) throw new Refusal("already_set_up");
        const user = await makeUser(turn, { username, display_name, email: null, password_hash, role: "admin" });
        return { user, session: await openSession(turn, user.id, http) };
      });
      return {
        status: 201,
        body: await handOutWith(context, made.session, toMe(made.user), body.session ? http : null),
      };
    },
  };
};
