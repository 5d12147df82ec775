// What passes at once or not at all: who types, who is here, and how far I have read on my other devices.
import type { PrivateThread } from "@homeroom/protocol";
import { expect, test } from "vitest";
import { type Classroom, eachSchool, type OpenSocket, type Person } from "../kit/school.ts";
import { say } from "../kit/story.ts";

const countOf = (socket: OpenSocket, type: "typing" | "stop_typing" | "read") => socket.of(type).length;

eachSchool((school) => {
  const three = async () => {
    const [ada, ben, cem] = (await school().people(3)) as [Person, Person, Person];
    const room = await school().room([ada, ben, cem]);
    const sockets = [await ada.socket(room.log), await ada.socket(), await ben.socket(room.log), await cem.socket()];
    const [adas, second, bens, cems] = sockets as [OpenSocket, OpenSocket, OpenSocket, OpenSocket];
    return { ada, ben, room, adas, second, bens, cems };
  };
  const privately = async (room: Classroom, one: Person, other: Person) => {
    const opening = { room_id: room.id, user_id: other.id };
    const { id } = await one.ask<PrivateThread>("POST", "/api/chat/private-threads/", opening);
    return { thread: id };
  };

  test("typing is seen by the others, by name, and never by oneself", async () => {
    const { ada, room, adas, second, bens, cems } = await three();
    adas.send({ type: "typing" });
    for (const socket of [bens, cems]) {
      expect(await socket.next("typing")).toEqual({ type: "typing", room: room.id, user: ada.card });
    }
    adas.send({ type: "stop_typing" });
    for (const socket of [bens, cems]) {
      expect(await socket.next("stop_typing")).toEqual({ type: "stop_typing", room: room.id, user: ada.card });
    }
    await Promise.all([adas.settled(), second.settled()]);
    expect([adas, second].map((s) => countOf(s, "typing") + countOf(s, "stop_typing"))).toEqual([0, 0]);
  });

  test("who sends has stopped typing, over a socket as over REST, and once is enough", async () => {
    const { ada, room, adas, second, bens } = await three();
    const ways = [
      () => adas.chat("Over a socket"),
      () => second.chat("Over another", { room: room.id }),
      () => say(ada, room, "Over REST"),
    ];
    for (const send of ways) {
      adas.send({ type: "typing" });
      await bens.next("typing");
      await send();
      await bens.next("stop_typing");
    }
    await adas.chat("Without having typed");
    adas.send({ type: "stop_typing" });
    await adas.settled();
    await bens.settled();
    expect(countOf(bens, "stop_typing")).toBe(ways.length);
  });

  test("who is gone has stopped typing", async () => {
    const { ada, adas, second, bens } = await three();
    adas.send({ type: "typing" });
    await bens.next("typing");
    adas.cut();
    second.cut();
    expect((await bens.next("stop_typing")).user).toEqual(ada.card);
  });

  test("typing in a private thread is seen by the other person only", async () => {
    const { ada, ben, room, cems } = await three();
    const thread = await privately(room, ada, ben);
    const [one, other, hosts] = [await ada.socket(thread), await ben.socket(), await room.host.socket()];
    one.send({ type: "typing" });
    expect(await other.next("typing")).toEqual({ type: "typing", ...thread, user: ada.card });
    await one.chat("Psst", { ...thread });
    expect(await other.next("stop_typing")).toMatchObject(thread);
    await Promise.all([hosts.settled(), cems.settled()]);
    for (const socket of [hosts, cems]) expect(socket.frames.filter((f) => "thread" in f)).toEqual([]);
  });

  test("who comes is shown to those who share a room, and they to who comes; a second device changes nothing", async () => {
    const { ben, room, adas, cems } = await three();
    const [dan, stranger] = (await school().people(2)) as [Person, Person];
    const outside = await stranger.socket();
    await dan.ask("POST", `${room.path}join/`);
    const dans = await dan.socket(room.log);
    expect(await cems.next("presence", (f) => f.user.id === dan.id)).toMatchObject({ state: "online" });
    expect(await dans.next("presence", (f) => f.user.id === ben.id)).toMatchObject({ state: "online" });
    await (await dan.socket()).settled();
    await Promise.all([adas.settled(), outside.settled(), dans.settled()]);
    expect(adas.of("presence").filter((f) => f.user.id === dan.id)).toHaveLength(1);
    expect(dans.of("presence").filter((f) => f.user.id === dan.id)).toEqual([]);
    expect(outside.of("presence")).toEqual([]);
  });

  test("who comes into a room while here is shown to the people in it, and they to who comes", async () => {
    const { ben, room, adas } = await three();
    const dan = await school().person();
    const dans = await dan.socket();
    await dan.ask("POST", `${room.path}join/`);
    expect(await dans.next("presence", (f) => f.user.id === ben.id)).toMatchObject({ state: "online" });
    expect(await adas.next("presence", (f) => f.user.id === dan.id)).toMatchObject({ state: "online" });
  });

  test("away is who looks at none of their clients, told to who shares a room, and shown to who comes", async () => {
    const { ada, adas, second, bens, cems, room } = await three();
    const ofAda = (state: string) => (f: { user: { id: number }; state: string }) =>
      f.user.id === ada.id && f.state === state;
    adas.send({ type: "presence", state: "away" });
    await adas.settled();
    second.send({ type: "presence", state: "away" });
    for (const socket of [bens, cems]) {
      expect(await socket.next("presence", ofAda("away"))).toEqual({ type: "presence", user: ada.card, state: "away" });
    }
    const [dan, stranger] = (await school().people(2)) as [Person, Person];
    const outside = await stranger.socket();
    await dan.ask("POST", `${room.path}join/`);
    const dans = await dan.socket();
    expect((await dans.next("presence", (f) => f.user.id === ada.id)).state).toBe("away");
    const before = bens.of("presence").filter(ofAda("online")).length;
    second.send({ type: "presence", state: "online" });
    await dans.next("presence", ofAda("online"));
    await Promise.all([bens, outside, adas].map((socket) => socket.settled()));
    expect(bens.of("presence").filter(ofAda("online"))).toHaveLength(before + 1);
    expect([adas, outside].map((socket) => socket.of("presence").filter((f) => f.user.id === ada.id))).toEqual([
      [],
      [],
    ]);
  });

  test("what is no state of presence is refused, and offline is nobody's to say", async () => {
    const { adas } = await three();
    for (const frame of [{}, { state: "offline" }, { state: "away", room: 1 }, { state: null }]) {
      expect(await adas.ask({ type: "presence", ...frame })).toMatchObject({ type: "error", code: "bad_request" });
    }
  });

  test("a new name is told once to each who shares a room or a chat with somebody, and to themselves", async () => {
    const { ada, room, adas, second, bens, cems } = await three();
    const [dan, stranger] = (await school().people(2)) as [Person, Person];
    const outside = await stranger.socket();
    await dan.ask("POST", `${room.path}join/`);
    const thread = await privately(room, ada, dan);
    await dan.ask("POST", `${room.path}leave/`);
    const dans = await dan.socket();
    await ada.ask("PATCH", "/api/auth/me/", { display_name: "Ada L." });
    const told = [adas, second, bens, cems, dans];
    const user = { ...ada.card, display_name: "Ada L." };
    for (const socket of told) expect(await socket.next("user_changed")).toEqual({ type: "user_changed", user });
    await Promise.all([...told, outside].map((socket) => socket.settled()));
    expect([...told, outside].map((socket) => socket.of("user_changed").length)).toEqual([1, 1, 1, 1, 1, 0]);
    expect((await dan.ask<PrivateThread>("GET", `/api/chat/private-threads/${thread.thread}/`)).user1).toEqual(user);
  });

  test("reading moves the mark on my other devices, and in a room it is nobody else's business", async () => {
    const { ada, ben, room, adas, second, bens, cems } = await three();
    const { seq } = await say(ben, room, "Read this");
    adas.send({ type: "read", seq });
    expect(await second.next("read")).toEqual({ type: "read", room: room.id, user: ada.card, seq });
    await ada.ask("POST", `${room.path}read/`, { seq: seq - 1, unread: true });
    for (const socket of [adas, second]) expect((await socket.next("read")).seq).toBe(seq - 1);
    await Promise.all([bens.settled(), cems.settled()]);
    expect([bens, cems].map((socket) => countOf(socket, "read"))).toEqual([0, 0]);
    expect((await ada.socket(room.log)).hello.logs).toMatchObject([{ room: room.id, read: seq - 1 }]);
  });

  test("the mark only grows, stops at the head, and goes back by one's own wish alone", async () => {
    const { ada, ben, room, adas } = await three();
    const { seq } = await say(ben, room, "One");
    const path = `${room.path}read/`;
    expect(await ada.ask("POST", path, { seq: 999_999 })).toMatchObject({ seq, unread_count: 0 });
    expect(await ada.ask("POST", path, { seq: 1 })).toMatchObject({ seq, unread_count: 0 });
    expect(await ada.ask("POST", path, { seq: seq - 1, unread: true })).toMatchObject({
      seq: seq - 1,
      unread_count: 1,
    });
    const wrong = await adas.ask({ type: "read", seq: 1, unread: true });
    expect(wrong).toMatchObject({ type: "error", code: "bad_request" });
  });

  test("in a private thread the other person sees how far I have read", async () => {
    const { ada, ben, room, cems } = await three();
    const thread = await privately(room, ada, ben);
    const [one, other] = [await ada.socket(thread), await ben.socket()];
    const { seq } = await other.chat("Read this", thread);
    one.send({ type: "read", seq });
    expect(await other.next("read")).toEqual({ type: "read", ...thread, user: ada.card, seq });
    await cems.settled();
    expect(countOf(cems, "read")).toBe(0);
  });
});
