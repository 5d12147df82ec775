// Private threads: two people beside a room, as far as the school allows it and both belong there.
import { randomUUID } from "node:crypto";
import type { PrivateMessage, PrivateThread } from "@homeroom/protocol";
import { describe, expect, test } from "vitest";
import { allPages } from "../kit/fold.ts";
import { type Classroom, eachSchool, type Person } from "../kit/school.ts";
import { Refused } from "../kit/socket.ts";
import { say, whisper } from "../kit/story.ts";

const PATH = "/api/chat/private-threads/";

const open = (who: Person, room: Classroom, other: Person) =>
  who.call<PrivateThread & { code?: string }>("POST", PATH, { room_id: room.id, user_id: other.id });

/** `ok`, or the code of the refusal, for each door in turn. */
const attempts = async (who: Person, thread: { id: number }) => {
  const content = "May I?";
  const rest = await who.call<PrivateMessage & { code?: string }>("POST", `${PATH}${thread.id}/messages/`, { content });
  const socket = await who.socket();
  const sent = await socket.chat(content, { thread: thread.id }).then(
    () => "ok",
    (error: unknown) => (error instanceof Refused ? error.frame.code : "?"),
  );
  return [rest.body.code ?? "ok", sent];
};

describe("where the school allows it", () => {
  eachSchool((school) => {
    const pair = async () => {
      const [ada, ben, cem] = (await school().people(3)) as [Person, Person, Person];
      const room = await school().room([ada, ben, cem]);
      const thread = (await open(ada, room, ben)).body;
      return { ada, ben, cem, room, thread };
    };

    test("two members of a room have one thread there, whoever opens it, and hear of it at once", async () => {
      const [ada, ben] = (await school().people(2)) as [Person, Person];
      const room = await school().room([ada, ben]);
      const [adas, bens] = [await ada.socket(), await ben.socket()];
      const answers = await Promise.all([open(ada, room, ben), open(ben, room, ada), open(ada, room, ben)]);
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
      const [{ body }] = answers;
      expect(new Set(answers.map((answer) => answer.body.id))).toEqual(new Set([body.id]));
      for (const socket of [adas, bens]) {
        expect(await socket.next("thread_added")).toMatchObject({ thread: body.id, details: { room: room.id } });
        await socket.settled();
        expect(socket.of("thread_added")).toHaveLength(1);
      }
      await adas.chat("Hello", { thread: body.id });
      expect((await bens.next("private_message")).message).toMatchObject({ thread: body.id, content: "Hello" });
    });

    test("a message's sender is answered privately, and the thread remembers which message it was", async () => {
      const { ada, cem, room } = await pair();
      const message = await say(cem, room, "I don't get it.");
      const opened = await ada.call<PrivateThread>("POST", PATH, { message_id: message.id });
      expect(opened).toMatchObject({ status: 201, body: { owner_message: message.id, room: room.id } });
      const later = await say(cem, room, "Still not.");
      const again = await ada.call<PrivateThread>("POST", PATH, { message_id: later.id });
      expect(again).toMatchObject({ status: 200, body: { id: opened.body.id, owner_message: message.id } });
      expect((await cem.call("POST", PATH, { message_id: message.id })).body).toMatchObject({
        code: "cannot_target_self",
      });
      await cem.ask("DELETE", `/api/chat/messages/${later.id}/`);
      expect((await ada.call("POST", PATH, { message_id: later.id })).status).toBe(404);
    });

    test("nobody else can open, read, write or follow it, nor tell it from one that does not exist", async () => {
      const { ada, cem, room, thread } = await pair();
      const { id } = await whisper(ada, thread, "Between us");
      for (const who of [cem, room.host, await school().person("admin")]) {
        for (const there of [thread.id, 999_999]) {
          expect((await who.call("GET", `${PATH}${there}/`)).status).toBe(404);
          expect((await who.call("GET", `${PATH}${there}/messages/`)).status).toBe(404);
          expect((await who.call("POST", `${PATH}${there}/messages/`, { content: "Hi" })).status).toBe(404);
          expect(await who.knock({ thread: there }).closed).toEqual({ code: 4404, reason: "not_found" });
        }
        expect((await who.call("PATCH", `/api/chat/private-messages/${id}/`, { content: "Mine" })).status).toBe(404);
        const socket = await who.socket();
        expect(socket.hello.logs.filter((log) => log.thread)).toEqual([]);
        const refused = await socket.ask({ type: "private_message", thread: thread.id, content: "Hi" });
        expect(refused).toMatchObject({ code: "not_found", stored: false });
      }
    });

    test("each changes and takes back their own words only", async () => {
      const { ada, ben, thread } = await pair();
      const { id } = await whisper(ada, thread, "Mine");
      const path = `/api/chat/private-messages/${id}/`;
      expect((await ben.call("PATCH", path, { content: "Yours" })).status).toBe(403);
      expect((await ben.call("DELETE", path)).status).toBe(403);
      expect((await ada.call("PATCH", `/api/chat/messages/${id}/`, { content: "Wrong door" })).status).toBe(404);
      expect((await ada.call("PATCH", path, { content: "Still mine" })).status).toBe(200);
      expect((await ada.call("DELETE", path)).status).toBe(204);
      const [last] = await allPages<PrivateMessage>(ben, `${PATH}${thread.id}/messages/`);
      expect(last).toMatchObject({ id, content: "", deleted: true });
    });

    test("who left can read it but not write, until they are back; so can who stayed", async () => {
      const { ada, ben, room, thread } = await pair();
      await whisper(ada, thread, "Before");
      await ada.ask("POST", `${room.path}leave/`);
      expect(await attempts(ada, thread)).toEqual(["not_a_member", "not_a_member"]);
      expect(await attempts(ben, thread)).toEqual(["thread_inactive", "thread_inactive"]);
      expect(await allPages(ada, `${PATH}${thread.id}/messages/`)).toHaveLength(1);
      const socket = await ada.socket({ thread: thread.id });
      expect(await socket.resume({ thread: thread.id }, thread.epoch, 0)).toMatchObject({ type: "resumed", head: 1 });
      await ada.ask("POST", `${room.path}join/`);
      expect(await attempts(ada, thread)).toEqual(["ok", "ok"]);
      expect(await attempts(ben, thread)).toEqual(["ok", "ok"]);
    });

    test("who was kicked can still talk with who leads the room", async () => {
      const { ada, room } = await pair();
      const thread = (await open(ada, room, room.host)).body;
      await room.host.ask("POST", `${room.path}kick/${ada.id}/`);
      expect(await attempts(ada, thread)).toEqual(["ok", "ok"]);
      expect(await attempts(room.host, thread)).toEqual(["ok", "ok"]);
    });

    test("a retry by who was removed says that it is stored, and nothing else", async () => {
      const { ada, room, thread } = await pair();
      const socket = await ada.socket();
      const client_id = randomUUID();
      const { id, seq } = await socket.chat("Did it arrive?", { thread: thread.id, client_id });
      await ada.ask("POST", `${room.path}leave/`);
      const again = await socket.ask({
        type: "private_message",
        thread: thread.id,
        content: "Did it arrive?",
        client_id,
      });
      expect(again).toMatchObject({ code: "not_a_member", id, seq, stored: true });
    });

    test("staff of the room close and open it; the two are told, and read on", async () => {
      const { ada, ben, cem, room, thread } = await pair();
      const path = `${PATH}${thread.id}/`;
      const sockets = [await ada.socket(), await ben.socket({ thread: thread.id })];
      const closed = await room.host.call("PATCH", path, { is_active: false });
      expect(closed).toMatchObject({ status: 200, body: { is_active: false, last_message: null } });
      for (const socket of sockets) expect((await socket.next("thread_updated")).is_active).toBe(false);
      for (const who of [ada, ben]) expect(await attempts(who, thread)).toEqual(["thread_inactive", "thread_inactive"]);
      expect((await ben.call("GET", `${path}messages/`)).status).toBe(200);
      expect((await ada.call("PATCH", path, { is_active: true })).status).toBe(403);
      expect((await cem.call("PATCH", path, { is_active: true })).status).toBe(404);
      await room.host.ask("POST", `${room.path}members/${cem.id}/`, { room_role: "cohost" });
      // A student who helps to lead the room is no staff.
      expect((await cem.call("PATCH", path, { is_active: true })).status).toBe(404);
      const colleague = await school().person("teacher");
      await colleague.ask("POST", `${room.path}join/`);
      await room.host.ask("POST", `${room.path}members/${colleague.id}/`, { room_role: "cohost" });
      await colleague.ask("PATCH", path, { is_active: true });
      for (const socket of sockets) expect((await socket.next("thread_updated")).is_active).toBe(true);
      expect(await attempts(ada, thread)).toEqual(["ok", "ok"]);
    });

    test("an archived room closes its threads, a mute silences in them, a deletion takes them away", async () => {
      const { ada, ben, room, thread } = await pair();
      await room.host.ask("POST", `${room.path}members/${ada.id}/mute/`, { minutes: 5 });
      expect(await attempts(ada, thread)).toEqual(["muted", "muted"]);
      expect(await attempts(ben, thread)).toEqual(["ok", "ok"]);
      await room.host.ask("PATCH", room.path, { is_active: false });
      expect(await attempts(ben, thread)).toEqual(["room_inactive", "room_inactive"]);
      await room.host.ask("DELETE", room.path);
      expect((await ben.call("GET", `${PATH}${thread.id}/`)).status).toBe(404);
      expect(await allPages(ben, PATH)).toEqual([]);
    });

    test("each has their own unread number, and the newest thread comes first", async () => {
      const { ada, ben, cem, room, thread } = await pair();
      const second = (await open(ada, room, cem)).body;
      await whisper(ben, thread, "One");
      await whisper(cem, second, "Two");
      const { seq } = await whisper(ben, thread, "Three");
      const listed = await allPages<PrivateThread>(ada, PATH);
      expect(listed.map((t) => [t.id, t.unread_count, t.last_message?.content])).toEqual([
        [thread.id, 2, "Three"],
        [second.id, 1, "Two"],
      ]);
      await ada.ask("POST", `${PATH}${thread.id}/read/`, { seq });
      expect(await ada.ask("GET", `${PATH}${thread.id}/`)).toMatchObject({ unread_count: 0 });
      expect(await ben.ask("GET", `${PATH}${thread.id}/`)).toMatchObject({ unread_count: 0 });
    });
  });
});

