// Wrong codes: they are counted like wrong passwords, but by themselves.
import { Refusal, type Room } from "@homeroom/protocol";
import { expect, test } from "vitest";
import { type OpenKit, openKit, testBrowser } from "../../../../../tests/kit/feature-kit.ts";
import { accountsFeature, createUser } from "./accounts.ts";
import { hashPassword } from "./passwords.ts";

const PASSWORD = "correct horse";
const WRONG = "AAAA-AAAA-AAAA";

/** A student, signed in from the one address that everybody has here; whoever has any right code is in its room already. */
const school = async (t: OpenKit) => {
  const nobody = () => Promise.resolve();
  const { operations, doorman } = accountsFeature(t.kit, {
    enterRoom: () => Promise.resolve({ room: { id: 1 } as Room, joined: false }),
    isIn: () => Promise.resolve(true),
    tellOfWaiting: nobody,
    handOver: nobody,
    leaveEverywhere: nobody,
    requireModerator: nobody,
    logIdsOf: () => Promise.resolve([]),
    mayInvite: () => Promise.resolve(true),
  });
  const asked = <B>(body: B) => ({ body, params: undefined, query: undefined });
  const keyOf = (work: Promise<unknown>) =>
    work.then(
      () => "done",
      (error: unknown) => (error instanceof Refusal ? error.key : String(error)),
    );
  await createUser(t.kit, {
    username: "ada",
    display_name: "Ada",
    role: "student",
    password_hash: await hashPassword(PASSWORD),
  });
  const login = () => operations.login(asked({ username: "ada", password: PASSWORD }), testBrowser());
  const { caller } = { caller: await doorman.identify((await login()).body.access) };
  return {
    login: () => keyOf(login()),
    /** As one of many pupils. */
    redeem: (pupil: number, code: string) => {
      const call = { caller: { ...caller, user: { ...caller.user, id: pupil } }, http: testBrowser().http };
      return keyOf(operations.redeemInvite(asked({ code }), call));
    },
    me: caller.user.id,
  };
};

const withSchool = async (work: (t: OpenKit, at: Awaited<ReturnType<typeof school>>) => Promise<void>) => {
  const t = await openKit("sqlite");
  try {
    await work(t, await school(t));
  } finally {
    await t.dispose();
  }
};

test("a whole class that types an old code, behind one address, keeps nobody there from signing in", () =>
  withSchool(async (_t, { redeem, login }) => {
    for (let i = 0; i < 200; i += 1) expect(await redeem(1_000_000 + (i % 40), WRONG)).toBe("bad_request");
    expect(await redeem(2_000_000, WRONG)).toBe("rate_limited");
    expect(await login()).toBe("done");
  }));

test("the code of a room that one is in already forgives no guesses", () =>
  withSchool(async (t, { redeem, me }) => {
    const log = { kind: "room", epoch: "e", head: 0 } as const;
    const code = "BBBB-BBBB-BBBB";
    await t.kit.db.write(async (tx) => {
      const { id } = await tx.insertInto("logs").values(log).returning("id").executeTakeFirstOrThrow();
      const yes = {
        public: 1,
        discoverable: 1,
        is_active: 1,
        allow_uploads: 1,
        allow_voice: 1,
        private_replies: 1,
      } as const;
      const rest = { description: "", max_participants: 9, participant_count: 0, slow_mode_s: 0 };
      const at = { created_at: 1, updated_at: 1, deleted_at: null };
      await tx
        .insertInto("rooms")
        .values({ id, name: "Biology", host_id: me, ...yes, ...rest, ...at })
        .execute();
      const invite = { code, role: "student", room_id: id, created_by: me, created_at: 1, uses: 0 };
      await tx.insertInto("invites").values(invite).execute();
    });
    for (let i = 0; i < 4; i += 1) expect(await redeem(me, WRONG)).toBe("bad_request");
    expect(await redeem(me, code)).toBe("done");
    expect(await redeem(me, WRONG)).toBe("bad_request");
    expect(await redeem(me, code)).toBe("rate_limited");
  }));
