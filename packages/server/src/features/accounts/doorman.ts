// Tells who somebody is, from a token or a ticket. Asks the database every time: what ended a moment ago is over.
import { createHash, randomBytes } from "node:crypto";
import { Refusal } from "@homeroom/protocol";
import { act } from "../../kit/action.ts";
import type { Caller, Doorman } from "../../kit/call.ts";
import { gather } from "../../kit/gather.ts";
import type { Context, Part } from "./context.ts";
import type { Claims } from "./tokens.ts";
import { FILES_COOKIE } from "./session-life.ts";
import {
  findCaller,
  findCallers,
  findSession,
  insertTicket,
  liveSessions,
  sawSessions,
  takeTicket,
} from "./sessions.store.ts";

const TICKET_TTL_S = 30;
/** Who only listens on a socket is seen, too: so much later that is written down, for so many at a time. */
const SEEN_AGAIN_MS = 5 * 60_000;
const MOST_SEEN = 500;
const TICKET = /^[\w-]{43}$/;

const digestOf = (ticket: string): string => createHash("sha256").update(ticket).digest("base64url");

const isSame = ({ user: a }: Caller, { user: b }: Caller): boolean =>
  a.id === b.id && a.username === b.username && a.display_name === b.display_name && a.role === b.role;

export const doormanOf = ({ kit, access, secrets }: Context): Doorman => {
  // A request or socket more costs next to nothing where many come at once: their sessions are looked up together.
  const callerIn = gather((sessions: readonly string[]) => findCallers(kit.db.read, sessions, kit.clock.now()));
  const callerOf = async (session: string, userId?: number): Promise<Caller> => {
    const caller = await callerIn(session);
    if (!caller || (userId !== undefined && caller.user.id !== userId)) throw new Refusal("token_invalid");
    return caller;
  };
  /** Of no weight beside what was asked: a full disk ends no session. */
  const noteSeen = (ids: readonly string[]): Promise<void> =>
    act(kit, ({ tx, now }) => sawSessions(tx, ids, now)).catch((error: unknown) =>
      kit.logger.warn({ err: error }, "when sessions were last seen could not be written down"),
    );
  /** By what their token says: as long as this is remembered, so are they. */
  const seen = new WeakMap<Claims, Caller>();
  return {
    identify: async (accessToken) => {
      const claims = await access.verify(accessToken);
      const caller = await callerOf(claims.session, claims.userId);
      seen.set(claims, caller);
      return caller;
    },

    recognise: (accessToken) => {
      const claims = access.known(accessToken);
      const caller = claims && seen.get(claims);
      if (!caller) return null;
      const ask = async (): Promise<boolean> => {
        // By itself and at once: whatever is read for them travels with it.
        const found = await findCaller(kit.db.read, claims.session, kit.clock.now()).catch(() => null);
        if (found !== null && isSame(found, caller)) return true;
        // Asked in order from then on: nobody goes on spending the budgets of whom they no longer are.
        seen.delete(claims);
        return false;
      };
      return { caller, still: ask() };
    },

    visitor: async (http) => {
      const isForeign = http.header("origin") !== undefined && !http.originAllowed;
      const claim = secrets.readFiles((isForeign ? undefined : http.cookie(FILES_COOKIE.name)) ?? "");
      const session = claim && (await findSession(kit.db.read, claim.session));
      if (!session || !secrets.isFiles(claim, session)) return null;
      return callerIn(session.id);
    },

    redeem: async (ticket) => {
      if (!TICKET.test(ticket)) throw new Refusal("token_invalid");
      const session = await act(kit, (turn) => takeTicket(turn.tx, digestOf(ticket), turn.now));
      if (session === null) throw new Refusal("token_invalid");
      return callerOf(session);
    },

    ended: async (sessionIds) => {
      const now = kit.clock.now();
      const live = await liveSessions(kit.db.read, sessionIds, now);
      const due = [...live].filter(([, seen]) => now - seen >= SEEN_AGAIN_MS).slice(0, MOST_SEEN);
      if (due.length > 0) await noteSeen(due.map(([id]) => id));
      return sessionIds.filter((id) => !live.has(id));
    },
  };
};

export const ticketsPart = ({ kit }: Context): Part<"createTicket"> => ({
  createTicket: async (_input, { caller }) => {
    const ticket = randomBytes(32).toString("base64url");
    await act(kit, ({ tx, now }) =>
      insertTicket(
        tx,
        { digest: digestOf(ticket), session_id: caller.session, expires_at: now + TICKET_TTL_S * 1000 },
        now,
      ),
    );
    return { status: 200, body: { ticket, expires_in: TICKET_TTL_S } };
  },
});
