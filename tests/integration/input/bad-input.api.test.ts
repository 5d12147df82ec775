// Every body, field, path and query that is wrong: refused as documented, never with a 5xx, and nothing is written.
import { type Operation, operations } from "@homeroom/protocol";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { z } from "zod";
import { rowCounts } from "../../kit/row-counts.ts";
import {
  type Answer,
  type LooseCall,
  NO_FILE,
  openStrict,
  type OperationId,
  PASSWORD,
  requestOf,
  type StrictServer,
} from "../../kit/strict-client.ts";
import { NOT_YOURS, REFUSED } from "./fields.ts";
import { type Bench, benchOf, type Right } from "./school.ts";

const all = Object.entries(operations) as [OperationId, Operation][];
// Forms have their own: upload-forms.api.test.ts.
const withBody = all.filter(([, { body, file }]) => body !== undefined && !file);
const withIds = all.filter(([, { path }]) => path.includes("{"));

/** The names of a body's fields, through optional bodies and those of two shapes. */
const fieldsOf = (schema: z.ZodType | undefined): string[] => {
  if (!schema) return [];
  const { def } = schema as unknown as {
    def: { type: string; innerType?: z.ZodType; options?: z.ZodType[]; shape?: object };
  };
  if (def.type === "optional") return fieldsOf(def.innerType);
  if (def.type === "union") return (def.options ?? []).flatMap(fieldsOf);
  return Object.keys(def.shape ?? {});
};

describe("the tables", () => {
  it("know every field of every body", () => {
    const known = Object.entries(REFUSED).map(([id, fields]) => [id, Object.keys(fields ?? {}).toSorted()]);
    const declared = withBody.map(([id, { body }]) => [id, fieldsOf(body).toSorted()]);
    expect(Object.fromEntries(known)).toEqual(Object.fromEntries(declared));
  });
});

