// The session and the typed calls: one renewal for all who need it, and what every failure becomes.
import { beforeEach, describe, expect, it } from "vitest";
import { type Api, createApi } from "./api.ts";
import { ApiError, NetworkError, SignedOutError, tell } from "./failures.ts";
import { createSession, type Session } from "./session.ts";

interface Call {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: unknown;
}
type Answer = { status: number; body?: unknown; requestId?: string } | Error;

let calls: Call[];
let answer: (call: Call) => Answer;
let ended: number;
let session: Session;
let api: Api;

const me = {
  id: 1,
  username: "mia",
  display_name: "Mia",
  role: "student",
  avatar_url: null,
  email: null,
  created_at: "",
};
const expired = { status: 401, body: { code: "token_expired", detail: "This sign-in has expired." } };

const fakeFetch = (async (url: string, init: RequestInit) => {
  const body: unknown = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
  const call = { method: init.method ?? "", url, headers: init.headers as Record<string, string>, body };
  calls.push(call);
  const answered = answer(call);
  if (answered instanceof Error) throw answered;
  const text = answered.body === undefined ? null : JSON.stringify(answered.body);
  return new Response(text, { status: answered.status, headers: { "X-Request-Id": answered.requestId ?? "r1" } });
}) as typeof fetch;

const urls = () => calls.map((call) => call.url);

beforeEach(() => {
  calls = [];
  ended = 0;
  answer = ({ url }) => {
    if (url === "/api/auth/session/") return { status: 200, body: { user: me, csrf: "c1" } };
    if (url === "/api/auth/refresh/") return { status: 200, body: { access: "a1", csrf: "c2" } };
    return { status: 200, body: { results: [], next: null, previous: null } };
  };
  const common = { base: "", crossOrigin: false, fetch: fakeFetch };
  session = createSession({ ...common, onEnded: () => (ended += 1) });
  api = createApi({ ...common, credentials: session.credentials });
});

