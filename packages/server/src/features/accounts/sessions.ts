// The life of a session: exchanged, looked at, ended.
import { Refusal } from "@homeroom/protocol";
import { act, type Turn } from "../../kit/action.ts";
import type { HttpDoor } from "../../kit/call.ts";
import type { SessionsTable } from "../../kit/tables.ts";
import { findUser, toMe } from "./accounts.store.ts";
import type { Context, Part } from "./context.ts";
import { COOKIE, dropCookies, handOut, SESSION_TTL_MS } from "./session-life.ts";
import type { RefreshClaim } from "./session-tokens.ts";
import { endSession, findCaller, findSession, lockSession, rotateSession } from "./sessions.store.ts";

/** For answers that got lost, and for tabs that exchange the same token at once. */
const GRACE_MS = 10_000;

type Outcome = SessionsTable | "token_invalid" | "token_expired";

/** The token before the current one still counts for a moment; an older one never does. */
const isParentInGrace = (session: SessionsTable, generation: number, now: number): boolean =>
  generation === session.generation - 1 && now - session.rotated_at <= GRACE_MS;

/** The session with its current tokens, or why there is none. A token that was used up long ago ends the whole session. */
const exchange = async (turn: Turn, { session: id, generation }: RefreshClaim): Promise<Outcome> => {
  const session = await lockSession(turn.tx, id);
  if (!session || session.ended_at !== null || generation > session.generation) return "token_invalid";
  if (isParentInGrace(session, generation, turn.now)) return session;
  if (generation < session.generation) {
    turn.effect({ do: "end-sessions", sessionIds: await endSession(turn.tx, id, turn.now) });
    return "token_invalid";
  }
  if (session.expires_at <= turn.now) return "token_expired";
  const { now } = turn;
  const next = { generation: generation + 1, rotated_at: now, last_seen_at: now, expires_at: now + SESSION_TTL_MS };
  await rotateSession(turn.tx, id, next);
  return { ...session, ...next };
};

const bearerOf = (http: HttpDoor): string | null =>
  /^Bearer ([^\s]+)$/i.exec(http.header("authorization") ?? "")?.[1] ?? null;

interface Genuine {
  claim: RefreshClaim;
  session: SessionsTable;
}

/** Only reads, so that made-up tokens cost no transaction. */
const findGenuine = async ({ kit, secrets }: Context, token: string | undefined): Promise<Genuine | null> => {
  const claim = token ? secrets.readRefresh(token) : null;
  const session = claim && (await findSession(kit.db.read, claim.session));
  return session && secrets.isGenuine(claim, session) ? { claim, session } : null;
};

/** What the cookie says, once the request has shown that it comes from our own page. */
const findByCookie = async (context: Context, http: HttpDoor): Promise<Genuine | null> => {
  const csrf = http.header("x-csrf-token");
  if (!http.originAllowed || !csrf) throw new Refusal("csrf_failed");
  const found = await findGenuine(context, http.cookie(COOKIE.name));
  if (found && !context.secrets.isCsrf(csrf, found.session)) throw new Refusal("csrf_failed");
  return found;
};

const refreshWith = async (context: Context, body: string | undefined, http: HttpDoor) => {
  const byCookie = body === undefined;
  if (byCookie && !http.cookie(COOKIE.name)) throw new Refusal("not_authenticated");
  const found = byCookie ? await findByCookie(context, http) : await findGenuine(context, body);
  const owner = found && (await findUser(context.kit.db.read, found.session.user_id));
  const outcome =
    found && owner?.is_active ? await act(context.kit, (turn) => exchange(turn, found.claim)) : "token_invalid";
  if (typeof outcome !== "string") return handOut(context, outcome, byCookie ? http : null);
  if (byCookie) dropCookies(http);
  throw new Refusal(outcome);
};

/** Ends what the request proves to hold; the cookie counts only where nothing else was shown. */
const sessionsToEnd = async (context: Context, body: string | undefined, http: HttpDoor): Promise<string[]> => {
  const bearer = bearerOf(http);
  const byAccess = bearer && (await context.access.verify(bearer, { evenExpired: true }).catch(() => null));
  const byBody = await findGenuine(context, body);
  const shown = [byAccess && byAccess.session, byBody?.session.id].filter((id) => typeof id === "string");
  if (shown.length > 0 || body !== undefined || !http.cookie(COOKIE.name)) return shown;
  const found = await findByCookie(context, http);
  dropCookies(http);
  return found ? [found.session.id] : [];
};

/** Looks, and changes nothing: safe without a CSRF token, but not for a foreign page. */
const lookAtCookie = async (context: Context, http: HttpDoor): Promise<SessionsTable | null> => {
  // A browser names no origin when a page asks its own server for something.
  const isForeign = http.header("origin") !== undefined && !http.originAllowed;
  const found = await findGenuine(context, isForeign ? undefined : http.cookie(COOKIE.name));
  if (!found) return null;
  const { claim, session } = found;
  const isCurrent = claim.generation === session.generation;
  return isCurrent || isParentInGrace(session, claim.generation, context.kit.clock.now()) ? session : null;
};

export const sessionsPart = (context: Context): Part<"refresh" | "logout" | "getSession"> => {
  const { kit, access, secrets } = context;
  return {
    refresh: async ({ body }, { http }) => ({ status: 200, body: await refreshWith(context, body?.refresh, http) }),

    logout: async ({ body }, { http }) => {
      const ids = await sessionsToEnd(context, body?.refresh, http);
      if (ids.length === 0) return { status: 200, body: {} };
      await act(kit, async (turn) => {
        const ended: string[] = [];
        for (const id of ids) ended.push(...(await endSession(turn.tx, id, turn.now)));
        turn.effect({ do: "end-sessions", sessionIds: ended });
      });
      if (http.cookie(COOKIE.name)) dropCookies(http);
      return { status: 200, body: {} };
    },

    getSession: async (_input, { http }) => {
      const byCookie = await lookAtCookie(context, http);
      const bearer = byCookie ? null : bearerOf(http);
      const session = byCookie?.id ?? (bearer && (await access.verify(bearer).catch(() => null))?.session);
      const caller = session ? await findCaller(kit.db.read, session, kit.clock.now()) : null;
      const user = caller && (await findUser(kit.db.read, caller.user.id));
      if (!user) return { status: 200, body: { user: null } };
      return { status: 200, body: { user: toMe(user), ...(byCookie && { csrf: secrets.csrf(byCookie) }) } };
    },
  };
};
