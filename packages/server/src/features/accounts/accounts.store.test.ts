// Accounts on both databases, with a clock that turns: what is stored, what rotates, what ends.
import { operations, Refusal, type Room, type UserCard } from "@homeroom/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestBrowser, testBrowser, type OpenKit, openKit } from "../../../../../tests/kit/feature-kit.ts";
import type { Caller } from "../../kit/call.ts";
import { type AccountsFeature, accountsFeature, createUser, issueTokens } from "./accounts.ts";
import { hashPassword } from "./passwords.ts";

const PASSWORD = "correct horse";
let passwordHash: string;
const [entered, left]: [number[][], number[]] = [[], []];
const nobody = () => Promise.resolve();
const hooks = {
  enterRoom: (_: unknown, user: UserCard, roomId: number) => {
    if (roomId === 404) throw new Refusal("not_found");
    if (roomId === 409) throw new Refusal("room_full");
    entered.push([user.id, roomId]);
    return Promise.resolve({ room: { id: roomId } as Room, joined: true });
  },
  leaveEverywhere: (_: unknown, user: UserCard) => Promise.resolve(left.push(user.id)),
  ...{ handOver: nobody, tellOfWaiting: nobody, isIn: () => Promise.resolve(false) },
  logIdsOf: () => Promise.resolve([7, 8]),
  mayInvite: () => Promise.resolve(true),
  requireModerator: (_: unknown, caller: Caller, roomId: number) => {
    if (roomId === 404) throw new Refusal("not_found");
    if (caller.user.role !== "admin" && caller.user.username !== "host") throw new Refusal("forbidden");
    return Promise.resolve();
  },
};

const keyOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => "done",
    (error: unknown) => (error instanceof Refusal ? error.key : String(error)),
  );

