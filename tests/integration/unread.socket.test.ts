// The server's unread number equals a recount, whatever happened: others' messages above my mark that stand.
import type { Message, Room } from "@homeroom/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { allPages } from "../kit/fold.ts";
import { type Classroom, eachSchool, type Person } from "../kit/school.ts";
import { say } from "../kit/story.ts";

const kinds = ["say", "say", "say", "mention", "reply", "also", "edit", "delete", "read", "unread", "rejoin"] as const;
const step = fc.record({ kind: fc.constantFrom(...kinds), who: fc.nat(2), which: fc.nat(30) });
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Answers the message that was said, if one was. */
const take = async ({ kind, who, which }: Step, people: Person[], room: Classroom, said: Message[]) => {
  const person = people[who] as Person;
  const old = said[which % (said.length || 1)];
  const root = said.find((m) => m.thread_root === null);
  const name = people[which % 3]?.card.username;
  const { last_seq } = await person.ask<Room>("GET", room.path);
  const mark = { seq: which % (last_seq + 1) };
  switch (kind) {
    case "say":
      return say(person, room, "Words");
    case "mention":
      return say(person, room, `Words for @${name}.`);
    case "reply":
    case "also":
      return (
        root && say(person, room, `In the thread, @${name}`, { thread_root: root.id, also_in_room: kind === "also" })
      );
    case "edit":
      if (old)
        await person.call("PATCH", `/api/chat/messages/${old.id}/`, { content: which % 2 ? "New" : `@${name} new` });
      return;
    case "delete":
      if (old) await person.call("DELETE", `/api/chat/messages/${old.id}/`);
      return;
    case "read":
      return void (await person.ask("POST", `${room.path}read/`, mark));
    case "unread":
      return void (await person.ask("POST", `${room.path}read/`, { ...mark, unread: true }));
    default:
      await person.ask("POST", `${room.path}leave/`);
      return void (await person.ask("POST", `${room.path}join/`));
  }
};

/** Every message there is, those in threads too. */
const everything = async (room: Classroom): Promise<Message[]> => {
  const timeline = await allPages<Message>(room.host, `${room.path}messages/?after=0&limit=100`);
  const roots = timeline.filter((m) => m.replies);
  const replies = await Promise.all(
    roots.map((m) => allPages<Message>(room.host, `/api/chat/messages/${m.id}/thread/?after=0&limit=100`)),
  );
  return [...timeline, ...replies.flat().filter((m) => !m.also_in_room)];
};

eachSchool((school) => {
  test("after any sequence of events", async () => {
    const people = await school().people(3);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const room = await school().room(people);
        const said: Message[] = [];
        for (const one of steps) {
          const message = await take(one, people, room, said);
          if (message) said.push(message);
        }
        const messages = await everything(room);
        for (const person of people) {
          const socket = await person.socket(room.log);
          const read = socket.hello.logs[0]?.read ?? 0;
          await socket.close();
          const open = messages.filter((m) => m.sender.id !== person.id && !m.deleted && m.seq > read);
          const unread_count = open.filter((m) => m.thread_root === null || m.also_in_room).length;
          const mention_count = open.filter((m) => m.content.includes(`@${person.card.username}`)).length;
          const counts = { unread_count, mention_count };
          expect(await person.ask("GET", room.path)).toMatchObject(counts);
          const mark = { seq: read };
          expect(await person.ask("POST", `${room.path}read/`, mark)).toEqual({ seq: read, ...counts });
        }
      }),
      { numRuns: 8 },
    );
  });
});
