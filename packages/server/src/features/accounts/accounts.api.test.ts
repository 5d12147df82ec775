// Accounts through the HTTP door of a whole server: statuses, codes, cookies, and that nothing secret is said.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningServer, startServer } from "../../../../../tests/kit/server.ts";

const PASSWORD = "correct horse battery";
let server: RunningServer;
let count = 0;

interface Reply {
  status: number;
  headers: Headers;
  // Tests look into answers of many shapes.
  body: Record<string, unknown> & { access?: string; refresh?: string; csrf?: string; code?: string };
}

interface Asked {
  body?: unknown;
  token?: string | undefined;
  headers?: Record<string, string>;
  at?: RunningServer;
}

const ask = async (
  method: string,
  path: string,
  { body, token, headers = {}, at = server }: Asked = {},
): Promise<Reply> => {
  const response = await fetch(at.url + path, {
    method,
    headers: {
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : {} };
};
const post = (path: string, body?: unknown, more: Asked = {}) => ask("POST", path, { ...more, body });
const get = (path: string, more?: Asked) => ask("GET", path, more);

const nextName = () => `person${++count}`;
const register = async (more: object = {}, at = server) => {
  const username = nextName();
  const reply = await post("/api/auth/register/", { username, password: PASSWORD, ...more }, { at });
  return { username, ...reply };
};
const signIn = (username: string, password = PASSWORD, more: object = {}) =>
  post("/api/auth/login/", { username, password, ...more });
const codeOf = ({ status, body }: Reply) => `${status} ${body.code}`;
const cookieOf = (reply: Reply): string => reply.headers.get("set-cookie")?.split(";")[0] ?? "";

let admin: string;
const school = { school_name: "Hill School", username: "head", password: PASSWORD, display_name: "Head" };
beforeAll(async () => {
  server = await startServer({ env: { LOG_LEVEL: "trace" } });
  admin = (await post("/api/setup/", school)).body.access ?? "";
});
afterAll(() => server.dispose());

describe("registering", () => {
  test("makes a student with tokens, and never says the password or its hash", async () => {
    const { username, status, body } = await register({ display_name: "Ann", email: "ann@school.example" });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      user: { username, display_name: "Ann", role: "student", email: "ann@school.example" },
    });
    expect(Object.keys(body).toSorted()).toEqual(["access", "refresh", "user"]);
    expect(JSON.stringify(body)).not.toMatch(/argon2|password/);
  });

  test("refuses a taken name, a short password, a chosen role and a wrong code", async () => {
    const { username } = await register();
    const again = await post("/api/auth/register/", { username: username.toUpperCase(), password: PASSWORD });
    expect(codeOf(again)).toBe("409 username_taken");
    expect(again.body["fields"]).toHaveProperty("username");
    const short = await register({ password: "short" });
    expect(codeOf(short)).toBe("400 bad_request");
    expect(short.body["fields"]).toHaveProperty("password");
    expect((await register({ role: "admin" })).status).toBe(400);
    const wrong = await register({ invite_code: "AAAA-BBBB-CCCC" });
    expect(wrong.status).toBe(400);
    expect(wrong.body["fields"]).toHaveProperty("invite_code");
  });

  test("with a code gives its role, once if it is for one", async () => {
    const made = await post("/api/invites/", { role: "teacher", max_uses: 1 }, { token: admin });
    expect(made.status).toBe(201);
    const invite_code = made.body.code;
    expect((await register({ invite_code })).body["user"]).toMatchObject({ role: "teacher" });
    expect((await register({ invite_code })).status).toBe(400);
  });

  test("takes the code away with DELETE", async () => {
    const { body } = await post("/api/invites/", { role: "student" }, { token: admin });
    const path = `/api/invites/${String(body["id"])}/`;
    expect((await ask("DELETE", path, { token: admin })).status).toBe(204);
    expect((await ask("DELETE", path, { token: admin })).status).toBe(404);
    expect((await register({ invite_code: body.code })).status).toBe(400);
  });
});

