// A send repeated is one send: over every door, at the same time or years later, whoever lost the first answer.
import { randomUUID } from "node:crypto";
import type { Message, PrivateThread } from "@homeroom/protocol";
import { expect, test } from "vitest";
import { allPages } from "../kit/fold.ts";
import { eachSchool, type OpenSocket, type Person } from "../kit/school.ts";
import { Refused } from "../kit/socket.ts";

const refused = async (sent: Promise<unknown>) => {
  const error = await sent.then(
    () => new Error("it was not refused"),
    (e: unknown) => e,
  );
  if (error instanceof Refused) return error.frame;
  throw error;
};

eachSchool((school) => {
  test("a hundred copies at once over three sockets and REST are one message with one answer", async () => {
    const [ada, ben] = (await school().people(2)) as [Person, Person];
    const room = await school().room([ada, ben]);
    const sockets = [await ada.socket(room.log), await ada.socket(), await ada.socket(room.log)];
    const listener = await ben.socket(room.log);
    const body = { content: "Once, please.", client_id: randomUUID() };
    const copies = Array.from({ length: 100 }, async (_, i) => {
      const socket = sockets[i % 4];
      if (socket) {
        const { id, seq, created_at, duplicate } = await socket.chat(body.content, { ...body, room: room.id });
        return { id, seq, created_at, duplicate };
      }
      const answer = await ada.call<Message>("POST", `${room.path}messages/`, body);
      const { id, seq, created_at } = answer.body;
      return { id, seq, created_at, duplicate: answer.status === 200 };
    });
    const answers = await Promise.all(copies);
    expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    expect(new Set(answers.map(({ id, seq, created_at }) => `${id} ${seq} ${created_at}`)).size).toBe(1);
    await listener.settled();
    expect(listener.of("chat_message")).toHaveLength(1);
    expect(await allPages(ben, `${room.path}messages/`)).toHaveLength(1);
  });

  test("the same client_id with other words, or elsewhere, is a conflict and stores nothing", async () => {
    const [ada, ben] = (await school().people(2)) as [Person, Person];
    const [room, other] = [await school().room([ada, ben]), await school().room([ada])];
    const opening = { room_id: room.id, user_id: ben.id };
    const { id: thread } = await ada.ask<PrivateThread>("POST", "/api/chat/private-threads/", opening);
    const socket = await ada.socket();
    const client_id = randomUUID();
    await socket.chat("Mine", { room: room.id, client_id });
    const conflict = { code: "idempotency_conflict", stored: false, client_id };
    expect(await refused(socket.chat("Yours", { room: room.id, client_id }))).toMatchObject(conflict);
    expect(await refused(socket.chat("Mine", { room: other.id, client_id }))).toMatchObject(conflict);
    expect(await refused(socket.chat("Mine", { thread, client_id }))).toMatchObject(conflict);
    const answer = await ada.call("POST", `${other.path}messages/`, { content: "Mine", client_id });
    expect(answer).toMatchObject({ status: 409, body: { code: "idempotency_conflict" } });
    // Somebody else's client_id is their own affair.
    expect((await (await ben.socket()).chat("Yours", { room: room.id, client_id })).duplicate).toBe(false);
  });

  test("two rooms that are sent the same client_id at once store it once", async () => {
    const ada = await school().person();
    const rooms = [await school().room([ada]), await school().room([ada])];
    const sockets = [await ada.socket(), await ada.socket()] as [OpenSocket, OpenSocket];
    for (let round = 0; round < 10; round++) {
      const client_id = randomUUID();
      const sent = sockets.map((socket, i) => socket.chat("Here or there", { room: rooms[i]?.id, client_id }));
      const outcomes = await Promise.allSettled(sent);
      expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    }
  });

  test("what counts is what was sent first, whatever became of it since", async () => {
    const ada = await school().person();
    const room = await school().room([ada]);
    const socket = await ada.socket(room.log);
    const client_id = randomUUID();
    const first = await socket.chat("First words", { client_id });
    await ada.ask("PATCH", `/api/chat/messages/${first.id}/`, { content: "Second words" });
    expect(await socket.chat("First words", { client_id })).toMatchObject({
      id: first.id,
      seq: first.seq,
      duplicate: true,
    });
    expect((await refused(socket.chat("Second words", { client_id }))).code).toBe("idempotency_conflict");
    await ada.ask("DELETE", `/api/chat/messages/${first.id}/`);
    expect(await socket.chat("First words", { client_id })).toMatchObject({ id: first.id, duplicate: true });
    const rest = await ada.call<Message>("POST", `${room.path}messages/`, { content: "First words", client_id });
    expect(rest).toMatchObject({ status: 200, body: { id: first.id, content: "", deleted: true } });
  });

  test("who was removed and asks again learns that it is stored, and nothing else", async () => {
    const [ada, ben] = (await school().people(2)) as [Person, Person];
    const room = await school().room([ada, ben]);
    const socket = await ada.socket();
    const client_id = randomUUID();
    const first = await socket.chat("Did this arrive?", { room: room.id, client_id });
    await room.host.ask("POST", `${room.path}kick/${ada.id}/`);
    await socket.next("kick_user");
    const again = await refused(socket.chat("Did this arrive?", { room: room.id, client_id }));
    const { ref: _ref, detail: _detail, ...rest } = again;
    const { id, seq } = first;
    expect(rest).toEqual({ type: "error", code: "not_a_member", client_id, id, seq, stored: true });
    const content = "Did this arrive?";
    const answer = await ada.call("POST", `${room.path}messages/`, { content, client_id });
    expect(answer).toMatchObject({ status: 403, body: { code: "not_a_member", id, seq } });
    expect(Object.keys(answer.body).toSorted()).toEqual(["code", "detail", "id", "seq"]);
    const fresh = await ada.call("POST", `${room.path}messages/`, { content, client_id: randomUUID() });
    expect(fresh.status).toBe(403);
    expect(Object.keys(fresh.body).toSorted()).toEqual(["code", "detail"]);
    await room.host.ask("DELETE", room.path);
    const gone = await ada.call("POST", `${room.path}messages/`, { content, client_id });
    expect(gone).toMatchObject({ status: 404, body: { id, seq } });
    expect(Object.keys(gone.body).toSorted()).toEqual(["code", "detail", "id", "seq"]);
  });
});
