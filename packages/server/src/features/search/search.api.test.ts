// Search through the HTTP door: addresses that lead on, words that are refused, limits, and the moment somebody is removed.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStrict, type Person, type StrictServer } from "../../../../../tests/kit/strict-client.ts";

const at = (id: number) => ({ params: { id: String(id) } });

describe.each(["sqlite", "postgres"] as const)("on %s", (database) => {
  let school: StrictServer;
  let people: Record<"host" | "ada" | "ben", Person>;
  let room: number;
  beforeAll(async () => {
    school = await openStrict({ database });
    people = await school.people({ host: "teacher", ada: "student", ben: "student" });
    room = (await school.ok(people.host, "createRoom", { body: { name: "Biology 7b" } })).id;
    for (const person of [people.ada, people.ben]) await school.ok(person, "joinRoom", at(room));
    for (let i = 1; i <= 5; i++)
      await school.ok(people.ada, "sendMessage", { ...at(room), body: say(`Übung ${i} & "mehr"`) });
  });
  afterAll(() => school.close());

  const say = (content: string) => ({ content });
  const raw = (query: string, person = people.ada) =>
    school.raw({ method: "GET", path: `/api/chat/search/?${query}`, token: person.token });
  const search = (query: Record<string, string>, person = people.ada) =>
    school.ok(person, "searchMessages", { query: query as { q: string } });

  test("the addresses of next pages lead through all of it, once", async () => {
    const seen: string[] = [];
    const q = '"mehr" übu';
    let next: string | null = `${school.url}/api/chat/search/?${new URLSearchParams({ q, limit: "2" }).toString()}`;
    while (next !== null) {
      const { pathname, search: query } = new URL(next);
      const { body } = await school.raw({ method: "GET", path: pathname + query, token: people.ada.token });
      const page = body as { results: { content: string }[]; next: string | null; previous: string | null };
      expect(page.previous).toBeNull();
      seen.push(...page.results.map(({ content }) => content));
      next = page.next;
    }
    expect(seen).toEqual([5, 4, 3, 2, 1].map((i) => `Übung ${i} & "mehr"`));
  });

  test("what is no search is refused, with the name of the field", async () => {
    const cases: [query: string, field: string][] = [
      ["", "q"],
      ["q=", "q"],
      ["q=%20%20", "q"],
      ["q=%E2%80%8B", "q"],
      ["q=a%00b", "q"],
      ["q=a%07b", "q"],
      ["q=a%0Ab", "q"],
      [`q=${"x".repeat(201)}`, "q"],
      ["q=a&q=b", "q"],
      ["q=a&room=abc", "room"],
      ["q=a&thread=-1", "thread"],
      ["q=a&from=me", "from"],
      ["q=a&before=x", "before"],
      ["q=a&limit=0", "limit"],
      ["q=a&room=1&thread=2", "room"],
      ["q=a&after=1", "after"],
    ];
    for (const [query, field] of cases) {
      const { status, code, body } = await raw(query);
      expect([query, status, code]).toEqual([query, 400, "bad_request"]);
      expect([query, Object.keys((body as { fields?: object }).fields ?? {})]).toEqual([
        query,
        expect.arrayContaining([field]),
      ]);
    }
    expect((await raw(`q=${encodeURIComponent("é".repeat(200))}`)).status).toBe(200);
    expect((await raw("q=a&room=0")).status).toBe(404);
  });

  test("who was removed finds nothing from the answer on, and nobody else loses anything", async () => {
    expect((await search({ q: "übung" }, people.ben)).results).toHaveLength(5);
    const params = { id: String(room), user_id: String(people.ben.user.id) };
    await school.ok(people.host, "kickMember", { params, body: {} });
    expect((await search({ q: "übung" }, people.ben)).results).toEqual([]);
    expect((await raw(`q=ubung&room=${room}`, people.ben)).status).toBe(403);
    expect((await search({ q: "UBUNG" })).results).toHaveLength(5);
  });

  test("what is said is found by the time it is answered for", async () => {
    const { id } = await school.ok(people.ada, "sendMessage", { ...at(room), body: say("Zauberwort") });
    expect((await search({ q: "zauber" }, people.host)).results.map((m) => m.id)).toEqual([id]);
    await school.ok(people.ada, "editMessage", { ...at(id), body: say("Kennwort") });
    expect((await search({ q: "zauber" }, people.host)).results).toEqual([]);
    expect((await search({ q: "kennwort" }, people.host)).results).toMatchObject([{ id, content: "Kennwort" }]);
    await school.ok(people.host, "deleteMessage", at(id));
    expect((await search({ q: "kennwort" }, people.host)).results).toEqual([]);
  });
});

test("thirty searches at once are answered, the next is asked to wait", async () => {
  const school = await openStrict({ env: { LIMITS: "on" } });
  const ada = await school.person();
  const ask = () => school.call(ada, "searchMessages", { query: { q: "a" } });
  for (let i = 0; i < 30; i++) expect((await ask()).status).toBe(200);
  const answers = await Promise.all([ask(), ask(), ask()]);
  const refused = answers.find(({ status }) => status === 429);
  expect(refused?.code).toBe("rate_limited");
  expect(refused?.headers.get("retry-after")).toBe("1");
  await school.close();
});
