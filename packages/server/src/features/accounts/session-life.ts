// How a session begins and is handed out: as tokens, or as a cookie for the web client.
import { randomBytes, randomUUID } from "node:crypto";
import type { Me } from "@homeroom/protocol";
import type { Turn } from "../../kit/action.ts";
import type { HttpDoor } from "../../kit/call.ts";
import type { SessionsTable } from "../../kit/tables.ts";
import type { Context } from "./context.ts";
import { insertSessions } from "./sessions.store.ts";
import { inShort } from "./user-agent.ts";

const DAY_MS = 24 * 3600 * 1000;
/** From the last exchange of its refresh token. */
export const SESSION_TTL_MS = 14 * DAY_MS;

/** The browser sends it to the session routes only. */
export const COOKIE = { name: "homeroom_refresh", path: "/api/auth/" } as const;

/** It goes with requests for files, so that a page can show them: it is good for looking, and for nothing else. */
export const FILES_COOKIE = { name: "homeroom_files", path: "/api/chat/attachments/" } as const;

export const newSession = (userId: number, now: number, ttlMs = SESSION_TTL_MS, userAgent = ""): SessionsTable => ({
  id: randomUUID(),
  user_id: userId,
  nonce: randomBytes(16).toString("base64url"),
  generation: 1,
  rotated_at: now,
  created_at: now,
  expires_at: now + ttlMs,
  ended_at: null,
  user_agent: inShort(userAgent),
  last_seen_at: now,
});

export const openSession = async (turn: Turn, userId: number, { userAgent }: HttpDoor): Promise<SessionsTable> => {
  const session = newSession(userId, turn.now, SESSION_TTL_MS, userAgent);
  await insertSessions(turn.tx, [session]);
  return session;
};

type Handed = { access: string; csrf: string } | { access: string; refresh: string };

/** The session's current tokens. By cookie, the refresh token is seen by no script. */
export const handOut = async (
  { access, secrets }: Context,
  session: SessionsTable,
  cookieDoor: HttpDoor | null,
): Promise<Handed> => {
  const token = await access.sign({ userId: session.user_id, session: session.id });
  const refresh = secrets.refresh(session, session.generation);
  if (!cookieDoor) return { access: token, refresh };
  const maxAgeS = SESSION_TTL_MS / 1000;
  cookieDoor.setCookie(COOKIE.name, refresh, { path: COOKIE.path, maxAgeS });
  cookieDoor.setCookie(FILES_COOKIE.name, secrets.files(session), { path: FILES_COOKIE.path, maxAgeS });
  return { access: token, csrf: secrets.csrf(session) };
};

export const handOutWith = async (context: Context, session: SessionsTable, user: Me, cookieDoor: HttpDoor | null) => ({
  ...(await handOut(context, session, cookieDoor)),
  user,
});

export const dropCookies = (http: HttpDoor): void => {
  for (const { name, path } of [COOKIE, FILES_COOKIE]) http.setCookie(name, "", { path, maxAgeS: 0 });
};
