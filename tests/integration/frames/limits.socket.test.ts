// The limits as they are: how many sockets, sends, frames and requests, the same over both doors. Time stands still, so that counts are exact.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type Answer, openStrict, type Person, type StrictServer } from "../../kit/strict-client.ts";
import { openWire, type Wire } from "../../kit/wire.ts";

const SECOND = 1_000;
let school: StrictServer;
let now: number;

beforeAll(async () => {
  school = await openStrict({ env: { LIMITS: "on" } });
});
afterAll(() => school.close());
beforeEach(() => {
  // A whole number, so that no rounding shows in what is told to wait.
  now = Math.ceil(performance.now());
  vi.spyOn(performance, "now").mockImplementation(() => now);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const classroom = async () => {
  const { host, member, other } = await school.people({ host: "teacher", member: "student", other: "student" });
  const { id } = await school.ok(host, "createRoom", { body: { name: "Biology 7b" } });
  for (const person of [member, other]) await school.ok(person, "joinRoom", { params: { id: String(id) } });
  return { id, host, member, other };
};
const open = ({ token }: Person, path = "/ws/chat/"): Promise<Wire> => openWire(school.url, `${path}?token=${token}`);
const send = (person: Person, id: number, content: string, client_id?: string) =>
  school.call(person, "sendMessage", { params: { id }, body: { content, ...(client_id && { client_id }) } });
const said = ({ status, code }: Answer) => (code === null ? String(status) : `${status} ${code}`);
const times = <T>(n: number, work: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: n }, (_, i) => work(i)));
const tally = (found: readonly string[]) =>
  Object.fromEntries([...Map.groupBy(found, (f) => f)].map(([f, all]) => [f, all.length]));

describe("sockets", () => {
  it("of one user are ten; the eleventh is closed with 4429, and one that closed makes room", async () => {
    const { member } = await classroom();
    const wires = await times(10, () => open(member));
    expect(wires.map((wire) => wire.frames[0]?.type)).toEqual(wires.map(() => "hello"));
    expect((await (await open(member)).closed).code).toBe(4429);
    await wires[0]?.end();
    // The server hears of the close a moment after we do.
    const again = await vi.waitFor(async () => {
      const wire = await open(member);
      expect(wire.frames[0]?.type).toBe("hello");
      return wire;
    }, 10_000);
    await Promise.all([again, ...wires.slice(1)].map((wire) => wire.end()));
  });

  it("of one user, all at once, are never more than ten", async () => {
    const { member } = await classroom();
    const wires = await times(25, () => open(member));
    const greeted = wires.filter((wire) => wire.frames[0]?.type === "hello");
    expect(greeted).toHaveLength(10);
    const turnedAway = await Promise.all(wires.filter((wire) => !greeted.includes(wire)).map((wire) => wire.closed));
    expect(new Set(turnedAway.map(({ code }) => code))).toEqual(new Set([4429]));
    await Promise.all(greeted.map((wire) => wire.end()));
  });
});

describe("sends", () => {
  it("of a student in a room are ten at once, then one a second, over REST", async () => {
    const { id, member } = await classroom();
    expect(tally((await times(14, (i) => send(member, id, `n ${i}`))).map(said))).toEqual({
      201: 10,
      "429 rate_limited": 4,
    });
    const refused = await send(member, id, "one more");
    expect(refused.body).toMatchObject({ code: "rate_limited", retry_after_ms: SECOND, limit: 10 });
    expect(refused.headers.get("retry-after")).toBe("1");
    now += SECOND;
    expect([said(await send(member, id, "now")), said(await send(member, id, "too soon"))]).toEqual([
      "201",
      "429 rate_limited",
    ]);
  });

  it("over a socket are the same, said with stored: false and when to come back", async () => {
    const { id, member } = await classroom();
    const wire = await open(member);
    for (let i = 0; i < 14; i++)
      wire.send({ type: "chat_message", room: id, content: `n ${i}`, client_id: `c-${id}-${i}`, ref: `r${i}` });
    const answers = (await wire.answers()).filter(({ type }) => type === "ack" || type === "error");
    expect(answers.map(({ type }) => type)).toEqual([
      ...Array<string>(10).fill("ack"),
      ...Array<string>(4).fill("error"),
    ]);
    expect(answers[10]).toMatchObject({
      code: "rate_limited",
      retry_after_ms: SECOND,
      stored: false,
      client_id: `c-${id}-10`,
      ref: "r10",
    });
    await wire.end();
  });

  it("count together over all sockets and requests of a person, and for nobody else", async () => {
    const { id, member, other } = await classroom();
    const wires = await times(5, () => open(member));
    for (const [i, wire] of wires.entries()) {
      for (let j = 0; j < 3; j++) wire.send({ type: "chat_message", room: id, content: `${i} ${j}` });
    }
    const frames = (await Promise.all(wires.map((wire) => wire.answers()))).flat();
    expect(tally(frames.map(({ type }) => type).filter((t) => t === "ack" || t === "error"))).toEqual({
      ack: 10,
      error: 5,
    });
    expect(said(await send(member, id, "over REST"))).toBe("429 rate_limited");
    expect(said(await send(other, id, "Hello"))).toBe("201");
    await Promise.all(wires.map((wire) => wire.end()));
  });

  it("of a teacher are thirty at once", async () => {
    const { id, host } = await classroom();
    expect(tally((await times(33, (i) => send(host, id, `n ${i}`))).map(said))).toEqual({
      201: 30,
      "429 rate_limited": 3,
    });
  });

  it("of one user in all rooms are forty", async () => {
    const { host } = await classroom();
    const rooms = await times(2, () => school.ok(host, "createRoom", { body: { name: "Another room" } }));
    const found = await times(50, (i) => send(host, rooms[i % 2]?.id ?? 0, `n ${i}`));
    expect(tally(found.map(said))).toEqual({ 201: 40, "429 rate_limited": 10 });
  });

  it("a repeated client_id costs nothing and is answered when nothing new may be sent", async () => {
    const { id, member } = await classroom();
    const first = await send(member, id, "Once", "once");
    await times(12, (i) => send(member, id, `n ${i}`));
    expect(said(await send(member, id, "more"))).toBe("429 rate_limited");
    const again = await send(member, id, "Once", "once");
    expect([again.status, again.text]).toEqual([200, first.text]);
  });

  it("that are refused for another reason cost nothing", async () => {
    const { id, member } = await classroom();
    await times(30, () => send(member, id, ""));
    await times(30, () =>
      school.call(member, "sendMessage", { params: { id }, body: { content: "x", reply_to: 1_000_000 } }),
    );
    expect(tally((await times(11, (i) => send(member, id, `n ${i}`))).map(said))).toEqual({
      201: 10,
      "429 rate_limited": 1,
    });
  });
});

