// Who is signed in on this device: the access token lives in memory alone, the refresh token in an httpOnly cookie.
import type { Me } from "@homeroom/protocol";
import { createPlainApi, type Credentials } from "./api.ts";
import { ApiError, isRefusal } from "./failures.ts";

export interface SessionOptions {
  base: string;
  crossOrigin: boolean;
  fetch: typeof fetch;
  /** Lets one tab renew at a time; the browser's `navigator.locks`, where there is one. */
  locks?: Pick<LockManager, "request">;
  /** The session ended although nobody signed out here. */
  onEnded(): void;
}

/** What signing in answers, in either mode. */
export interface Grant {
  access: string;
  csrf?: string;
  refresh?: string;
  user: Me;
}

export interface Session {
  readonly credentials: Credentials;
  /** Asks who is signed in, and gets a token for them. Null for nobody. @throws NetworkError */
  boot(): Promise<Me | null>;
  signIn(body: { username: string; password: string }): Promise<Me>;
  /** Keeps what registering or set-up answered. */
  accept(grant: Grant): Me;
  /** Fresh tokens, one exchange for all who ask at once. False: refused, the session is over. */
  renew(): Promise<boolean>;
  signOut(): Promise<void>;
  /** To be spread into a sign-in's body. */
  readonly mode: { session?: "cookie" };
}

const OTHERS = { status: 401, code: "not_authenticated", detail: "Somebody else is signed in here now." };

const COOKIE_ROUTES = new Set(["/api/auth/refresh/", "/api/auth/logout/"]);

export function createSession(options: SessionOptions): Session {
  let access: string | undefined;
  let csrf: string | undefined;
  let refresh: string | undefined;
  let userId: number | undefined;
  let visit = 0;
  let renewing: Promise<boolean> | undefined;

  const credentials: Credentials = {
    headers: (_method, path) => ({
      ...(access && path !== "/api/auth/refresh/" ? { Authorization: `Bearer ${access}` } : {}),
      ...(csrf && COOKIE_ROUTES.has(path) ? { "X-CSRF-Token": csrf } : {}),
    }),
    renew: () => renew(),
    visit: () => visit,
  };
  const plain = createPlainApi({ ...options, credentials });
  const mode = options.crossOrigin ? {} : { session: "cookie" as const };
  const forget = () => {
    access = csrf = refresh = userId = undefined;
    visit += 1;
  };
  const accept = (grant: Grant) => {
    ({ access, csrf, refresh } = grant);
    userId = grant.user.id;
    visit += 1;
    return grant.user;
  };
  /** All tabs share the cookie: in another one somebody may have signed out, and somebody else in. */
  const renewCsrf = async () => {
    const now = await plain.get("/api/auth/session/");
    if (!now.user || now.user.id !== userId) throw new ApiError(OTHERS);
    csrf = now.csrf;
  };

  const exchange = async (): Promise<boolean> => {
    try {
      const ask = () => plain.post("/api/auth/refresh/", { body: refresh ? { refresh } : {} });
      const tokens = await withCsrf(ask, renewCsrf);
      access = tokens.access;
      if ("csrf" in tokens) csrf = tokens.csrf;
      else refresh = tokens.refresh;
      return true;
    } catch (error) {
      if (!(error instanceof ApiError) || error.status >= 500 || error.status === 429) throw error;
      forget();
      options.onEnded();
      return false;
    }
  };

  const renew = (): Promise<boolean> => {
    renewing ??= Promise.resolve(
      options.locks ? options.locks.request("homeroom-session", exchange) : exchange(),
    ).finally(() => {
      renewing = undefined;
    });
    return renewing;
  };

  return {
    credentials,
    mode,
    accept,
    renew,
    async boot() {
      const session = await plain.get("/api/auth/session/");
      csrf = session.csrf;
      userId = session.user?.id;
      return session.user && (await renew()) ? session.user : null;
    },
    signIn: async (body) => accept(await plain.post("/api/auth/login/", { body: { ...body, ...mode } })),
    async signOut() {
      const leave = () => plain.post("/api/auth/logout/", { body: refresh ? { refresh } : {} });
      try {
        await withCsrf(leave, renewCsrf);
      } catch (error) {
        // It was over already; what is in the cookie now is somebody else's.
        if (!(error instanceof ApiError) || error.status !== 401) throw error;
      }
      forget();
    },
  };
}

/** Another session has another CSRF token: then that is asked for, and the work tried once more. */
async function withCsrf<T>(work: () => Promise<T>, renewCsrf: () => Promise<void>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isRefusal(error, "csrf_failed")) throw error;
    await renewCsrf();
    return await work();
  }
}
