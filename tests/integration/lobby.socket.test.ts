// The lobby: who asked to be let in waits on a socket of the room, and hears of nothing but the answer.
import type { JoinRequest } from "@homeroom/protocol";
import { expect, test } from "vitest";
import { eachSchool, type Person } from "../kit/school.ts";
import { say } from "../kit/story.ts";

eachSchool((school) => {
  const waiting = async () => {
    const [ann, zoe] = (await school().people(2)) as [Person, Person];
    const room = await school().room([ann], { public: false });
    const [hosts, anns] = [await room.host.socket(), await ann.socket(room.log)];
    const request = await zoe.ask<JoinRequest>("POST", `${room.path}join-request/`, { note: "It's me" });
    const [lobby, everything] = [await zoe.socket(room.log), await zoe.socket()];
    return { ann, zoe, room, request, lobby, everything, hosts, anns };
  };

  test("hosts hear of a request at once, others do not", async () => {
    const { room, zoe, request, hosts, anns, lobby } = await waiting();
    expect((await hosts.next("join_request")).request).toEqual(request);
    expect(request).toMatchObject({ room: room.id, user: zoe.card, status: "pending", note: "It's me" });
    await Promise.all([anns.settled(), lobby.settled()]);
    for (const socket of [anns, lobby]) expect(socket.of("join_request")).toEqual([]);
  });

  test("who waits hears nothing of the room and can say nothing to it", async () => {
    const { ann, zoe, room, lobby, anns, everything } = await waiting();
    expect(lobby.hello).toMatchObject({ lobby: true, logs: [] });
    expect(everything.hello.logs).toEqual([]);
    await say(ann, room, "Not for strangers");
    anns.send({ type: "typing" });
    for (const frame of [
      { type: "chat_message", content: "Let me in!" },
      { type: "typing" },
      { type: "read", seq: 1 },
      { type: "kick_user", user_id: ann.id },
      { type: "resume", logs: [{ ...room.log, epoch: room.epoch, after: 0 }] },
    ]) {
      expect(await lobby.ask(frame)).toMatchObject({ type: "error", code: "not_a_member" });
    }
    await zoe.ask("PATCH", "/api/auth/me/", { display_name: "Zoe Z." });
    await everything.next("user_changed");
    await Promise.all([everything.settled(), lobby.settled()]);
    const heard = [...lobby.frames, ...everything.frames].filter((f) => !["error", "pong"].includes(f.type));
    expect(heard.map((f) => f.type)).toEqual(["hello", "hello", "user_changed"]);
  });

  test("who is let in is told so, gets a second hello, and follows from there without a hole", async () => {
    const { ann, zoe, room, request, lobby, everything, anns } = await waiting();
    await room.host.ask("POST", `${room.path}approve-join/${request.id}/`);
    const approved = await lobby.next("join_approved");
    expect(approved).toMatchObject({ room: room.id, request: { id: request.id, status: "approved" } });
    expect(approved.details).toMatchObject({ id: room.id, my_role: "member" });
    const second = await lobby.next("hello", (frame) => frame.lobby === undefined);
    const { seq } = await anns.next("user_joined", (frame) => frame.user.id === zoe.id);
    expect(second.logs).toEqual([{ room: room.id, epoch: room.epoch, head: seq, read: seq }]);
    await everything.next("join_approved");
    await everything.next("room_added");
    await say(ann, room, "Welcome!");
    for (const socket of [lobby, everything]) {
      expect((await socket.next("chat_message")).message.content).toBe("Welcome!");
    }
    expect(lobby.frames.map((f) => f.type).filter((t) => t !== "presence")).toEqual([
      "hello",
      "join_approved",
      "hello",
      "chat_message",
    ]);
    expect(await lobby.chat("Thanks")).toMatchObject({ seq: seq + 2 });
    await lobby.resume(room.log, room.epoch, 0);
  });

  test("who takes the request back leaves the lobby, and hosts hear of it at once", async () => {
    const { room, zoe, request, lobby, everything, hosts, anns } = await waiting();
    await zoe.ask("DELETE", `${room.path}join-request/`);
    expect(await lobby.closed).toMatchObject({ code: 4403, reason: "withdrawn" });
    expect((await hosts.next("join_request_withdrawn")).request).toEqual(request);
    expect((await everything.next("join_request_withdrawn")).request).toEqual(request);
    await Promise.all([anns.settled(), everything.settled()]);
    expect(anns.of("join_request_withdrawn")).toEqual([]);
    expect(lobby.of("join_request_withdrawn")).toEqual([]);
    const again = await zoe.ask<JoinRequest>("POST", `${room.path}join-request/`);
    expect((await hosts.next("join_request", (frame) => frame.request.id !== request.id)).request).toEqual(again);
  });

  test("who is declined is told so, alone, and the lobby closes", async () => {
    const { zoe, room, request, lobby, everything, hosts, anns } = await waiting();
    await room.host.ask("POST", `${room.path}deny-join/${request.id}/`, { reason: "Another class" });
    for (const socket of [lobby, everything]) {
      const denied = await socket.next("join_denied");
      expect(denied.request).toMatchObject({ id: request.id, status: "denied", reason: "Another class" });
    }
    expect(await lobby.closed).toEqual({ code: 4403, reason: "denied" });
    await Promise.all([hosts.settled(), anns.settled(), everything.settled()]);
    for (const socket of [hosts, anns]) expect(socket.of("join_denied")).toEqual([]);
    expect(everything.isOpen).toBe(true);
    expect((await zoe.knock(room.log).closed).code).toBe(4403);
  });

  test("who walked in meanwhile keeps their socket when the old request is declined", async () => {
    const { zoe, room, request, lobby, anns } = await waiting();
    await room.host.ask("PATCH", room.path, { public: true });
    await zoe.ask("POST", `${room.path}join/`);
    await lobby.next("hello", (frame) => frame.lobby === undefined);
    await room.host.call("POST", `${room.path}deny-join/${request.id}/`);
    await lobby.chat("Still here");
    expect((await anns.next("chat_message")).message.content).toBe("Still here");
  });

  test("a room that is deleted closes its lobby", async () => {
    const { room, lobby } = await waiting();
    await room.host.ask("DELETE", room.path);
    expect((await lobby.closed).code).toBe(4404);
  });

  test("a stranger is told from somebody who may not know of the room", async () => {
    const zoe = await school().person();
    const listed = await school().room([], { public: false });
    const hidden = await school().room([], { public: false, discoverable: false });
    expect((await zoe.knock(listed.log).closed).code).toBe(4403);
    expect((await zoe.knock(hidden.log).closed).code).toBe(4404);
    expect((await zoe.knock({ room: 999_999 }).closed).code).toBe(4404);
  });
});