describe("frames", () => {
  it("of a socket are thirty at once; ninety close it with 4429, and nobody else notices", async () => {
    const { member, other, id } = await classroom();
    const bystander = await open(other);
    const wire = await open(member);
    for (let i = 0; i < 90; i++) wire.send({ type: "ping", ref: `p${i}` });
    await wire.next((f) => f.type === "error" && f.ref === "p89");
    const answers = wire.frames.filter(({ type }) => type === "pong" || type === "error");
    expect(tally(answers.map((f) => (f.type === "error" ? f.code : f.type)))).toEqual({ pong: 30, rate_limited: 60 });
    expect(answers[30]).toMatchObject({ type: "error", ref: "p30", retry_after_ms: 500 });
    wire.send({ type: "ping" });
    expect((await wire.closed).code).toBe(4429);
    bystander.send({ type: "chat_message", room: id, content: "All is well", ref: "calm" });
    await bystander.next((f) => f.type === "ack" && f.ref === "calm");
    await bystander.end();
  });

  it("that are no frames count as well", async () => {
    const { member } = await classroom();
    const wire = await open(member);
    for (let i = 0; i < 91; i++) wire.sendRaw(i % 2 === 0 ? "{" : Buffer.from([1, 2, 3]));
    expect((await wire.closed).code).toBe(4429);
  });

  it("that are shed say of a message that it is not known whether it is stored", async () => {
    const { member, id } = await classroom();
    const wire = await open(member);
    for (let i = 0; i < 30; i++) wire.send({ type: "ping" });
    wire.send({ type: "chat_message", room: id, content: "Hello", client_id: "shed" });
    const error = await wire.next((f) => f.type === "error");
    expect(error).toMatchObject({ code: "rate_limited", client_id: "shed", stored: null, retry_after_ms: 500 });
    await wire.end();
  });
});

describe("requests", () => {
  it("of one user are two hundred a minute", async () => {
    const { member } = await classroom();
    const before = 1; // They joined a room.
    const found = await times(210, () => school.call(member, "getMe"));
    expect(tally(found.map(said))).toEqual({ 200: 200 - before, "429 rate_limited": 10 + before });
    const refused = await school.call(member, "getMe");
    expect(refused.headers.get("retry-after")).toBe("1");
    now += 60 * SECOND;
    expect(said(await school.call(member, "getMe"))).toBe("200");
  });

  it("to join are five a minute", async () => {
    const { asker, host } = await school.people({ asker: "student", host: "teacher" });
    const rooms = await times(6, () =>
      school.ok(host, "createRoom", { body: { name: "A club", public: false, discoverable: true } }),
    );
    const ask = (id: number) => school.call(asker, "createJoinRequest", { params: { id }, body: {} });
    const found: string[] = [];
    for (const { id } of rooms) found.push(said(await ask(id)));
    expect(found).toEqual([...Array<string>(5).fill("201"), "429 rate_limited"]);
    now += 12 * SECOND;
    expect(said(await ask(rooms[5]?.id ?? 0))).toBe("201");
  });

  it("of nobody in particular are three hundred a minute for an address; who is signed in does not notice", async () => {
    now += 60 * SECOND;
    const { member } = await classroom();
    const found = await times(310, () => school.call(null, "getSetup"));
    expect(tally(found.map(said))).toEqual({ 200: 300, "429 rate_limited": 10 });
    expect(said(await school.raw({ method: "GET", path: "/api/auth/me/" }))).toBe("429 rate_limited");
    expect(said(await school.call(member, "getMe"))).toBe("200");
    expect(said(await school.call(null, "healthz"))).toBe("200");
  });
});