describe("the session", () => {
  it("begins by asking who is here, and gets a token with the cookie's CSRF token", async () => {
    expect(await session.boot()).toEqual(me);
    expect(urls()).toEqual(["/api/auth/session/", "/api/auth/refresh/"]);
    expect(calls[1]?.headers["X-CSRF-Token"]).toBe("c1");
    await api.get("/api/chat/rooms/");
    expect(calls[2]?.headers.Authorization).toBe("Bearer a1");
  });

  it("renews once for several calls that are refused together, and repeats each", async () => {
    await session.boot();
    const before = answer;
    let renewed = false;
    answer = (call) => {
      if (call.url === "/api/auth/refresh/") renewed = true;
      return call.url === "/api/chat/rooms/" && !renewed ? expired : before(call);
    };
    calls = [];
    await Promise.all([api.get("/api/chat/rooms/"), api.get("/api/chat/rooms/"), api.get("/api/chat/rooms/")]);
    expect(urls().filter((url) => url === "/api/auth/refresh/")).toHaveLength(1);
    expect(urls().filter((url) => url === "/api/chat/rooms/")).toHaveLength(6);
  });

  it("is over when the renewal is refused, and says so once", async () => {
    await session.boot();
    answer = () => expired;
    await expect(api.get("/api/chat/rooms/")).rejects.toMatchObject({ status: 401 });
    expect(ended).toBe(1);
  });

  it("is not over when nobody answers", async () => {
    await session.boot();
    answer = ({ url }) => (url === "/api/auth/refresh/" ? new TypeError("no network") : expired);
    await expect(api.get("/api/chat/rooms/")).rejects.toBeInstanceOf(NetworkError);
    expect(ended).toBe(0);
  });

  it("asks for another CSRF token when another tab was given a new one", async () => {
    await session.boot();
    const before = answer;
    let refused = false;
    answer = (call) => {
      if (call.url !== "/api/auth/refresh/" || refused) return before(call);
      refused = true;
      return { status: 403, body: { code: "csrf_failed", detail: "no" } };
    };
    expect(await session.renew()).toBe(true);
    expect(ended).toBe(0);
  });

  it("is over when somebody else has signed in in another tab, whose cookie it has now", async () => {
    await session.boot();
    const other = { ...me, id: 2, username: "noah" };
    answer = ({ url }) => {
      if (url === "/api/auth/session/") return { status: 200, body: { user: other, csrf: "c9" } };
      return url === "/api/chat/rooms/" ? expired : { status: 403, body: { code: "csrf_failed", detail: "no" } };
    };
    await expect(api.get("/api/chat/rooms/")).rejects.toMatchObject({ status: 401 });
    expect(ended).toBe(1);
  });

  it("signs out with another CSRF token where another tab was given one", async () => {
    await session.boot();
    const before = answer;
    let refused = false;
    answer = (call) => {
      if (call.url !== "/api/auth/logout/" || refused) return before(call);
      refused = true;
      return { status: 403, body: { code: "csrf_failed", detail: "no" } };
    };
    calls = [];
    await session.signOut();
    expect(urls()).toEqual(["/api/auth/logout/", "/api/auth/session/", "/api/auth/logout/"]);
  });

  it("gives nobody an answer that somebody asked for who has signed out meanwhile", async () => {
    await session.boot();
    let arrive = () => {};
    const slow = (async (...args: Parameters<typeof fetch>) => {
      await new Promise<void>((resolve) => (arrive = resolve));
      return fakeFetch(...args);
    }) as typeof fetch;
    const late = createApi({ base: "", crossOrigin: false, fetch: slow, credentials: session.credentials });
    const asked = late.get("/api/chat/rooms/");
    await session.signOut();
    arrive();
    await expect(asked).rejects.toBeInstanceOf(SignedOutError);
  });

  it("does not renew for a wrong password", async () => {
    answer = () => ({ status: 401, body: { code: "invalid_credentials", detail: "Name and password don't match." } });
    await expect(session.signIn({ username: "mia", password: "x" })).rejects.toMatchObject({
      code: "invalid_credentials",
    });
    expect(urls()).toEqual(["/api/auth/login/"]);
  });
});

describe("a call", () => {
  it("writes its path, its query and its body", async () => {
    await api.get("/api/chat/rooms/{id}/messages/", { params: { id: 7 }, query: { before: 12, limit: "50" } });
    await api.post("/api/chat/rooms/{id}/read/", { params: { id: 7 }, body: { seq: 3 } });
    expect(urls()).toEqual(["/api/chat/rooms/7/messages/?before=12&limit=50", "/api/chat/rooms/7/read/"]);
    expect(calls[1]).toMatchObject({ method: "POST", body: { seq: 3 } });
  });

  it("fails with the server's words, its fields and the request's id", async () => {
    answer = () => ({
      status: 400,
      requestId: "abc",
      body: { code: "bad_request", detail: "Look at the fields.", fields: { name: ["Too short."] } },
    });
    const error = await api.post("/api/chat/rooms/", { body: { name: "x" } }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      status: 400,
      code: "bad_request",
      fields: { name: ["Too short."] },
      request_id: "abc",
    });
    expect(tell(error)).toMatchObject({ sentence: "Too short.", request_id: "abc" });
  });

  it("says in plain words how long to wait, and that nobody answered", () => {
    const init = { status: 429, code: "rate_limited", detail: "That was quick.", retry_after_ms: 3_400 };
    expect(tell(new ApiError(init)).sentence).toBe("That was quick. You can try again in 4 seconds.");
    expect(tell(new NetworkError(false)).sentence).toContain("did not answer");
  });

  it("knows an answer that is not Homeroom's", async () => {
    const html = (async () => new Response("<html>", { status: 200 })) as typeof fetch;
    const other = createApi({ base: "", crossOrigin: false, fetch: html, credentials: session.credentials });
    await expect(other.get("/api/chat/rooms/")).rejects.toMatchObject({ code: "unreadable" });
  });
});
