// Codes, the list of people and what admins do to accounts, on both databases.
import { Refusal, type Room, type UserCard } from "@homeroom/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testBrowser, type OpenKit, openKit } from "../../../../../tests/kit/feature-kit.ts";
import type { Caller } from "../../kit/call.ts";
import { createLog } from "../../kit/log.ts";
import { flag } from "../../kit/tables.ts";
import { type AccountsFeature, accountsFeature, createUser, issueToken } from "./accounts.ts";
import { hashPassword } from "./passwords.ts";

const PASSWORD = "correct horse";

const keyOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => "done",
    (error: unknown) => (error instanceof Refusal ? error.key : String(error)),
  );
const input = <B, P = undefined, Q = undefined>(body: B, params?: P, query?: Q) => ({
  body,
  params: params as P,
  query: query as Q,
});

describe.each(["sqlite", "postgres"] as const)("people on %s", (dialect) => {
  let t: OpenKit;
  let feature: AccountsFeature;
  let ops: AccountsFeature["operations"];
  let passwordHash: string;
  let count = 0;
  let entered: number[][] = [];
  let left: string[] = [];
  const hasEntered = (user: number, room: number) => entered.some(([one, at]) => one === user && at === room);

  beforeAll(async () => {
    passwordHash = await hashPassword(PASSWORD);
    t = await openKit(dialect, { REGISTRATION: "invite" });
    feature = accountsFeature(t.kit, {
      enterRoom: (_, user, roomId) => {
        if (roomId === full) throw new Refusal("room_full");
        if (roomId === gone) throw new Refusal("not_found");
        const joined = !hasEntered(user.id, roomId);
        if (joined) entered.push([user.id, roomId]);
        return Promise.resolve({ room: { id: roomId } as Room, joined });
      },
      isIn: (_, userId, roomId) => Promise.resolve(hasEntered(userId, roomId)),
      tellOfWaiting: () => Promise.resolve(),
      handOver: () => Promise.resolve(),
      logIdsOf: () => Promise.resolve([]),
      mayInvite: async (db, userId, roomId) =>
        (await db.selectFrom("rooms").selectAll().where("id", "=", roomId).executeTakeFirst())?.host_id === userId,
      leaveEverywhere: (_, user, by) => Promise.resolve(left.push(`${user.id} by ${by.id}`)),
      requireModerator: async (db, caller, roomId) => {
        const room = await db.selectFrom("rooms").selectAll().where("id", "=", roomId).executeTakeFirst();
        if (!room) throw new Refusal("not_found");
        if (caller.user.role !== "admin" && room.host_id !== caller.user.id) throw new Refusal("forbidden");
      },
    });
    ops = feature.operations;
    const host = await add("teacher");
    [full, gone] = [await makeRoom(host), await makeRoom(host)];
  });
  afterAll(() => t.dispose());
  beforeEach(() => {
    t.effects.length = 0;
    [entered, left] = [[], []];
  });
  let full = 0;
  let gone = 0;

  const add = (role: UserCard["role"], display_name?: string, username = `user${++count}`) =>
    createUser(t.kit, { username, display_name: display_name ?? username, role, password_hash: passwordHash });
  const callOf = async (user: UserCard): Promise<{ caller: Caller }> => ({
    caller: await feature.doorman.identify(await issueToken(t.kit, user.id, 600)),
  });
  const newCall = async (role: UserCard["role"]) => callOf(await add(role));
  const makeRoom = (host: UserCard, members: UserCard[] = []): Promise<number> =>
    t.kit.db.write(async (tx) => {
      const { id } = await createLog(tx, "room");
      const no = flag(false);
      await tx
        .insertInto("rooms")
        .values({
          id,
          name: "Room",
          description: "",
          host_id: host.id,
          public: no,
          discoverable: no,
          is_active: flag(true),
          max_participants: 10,
          participant_count: 1 + members.length,
          allow_uploads: no,
          allow_voice: no,
          private_replies: no,
          slow_mode_s: 0,
          created_at: 1,
          updated_at: 1,
        })
        .execute();
      for (const user of [host, ...members]) {
        const room_role = user === host ? "host" : "member";
        const membership = { room_id: id, user_id: user.id, room_role, joined_at: 1, kicked: no } as const;
        await tx.insertInto("memberships").values(membership).execute();
      }
      return id;
    });
  type Asked = Parameters<AccountsFeature["operations"]["createInvite"]>[0]["body"];
  const invite = async (call: { caller: Caller }, body: Asked) => (await ops.createInvite(input(body), call)).body;
  const register = (invite_code?: string) =>
    ops.register(input({ username: `user${++count}`, password: PASSWORD, invite_code }), testBrowser());

  describe("a code", () => {
    test("carries its role and its room, whatever the case it is typed in", async () => {
      const admin = await newCall("admin");
      const room = await makeRoom(admin.caller.user);
      const { code } = await invite(admin, { role: "teacher", room });
      expect(code).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/);
      const { body } = await register(code.toLowerCase().replaceAll("-", " "));
      expect(body.user.role).toBe("teacher");
      expect(entered).toEqual([[body.user.id, room]]);
    });

    test("is needed where the school wants one, and a wrong one is refused", async () => {
      expect(await keyOf(register())).toBe("invite_required");
      expect(await keyOf(register("AAAA-AAAA-AAAA"))).toBe("bad_request");
    });

    test("is good for as many as it says, also when all come at once", async () => {
      const admin = await newCall("admin");
      const { code } = await invite(admin, { role: "student", max_uses: 3 });
      const all = await Promise.all(Array.from({ length: 8 }, () => keyOf(register(code))));
      expect(all.filter((a) => a === "done")).toHaveLength(3);
      expect(all.filter((a) => a === "bad_request")).toHaveLength(5);
    });

    test("that is too old or withdrawn is refused like a wrong one", async () => {
      const admin = await newCall("admin");
      const expires_at = new Date(t.kit.clock.now() + 1000).toISOString();
      const old = await invite(admin, { role: "student", expires_at });
      expect(await keyOf(invite(admin, { role: "student", expires_at: "2020-01-01T00:00:00Z" }))).toBe("bad_request");
      const withdrawn = await invite(admin, { role: "student" });
      await ops.deleteInvite(input(undefined, { id: withdrawn.id }), admin);
      t.pass(1000);
      expect(await keyOf(register(old.code))).toBe("bad_request");
      expect(await keyOf(register(withdrawn.code))).toBe("bad_request");
    });

    test("for a full room makes no account and counts no use; for a deleted one it is not valid", async () => {
      const admin = await newCall("admin");
      const { code, id } = await invite(admin, { role: "student", room: full });
      expect(await keyOf(register(code))).toBe("room_full");
      const list = (await ops.listInvites(input(undefined, undefined, {}), admin)).body.results;
      expect(list.find((i) => i.id === id)?.uses).toBe(0);
      const people = (await ops.listUsers(input(undefined, undefined, { search: `user${count}` }), admin)).body.results;
      expect(people.find((p) => p.username === `user${count}`)).toBeUndefined();
      expect(await keyOf(register((await invite(admin, { role: "student", room: gone })).code))).toBe("bad_request");
    });

    test("of a teacher is for students of a room of theirs", async () => {
      const teacher = await newCall("teacher");
      const mine = await makeRoom(teacher.caller.user);
      expect(await keyOf(invite(teacher, { role: "student", room: mine }))).toBe("done");
      expect(await keyOf(invite(teacher, { role: "student" }))).toBe("bad_request");
      expect(await keyOf(invite(teacher, { role: "teacher", room: mine }))).toBe("forbidden");
      expect(await keyOf(invite(teacher, { role: "student", room: full }))).toBe("forbidden");
      expect(await keyOf(invite(teacher, { role: "student", room: 999_999 }))).toBe("not_found");
      expect(await keyOf(invite(await newCall("student"), { role: "student", room: mine }))).toBe("forbidden");
    });

    test("is seen and withdrawn by who made it and by admins, newest first", async () => {
      const [teacher, other, admin] = [await newCall("teacher"), await newCall("teacher"), await newCall("admin")];
      const room = await makeRoom(teacher.caller.user);
      const made = [1, 2, 3].map(() => invite(teacher, { role: "student", room }));
      await Promise.all(made);
      const page = (await ops.listInvites(input(undefined, undefined, { limit: 2 }), teacher)).body;
      expect(page.results).toHaveLength(2);
      expect(page.next).toBe("/api/invites/?limit=2&offset=2");
      const [newest = { id: 0 }, next = { id: 0 }] = page.results;
      expect(newest.id).toBeGreaterThan(next.id);
      expect((await ops.listInvites(input(undefined, undefined, {}), other)).body.results).toEqual([]);
      expect(await keyOf(ops.deleteInvite(input(undefined, { id: newest.id }), other))).toBe("not_found");
      expect(await keyOf(ops.deleteInvite(input(undefined, { id: newest.id }), admin))).toBe("done");
      expect(await keyOf(ops.deleteInvite(input(undefined, { id: newest.id }), teacher))).toBe("not_found");
    });

    describe("used with an account that one has", () => {
      const redeem = (call: { caller: Caller }, code: string) => keyOf(ops.redeemInvite(input({ code }), call));
      const usesOf = async (admin: { caller: Caller }, id: number) =>
        (await ops.listInvites(input(undefined, undefined, {}), admin)).body.results.find((i) => i.id === id)?.uses;

      test("opens its room, whatever the case it is typed in, and counts each person once", async () => {
        const [admin, student] = [await newCall("admin"), await newCall("student")];
        const room = await makeRoom(admin.caller.user);
        const { code, id } = await invite(admin, { role: "student", room });
        expect(await redeem(student, code.toLowerCase().replaceAll("-", " "))).toBe("done");
        expect(entered).toEqual([[student.caller.user.id, room]]);
        expect(await redeem(student, code)).toBe("done");
        expect(await usesOf(admin, id)).toBe(1);
      });

      test("gives no role: one for teachers is not valid for a student", async () => {
        const [admin, student, teacher] = [await newCall("admin"), await newCall("student"), await newCall("teacher")];
        const room = await makeRoom(admin.caller.user);
        const { code, id } = await invite(admin, { role: "teacher", room });
        expect(await redeem(student, code)).toBe("bad_request");
        expect(await usesOf(admin, id)).toBe(0);
        expect(await redeem(teacher, code)).toBe("done");
      });

      test("is refused like any other when wrong, used up, without a room or for one that is gone", async () => {
        const admin = await newCall("admin");
        const first = await newCall("student");
        const second = await newCall("student");
        const third = await newCall("student");
        const once = await invite(admin, { role: "student", room: await makeRoom(admin.caller.user), max_uses: 1 });
        expect(await redeem(first, once.code)).toBe("done");
        expect(await redeem(first, once.code)).toBe("done");
        expect(await redeem(second, once.code)).toBe("bad_request");
        expect(await redeem(second, "AAAA-AAAA-AAAA")).toBe("bad_request");
        expect(await redeem(second, (await invite(admin, { role: "student" })).code)).toBe("bad_request");
        expect(await redeem(third, (await invite(admin, { role: "student", room: gone })).code)).toBe("bad_request");
        const toFull = await invite(admin, { role: "student", room: full });
        expect(await redeem(third, toFull.code)).toBe("room_full");
        expect(await usesOf(admin, toFull.id)).toBe(0);
      });

      test("cannot be guessed at: after five wrong ones there is a wait, which locks nobody out of signing in", async () => {
        const student = await newCall("student");
        for (let i = 0; i < 5; i += 1) expect(await redeem(student, "AAAA-AAAA-AAAA")).toBe("bad_request");
        expect(await redeem(student, "AAAA-AAAA-AAAA")).toBe("rate_limited");
        const { username } = student.caller.user;
        expect(await keyOf(ops.login(input({ username, password: PASSWORD }), testBrowser()))).toBe("done");
      });
    });

    test("is made once for one Idempotency-Key", async () => {
      const admin = { ...(await newCall("admin")), idempotency: { key: "k", digest: "d" } };
      expect(await invite(admin, { role: "student" })).toEqual(await invite(admin, { role: "student" }));
    });

    test("of somebody who lost the right to make it is withdrawn", async () => {
      const [admin, fallen] = [await newCall("admin"), await newCall("admin")];
      const { code } = await invite(fallen, { role: "admin" });
      await ops.updateUser(input({ role: "teacher" as const }, { id: fallen.caller.user.id }), admin);
      expect(await keyOf(register(code))).toBe("bad_request");
    });
  });

  describe("the list of people", () => {
    const search = async (call: { caller: Caller }, search?: string) =>
      (await ops.listUsers(input(undefined, undefined, { search }), call)).body.results.map((p) => p.display_name);

    test("shows students whom they share a room with, and staff everybody", async () => {
      const [teacher, ann, bob, eve] = [
        await add("teacher", "Zz Teacher"),
        await add("student", "Zz Ann"),
        await add("student", "Zz Bob"),
        await add("student", "Zz Eve"),
      ];
      const room = await makeRoom(teacher, [ann, bob]);
      await makeRoom(teacher, [eve]);
      expect(await search(await callOf(ann), "zz ")).toEqual(["Zz Ann", "Zz Bob", "Zz Teacher"]);
      expect(await search(await callOf(teacher), "ZZ ")).toEqual(["Zz Ann", "Zz Bob", "Zz Eve", "Zz Teacher"]);
      await t.kit.db.write((tx) =>
        tx
          .updateTable("memberships")
          .set({ ended_at: 2 })
          .where("room_id", "=", room)
          .where("user_id", "=", bob.id)
          .execute(),
      );
      expect(await search(await callOf(ann))).toEqual(["Zz Ann", "Zz Teacher"]);
      expect(await search(await callOf(bob))).toEqual([]);
    });

    test("finds parts of names in any case, and takes no character for a wildcard", async () => {
      const admin = await newCall("admin");
      const tag = `q${count}`;
      await add("student", `Ömer 100% ${tag}`);
      await add("student", `Omer 100x ${tag}`);
      await add("student", "Somebody", `Find.Me_${tag}`);
      expect(await search(admin, "ömer")).toEqual([`Ömer 100% ${tag}`]);
      expect(await search(admin, `100% ${tag}`)).toEqual([`Ömer 100% ${tag}`]);
      expect(await search(admin, `.me_${tag.toUpperCase()}`)).toEqual(["Somebody"]);
      expect(await search(admin, "__")).toEqual([]);
      expect(await search(admin, "\\")).toEqual([]);
      expect(await search(admin, "' or 1=1 --")).toEqual([]);
    });
  });

  describe("an admin", () => {
    const update = (call: { caller: Caller }, id: number, body: { role?: UserCard["role"]; is_active?: boolean }) =>
      ops.updateUser(input(body, { id }), call);

    test("gives a role, and the sockets are told", async () => {
      const [admin, user] = [await newCall("admin"), await newCall("student")];
      expect((await update(admin, user.caller.user.id, { role: "teacher" })).body).toMatchObject({ role: "teacher" });
      expect(t.effects).toMatchObject([{ do: "user-changed", user: { id: user.caller.user.id, role: "teacher" } }]);
      expect(await feature.doorman.ended([user.caller.session])).toEqual([]);
    });

    test("closes an account: its sessions and memberships end; opened again it may sign in", async () => {
      const [admin, user] = [await newCall("admin"), await newCall("student")];
      const { id } = user.caller.user;
      expect((await update(admin, id, { is_active: false })).body.is_active).toBe(false);
      expect(left).toEqual([`${id} by ${admin.caller.user.id}`]);
      expect(t.effects).toContainEqual({ do: "end-sessions", sessionIds: [user.caller.session] });
      expect(await feature.doorman.ended([user.caller.session])).toEqual([user.caller.session]);
      await update(admin, id, { is_active: true });
      expect(await feature.doorman.ended([user.caller.session])).toEqual([user.caller.session]);
      const again = { username: user.caller.user.username, password: PASSWORD };
      expect(await keyOf(ops.login(input(again), testBrowser()))).toBe("done");
    });

    test("is the only one who may, and not to themselves, nor to nobody", async () => {
      const [admin, teacher] = [await newCall("admin"), await newCall("teacher")];
      expect(await keyOf(update(teacher, admin.caller.user.id, { is_active: false }))).toBe("forbidden");
      expect(await keyOf(update(admin, admin.caller.user.id, { role: "student" }))).toBe("cannot_target_self");
      expect(await keyOf(update(admin, 999_999, { role: "student" }))).toBe("not_found");
    });

    test("remains, when two admins demote each other at once", async () => {
      const pair = [await newCall("admin"), await newCall("admin")] as const;
      const ids = pair.map((c) => c.caller.user.id);
      const answers = await Promise.all(
        pair.map((call, i) => keyOf(update(call, ids[1 - i] ?? 0, { role: "student" }))),
      );
      expect(answers.toSorted()).toEqual(["done", "forbidden"]);
    });
  });
});
