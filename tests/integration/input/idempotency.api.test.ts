// Idempotency-Key: the same key and body gives the first answer again, another body 409, also for twenty at once.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { rowCounts } from "../../kit/row-counts.ts";
import {
  type Answer,
  type LooseCall,
  openStrict,
  type OperationId,
  type Person,
  type StrictServer,
} from "../../kit/strict-client.ts";

interface Case {
  id: OperationId;
  /** Who asks, for what, and for something else. Each time about new people and rooms. */
  make: (school: StrictServer) => Promise<{ person: Person; call: LooseCall; other: LooseCall }>;
  /** The table with one more row. */
  table: string;
}

const roomOf = (school: StrictServer, host: Person) => school.ok(host, "createRoom", { body: { name: "Biology 7b" } });

const CASES: readonly Case[] = [
  {
    id: "createRoom",
    table: "rooms",
    make: async (school) => ({
      person: await school.person("teacher"),
      call: { body: { name: "Biology 7b" } },
      other: { body: { name: "Biology 7c" } },
    }),
  },
  {
    id: "createInvite",
    table: "invites",
    make: async (school) => ({
      person: await school.person("admin"),
      call: { body: { role: "student", max_uses: 3 } },
      other: { body: { role: "student", max_uses: 4 } },
    }),
  },
  {
    id: "createJoinRequest",
    table: "join_requests",
    make: async (school) => {
      const host = await school.person("teacher");
      const { id } = await roomOf(school, host);
      await school.ok(host, "updateRoom", { params: { id: String(id) }, body: { public: false, discoverable: true } });
      const params = { id };
      return {
        person: await school.person(),
        call: { params, body: { note: "Please" } },
        other: { params, body: { note: "Please!" } },
      };
    },
  },
  {
    id: "openPrivateThread",
    table: "private_threads",
    make: async (school) => {
      const host = await school.person("teacher");
      const { id } = await roomOf(school, host);
      const [person, another] = [await school.person(), await school.person()];
      for (const p of [person, another]) await school.ok(p, "joinRoom", { params: { id: String(id) } });
      const open = ({ user }: Person): LooseCall => ({ body: { user_id: user.id, room_id: id } });
      return { person, call: open(host), other: open(another) };
    },
  },
];

const said = ({ status, code }: Answer) => (code === null ? String(status) : `${status} ${code}`);

const suite = (database: "sqlite" | "postgres") => {
  let school: StrictServer;
  beforeAll(async () => {
    school = await openStrict({ database });
  });
  afterAll(() => school.close());

  describe.each(CASES)("$id", ({ id, make, table }) => {
    let made: Awaited<ReturnType<Case["make"]>>;
    let before: number;
    const rows = async () => (await rowCounts(school.server.kit.db))[table] ?? 0;
    const ask = (key: string, call = made.call, person = made.person) =>
      school.call(person, id, { ...call, headers: { "idempotency-key": key } });

    beforeEach(async () => {
      made = await make(school);
      before = await rows();
    });

    it("the same key again is answered as the first time, and nothing more is made", async () => {
      const first = await ask("a-key");
      const second = await ask("a-key");
      expect(said(first)).toBe("201");
      expect([second.status, second.text]).toEqual([first.status, first.text]);
      expect(await rows()).toBe(before + 1);
    });

    it("the same key with another body is refused", async () => {
      await ask("a-key");
      expect(said(await ask("a-key", made.other))).toBe("409 idempotency_conflict");
      expect(await rows()).toBe(before + 1);
    });

    it("twenty at once make one, and all hear of the same", async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => ask("at-once")));
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
      expect(new Set(answers.map(said))).toEqual(new Set(["201"]));
      expect(await rows()).toBe(before + 1);
    });

    it("twenty at once with two bodies make one thing, and the others are told", async () => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, i) => ask("at-once", i % 2 === 0 ? made.call : made.other)),
      );
      expect(new Set(answers.map(said))).toEqual(new Set(["201", "409 idempotency_conflict"]));
      expect(answers.filter((a) => a.status === 201)).toHaveLength(10);
      expect(await rows()).toBe(before + 1);
    });

    it("a key that is none is refused", async () => {
      for (const key of ["x".repeat(201), "é", "a b", "\t"]) {
        expect([key, said(await ask(key))]).toEqual([key, "400 bad_request"]);
      }
      expect(await rows()).toBe(before);
    });
  });

  it("somebody else's key is another key", async () => {
    const [one, two] = [await school.person("teacher"), await school.person("teacher")];
    const ask = (person: Person, name: string) =>
      school.call(person, "createRoom", { body: { name }, headers: { "idempotency-key": "shared" } });
    expect([said(await ask(one, "Mine")), said(await ask(two, "Theirs"))]).toEqual(["201", "201"]);
  });

  it("the same key for another operation, or another room, is refused", async () => {
    const admin = await school.person("admin");
    const headers = { "idempotency-key": "one-key" };
    expect(said(await school.call(admin, "createRoom", { body: { name: "A room" }, headers }))).toBe("201");
    expect(said(await school.call(admin, "createInvite", { body: { role: "student" }, headers }))).toBe(
      "409 idempotency_conflict",
    );
  });

  it("a refusal is not remembered", async () => {
    const host = await school.person("teacher");
    const { id } = await roomOf(school, host);
    const asker = await school.person();
    const ask = () =>
      school.call(asker, "createJoinRequest", { params: { id }, body: {}, headers: { "idempotency-key": "later" } });
    expect(said(await ask())).toBe("409 room_is_public");
    await school.ok(host, "updateRoom", { params: { id: String(id) }, body: { public: false, discoverable: true } });
    expect(said(await ask())).toBe("201");
  });

  it("what takes no key does not mind one", async () => {
    const { user, ...person } = await school.person();
    const headers = { "idempotency-key": "x".repeat(300) };
    expect(said(await school.call({ user, ...person }, "updateMe", { body: {}, headers }))).toBe("200");
  });
};

describe.each(["sqlite", "postgres"] as const)("on %s", (database) => {
  suite(database);
});