describe.each(["sqlite", "postgres"] as const)("accounts on %s", (dialect) => {
  let t: OpenKit;
  let feature: AccountsFeature;
  let ops: AccountsFeature["operations"];
  let count = 0;

  /** What measures locks, ms: unlike the clock it never jumps. */
  let even = 0;
  beforeAll(async () => {
    passwordHash = await hashPassword(PASSWORD);
    t = await openKit(dialect);
  });
  afterAll(() => t.dispose());
  beforeEach(() => {
    feature = accountsFeature(t.kit, hooks, { now: () => even });
    ops = feature.operations;
    t.effects.length = 0;
  });

  const open = (browser: TestBrowser = testBrowser()) => browser;
  const input = <B, P = undefined>(body: B, params?: P) => ({ body, params: params as P, query: undefined });
  const add = (role: UserCard["role"], username = `user${++count}`) =>
    createUser(t.kit, { username, display_name: username, role, password_hash: passwordHash });
  const login = async (username: string, browser = testBrowser(), password = PASSWORD) => {
    const { body } = await ops.login(input({ username, password }), open(browser));
    if (!("refresh" in body)) throw new Error("no refresh token");
    return body;
  };
  const cookieLogin = async (username: string, browser: TestBrowser) => {
    const { body } = await ops.login(
      input({ username, password: PASSWORD, session: "cookie" as const }),
      open(browser),
    );
    if (!("csrf" in body)) throw new Error("no csrf token");
    return body;
  };
  const refresh = async (token: string): Promise<string> => {
    const { body } = await ops.refresh(input({ refresh: token }), open());
    return "refresh" in body ? body.refresh : "";
  };
  const signed = async (user: UserCard): Promise<{ caller: Caller }> => {
    const { access } = await login(user.username);
    return { caller: await feature.doorman.identify(access) };
  };
  const endedSessions = () => t.effects.flatMap((e) => (e.do === "end-sessions" ? e.sessionIds : []));
  const register = (body: Record<string, string>) =>
    ops.register(
      input(operations.register.body.parse({ username: `user${++count}`, password: PASSWORD, ...body })),
      open(),
    );

  describe("set-up", () => {
    const body = { school_name: "Hill School", username: "head", password: PASSWORD, display_name: "Head" };
    const far = () => testBrowser({ address: "10.0.0.9", isLoopback: false });

    test("makes one school and one first admin, however many ask at once, and asks a stranger for the code", async () => {
      expect((await ops.getSetup(input(undefined), far())).body).toEqual({
        needed: true,
        code_required: true,
        school_name: null,
        registration: "open",
        private_threads: "supervised",
      });
      const code = await feature.setupCode();
      expect(code).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/);
      expect(await keyOf(ops.setUp(input(body), far()))).toBe("setup_code_wrong");
      expect(await keyOf(ops.setUp(input({ ...body, code: "AAAA-AAAA-AAAA" }), far()))).toBe("setup_code_wrong");
      const proxied = testBrowser();
      proxied.headers.set("x-forwarded-for", "10.0.0.9");
      expect(await keyOf(ops.setUp(input(body), proxied))).toBe("setup_code_wrong");

      const typed = { code: code?.toLowerCase().replaceAll("-", " ") ?? "" };
      const all = await Promise.all(
        [1, 2, 3].map((n) => keyOf(ops.setUp(input({ ...body, ...typed, username: `head${n}` }), far()))),
      );
      expect(all.toSorted()).toEqual(["already_set_up", "already_set_up", "done"]);
      expect((await ops.getSetup(input(undefined), open())).body).toMatchObject({
        needed: false,
        code_required: false,
        school_name: "Hill School",
      });
      expect(await feature.setupCode()).toBeNull();
    });
  });

  describe("names", () => {
    test("that look the same are the same, also when two register at once", async () => {
      const n = ++count;
      const all = await Promise.all(
        [`Zoë${n}`, `zoë${n}`, `ＺＯË${n}`].map((username) => keyOf(register({ username }))),
      );
      expect(all.toSorted()).toEqual(["done", "username_taken", "username_taken"]);
      expect((await login(`ZOË${n}`)).user.username).toMatch(/zoë/i);
    });

    test("may be e-mail addresses when signing in", async () => {
      const email = `Person${++count}@School.example`;
      await register({ email, username: `mailed${count}` });
      expect((await login(email.toUpperCase())).user.email).toBe(email);
      expect(await keyOf(register({ email: email.toLowerCase() }))).toBe("bad_request");
    });

    test("that do not exist, wrong passwords and closed accounts are answered alike", async () => {
      const user = await add("student");
      const admin = await signed(await add("admin"));
      await ops.updateUser(input({ is_active: false }, { id: user.id }), admin);
      const answers = [
        keyOf(login("nobody at all")),
        keyOf(login(admin.caller.user.username, testBrowser(), "wrong password")),
        keyOf(login(user.username)),
      ];
      expect(new Set(await Promise.all(answers))).toEqual(new Set(["invalid_credentials"]));
    });
  });

  describe("a refresh token", () => {
    test("is exchanged for the next one, and names the same session", async () => {
      const user = await add("student");
      const first = await login(user.username);
      const { body } = await ops.refresh(input({ refresh: first.refresh }), open());
      const before = await feature.doorman.identify(first.access);
      expect(await feature.doorman.identify(body.access)).toEqual(before);
    });

    test("that was used by twenty at once leaves one chain", async () => {
      const { refresh: token } = await login((await add("student")).username);
      const all = await Promise.all(Array.from({ length: 20 }, () => refresh(token)));
      expect(new Set(all).size).toBe(1);
      expect(await refresh(all[0] ?? "")).not.toBe(all[0]);
      expect(endedSessions()).toEqual([]);
    });

    test("that is used again more than ten seconds after its successor was given ends the session", async () => {
      const { refresh: token, access } = await login((await add("student")).username);
      const next = await refresh(token);
      t.pass(10_000);
      expect(await refresh(token)).toBe(next);
      t.pass(1);
      expect(await keyOf(refresh(token))).toBe("token_invalid");
      expect(endedSessions()).toHaveLength(1);
      expect(await keyOf(refresh(next))).toBe("token_invalid");
      expect(await keyOf(feature.doorman.identify(access))).toBe("token_invalid");
    });

    // Each step uses the newest token or the one before it; at once or after the grace.
    test("keeps its rule in every sequence of five uses", async () => {
      const user = await add("student");
      for (let pattern = 0; pattern < 32; pattern++) {
        let chain = [(await login(user.username)).refresh];
        let isOver = false;
        const outcomes: string[] = [];
        const rules: string[] = [];
        for (let step = 0; step < 5; step++) {
          const reuse = Boolean(pattern & (1 << step));
          const late = step % 2 === 1;
          if (late) t.pass(11_000);
          const token = (reuse ? chain.at(-2) : undefined) ?? chain.at(-1) ?? "";
          const isParent = token !== chain.at(-1);
          const answer = await refresh(token).catch(() => null);
          isOver ||= isParent && late;
          const isNew = answer !== null && !chain.includes(answer);
          const outcome = answer === null ? "refused" : isNew ? "next" : answer === chain.at(-1) ? "newest" : "older";
          outcomes.push(outcome);
          rules.push(isOver ? "refused" : isParent ? "newest" : "next");
          if (isNew) chain = [...chain, answer];
        }
        expect(outcomes).toEqual(rules);
      }
    });

    test("of the generation before the last ends the session even within the ten seconds", async () => {
      const { refresh: token } = await login((await add("student")).username);
      await refresh(await refresh(token));
      expect(await keyOf(refresh(token))).toBe("token_invalid");
      expect(endedSessions()).toHaveLength(1);
    });

    test("that was made up is invalid and ends nothing", async () => {
      const { refresh: token, access } = await login((await add("student")).username);
      const [session, generation, proof] = token.split(".");
      const forged = [`${session}.2.${proof}`, `${session}.${generation}.${"A".repeat(43)}`, "x", access, `${token}x`];
      for (const each of forged) expect(await keyOf(refresh(each))).toBe("token_invalid");
      expect(await refresh(token)).toBeTruthy();
      expect(endedSessions()).toEqual([]);
    });

    test("is expired after fourteen days without use", async () => {
      const { refresh: token } = await login((await add("student")).username);
      t.pass(13 * 86_400_000);
      const next = await refresh(token);
      t.pass(14 * 86_400_000);
      expect(await keyOf(refresh(next))).toBe("token_expired");
    });
  });

  describe("a cookie session", () => {
    test("needs the CSRF token and a right origin to be exchanged", async () => {
      const user = await add("student");
      const browser = testBrowser();
      const { csrf } = await cookieLogin(user.username, browser);
      expect(await keyOf(ops.refresh(input(undefined), browser))).toBe("csrf_failed");
      browser.headers.set("x-csrf-token", `${csrf}x`);
      expect(await keyOf(ops.refresh(input(undefined), browser))).toBe("csrf_failed");
      browser.headers.set("x-csrf-token", csrf);
      const foreign = { ...browser, http: { ...browser.http, originAllowed: false } };
      expect(await keyOf(ops.refresh(input(undefined), foreign))).toBe("csrf_failed");
      const before = browser.cookies.get("homeroom_refresh");
      expect((await ops.refresh(input(undefined), browser)).body).toMatchObject({ csrf });
      expect(browser.cookies.get("homeroom_refresh")).not.toBe(before);
      expect(await keyOf(ops.refresh(input(undefined), testBrowser()))).toBe("not_authenticated");
    });

    test("is told who it is and its CSRF token; a foreign page is told nothing", async () => {
      const user = await add("student");
      const browser = testBrowser();
      const { csrf } = await cookieLogin(user.username, browser);
      expect((await ops.getSession(input(undefined), browser)).body).toMatchObject({ user: { id: user.id }, csrf });
      const silent = { ...browser, http: { ...browser.http, originAllowed: false } };
      expect((await ops.getSession(input(undefined), silent)).body).toMatchObject({ csrf });
      browser.headers.set("origin", "http://evil.example");
      expect((await ops.getSession(input(undefined), silent)).body).toEqual({ user: null });
      expect((await ops.getSession(input(undefined), testBrowser())).body).toEqual({ user: null });
    });

    test("ends by logout, which may be asked again", async () => {
      const user = await add("student");
      const browser = testBrowser();
      const { csrf, access } = await cookieLogin(user.username, browser);
      const { session } = await feature.doorman.identify(access);
      expect(await keyOf(ops.logout(input(undefined), browser))).toBe("csrf_failed");
      browser.headers.set("x-csrf-token", csrf);
      expect((await ops.logout(input(undefined), browser)).body).toEqual({});
      expect(browser.cookies.size).toBe(0);
      expect(endedSessions()).toEqual([session]);
      expect((await ops.logout(input(undefined), browser)).body).toEqual({});
      expect(await keyOf(feature.doorman.identify(access))).toBe("token_invalid");
    });
  });

  describe("logout", () => {
    test("ends the session that an access token names, even an expired one", async () => {
      const { access } = await login((await add("student")).username);
      const { session } = await feature.doorman.identify(access);
      t.pass(11 * 60_000);
      const browser = testBrowser();
      browser.headers.set("authorization", `Bearer ${access}`);
      expect((await ops.getSession(input(undefined), browser)).body).toEqual({ user: null });
      await ops.logout(input(undefined), browser);
      expect(endedSessions()).toEqual([session]);
      expect(await feature.doorman.ended([session, "unknown"])).toEqual([session, "unknown"]);
    });

    test("ends the session of a refresh token, and ignores a made-up one", async () => {
      const { refresh: token, access } = await login((await add("student")).username);
      const { session } = await feature.doorman.identify(access);
      expect((await ops.logout(input({ refresh: "made up" }), open())).body).toEqual({});
      expect(await feature.doorman.ended([session])).toEqual([]);
      await ops.logout(input({ refresh: token }), open());
      expect(await feature.doorman.ended([session])).toEqual([session]);
    });
  });

  describe("a ticket", () => {
    test("opens once, for thirty seconds, and only while its session goes on", async () => {
      const call = await signed(await add("student"));
      const make = async () => (await ops.createTicket(input(undefined), call)).body.ticket;
      const ticket = await make();
      const both = await Promise.all([1, 2].map(() => keyOf(feature.doorman.redeem(ticket))));
      expect(both.toSorted()).toEqual(["done", "token_invalid"]);
      const late = await make();
      t.pass(30_000);
      expect(await keyOf(feature.doorman.redeem(late))).toBe("token_invalid");
      const orphan = await make();
      await t.kit.db.write((tx) =>
        tx.updateTable("sessions").set({ ended_at: 1 }).where("id", "=", call.caller.session).execute(),
      );
      expect(await keyOf(feature.doorman.redeem(orphan))).toBe("token_invalid");
      expect(await keyOf(feature.doorman.redeem("x"))).toBe("token_invalid");
    });

    test("is stored as a digest, and what expired is cleared away", async () => {
      const call = await signed(await add("student"));
      const { ticket } = (await ops.createTicket(input(undefined), call)).body;
      t.pass(60_000);
      await ops.createTicket(input(undefined), call);
      const rows = await t.kit.db.read.selectFrom("tickets").selectAll().execute();
      expect(rows).toHaveLength(1);
      expect(JSON.stringify(rows)).not.toContain(ticket);
    });
  });

  describe("a password", () => {
    test("is stored as argon2id with the advised cost", async () => {
      const user = await add("student");
      const row = await t.kit.db.read
        .selectFrom("users")
        .select("password_hash")
        .where("id", "=", user.id)
        .executeTakeFirstOrThrow();
      expect(row.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    });

    test("that is changed ends every other session", async () => {
      const user = await add("student");
      const other = await signed(user);
      const mine = await signed(user);
      const change = (current_password: string) =>
        ops.changePassword(input({ current_password, new_password: "battery staple" }), mine);
      expect(await keyOf(change("wrong password"))).toBe("invalid_credentials");
      expect(await keyOf(change(PASSWORD))).toBe("done");
      expect(endedSessions()).toEqual([other.caller.session]);
      expect(await feature.doorman.ended([mine.caller.session, other.caller.session])).toEqual([other.caller.session]);
      expect(await keyOf(login(user.username))).toBe("invalid_credentials");
      expect(await keyOf(login(user.username, testBrowser(), "battery staple"))).toBe("done");
    });

    test("that was guessed wrong five times locks the account, also for guesses sent all at once", async () => {
      const user = await add("student");
      const guesses = Array.from({ length: 12 }, (_, i) => (i === 11 ? PASSWORD : `guess number ${i}`));
      const answers: string[] = [];
      for (const guess of guesses) answers.push(await keyOf(login(user.username, testBrowser(), guess)));
      expect(answers.filter((a) => a === "invalid_credentials")).toHaveLength(5);
      expect(answers.at(-1)).toBe("login_locked");
      // A clock that is set back an hour locks nobody out for an hour.
      t.pass(-3_600_000);
      even += 5_000;
      expect(await keyOf(login(user.username))).toBe("done");
      t.pass(3_600_000);

      const victim = await add("student");
      const burst = Array.from({ length: 30 }, (_, i) => keyOf(login(victim.username, testBrowser(), `guess ${i}!`)));
      const counted = await Promise.all(burst);
      expect(counted.filter((a) => a === "invalid_credentials").length).toBe(5);
    });
  });

  describe("one's own account", () => {
    test("can be renamed, and everybody is told", async () => {
      const call = await signed(await add("student"));
      const { body } = await ops.updateMe(input({ display_name: "New Name", email: `me${++count}@x.example` }), call);
      expect(body).toMatchObject({ display_name: "New Name", email: `me${count}@x.example` });
      expect(t.effects).toMatchObject([{ do: "user-changed", user: { display_name: "New Name" }, logIds: [7, 8] }]);
      t.effects.length = 0;
      expect((await ops.updateMe(input({ email: null }), call)).body.email).toBeNull();
      expect((await ops.updateMe(input({}), call)).body.display_name).toBe("New Name");
      expect(t.effects).toEqual([]);
      expect((await ops.getMe(input(undefined), call)).body).toMatchObject({ id: call.caller.user.id });
    });
  });

  test("tokens made from the command line are let in for as long as they were made for", async () => {
    const users = await Promise.all([add("student"), add("student")]);
    const tokens = await issueTokens(
      t.kit,
      users.map((u) => u.id),
      86_400,
    );
    t.pass(86_000_000);
    const callers = await Promise.all(tokens.map((token) => feature.doorman.identify(token)));
    expect(callers.map((c) => c.user)).toEqual(users);
    t.pass(500_000);
    expect(await keyOf(feature.doorman.identify(tokens[0] ?? ""))).toBe("token_expired");
  });
});
