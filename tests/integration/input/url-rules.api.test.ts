// Paths and methods: with and without the slash at the end, 405 with Allow, JSON 404, and the order in which refusals come.
import { type Operation, operations } from "@homeroom/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Answer,
  NO_ID,
  openStrict,
  type OperationId,
  requestOf,
  type StrictServer,
} from "../../kit/strict-client.ts";
import { type Bench, benchOf } from "./school.ts";

const all = Object.entries(operations) as [OperationId, Operation][];
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const methodsOf = Map.groupBy(all, ([, { path }]) => path);
const filled = (path: string) => path.replaceAll(/\{\w+\}/g, "1");
const said = ({ status, code }: Answer) => (code === null ? String(status) : `${status} ${code}`);

let school: StrictServer;
let bench: Bench;

beforeAll(async () => {
  school = await openStrict();
  bench = await benchOf(school);
});
afterAll(() => school.close());

describe.each([...methodsOf].map(([path, some]) => ({ path, allowed: some.map(([, o]) => o.method.toUpperCase()) })))(
  "$path",
  ({ path, allowed }) => {
    const bare = filled(path).replace(/\/$/, "");
    const slashed = `${bare}/`;

    it("answers alike with and without its slash, and never redirects", async () => {
      const { admin } = bench.people;
      for (const method of allowed.includes("GET") ? ["GET"] : allowed) {
        const token = method === "GET" ? admin.token : undefined;
        const [one, two] = await Promise.all([bare, slashed].map((p) => school.raw({ method, path: p, token })));
        expect(said(one as Answer)).toBe(said(two as Answer));
        expect((one as Answer).text.replaceAll(slashed, bare)).toBe((two as Answer).text.replaceAll(slashed, bare));
      }
    });

    it("answers other methods with 405 and what it allows, to anybody", async () => {
      const expected = [...allowed, ...(allowed.includes("GET") ? ["HEAD"] : [])].toSorted();
      for (const method of METHODS.filter((m) => !allowed.includes(m))) {
        for (const address of [bare, slashed]) {
          for (const token of [undefined, bench.people.host.token]) {
            const answer = await school.raw({ method, path: address, token });
            expect([method, address, said(answer)]).toEqual([method, address, "405 method_not_allowed"]);
            expect(answer.headers.get("allow")?.split(", ").toSorted()).toEqual(expected);
          }
        }
      }
    });
  },
);

describe("the order of refusals", () => {
  const hidden = () => bench.foreign.room;
  const ask = (method: string, path: string, token?: string, body?: string) =>
    school.raw({
      method,
      path,
      token,
      body,
      headers: body === undefined ? {} : { "content-type": "application/json" },
    });

  it("an unknown path is a JSON 404 for everybody, whatever is sent", async () => {
    const paths = [
      "/api",
      "/api/",
      "/api/nothing/",
      "/api/chat/",
      "/api/chat/rooms/1/2/3/",
      "/api/chat/rooms/1/nothing/",
      "/api/auth/",
      "/healthz/x",
      "/api/chat/rooms//join/",
      "/ws/chat/",
      "/.env",
      "/.git/config",
    ];
    for (const path of paths) {
      for (const method of METHODS) {
        for (const token of [undefined, "broken", bench.people.host.token]) {
          const answer = await ask(method, path, token, method === "GET" ? undefined : "{");
          expect([method, path, said(answer)]).toEqual([method, path, "404 not_found"]);
        }
      }
    }
  });

  it("405 comes before 401, 401 before 400 and 404, 400 before 403 and 404", async () => {
    const { outsider, host } = bench.people;
    const room = `/api/chat/rooms/${bench.room}/`;
    const cases: [string, Answer][] = [
      ["405 method_not_allowed", await ask("PUT", room, undefined, "{")],
      ["401 not_authenticated", await ask("PATCH", room, undefined, "{")],
      ["401 not_authenticated", await ask("GET", "/api/chat/rooms/abc/")],
      ["401 not_authenticated", await ask("GET", "/api/chat/rooms/?limit=abc")],
      ["401 token_invalid", await ask("PATCH", room, "broken", "{")],
      ["400 bad_request", await ask("POST", "/api/chat/rooms/", outsider.token, '{"name":""}')],
      ["403 forbidden", await ask("POST", "/api/chat/rooms/", outsider.token, '{"name":"Fine name"}')],
      ["400 bad_request", await ask("PATCH", room, outsider.token, '{"public":1}')],
      ["403 not_a_member", await ask("PATCH", room, outsider.token, '{"public":true}')],
      ["400 bad_request", await ask("PATCH", `/api/chat/rooms/${hidden()}/`, outsider.token, '{"public":1}')],
      ["400 bad_request", await ask("PATCH", `/api/chat/rooms/${NO_ID}/`, outsider.token, '{"public":1}')],
      ["404 not_found", await ask("PATCH", `/api/chat/rooms/${hidden()}/`, outsider.token, '{"public":true}')],
      ["404 not_found", await ask("PATCH", "/api/chat/rooms/abc/", host.token, "{")],
    ];
    expect(cases.map(([, answer]) => said(answer))).toEqual(cases.map(([expected]) => expected));
  });
});

describe("every answer", () => {
  it("has a request's id in its header and nowhere else, and is for nobody's cache", async () => {
    for (const [id, declared] of all.filter(([, { path }]) => path.startsWith("/api/"))) {
      for (const person of [null, bench.people.outsider]) {
        const asked = requestOf(declared, person, { params: { id: NO_ID, user_id: NO_ID, request_id: NO_ID } });
        if (person && declared.method !== "get") continue;
        const { headers, text } = await school.raw(asked);
        const number = headers.get("x-request-id") ?? "";
        expect([id, number.length > 10, text.includes(number)]).toEqual([id, true, false]);
        expect([id, headers.get("cache-control")]).toEqual([id, "private, no-store"]);
        expect(headers.get("vary")).toMatch(/Authorization/);
        expect(headers.get("x-content-type-options")).toBe("nosniff");
      }
    }
  });

  it("is shared with no foreign origin", async () => {
    const { host: here } = new URL(school.url);
    const evil = [
      "https://evil.example",
      "null",
      `http://${here}.evil.example`,
      `http://evil.example#${here}`,
      `https://${here.split(":")[0]}:1`,
      "file://",
      "chrome-extension://abc",
      "http://127.0.0.1.nip.io",
      "",
    ];
    const token = bench.people.host.token;
    for (const origin of evil) {
      for (const method of ["GET", "OPTIONS"]) {
        const headers = { origin, "access-control-request-method": "POST" };
        const response = await fetch(`${school.url}/api/auth/me/`, {
          method,
          headers: { ...headers, authorization: `Bearer ${token}` },
        });
        await response.text();
        expect([origin, response.headers.get("access-control-allow-origin")]).toEqual([origin, null]);
        expect(response.headers.get("access-control-allow-credentials")).toBeNull();
      }
    }
  });

  it("is JSON also where the method is HEAD or OPTIONS", async () => {
    for (const path of ["/api/auth/me/", "/api/chat/rooms/", "/healthz"]) {
      const head = await fetch(school.url + path, {
        method: "HEAD",
        headers: { authorization: `Bearer ${bench.people.host.token}` },
      });
      expect([path, head.status, await head.text()]).toEqual([path, 200, ""]);
    }
  });
});
