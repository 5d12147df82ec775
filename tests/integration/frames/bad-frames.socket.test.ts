// Frames that are wrong: each is answered with an error, the socket lives, and nothing is written.
import { clientFrames, SIZES } from "@homeroom/protocol";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { rowCounts } from "../../kit/row-counts.ts";
import { openStrict, type Person, type StrictServer } from "../../kit/strict-client.ts";
import { openWire, type Wire } from "../../kit/wire.ts";
import { draft, id, lines, notText, seq } from "../input/fields.ts";

const ref = [...notText, null, "x".repeat(65)];
const where = { room: [...id, null], thread: [...id, null] };
const one = { epoch: "e", after: 0 };
const logs = [
  null,
  1,
  "abc",
  {},
  [],
  [null],
  [1],
  ["abc"],
  [[]],
  [{}],
  [{ room: 1, after: 0 }],
  [{ room: 1, epoch: "", after: 0 }],
  [{ room: 1, epoch: 1, after: 0 }],
  [{ room: 1, epoch: "x".repeat(101), after: 0 }],
  [{ room: 1, epoch: "e" }],
  [{ ...one, after: -1 }],
  [{ ...one, after: "0" }],
  [{ ...one, after: 1.5 }],
  [{ ...one, room: 0 }],
  [{ ...one, room: "1" }],
  Array.from({ length: 1_001 }, () => ({ ...one, room: 1 })),
];

/** What each field of each frame must refuse. A new field fails the test until it stands here. */
const REFUSED: Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>> = {
  chat_message: { ref, room: where.room, ...draft },
  private_message: { ref, thread: where.thread, ...draft },
  typing: { ref, ...where },
  stop_typing: { ref, ...where },
  kick_user: { ref, room: where.room, user_id: [...id, null], reason: [...lines(SIZES.reason), null] },
  read: { ref, ...where, seq },
  resume: { ref, logs },
  ping: { ref },
  presence: { ref, state: [...notText, null, "", "offline", "Online", "busy"] },
};

let school: StrictServer;
let host: Person;
let member: Person;
let room: number;
let thread: number;
let wire: Wire;
let before: Record<string, number>;

beforeAll(async () => {
  school = await openStrict();
  ({ host, member } = await school.people({ host: "teacher", member: "student" }));
  room = (await school.ok(host, "createRoom", { body: { name: "Biology 7b" } })).id;
  await school.ok(member, "joinRoom", { params: { id: String(room) } });
  thread = (await school.ok(host, "openPrivateThread", { body: { user_id: member.user.id, room_id: room } })).id;
  wire = await openWire(school.url, `/ws/chat/?token=${host.token}`);
});
afterAll(async () => {
  await wire.end();
  await school.close();
});
beforeEach(async () => {
  before = await rowCounts(school.server.kit.db);
});
afterEach(async () => {
  const heard = await wire.answers();
  const after = await rowCounts(school.server.kit.db);
  const isQuiet = heard.length === 0 && JSON.stringify(after) === JSON.stringify(before);
  if (!isQuiet) throw new Error(`a refused frame was heard of: ${JSON.stringify({ heard, before, after })}`);
});

/** The answer to one frame: its code, and the field that is named. */
const say = async (text: string | Buffer, on = wire) => {
  on.sendRaw(text);
  const [answer, ...more] = await on.answers();
  if (more.length > 0) throw new Error(`more than one answer: ${JSON.stringify(more)}`);
  if (answer?.type !== "error") throw new Error(`${text.toString().slice(0, 200)}: ${JSON.stringify(answer)}`);
  expect(answer.stored).toBe(false);
  return answer;
};

const right = (type: string): object => {
  if (type === "chat_message") return { type, room, content: "Hello" };
  if (type === "private_message") return { type, thread, content: "Psst" };
  if (type === "kick_user") return { type, room, user_id: member.user.id };
  if (type === "read") return { type, room, seq: 1 };
  if (type === "resume") return { type, logs: [{ room, epoch: "e", after: 0 }] };
  if (type === "presence") return { type, state: "online" };
  return type === "ping" ? { type } : { type, room };
};

