// Where somebody is signed in, on both databases: what the list tells, and what ends where.
import { Refusal, type UserCard } from "@homeroom/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testBrowser, type OpenKit, openKit } from "../../../../../tests/kit/feature-kit.ts";
import type { SignedCall } from "../../kit/call.ts";
import { type AccountsFeature, accountsFeature, createUser } from "./accounts.ts";

const PASSWORD = "correct horse";
const MINUTE = 60_000;
const FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
const none = () => Promise.resolve();
const hooks = {
  enterRoom: () => Promise.reject(new Error("not here")),
  leaveEverywhere: none,
  handOver: none,
  isIn: () => Promise.resolve(false),
  tellOfWaiting: none,
  logIdsOf: () => Promise.resolve([]),
  mayInvite: () => Promise.resolve(false),
  requireModerator: none,
};

const keyOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => "done",
    (error: unknown) => (error instanceof Refusal ? error.key : String(error)),
  );

describe.each(["sqlite", "postgres"] as const)("my sessions on %s", (dialect) => {
  let t: OpenKit;
  let feature: AccountsFeature;
  let ops: AccountsFeature["operations"];
  let count = 0;
  beforeAll(async () => {
    t = await openKit(dialect);
    feature = accountsFeature(t.kit, hooks);
    ops = feature.operations;
  });
  afterAll(() => t.dispose());
  beforeEach(() => void (t.effects.length = 0));

  const input = <B, P = undefined>(body: B, params?: P) => ({ body, params: params as P, query: undefined });
  const add = async (): Promise<UserCard> => {
    const username = `pupil${++count}`;
    return createUser(t.kit, { username, display_name: username, role: "student", password: PASSWORD });
  };
  const signIn = async ({ username }: UserCard, userAgent = "") => {
    const { body } = await ops.login(input({ username, password: PASSWORD }), testBrowser({ userAgent }));
    const { refresh } = body as { refresh: string };
    const call: SignedCall = { caller: await feature.doorman.identify(body.access) };
    return { call, refresh };
  };
  const list = async (call: SignedCall, query: { limit?: number; offset?: number } = {}) =>
    (await ops.listSessions({ ...input(undefined), query }, call)).body;
  const end = (call: SignedCall, id: number) => ops.endSession(input(undefined, { id }), call);

  test("are listed with their device, the last seen first, without what the tokens are made of", async () => {
    const user = await add();
    const desk = await signIn(user, FIREFOX);
    t.pass(MINUTE);
    const script = await signIn(user, "curl/8.14.1");
    await signIn(await add());
    const { results } = await list(desk.call);
    expect(results).toMatchObject([
      { user_agent: "curl/8.14.1", current: false },
      { user_agent: "Firefox on Windows", current: true },
    ]);
    expect((await list(script.call)).results.map(({ current }) => current)).toEqual([true, false]);
    const text = JSON.stringify(results);
    expect([desk, script].some(({ call }) => text.includes(call.caller.session))).toBe(false);
    expect(await list(desk.call, { limit: 1 })).toMatchObject({ results: [{ current: false }], previous: null });
    expect((await list(desk.call, { limit: 1, offset: 1 })).results).toMatchObject([{ current: true }]);
  });

  test("were last seen when they exchanged a token, opened a socket, or had one open", async () => {
    const user = await add();
    const { call, refresh } = await signIn(user);
    const lastSeen = async () => Date.parse((await list(call)).results[0]?.last_seen_at ?? "");
    const begun = await lastSeen();
    t.pass(MINUTE);
    await ops.refresh(input({ refresh }), testBrowser());
    expect(await lastSeen()).toBe(begun + MINUTE);
    t.pass(MINUTE);
    await ops.createTicket(input(undefined), call);
    expect(await lastSeen()).toBe(begun + 2 * MINUTE);
    t.pass(4 * MINUTE);
    await feature.doorman.ended([call.caller.session]);
    expect(await lastSeen()).toBe(begun + 2 * MINUTE);
    t.pass(MINUTE);
    await feature.doorman.ended([call.caller.session]);
    expect(await lastSeen()).toBe(begun + 7 * MINUTE);
  });

  test("end one by one: the refresh token is dead, the sockets close, the others go on", async () => {
    const user = await add();
    const [mine, lost, third] = [await signIn(user), await signIn(user), await signIn(user)];
    const { results } = await list(lost.call);
    const id = results.find(({ current }) => current)?.id ?? 0;
    expect((await end(mine.call, id)).status).toBe(204);
    expect(t.effects).toEqual([{ do: "end-sessions", sessionIds: [lost.call.caller.session] }]);
    expect(await keyOf(ops.refresh(input({ refresh: lost.refresh }), testBrowser()))).toBe("token_invalid");
    expect(await keyOf(ops.refresh(input({ refresh: third.refresh }), testBrowser()))).toBe("done");
    expect((await list(mine.call)).results).toHaveLength(2);
    expect(await keyOf(end(mine.call, id))).toBe("not_found");
  });

  test("of somebody else are not there", async () => {
    const [mine, theirs] = [await signIn(await add()), await signIn(await add())];
    const [session] = (await list(theirs.call)).results;
    expect(await keyOf(end(mine.call, session?.id ?? 0))).toBe("not_found");
    expect(await keyOf(end(mine.call, 1))).toBe("not_found");
    expect((await list(theirs.call)).results).toHaveLength(1);
  });

  test("all end but the one that asks", async () => {
    const user = await add();
    const [mine, second, third] = [await signIn(user), await signIn(user), await signIn(user)];
    const bystander = await signIn(await add());
    await ops.endOtherSessions(input(undefined), mine.call);
    const ended = [second, third].map(({ call }) => call.caller.session);
    expect(t.effects).toMatchObject([{ do: "end-sessions" }]);
    const sessions = [mine, second, third, bystander].map(({ call }) => call.caller.session);
    expect((await feature.doorman.ended(sessions)).toSorted()).toEqual(ended.toSorted());
    expect((await list(mine.call)).results).toMatchObject([{ current: true }]);
  });
});