describe("signing in", () => {
  test("answers a wrong password and an unknown name alike", async () => {
    const { username } = await register();
    const [wrong, unknown] = [await signIn(username, "wrong password"), await signIn("nobody-here", "wrong password")];
    expect(wrong.body).toEqual(unknown.body);
    expect(codeOf(wrong)).toBe("401 invalid_credentials");
    expect(codeOf(unknown)).toBe("401 invalid_credentials");
  });

  test("is locked after five wrong passwords, with the time to wait", async () => {
    const { username } = await register();
    for (let i = 0; i < 5; i++) expect((await signIn(username, `wrong ${i}`)).status).toBe(401);
    const locked = await signIn(username);
    expect(codeOf(locked)).toBe("429 login_locked");
    expect(Number(locked.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(locked.body["retry_after_ms"]).toBeGreaterThan(0);
  });

  test("works for forty pupils behind one address at once", async () => {
    const names = await Promise.all(Array.from({ length: 40 }, async () => (await register()).username));
    const all = await Promise.all(names.map((name) => signIn(name)));
    expect(new Set(all.map((a) => a.status))).toEqual(new Set([200]));
  });

  test("gives a token that opens the door, where a refresh token does not", async () => {
    const { body } = await register();
    expect((await get("/api/auth/me/", { token: body.access })).status).toBe(200);
    expect(codeOf(await get("/api/auth/me/", { token: body.refresh }))).toBe("401 token_invalid");
    expect(codeOf(await get("/api/auth/me/", { token: "x.y.z" }))).toBe("401 token_invalid");
    expect(codeOf(await get("/api/auth/me/"))).toBe("401 not_authenticated");
  });
});

describe("a refresh token", () => {
  test("is one chain after twenty exchanges at once, and ends the family when an old one comes back", async () => {
    const first = (await register()).body;
    const exchange = (refresh: string | undefined) => post("/api/auth/refresh/", { refresh });
    const all = await Promise.all(Array.from({ length: 20 }, () => exchange(first.refresh)));
    const tokens = new Set(all.map((a) => a.body.refresh));
    expect(tokens.size).toBe(1);
    const [second] = tokens;
    const third = (await exchange(second)).body;
    expect((await get("/api/auth/me/", { token: third.access })).status).toBe(200);
    expect(codeOf(await exchange(first.refresh))).toBe("401 token_invalid");
    expect(codeOf(await exchange(third.refresh))).toBe("401 token_invalid");
    expect(codeOf(await get("/api/auth/me/", { token: third.access }))).toBe("401 token_invalid");
  });
});

describe("a cookie session", () => {
  const start = async () => {
    const { username } = await register();
    const reply = await signIn(username, PASSWORD, { session: "cookie" });
    return { username, reply, cookie: cookieOf(reply), csrf: reply.body.csrf ?? "" };
  };

  test("has its refresh token in a cookie that no script sees and no other site sends", async () => {
    const { reply } = await start();
    expect(Object.keys(reply.body).toSorted()).toEqual(["access", "csrf", "user"]);
    const cookie = reply.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/^homeroom_refresh=/);
    for (const word of [/HttpOnly/i, /SameSite=Strict/i, /Path=\/api\/auth\//i]) expect(cookie).toMatch(word);
  });

  test("is exchanged only with the CSRF header and the right origin", async () => {
    const { cookie, csrf } = await start();
    const exchange = (headers: Record<string, string>) =>
      ask("POST", "/api/auth/refresh/", { headers: { cookie, ...headers } });
    const right = { "x-csrf-token": csrf, origin: server.url };
    expect(codeOf(await exchange({}))).toBe("403 csrf_failed");
    expect(codeOf(await exchange({ ...right, "x-csrf-token": "wrong" }))).toBe("403 csrf_failed");
    expect(codeOf(await exchange({ ...right, origin: "https://evil.example" }))).toBe("403 csrf_failed");
    const done = await exchange(right);
    expect(done.status).toBe(200);
    expect(Object.keys(done.body).toSorted()).toEqual(["access", "csrf"]);
    expect(cookieOf(done)).not.toBe(cookie);
  });

  test("is known when the page is opened again, and over after signing out", async () => {
    const { username, cookie, csrf } = await start();
    const session = () => get("/api/auth/session/", { headers: { cookie } });
    expect((await session()).body).toMatchObject({ user: { username }, csrf });
    const out = await ask("POST", "/api/auth/logout/", {
      headers: { cookie, "x-csrf-token": csrf, origin: server.url },
    });
    expect(out.status).toBe(200);
    expect(out.headers.get("set-cookie")).toMatch(/homeroom_refresh=;.*Max-Age=0/i);
    expect((await session()).body).toEqual({ user: null });
    expect((await get("/api/auth/session/")).body).toEqual({ user: null });
  });

  test("that is not valid any more is told to be forgotten", async () => {
    const headers = { cookie: "homeroom_refresh=nonsense", "x-csrf-token": "x", origin: server.url };
    const reply = await ask("POST", "/api/auth/refresh/", { headers });
    expect(codeOf(reply)).toBe("401 token_invalid");
    expect(reply.headers.get("set-cookie")).toMatch(/homeroom_refresh=;/);
  });
});

describe("signing out", () => {
  test("ends the session of the access token, and may be asked twice", async () => {
    const { body } = await register();
    expect((await ask("POST", "/api/auth/logout/", { token: body.access })).status).toBe(200);
    expect((await ask("POST", "/api/auth/logout/", { token: body.access })).status).toBe(200);
    expect((await get("/api/auth/me/", { token: body.access })).status).toBe(401);
    expect((await post("/api/auth/refresh/", { refresh: body.refresh })).status).toBe(401);
  });
});

describe("an account", () => {
  test("changes its name, and its password with the current one; other sessions end", async () => {
    const { username, body } = await register();
    const other = (await signIn(username)).body;
    const renamed = await ask("PATCH", "/api/auth/me/", { token: body.access, body: { display_name: " Ann B. " } });
    expect(renamed.body).toMatchObject({ display_name: "Ann B." });
    const change = (current_password: string) =>
      post("/api/auth/password/", { current_password, new_password: "another long one" }, { token: body.access });
    expect(codeOf(await change("wrong password"))).toBe("401 invalid_credentials");
    expect((await change(PASSWORD)).status).toBe(200);
    expect((await get("/api/auth/me/", { token: body.access })).status).toBe(200);
    expect((await get("/api/auth/me/", { token: other.access })).status).toBe(401);
    expect((await signIn(username)).status).toBe(401);
    expect((await signIn(username, "another long one")).status).toBe(200);
  });

  test("that an admin closes is out at once and cannot come back", async () => {
    const { username, body } = await register();
    const path = `/api/users/${(body["user"] as { id: number }).id}/`;
    expect((await ask("PATCH", path, { token: body.access, body: { is_active: false } })).status).toBe(403);
    expect((await ask("PATCH", path, { token: admin, body: { is_active: false } })).body).toMatchObject({
      is_active: false,
    });
    expect(codeOf(await get("/api/auth/me/", { token: body.access }))).toBe("401 token_invalid");
    expect(codeOf(await post("/api/auth/refresh/", { refresh: body.refresh }))).toBe("401 token_invalid");
    expect(codeOf(await signIn(username))).toBe("401 invalid_credentials");
  });

  test("finds people only whom it shares a room with, unless it is of staff", async () => {
    const { username, body } = await register();
    expect((await get(`/api/users/?search=head`, { token: body.access })).body["results"]).toEqual([]);
    const found = await get(`/api/users/?search=${username}&limit=1`, { token: admin });
    expect(found.body["results"]).toMatchObject([{ username }]);
    expect(JSON.stringify(found.body)).not.toContain("email");
  });
});

describe("a school", () => {
  test("is set up once, and says whether it still has to be", async () => {
    const at = await startServer();
    const before = {
      needed: true,
      code_required: false,
      school_name: null,
      registration: "open",
      private_threads: "supervised",
    };
    expect((await get("/api/setup/", { at })).body).toEqual(before);
    const made = await post("/api/setup/", school, { at });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ user: { username: "head", role: "admin" } });
    expect(codeOf(await post("/api/setup/", { ...school, username: "head2" }, { at }))).toBe("409 already_set_up");
    expect((await get("/api/setup", { at })).body).toMatchObject({ needed: false, school_name: "Hill School" });
    await at.dispose();
  });

  test.each([
    ["invite", "403 invite_required"],
    ["closed", "403 registration_closed"],
  ])("with REGISTRATION=%s makes no account without a code, not even the first", async (REGISTRATION, answer) => {
    const other = await startServer({ env: { REGISTRATION } });
    expect(codeOf(await register({}, other))).toBe(answer);
    expect((await get("/api/setup/", { at: other })).body).toMatchObject({ needed: true, registration: REGISTRATION });
    await other.dispose();
  });
});

test("no password, token or ticket stands in what the server wrote, however much it writes", async () => {
  const { username, body } = await register();
  await get(`/api/auth/me/?token=${body.access}`, { token: body.access });
  await get("/api/auth/me/", { token: `${body.access}x` });
  await signIn(username, `${PASSWORD} not`);
  const { ticket } = (await post("/api/auth/ws-ticket/", {}, { token: body.access })).body;
  await get(`/ws/chat/?ticket=${String(ticket)}`);
  const output = server.output.join("\n");
  expect(output).toContain("/api/auth/me");
  for (const secret of [PASSWORD, body.access ?? "?", body.refresh ?? "?", String(ticket), "$argon2"]) {
    expect(output).not.toContain(secret);
  }
});