describe("a frame", () => {
  it("that is no JSON object is a bad request", async () => {
    const deep = (n: number) => `{"type":"ping","a":${"[".repeat(n)}${"]".repeat(n)}}`;
    const texts = [
      "",
      " ",
      "{",
      "}",
      "nul",
      "null",
      "true",
      "1",
      '"ping"',
      "[]",
      '[{"type":"ping"}]',
      "{'type':'ping'}",
      '{"type":"ping"}{"type":"ping"}',
      "\u0000",
      "\ufeff{}",
      deep(20),
      deep(10_000),
      "[".repeat(60_000),
    ];
    for (const text of texts)
      expect([text.slice(0, 30), (await say(text)).code]).toEqual([text.slice(0, 30), "bad_request"]);
  });

  it("that is binary is a bad request", async () => {
    for (const bytes of [Buffer.from('{"type":"ping"}'), Buffer.from([0, 1, 2, 255]), Buffer.alloc(0)]) {
      expect((await say(bytes)).code).toBe("bad_request");
    }
  });

  it("of an unknown type is said to be unknown", async () => {
    const types = [
      undefined,
      null,
      1,
      true,
      {},
      ["ping"],
      "",
      "PING",
      "ping ",
      "constructor",
      "__proto__",
      "toString",
      "hasOwnProperty",
      "message_deleted\0",
      "x".repeat(1_000),
    ];
    for (const type of types) {
      expect([type, (await say(JSON.stringify({ type, ref: "r" }))).code]).toEqual([type, "unknown_type"]);
    }
  });

  it("that only the server says is forbidden", async () => {
    for (const type of [
      "join_request",
      "join_approved",
      "hello",
      "ack",
      "user_joined",
      "message_deleted",
      "room_deleted",
      "room_updated",
      "error",
    ]) {
      expect([type, (await say(JSON.stringify({ type, room, ref: "r" }))).code]).toEqual([type, "forbidden"]);
    }
  });

  it("brings back its ref and client_id however wrong it is otherwise", async () => {
    const answer = await say(JSON.stringify({ type: "chat_message", room: "x", ref: "my-ref", client_id: "my-id" }));
    expect([answer.ref, answer.client_id, answer.code]).toEqual(["my-ref", "my-id", "bad_request"]);
    expect(Object.keys(answer.fields ?? {}).toSorted()).toEqual(["content", "room"]);
  });

  it("may be as large as the limit, and not a byte larger", async () => {
    const padded = (size: number) => `{"type":"ping","ref":"large"}${" ".repeat(size - 29)}`;
    const large = await openWire(school.url, `/ws/chat/?token=${host.token}`);
    large.sendRaw(padded(SIZES.frame_bytes));
    await large.next((f) => f.type === "pong" && f.ref === "large");
    large.sendRaw(padded(SIZES.frame_bytes + 1));
    expect((await large.closed).code).toBe(1009);
    const larger = await openWire(school.url, `/ws/chat/rooms/${room}/?token=${host.token}`);
    larger.send({ type: "chat_message", content: "x".repeat(65 * 1024) });
    expect((await larger.closed).code).toBe(1009);
  });
});

describe.each(Object.values(clientFrames).map(({ type }) => type))("%s", (type) => {
  const fields = REFUSED[type] ?? {};

  it("has no field that the table does not know", () => {
    const { shape } = (Object.values(clientFrames).find((f) => f.type === type) as { schema: { shape: object } })
      .schema;
    expect(Object.keys(shape).toSorted()).toEqual(["type", ...Object.keys(fields)].toSorted());
  });

  it("refuses wrong values, and names the field", async () => {
    for (const [field, values] of Object.entries(fields)) {
      for (const value of values) {
        const text = JSON.stringify({ ...right(type), [field]: value });
        if (text.length > SIZES.frame_bytes) continue;
        const { code, fields: named } = await say(text);
        expect([field, value, code]).toEqual([field, value, "bad_request"]);
        expect(Object.keys(named ?? {})).toContain(field);
      }
    }
  });

  it("refuses fields that nobody may write", async () => {
    for (const field of [
      "id",
      "sender",
      "seq",
      "user",
      "created_at",
      "deleted",
      "room_id",
      "message",
      "constructor",
      "toString",
    ]) {
      if (field in fields && field === "seq") continue;
      const { code, fields: named } = await say(JSON.stringify({ ...right(type), [field]: 1 }));
      expect([field, code, Object.keys(named ?? {})]).toEqual([field, "bad_request", [field]]);
    }
    const proto = `{"__proto__":{"role":"admin"},${JSON.stringify(right(type)).slice(1)}`;
    expect((await say(proto)).code).toBe("bad_request");
    expect(({} as { role?: string }).role).toBeUndefined();
  });
});

describe("where a frame is about", () => {
  it("must be said on the socket of everything, and be one place", async () => {
    for (const type of ["chat_message", "private_message", "typing", "stop_typing", "kick_user", "read"]) {
      const { room: _room, thread: _thread, ...nowhere } = right(type) as { room?: number; thread?: number };
      expect([type, (await say(JSON.stringify(nowhere))).code]).toEqual([type, "bad_request"]);
      const both = { ...nowhere, room, thread };
      expect([type, (await say(JSON.stringify(both))).code]).toEqual([type, "bad_request"]);
    }
    expect((await say(JSON.stringify({ type: "resume", logs: [{ epoch: "e", after: 0 }] }))).code).toBe("bad_request");
    expect((await say(JSON.stringify({ type: "resume", logs: [{ room, epoch: "e", after: 0, more: 1 }] }))).code).toBe(
      "bad_request",
    );
    expect((await say(JSON.stringify({ type: "resume", logs: [{ room, thread, epoch: "e", after: 0 }] }))).code).toBe(
      "bad_request",
    );
  });

  it("cannot be a room where a thread is meant, though both are numbered together", async () => {
    expect((await say(JSON.stringify({ type: "chat_message", room: thread, content: "x" }))).code).toBe("not_found");
    expect((await say(JSON.stringify({ type: "private_message", thread: room, content: "x" }))).code).toBe("not_found");
    expect((await say(JSON.stringify({ type: "typing", room: thread }))).code).toBe("not_found");
    expect((await say(JSON.stringify({ type: "typing", thread: room }))).code).toBe("not_found");
    expect((await say(JSON.stringify({ type: "read", room: thread, seq: 1 }))).code).toBe("not_found");
    expect((await say(JSON.stringify({ type: "resume", logs: [{ room: thread, epoch: "e", after: 0 }] }))).code).toBe(
      "not_a_member",
    );
  });
});
