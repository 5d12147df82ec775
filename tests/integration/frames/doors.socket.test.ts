// Opening a socket and keeping it: tokens, tickets, origins, odd addresses, the lobby, and what ends it on the way.
import { connect } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { accessTokens } from "../../../packages/server/src/features/accounts/tokens.ts";
import { SECRET } from "../../kit/feature-kit.ts";
import { openStrict, PASSWORD, type Person, type StrictServer } from "../../kit/strict-client.ts";
import { openWire, upgradeStatus, type Wire } from "../../kit/wire.ts";

const HOUR = 3_600_000;

let school: StrictServer;
let host: Person;
let admin: Person;
let room: number;

beforeAll(async () => {
  school = await openStrict({ env: { ALLOWED_ORIGINS: "https://chat.school.example" } });
  ({ host, admin } = await school.people({ host: "teacher", admin: "admin" }));
  room = (await school.ok(host, "createRoom", { body: { name: "Biology 7b" } })).id;
});
afterAll(() => school.close());

const open = (path: string) => openWire(school.url, path);
const member = async () => {
  const person = await school.person();
  await school.ok(person, "joinRoom", { params: { id: String(room) } });
  return person;
};

describe("a token", () => {
  const sign = (secret: string, now: number, person: Person) => {
    const tokens = accessTokens(new TextEncoder().encode(secret), { now: () => now });
    const session = (
      JSON.parse(Buffer.from(person.token.split(".")[1] ?? "", "base64url").toString()) as { sid: string }
    ).sid;
    return tokens.sign({ userId: person.user.id, session });
  };

  it("that is merely old is told apart from one that is none, on every door", async () => {
    const now = Date.now();
    const [head = "", body = "", signature = ""] = host.token.split(".");
    const cases: [string, string][] = [
      ["token_expired", await sign(SECRET, now - HOUR, host)],
      ["token_invalid", await sign("another secret, just as long as ours is", now - HOUR, host)],
      ["token_invalid", await sign("another secret, just as long as ours is", now, host)],
      ["token_invalid", await sign(SECRET, now + HOUR, host)],
      ["token_invalid", await sign(SECRET, now, { ...host, user: admin.user })],
      ["token_invalid", `${head}.${body}.`],
      ["token_invalid", `${head}.${body}.${signature.slice(0, -4)}AAAA`],
      ["token_invalid", `${Buffer.from('{"alg":"none"}').toString("base64url")}.${body}.`],
      ["token_invalid", "x"],
      ["token_invalid", "x".repeat(5_000)],
      ["token_invalid", "%00"],
      ["not_authenticated", ""],
    ];
    for (const door of ["/ws/chat/", `/ws/chat/rooms/${room}/`, "/ws/chat/private/1/"]) {
      for (const [reason, token] of cases) {
        const wire = await open(`${door}?token=${token}`);
        expect([door, token.slice(0, 20), await wire.closed]).toEqual([
          door,
          token.slice(0, 20),
          { code: 4401, reason },
        ]);
      }
      expect(await (await open(door)).closed).toEqual({ code: 4401, reason: "not_authenticated" });
    }
  });

  it("of a refresh is no token of access", async () => {
    const { user } = await school.person();
    const { body } = await school.call(null, "login", { body: { username: user.username, password: PASSWORD } });
    const wire = await open(`/ws/chat/?token=${(body as { refresh: string }).refresh}`);
    expect(await wire.closed).toEqual({ code: 4401, reason: "token_invalid" });
  });

  it("may stand as a ticket instead, once", async () => {
    const { ticket } = await school.ok(host, "createTicket", {});
    const wire = await open(`/ws/chat/?ticket=${ticket}`);
    expect(wire.frames[0]?.type).toBe("hello");
    expect(await (await open(`/ws/chat/?ticket=${ticket}`)).closed).toEqual({ code: 4401, reason: "token_invalid" });
    expect(await (await open("/ws/chat/?ticket=x")).closed).toEqual({ code: 4401, reason: "token_invalid" });
    await wire.end();
  });
});

