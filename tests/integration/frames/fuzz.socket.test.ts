// Whatever comes over a socket or into a request: it is answered or closed with a code that the contract knows, and the server lives.
import { clientFrames, CLOSE } from "@homeroom/protocol";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openStrict, type Person, type StrictServer } from "../../kit/strict-client.ts";
import { openWire, type Wire } from "../../kit/wire.ts";

const SEED = 20_260_901;
const RUNS = 300;

let school: StrictServer;
let host: Person;
let member: Person;
let room: number;
let thread: number;

beforeAll(async () => {
  school = await openStrict();
  ({ host, member } = await school.people({ host: "teacher", member: "student" }));
  room = (await school.ok(host, "createRoom", { body: { name: "Biology 7b" } })).id;
  await school.ok(member, "joinRoom", { params: { id: String(room) } });
  thread = (await school.ok(host, "openPrivateThread", { body: { user_id: member.user.id, room_id: room } })).id;
});
afterAll(() => school.close());

const strange = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    0,
    -1,
    1.5,
    1e99,
    2 ** 53,
    "",
    " ",
    "\0",
    "\ud800",
    "__proto__",
    null,
    [],
    {},
    true,
    [null],
    { $ne: 1 },
  ),
  fc.string({ unit: "binary", maxLength: 40 }),
);
const place = fc.oneof({ weight: 3, arbitrary: fc.constant("room") }, { weight: 1, arbitrary: strange });
const FIELDS = [
  "room",
  "thread",
  "content",
  "client_id",
  "reply_to",
  "thread_root",
  "also_in_room",
  "attachments",
  "user_id",
  "reason",
  "seq",
  "logs",
  "ref",
  "constructor",
  "sender",
];

/** Frames that are almost right: a known type, some of its fields, a few of them strange. */
const almost = fc
  .record({
    type: fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...Object.values(clientFrames).map((f) => f.type)) },
      strange,
    ),
    where: place,
    fields: fc.dictionary(fc.constantFrom(...FIELDS), strange, { maxKeys: 4 }),
    content: fc.option(fc.string({ unit: "grapheme", maxLength: 60 })),
  })
  .map(({ type, where, fields, content }) => {
    const at = where === "room" ? (type === "private_message" ? { thread } : { room }) : { room: where };
    return JSON.stringify({ type, ...at, ...(content !== null && { content }), ...fields });
  });
const text = fc.oneof(
  { weight: 6, arbitrary: almost },
  { weight: 2, arbitrary: fc.json({ maxDepth: 6 }) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 200 }) },
  { weight: 1, arbitrary: fc.tuple(almost, fc.nat(200)).map(([frame, cut]) => frame.slice(0, cut)) },
);

it("a socket lives, or closes with a documented code, whatever is said on it", async () => {
  const doors = () => [`/ws/chat/`, `/ws/chat/rooms/${room}/`, `/ws/chat/private/${thread}/`];
  const wires: Wire[] = await Promise.all(doors().map((path) => openWire(school.url, `${path}?token=${host.token}`)));
  const documented = new Set<number>(Object.values(CLOSE));
  const speak = async (door: number, frames: readonly string[]) => {
    const wire = wires[door] as Wire;
    for (const frame of frames) wire.sendRaw(frame);
    // Rejects where a frame of the server is not as declared, and when the socket closed.
    const answers = await wire.answers().catch(async (error: unknown) => {
      if (wire.ws.readyState === wire.ws.OPEN) throw error;
      const { code } = await wire.closed;
      if (!documented.has(code)) throw new Error(`closed with ${code}`, { cause: error });
      wires[door] = await openWire(school.url, `${doors()[door]}?token=${host.token}`);
      return [];
    });
    const codes = answers.map((answer) => (answer.type === "error" ? answer.code : "fine"));
    expect(codes.filter((code) => code === "internal" || code === "unavailable")).toEqual([]);
  };
  const property = fc.asyncProperty(fc.nat(2), fc.array(text, { minLength: 1, maxLength: 4 }), speak);
  await fc.assert(property, { seed: SEED, numRuns: RUNS });
  await Promise.all(wires.map((wire) => wire.end()));
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect((await school.call(null, "readyz")).status).toBe(200);
});

it("no request is answered with a 5xx, whatever stands in it", async () => {
  const paths = fc.constantFrom<[method: string, path: string]>(
    ["POST", "/api/chat/rooms/"],
    ["PATCH", `/api/chat/rooms/${room}/`],
    ["POST", `/api/chat/rooms/${room}/messages/`],
    ["POST", "/api/chat/private-threads/"],
    ["POST", `/api/chat/rooms/${room}/join-request/`],
    ["POST", "/api/invites/"],
    ["PATCH", "/api/auth/me/"],
    ["POST", "/api/auth/register/"],
    ["GET", "/api/users/"],
    ["GET", `/api/chat/rooms/${room}/messages/`],
  );
  const query = fc.dictionary(
    fc.constantFrom("limit", "offset", "search", "before", "after", "around", "include", "x"),
    fc.string({ unit: "binary", maxLength: 12 }),
    { maxKeys: 2 },
  );
  const body = fc.dictionary(
    fc.constantFrom(...FIELDS, "name", "role", "username", "password", "public", "message_id", "room_id", "note"),
    strange,
    { maxKeys: 4 },
  );
  const ask = async ([method, path]: [string, string], asked: Record<string, string>, said: object) => {
    const isWell = Object.values(asked).every((value) => value.isWellFormed());
    const address = isWell ? `${path}?${new URLSearchParams(asked).toString()}` : path;
    const answer = await school.raw({
      method,
      path: method === "GET" ? address : path,
      token: host.token,
      ...(method !== "GET" && { body: JSON.stringify(said), headers: { "content-type": "application/json" } }),
    });
    expect(answer.status).toBeLessThan(500);
  };
  await fc.assert(fc.asyncProperty(paths, query, body, ask), { seed: SEED, numRuns: RUNS });
});

it("what was accepted on the way can still be read by everybody in it", async () => {
  for (const person of [host, member]) {
    await school.ok(person, "listRooms", { query: {} });
    const page = await school.ok(person, "listMessages", {
      params: { id: String(room) },
      query: { limit: "100", include: "events" },
    });
    expect(page.results.length).toBeGreaterThan(0);
    await school.ok(person, "listPrivateMessages", { params: { id: String(thread) }, query: {} });
  }
});