const suite = (database: "sqlite" | "postgres") => {
  let school: StrictServer;
  let bench: Bench;
  let before: Record<string, number>;
  let room: string;

  const look = async () =>
    JSON.stringify(await school.ok(bench.people.host, "getRoom", { params: { id: String(bench.room) } }));
  const right = (id: OperationId): Right => {
    const found = bench.right[id];
    if (!found) throw new Error(`no right call of ${id}`);
    return found;
  };
  const raw = (id: OperationId, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) => {
    const { person, call } = right(id);
    const asked = requestOf(operations[id], person, call);
    return school.raw({ ...asked, headers: { "content-type": "application/json", ...headers }, body });
  };
  const said = ({ status, code }: Answer) => `${status} ${code}`;

  beforeAll(async () => {
    school = await openStrict({ database });
    bench = await benchOf(school);
  });
  afterAll(() => school.close());
  beforeEach(async () => {
    [before, room] = [await rowCounts(school.server.kit.db), await look()];
  });
  afterEach(async () => {
    expect(await rowCounts(school.server.kit.db)).toEqual(before);
    expect(await look()).toBe(room);
  });

  describe.each(withBody.map(([id]) => id))("%s", (id) => {
    it("refuses what is no JSON object, and what is sent as something else", async () => {
      const deep = (n: number) => '{"a":'.repeat(n) + "1" + "}".repeat(n);
      const cases: [string, string | Uint8Array<ArrayBuffer>, Record<string, string>?][] = [
        ...["null", "[]", "[{}]", '"text"', "1", "true"].map((body): [string, string] => ["400 bad_request", body]),
        ...["{", "{]", '{"a":1,}', "{'a':1}", "NaN", "\u0000", "{}{}"].map((b): [string, string] => [
          "400 bad_request",
          b,
        ]),
        ["400 bad_request", deep(21)],
        ["400 bad_request", `{"a":${"[".repeat(10_000)}${"]".repeat(10_000)}}`],
        ["400 bad_request", new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
        ["413 too_large", JSON.stringify({ content: "x".repeat(256 * 1024) })],
        ...["text/plain", "application/x-www-form-urlencoded", "application/jsonp", "multipart/form-data"].map(
          (type): [string, string, Record<string, string>] => [
            "415 unsupported_media_type",
            "{}",
            { "content-type": type },
          ],
        ),
      ];
      const found = await Promise.all(cases.map(async ([, body, headers]) => said(await raw(id, body, headers))));
      expect(found).toEqual(cases.map(([expected]) => expected));
    });

    it("refuses fields that nobody may write, and says which", async () => {
      const known = Object.keys(REFUSED[id] ?? {});
      const { person, call } = right(id);
      const names = NOT_YOURS.filter((name) => !known.includes(name));
      const wrong = names.map(async (name) => {
        const answer = await school.call(person, id, { ...call, body: { ...(call.body as object), [name]: 1 } });
        const { fields } = answer.body as { fields?: object };
        const isSaid = id === "openPrivateThread" || Object.hasOwn(fields ?? {}, name);
        return said(answer) === "400 bad_request" && isSaid ? null : `${name}: ${answer.text}`;
      });
      expect((await Promise.all(wrong)).filter((line) => line !== null)).toEqual([]);
    });

    it("is not fooled by __proto__ or by a name given twice in the address", async () => {
      const body = JSON.stringify(right(id).call.body ?? {});
      const inject = `{"__proto__":{"role":"admin"}${body === "{}" ? "" : `,${body.slice(1, -1)}`}}`;
      expect(said(await raw(id, inject))).toBe("400 bad_request");
      expect(({} as { role?: string }).role).toBeUndefined();
      const { person, call } = right(id);
      const asked = requestOf(operations[id], person, call);
      for (const query of ["room=1&room=2", "room=1", "id=1", "__proto__=1", "content=x"]) {
        expect(said(await school.raw({ ...asked, path: `${asked.path}?${query}` }))).toBe("400 bad_request");
      }
    });

    it("refuses wrong values, and names the field", async () => {
      const { person, call } = right(id);
      const cases = Object.entries(REFUSED[id] ?? {}).flatMap(([field, values]) =>
        values.map((value) => ({ field, value })),
      );
      const wrong = cases.map(async ({ field, value }) => {
        const body = id === "openPrivateThread" && field === "message_id" ? {} : (call.body as object);
        const answer = await school.call(person, id, { ...call, body: { ...body, [field]: value } });
        const { fields } = answer.body as { fields?: object };
        const isNamed = id === "openPrivateThread" || Object.hasOwn(fields ?? {}, field);
        const shown = JSON.stringify(value).slice(0, 40);
        return said(answer) === "400 bad_request" && isNamed
          ? null
          : `${field} = ${shown}: ${answer.text.slice(0, 200)}`;
      });
      expect((await Promise.all(wrong)).filter((line) => line !== null)).toEqual([]);
    });
  });

  it("a body where none is taken is refused", async () => {
    const { host } = bench.people;
    const bare = all.filter(([, { method, body }]) => method === "delete" && body === undefined);
    for (const [id, { path }] of bare) {
      const isFile = path.includes("/uploads/");
      const params = { id: isFile ? NO_FILE : bench.room, user_id: bench.people.member.user.id };
      expect([id, said(await school.call(host, id, { params, body: { reason: "x" } }))]).toEqual([
        id,
        "400 bad_request",
      ]);
    }
  });

  describe("ids in the path", () => {
    const strange = [
      "0",
      "-1",
      "1.5",
      "1e99",
      "1e3",
      "abc",
      "%00",
      "01",
      "+1",
      "%20",
      "１",
      "9".repeat(16),
      "9".repeat(400),
      "[1]",
      "1,2",
      "*",
    ];
    it.each(withIds.map(([id, { path }]) => [id, path] as const))(
      "%s: what is no id names nothing",
      async (id, path) => {
        const { admin, host } = bench.people;
        const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name).filter((n) => /(^|_)id$/.test(n));
        const person = path.startsWith("/api/users/") || path.startsWith("/api/invites/") ? admin : host;
        const base = bench.right[id]?.call ?? { params: { id: bench.room, user_id: bench.people.member.user.id } };
        for (const name of names) {
          const found = await Promise.all(
            strange.map(async (value) =>
              said(await school.call(person, id, { ...base, params: { ...base.params, [name]: value } })),
            ),
          );
          expect(found).toEqual(strange.map(() => "404 not_found"));
        }
      },
    );
  });

  describe("emoji in the path", () => {
    const strange = [
      "x",
      "1",
      "%23",
      "%20",
      "%00",
      "%F0%9F%91",
      "%ED%A0%80",
      "%F0%9F%91%8D%F0%9F%91%8D",
      "%F0%9F%91%8D%20",
      "%E2%9D%A4",
      "%F0%9F%91%A8%E2%80%8D",
      "%E2%80%8D",
      ":thumbsup:",
      "..%2f..",
      "<b>",
      "x".repeat(5_000),
    ];
    const some = withIds.filter(([, { path }]) => path.includes("{emoji}")).map(([id]) => id);
    it.each(some)("%s: what is not exactly one is refused", async (id) => {
      const { person, call } = right(id);
      const ask = (emoji: string) => school.call(person, id, { ...call, params: { ...call.params, emoji } });
      const found = await Promise.all(strange.map(async (emoji) => [emoji, said(await ask(emoji))]));
      expect(found).toEqual(strange.map((emoji) => [emoji, "400 bad_request"]));
    });
  });

  describe("ids of what belongs elsewhere", () => {
    it("a quote, a thread or a private chat cannot reach into another room", async () => {
      const { host } = bench.people;
      const { message, room: hidden, thread } = bench.foreign;
      const to = { params: { id: bench.room } };
      const cases: [OperationId, LooseCall, string][] = [
        ["sendMessage", { ...to, body: { content: "x", reply_to: message } }, "400 bad_request"],
        ["sendMessage", { ...to, body: { content: "x", thread_root: message } }, "400 bad_request"],
        ["sendMessage", { ...to, body: { content: "x", also_in_room: true } }, "400 bad_request"],
        ["openPrivateThread", { body: { message_id: message } }, "404 not_found"],
        ["openPrivateThread", { body: { user_id: bench.people.member.user.id, room_id: hidden } }, "404 not_found"],
        [
          "openPrivateThread",
          { body: { user_id: bench.people.outsider.user.id, room_id: bench.room } },
          "404 not_found",
        ],
        ["openPrivateThread", { body: { message_id: message, user_id: 1, room_id: 1 } }, "400 bad_request"],
        // A room is no thread and a thread no room, though both are numbered together.
        ["getPrivateThread", { params: { id: bench.room } }, "404 not_found"],
        ["getRoom", { params: { id: thread } }, "404 not_found"],
        ["sendMessage", { params: { id: thread }, body: { content: "x" } }, "404 not_found"],
        ["sendPrivateMessage", { params: { id: bench.room }, body: { content: "x" } }, "404 not_found"],
        [
          "editPrivateMessage",
          { params: { id: right("editMessage").call.params?.["id"] ?? 0 }, body: { content: "x" } },
          "404 not_found",
        ],
        [
          "editMessage",
          { params: { id: right("editPrivateMessage").call.params?.["id"] ?? 0 }, body: { content: "x" } },
          "404 not_found",
        ],
        ["createInvite", { body: { role: "student", room: hidden } }, "404 not_found"],
        ["createInvite", { body: { role: "student", room: thread } }, "404 not_found"],
        ["transferHost", { ...to, body: { user_id: bench.people.outsider.user.id } }, "404 not_found"],
      ];
      for (const [id, call, expected] of cases) {
        expect([id, call, said(await school.call(host, id, call))]).toEqual([id, call, expected]);
      }
    });
  });

  describe("queries", () => {
    const lists = all.filter(([, { query }]) => query !== undefined && "limit" in (query as z.ZodObject).shape);
    it.each(lists.map(([id]) => id))("%s: twice, unknown or no number is refused", async (id) => {
      const { admin, host } = bench.people;
      const path = operations[id].path;
      const mine =
        bench.right[
          id === "listPrivateMessages" ? "sendPrivateMessage" : id === "getThread" ? "followThread" : "sendMessage"
        ];
      const asked = requestOf(operations[id], path.includes("{") ? host : admin, { params: mine?.call.params });
      const needed = id === "searchMessages" ? "q=words&" : "";
      const ask = async (query: string) =>
        said(await school.raw({ ...asked, path: `${asked.path}?${needed}${query}` }));
      const wrong = [
        "limit=1&limit=2",
        "limit=abc",
        "limit=-1",
        "limit=0",
        "limit=1.5",
        "limit=1e2",
        "limit=",
        "limit[]=1",
        "rid=1",
        "__proto__=1",
        "limit=%00",
        `limit=${"9".repeat(40)}`,
      ];
      expect(await Promise.all(wrong.map(ask))).toEqual(wrong.map(() => "400 bad_request"));
      expect(await ask("limit=1000000")).toBe("200 null");
    });

    it("whatever is searched for is only words", async () => {
      const { host } = bench.people;
      const words = [
        "%00",
        "a%00b",
        "%27%3B--",
        "%25",
        "_",
        "%22",
        "%5C",
        "%ED%A0%80",
        "*",
        "(",
        "%F0%9F%98%80",
        "%C2%AD",
        "NEAR%2F2",
        "%27%20OR%201%3D1--",
      ];
      for (const word of words) {
        const answer = await school.raw({ method: "GET", path: `/api/users/?search=${word}`, token: host.token });
        const found = answer.status === 200 ? (answer.body as { results: unknown[] }).results : said(answer);
        expect([word, found]).toEqual([word, word.includes("%00") ? "400 bad_request" : []]);
      }
    });
  });

  it("nobody signs in with a name that cannot be stored", async () => {
    for (const username of ["a\0b", "\0", "a\ud800b", "' or 1=1 --", "%", "\u202e", "😀".repeat(100)]) {
      const answer = await school.call(null, "login", { body: { username, password: PASSWORD } });
      expect([username, [400, 401].includes(answer.status)]).toEqual([username, true]);
    }
  });

  it("a header that is no token is no sign-in", async () => {
    for (const authorization of [
      "",
      "Bearer",
      "Bearer  ",
      "Basic YTpi",
      "Bearer a b",
      `Bearer ${"x".repeat(8_000)}`,
      "Bearer \u00ff",
    ]) {
      const answer = await school.raw({ method: "GET", path: "/api/auth/me/", headers: { authorization } });
      expect([authorization.slice(0, 20), answer.status]).toEqual([authorization.slice(0, 20), 401]);
    }
  });
};

describe.each(["sqlite", "postgres"] as const)("on %s", (database) => {
  suite(database);
});