describe("on the way", () => {
  afterEach(() => void vi.restoreAllMocks());

  it("a socket outlives its token, but no new one opens with it", async () => {
    const person = await member();
    const wire = await open(`/ws/chat/rooms/${room}/?token=${person.token}`);
    const later = Date.now() + 2 * HOUR;
    vi.spyOn(school.server.kit.clock, "now").mockImplementation(() => later);
    const token = person.token;
    expect(await (await open(`/ws/chat/?token=${token}`)).closed).toEqual({ code: 4401, reason: "token_expired" });
    wire.send({ type: "ping", ref: "still-here" });
    await wire.next((f) => f.type === "pong" && f.ref === "still-here");
    await wire.end();
  });

  const ends: [string, (person: Person) => Promise<unknown>][] = [
    ["signing out", (person) => school.ok(person, "logout", {})],
    [
      "being deactivated",
      ({ user }) => school.ok(admin, "updateUser", { params: { id: String(user.id) }, body: { is_active: false } }),
    ],
  ];
  it.each(ends)("%s closes every socket of the session with 4401", async (_name, end) => {
    const person = await member();
    const wires = await Promise.all(
      ["/ws/chat/", `/ws/chat/rooms/${room}/`].map((door) => open(`${door}?token=${person.token}`)),
    );
    await end(person);
    const codes = await Promise.all(wires.map(async (wire) => (await wire.closed).code));
    // Whoever is deactivated also leaves their rooms, which is said first on a room's own socket.
    for (const code of codes) expect([4401, 4403]).toContain(code);
    expect(codes[0]).toBe(4401);
    expect(await (await open(`/ws/chat/?token=${person.token}`)).closed).toEqual({
      code: 4401,
      reason: "token_invalid",
    });
  });

  it("changing the password closes the sockets of the other sessions, and not one's own", async () => {
    const { user, token } = await member();
    const login = () => school.call(null, "login", { body: { username: user.username, password: PASSWORD } });
    const other = ((await login()).body as { access: string }).access;
    const [mine, theirs] = [await open(`/ws/chat/?token=${token}`), await open(`/ws/chat/?token=${other}`)];
    await school.ok({ user, token }, "changePassword", {
      body: { current_password: PASSWORD, new_password: "another horse" },
    });
    expect((await theirs.closed).code).toBe(4401);
    expect(await mine.answers()).toEqual([]);
    await mine.end();
  });
});

describe("an origin", () => {
  it("that is foreign is refused before there is a socket", async () => {
    const { host: here, hostname } = new URL(school.url);
    const foreign = [
      "https://evil.example",
      "null",
      "",
      "file://",
      `http://${here}.evil.example`,
      `http://evil.example/${here}`,
      `http://${hostname}`,
      `http://${hostname}:1`,
      `ftp://${here}`,
      "https://chat.school.example.evil.example",
      "http://chat.school.example",
      "https://chat.school.example:444",
      "chrome-extension://abc",
      "http://[",
      "https://chat.school.example,https://evil.example",
    ];
    for (const origin of foreign) {
      const status = await upgradeStatus(school.url, `/ws/chat/?token=${host.token}`, { headers: { origin } });
      expect([origin, status]).toEqual([origin, 403]);
    }
  });

  it("that is ours, or allowed, or none at all passes", async () => {
    const { host: here } = new URL(school.url);
    for (const origin of [
      `http://${here}`,
      `https://${here}`,
      `HTTP://${here.toUpperCase()}`,
      "https://chat.school.example",
    ]) {
      const status = await upgradeStatus(school.url, `/ws/chat/?token=${host.token}`, { headers: { origin } });
      expect([origin, status]).toEqual([origin, 101]);
    }
    expect(await upgradeStatus(school.url, `/ws/chat/?token=${host.token}`)).toBe(101);
  });
});

