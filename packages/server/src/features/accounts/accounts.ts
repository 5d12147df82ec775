// Accounts: who people are, how they sign in, and who may be let in. The front of the feature.
import type { Doorman } from "../../kit/call.ts";
import type { Kit } from "../../kit/kit.ts";
import type { Clock } from "../../kit/ports.ts";
import { hasAccounts } from "./accounts.store.ts";
import { codeUsePart } from "./code-use.ts";
import type { AccountsHooks, Context, Part } from "./context.ts";
import { doormanOf, ticketsPart } from "./doorman.ts";
import { invitesPart } from "./invites.ts";
import { loginLimits } from "./login-limits.ts";
import { ownSessionsPart } from "./own-sessions.ts";
import { peoplePart } from "./people.ts";
import { profilePart } from "./profile.ts";
import { loadSecret } from "./secret.ts";
import { sessionTokens } from "./session-tokens.ts";
import { sessionsPart } from "./sessions.ts";
import { setupPart } from "./setup.ts";
import { signInPart } from "./sign-in.ts";
import { accessTokens } from "./tokens.ts";

export type { AccountsHooks } from "./context.ts";
export { foldName } from "./names.ts";
export { hashPassword } from "./passwords.ts";
export { oldSessions } from "./sessions.store.ts";
export { createUser, issueToken, issueTokens } from "./provision.ts";

type Names =
  | "getSetup"
  | "setUp"
  | "register"
  | "login"
  | "refresh"
  | "logout"
  | "getSession"
  | "listSessions"
  | "endOtherSessions"
  | "endSession"
  | "getMe"
  | "updateMe"
  | "changePassword"
  | "createTicket"
  | "listInvites"
  | "createInvite"
  | "deleteInvite"
  | "redeemInvite"
  | "listUsers"
  | "updateUser";

export interface AccountsFeature {
  readonly operations: Part<Names>;
  readonly doorman: Doorman;
  /** What the first admin types from another machine; null once there is an account. */
  setupCode(): Promise<string | null>;
}

/** Goes on evenly, whatever becomes of the time of day: who is locked out is so for as long as was said. */
const steady: Clock = { now: () => performance.now() };

/** Reads or makes the server's secret, so it may wait for the disk once. */
export const accountsFeature = (kit: Kit, hooks: AccountsHooks, stopwatch = steady): AccountsFeature => {
  const secret = loadSecret(kit.config);
  const context: Context = {
    kit,
    hooks,
    access: accessTokens(secret, kit.clock),
    secrets: sessionTokens(secret),
    limits: loginLimits(stopwatch, kit.config.limits),
    codeLimits: loginLimits(stopwatch, kit.config.limits),
  };
  return {
    operations: {
      ...setupPart(context),
      ...signInPart(context),
      ...sessionsPart(context),
      ...ownSessionsPart(context),
      ...ticketsPart(context),
      ...profilePart(context),
      ...invitesPart(context),
      ...codeUsePart(context),
      ...peoplePart(context),
    },
    doorman: doormanOf(context),
    setupCode: async () => ((await hasAccounts(kit.db.read)) ? null : context.secrets.setupCode()),
  };
};
