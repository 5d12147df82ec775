// The three doors for sockets: who is let in, how the others are told why not, and what becomes of bad company.
import { randomUUID } from "node:crypto";
import type { PrivateThread } from "@homeroom/protocol";
import { SignJWT } from "jose";
import { describe, expect, test } from "vitest";
import { issueToken } from "../../packages/server/src/features/accounts/accounts.ts";
import { loadSecret } from "../../packages/server/src/features/accounts/secret.ts";
import { eachSchool, openSchool, type Person, type School } from "../kit/school.ts";
import { socketUrl, TestSocket } from "../kit/socket.ts";
import { say } from "../kit/story.ts";

/** Well signed, and over since a minute. */
const expired = async ({ kit }: School, person: Person): Promise<string> => {
  const [, body = ""] = (await issueToken(kit, person.id, 3_600)).split(".");
  const claims = JSON.parse(Buffer.from(body, "base64url").toString()) as { iat: number; exp: number };
  return new SignJWT({ ...claims, iat: claims.iat - 120, exp: claims.iat - 60 })
    .setProtectedHeader({ alg: "HS256", typ: "at+jwt" })
    .sign(loadSecret(kit.config));
};

const knock = (school: School, auth: Record<string, string>, headers: Record<string, string> = {}) =>
  new TestSocket(socketUrl(school.url, null, auth), { headers });

eachSchool((school) => {
  test("each door opens onto what it is for", async () => {
    const [ada, ben] = (await school().people(2)) as [Person, Person];
    const room = await school().room([ada, ben]);
    const opening = { room_id: room.id, user_id: ben.id };
    const { id: thread, epoch } = await ada.ask<PrivateThread>("POST", "/api/chat/private-threads/", opening);
    const [rooms, threads] = [
      { room: room.id, epoch: room.epoch, head: 3, read: 2 },
      { thread, epoch, head: 0, read: 0 },
    ];
    expect((await ada.socket()).hello).toMatchObject({ user: ada.card, heartbeat_ms: 25_000, logs: [rooms, threads] });
    expect((await ada.socket(room.log)).hello.logs).toEqual([rooms]);
    expect((await ada.socket({ thread })).hello.logs).toEqual([threads]);
  });

  test("no token, a bad one and an old one are told apart", async () => {
    const ada = await school().person();
    expect(await knock(school(), {}).closed).toEqual({ code: 4401, reason: "not_authenticated" });
    expect(await knock(school(), { token: "a.b.c" }).closed).toEqual({ code: 4401, reason: "token_invalid" });
    const forged = `${ada.token.slice(0, -4)}AAAA`;
    expect(await knock(school(), { token: forged }).closed).toEqual({ code: 4401, reason: "token_invalid" });
    const old = await expired(school(), ada);
    expect(await knock(school(), { token: old }).closed).toEqual({ code: 4401, reason: "token_expired" });
  });

  test("a ticket opens one socket, whichever door, and then no other", async () => {
    const ada = await school().person();
    const room = await school().room([ada]);
    for (const log of [null, room.log]) {
      const { ticket } = await ada.ask<{ ticket: string }>("POST", "/api/auth/ws-ticket/");
      const sockets = Array.from({ length: 5 }, () => new TestSocket(socketUrl(school().url, log, { ticket })));
      const outcomes = await Promise.all(
        sockets.map((socket) =>
          socket.next("hello").then(
            (hello) => hello.user.id,
            () => "refused",
          ),
        ),
      );
      expect(outcomes.filter((outcome) => outcome === ada.id)).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === "refused")).toHaveLength(4);
    }
    expect((await knock(school(), { ticket: "no such ticket" }).closed).code).toBe(4401);
  });

  test("neither tokens nor tickets nor words stand in the log, however wrong the request", async () => {
    const ada = await school().person();
    const room = await school().room([ada]);
    const { ticket } = await ada.ask<{ ticket: string }>("POST", "/api/auth/ws-ticket/");
    const canary = `canary-${randomUUID()}`;
    const socket = await ada.socket(room.log);
    await socket.chat(canary);
    socket.sendRaw(`{"type": "chat_message", "content": "${canary}", `);
    await socket.next("error");
    await new TestSocket(socketUrl(school().url, null, { ticket })).next("hello");
    const lines = [canary, ticket, ada.token];
    await knock(school(), { token: `${ada.token}x` }).closed;
    await fetch(`${school().url}/ws/chat/?token=${ada.token}`);
    await fetch(`${school().url}/api/chat/rooms/?search=${canary}&token=${ada.token}`);
    for (const secret of lines) expect(school().logged.filter((line) => line.includes(secret))).toEqual([]);
  });

  test("a foreign origin is refused, and the log says which and where to allow it", async () => {
    const ada = await school().person();
    const { token } = ada;
    const refused = knock(school(), { token }, { origin: "https://evil.example" });
    expect((await refused.closed).code).toBe(1006);
    const line = school().logged.find((text) => text.includes("https://evil.example"));
    expect(line).toContain("ALLOWED_ORIGINS");
    const own = knock(school(), { token }, { origin: school().url });
    await own.next("hello");
  });

  test("what is no frame is answered, and the socket lives", async () => {
    const ada = await school().person();
    const room = await school().room([ada]);
    const socket = await ada.socket(room.log);
    for (const text of ["", "{", "[]", "null", '"ping"', "{}", '{"type":7}', "[".repeat(50)]) {
      socket.sendRaw(text);
      expect(await socket.next("error")).toMatchObject({ stored: false });
    }
    socket.sendRaw(Buffer.from([1, 2, 3]));
    expect(await socket.next("error")).toMatchObject({ code: "bad_request" });
    expect(await socket.ask({ type: "nonsense" })).toMatchObject({ type: "error", code: "unknown_type" });
    expect(await socket.ask({ type: "join_request" })).toMatchObject({ type: "error" });
    const spoof = { type: "chat_message", content: "Me?", sender: 1 };
    expect(await socket.ask(spoof)).toMatchObject({ code: "bad_request", fields: { sender: ["Unknown field."] } });
    expect(await socket.ask({ type: "chat_message", content: "   " })).toMatchObject({ code: "bad_request" });
    expect(await socket.ask({ type: "chat_message", content: "Hm", room: room.id + 1 })).toMatchObject({
      type: "error",
    });
    expect(await (await ada.socket()).ask({ type: "chat_message", content: "Where?" })).toMatchObject({
      code: "bad_request",
      fields: { room: [expect.any(String)] },
    });
    await socket.chat("Still here");
  });

  test("a frame that is too big closes the socket, and nobody else's", async () => {
    const [ada, ben] = (await school().people(2)) as [Person, Person];
    const room = await school().room([ada, ben]);
    const [big, other] = [await ada.socket(room.log), await ben.socket(room.log)];
    big.sendRaw(JSON.stringify({ type: "chat_message", content: "x".repeat(70_000) }));
    expect((await big.closed).code).toBe(1009);
    await other.chat("Not my business");
  });

  test("who does not read is closed as too slow and misses nothing; the others get everything meanwhile", async () => {
    const [ada, ben, slow] = (await school().people(3)) as [Person, Person, Person];
    const room = await school().room([ada, ben, slow]);
    const [writer, reader, sleeper] = [await ada.socket(), await ben.socket(room.log), await slow.socket(room.log)];
    sleeper.pause();
    let last = 0;
    for (let i = 0; i < 40; i++) {
      const words = Array.from({ length: 10 }, () => writer.chat("🐌".repeat(9_000), { room: room.id }));
      last = Math.max(...(await Promise.all(words)).map((ack) => ack.seq));
    }
    await reader.reaches(room.log, last);
    expect(reader.of("chat_message")).toHaveLength(400);
    sleeper.unpause();
    const { code } = await sleeper.closed;
    // What was cut off after the code was sent may hide it.
    expect([4408, 1006]).toContain(code);
    const back = await slow.socket(room.log);
    expect(await back.resume(room.log, room.epoch, sleeper.seq(room.log))).toMatchObject({
      type: "resumed",
      head: last,
    });
  });
});