describe("an address", () => {
  const knock = (target: string, headers: readonly string[] = []) =>
    new Promise<string>((resolve, reject) => {
      const { port, hostname } = new URL(school.url);
      const socket = connect(Number(port), hostname);
      let text = "";
      const lines = [
        `GET ${target} HTTP/1.1`,
        `Host: ${hostname}:${port}`,
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        ...headers,
      ];
      socket.on("connect", () => socket.end(`${lines.join("\r\n")}\r\n\r\n`));
      socket.on("data", (data: Buffer) => void (text += data.toString("latin1")));
      socket.on("error", reject);
      socket.on("close", () => resolve(text.split("\r\n")[0] ?? ""));
    });
  const KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";

  it("that is none is answered, and the server lives", async () => {
    const targets = [
      "//",
      "///",
      "http://[",
      "http://",
      "*",
      "/ws",
      "/ws/",
      "/ws/chat/rooms/",
      "/ws/chat/rooms/1/2/",
      "/ws/chat/nothing/1/",
      "/ws/chat/private/",
      "/api/chat/rooms/",
      "/%",
      "/ws/chat/%2e%2e/",
      "//evil.example:99999/ws/chat/",
      "/\\\\evil",
    ];
    for (const target of targets) {
      expect([target, await knock(target, [KEY])]).toEqual([target, expect.stringMatching(/^HTTP\/1\.1 40[04] /)]);
      expect((await school.call(null, "healthz")).status).toBe(200);
    }
  });

  it("with a broken handshake is answered with 400", async () => {
    for (const headers of [[], ["Sec-WebSocket-Key: short"], [KEY, `Sec-WebSocket-Protocol: ${",".repeat(100)}`]]) {
      expect(await knock(`/ws/chat/?token=${host.token}`, headers)).toMatch(/^HTTP\/1\.1 400 /);
    }
    expect((await school.call(null, "healthz")).status).toBe(200);
  });

  it("with an id that is none names no room", async () => {
    for (const id of ["0", "-1", "1.5", "1e3", "abc", "01", "%00", "%20", "9".repeat(400)]) {
      for (const kind of ["rooms", "private"]) {
        const wire = await open(`/ws/chat/${kind}/${id}/?token=${host.token}`);
        expect([kind, id, await wire.closed]).toEqual([kind, id, { code: 4404, reason: "not_found" }]);
      }
    }
  });
});

describe("the lobby", () => {
  const waiting = async () => {
    const asker = await school.person();
    const { id } = await school.ok(host, "createRoom", {
      body: { name: "Olympiad", public: false, discoverable: true },
    });
    const request = await school.ok(asker, "createJoinRequest", { params: { id: String(id) }, body: {} });
    const wire = await open(`/ws/chat/rooms/${id}/?token=${asker.token}`);
    expect(wire.frames[0]).toMatchObject({ type: "hello", lobby: true, logs: [] });
    return { asker, id, wire, params: { id: String(id), request_id: String(request.id) } };
  };
  const quiet = async (wire: Wire) => {
    wire.send({ type: "chat_message", content: "Let me in", ref: "r" });
    const [answer] = await wire.answers();
    expect(answer).toMatchObject({ type: "error", code: "not_a_member", ref: "r", stored: false });
  };

  it("hears nothing and says nothing until the host answers; approved, it is a member's socket", async () => {
    const { id, wire, params } = await waiting();
    await quiet(wire);
    await school.ok(host, "sendMessage", { params: { id: String(id) }, body: { content: "Not for the lobby" } });
    await quiet(wire);
    expect(JSON.stringify(wire.frames)).not.toContain("Not for the lobby");
    const before = wire.frames.length;
    await school.ok(host, "approveJoin", { params });
    const hello = await wire.next((f) => f.type === "hello", before);
    expect(wire.frames.slice(before, before + 2).map(({ type }) => type)).toEqual(["join_approved", "hello"]);
    expect(hello).toMatchObject({ type: "hello", logs: [{ room: id }] });
    wire.send({ type: "chat_message", content: "Thank you", ref: "r" });
    await wire.next((f) => f.type === "ack" && f.ref === "r");
    await wire.end();
  });

  it("declined, it hears so and nothing else", async () => {
    const { wire, params } = await waiting();
    await school.ok(host, "denyJoin", { params, body: { reason: "Full" } });
    const denied = await wire.next((f) => f.type === "join_denied");
    expect(denied).toMatchObject({ request: { status: "denied", reason: "Full" } });
    await wire.end();
  });
});