/** Who may open a thread with whom: pupil with pupil, pupil with teacher, teacher with pupil. */
const mayOpen = async (school: { people(count: number): Promise<Person[]> } & Parameters<typeof trio>[0]) => {
  const { ada, ben, room } = await trio(school);
  const pairs = [
    [ada, ben],
    [ada, room.host],
    [room.host, ben],
  ] as const;
  const answers = await Promise.all(pairs.map(([who, other]) => open(who, room, other)));
  return { codes: answers.map(({ status, body }) => (status === 201 ? "ok" : body.code)), ada, ben, room };
};

const trio = async (school: {
  people(count: number): Promise<Person[]>;
  room(members: readonly Person[], body?: object): Promise<Classroom>;
}) => {
  const [ada, ben] = (await school.people(2)) as [Person, Person];
  return { ada, ben, room: await school.room([ada, ben]) };
};

const NO = "private_threads_restricted";

describe("where the school allows it with staff only", () => {
  eachSchool(
    (school) => {
      test("pupils reach teachers, and teachers pupils, but pupils not each other", async () => {
        expect((await mayOpen(school())).codes).toEqual([NO, "ok", "ok"]);
      });
    },
    { PRIVATE_THREADS: "staff" },
  );
});

describe("where the school has switched it off", () => {
  eachSchool(
    (school) => {
      test("nobody opens one", async () => {
        expect((await mayOpen(school())).codes).toEqual([NO, NO, NO]);
      });
    },
    { PRIVATE_THREADS: "off" },
  );
});

describe("where a room has switched it off", () => {
  eachSchool((school) => {
    test("only who leads it is reached", async () => {
      const { ada, ben, room } = await trio(school());
      await room.host.ask("PATCH", room.path, { private_replies: false });
      expect((await open(ada, room, ben)).body.code).toBe(NO);
      expect((await open(ada, room, room.host)).status).toBe(201);
    });
  });
});