describe("with the limits of a school", () => {
  test("a flood of frames is answered with a wait, then with the door", async () => {
    const school = await openSchool("sqlite", { LIMITS: "on" });
    const ada = await school.person();
    const room = await school.room([ada]);
    const socket = await ada.socket(room.log);
    for (let i = 0; i < 120; i++) socket.send({ type: "typing" });
    expect(await socket.next("error")).toMatchObject({ code: "rate_limited", retry_after_ms: expect.any(Number) });
    expect(await socket.closed).toEqual({ code: 4429, reason: "flood" });
    await school.close();
  });

  test("who writes too fast is told how long to wait, nothing of it is stored, and REST counts the same", async () => {
    const school = await openSchool("sqlite", { LIMITS: "on" });
    const ada = await school.person();
    const room = await school.room([ada]);
    const socket = await ada.socket(room.log);
    const sent = await Promise.all(
      Array.from({ length: 14 }, (_, i) => socket.ask({ type: "chat_message", content: `${i}`, client_id: `c${i}` })),
    );
    const refused = sent.filter((frame) => frame.type === "error");
    expect(refused.length).toBeGreaterThanOrEqual(3);
    for (const frame of refused) expect(frame).toMatchObject({ code: "rate_limited", stored: false });
    const rest = await ada.call("POST", `${room.path}messages/`, { content: "Over REST" });
    expect(rest).toMatchObject({ status: 429, body: { code: "rate_limited" } });
    expect(Number(rest.headers.get("retry-after"))).toBeGreaterThan(0);
    // What is stored is answered again, whatever the budget says.
    expect(await socket.chat("0", { client_id: "c0" })).toMatchObject({ duplicate: true });
    const { seq } = await say(room.host, room, "Meanwhile");
    expect(seq).toBe(2 + 14 - refused.length + 1);
    await school.close();
  });

  test("one person opens ten sockets and no more", async () => {
    const school = await openSchool("sqlite", { LIMITS: "on" });
    const ada = await school.person();
    const sockets = [];
    for (let i = 0; i < 10; i++) sockets.push(await ada.socket());
    expect(await ada.knock().closed).toEqual({ code: 4429, reason: "rate_limited" });
    await sockets[0]?.close();
    await ada.socket();
    await school.close();
  });
});
