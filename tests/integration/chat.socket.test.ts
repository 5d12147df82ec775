// People who chat: what one says all others hear, once and in one order, whichever door they came through.
import { randomUUID } from "node:crypto";
import type { Message, ServerFrame } from "@homeroom/protocol";
import { expect, test } from "vitest";
import { allPages } from "../kit/fold.ts";
import { type Classroom, eachSchool, type OpenSocket, type Person } from "../kit/school.ts";
import { chanceOf } from "../kit/chance.ts";
import { say } from "../kit/story.ts";

/** The messages of a room as a socket heard them: what stands where, after edits and deletions. */
const heard = (frames: readonly ServerFrame[], room: number): Message[] => {
  const messages = new Map<number, Message>();
  for (const frame of frames) {
    if ("message" in frame && "room" in frame.message && frame.message.room === room) {
      messages.set(frame.message.id, frame.message);
    }
  }
  return [...messages.values()].toSorted((a, b) => a.seq - b.seq);
};

eachSchool((school) => {
  test("two people talk in a room, and each hears the other and themselves", async () => {
    const [ada, ben] = (await school().people(2)) as [Person, Person];
    const room = await school().room([ada, ben]);
    const [one, two] = [await ada.socket(room.log), await ben.socket(room.log)];
    const first = await one.chat("Who has the worksheet?");
    const second = await two.chat("I do.", { reply_to: first.id });
    expect(second.seq).toBe(first.seq + 1);
    for (const socket of [one, two]) {
      await socket.reaches(room.log, second.seq);
      expect(socket.of("chat_message").map((f) => [f.seq, f.message.content, f.message.sender.id])).toEqual([
        [first.seq, "Who has the worksheet?", ada.id],
        [second.seq, "I do.", ben.id],
      ]);
    }
    expect([one.of("ack").length, two.of("ack").length]).toEqual([1, 1]);
    const preview = { id: first.id, sender: ada.card, excerpt: "Who has the worksheet?", deleted: false };
    expect(two.of("chat_message")[1]?.message.reply_preview).toEqual(preview);
  });

  test("the same words reach room sockets, sockets of everything and REST alike", async () => {
    const [ada, ben, cem] = (await school().people(3)) as [Person, Person, Person];
    const room = await school().room([ada, ben, cem]);
    const sockets = [await ada.socket(room.log), await ben.socket(), await ben.socket(), await cem.socket(room.log)];
    const [adas, bens] = sockets as [OpenSocket, OpenSocket];
    await adas.chat("over a room's socket");
    await bens.chat("over one for everything", { room: room.id });
    const sent = await cem.call<Message>("POST", `${room.path}messages/`, { content: "over REST" });
    expect(sent.status).toBe(201);
    for (const socket of sockets) {
      await socket.reaches(room.log, sent.body.seq);
      expect(heard(socket.frames, room.id)).toEqual(await allPages(ada, `${room.path}messages/`));
    }
  });

  test("an edit and a deletion reach everybody, and the words are gone for good", async () => {
    const [ada, ben] = (await school().people(2)) as [Person, Person];
    const room = await school().room([ada, ben]);
    const socket = await ben.socket(room.log);
    const sent = await say(ada, room, "A secret mistake");
    await ada.ask("PATCH", `/api/chat/messages/${sent.id}/`, { content: "A mistake" });
    expect((await socket.next("message_edited")).message).toMatchObject({
      id: sent.id,
      seq: sent.seq,
      content: "A mistake",
    });
    await ada.ask("DELETE", `/api/chat/messages/${sent.id}/`);
    expect((await socket.next("message_deleted")).message).toMatchObject({ id: sent.id, content: "", deleted: true });
    await ada.ask("DELETE", `/api/chat/messages/${sent.id}/`);
    const late = await ben.socket(room.log);
    await late.resume(room.log, room.epoch, 0);
    expect(late.of("chat_message").map((f) => f.message.content)).toEqual([""]);
    expect(JSON.stringify(late.frames)).not.toContain("mistake");
  });

  test("what one socket sends keeps its order, and what is sent after an answer comes after it", async () => {
    const [ada, ben] = (await school().people(2)) as [Person, Person];
    const room = await school().room([ada, ben]);
    const [one, two] = [await ada.socket(room.log), await ben.socket()];
    const burst = Array.from({ length: 40 }, (_, i) => one.chat(`word ${i}`));
    const acks = await Promise.all(burst);
    expect(acks.map((ack) => ack.seq)).toEqual(acks.map((_, i) => (acks[0]?.seq ?? 0) + i));
    const after = await two.chat("and then", { room: room.id });
    expect(after.seq).toBe((acks.at(-1)?.seq ?? 0) + 1);
  });

  test("ten people write, edit, delete, come and go as chance has it, and all see the same in the end", async () => {
    const chance = chanceOf();
    const people = await school().people(10);
    const room = await school().room(people);
    const doors = await Promise.all(people.map((who, i) => who.socket(i % 3 === 0 ? null : room.log)));
    const mine = new Map<Person, number[]>(people.map((who) => [who, []]));
    await Promise.all(
      people.map((who, i) => busy(who, doors[i] as OpenSocket, room, chance, mine.get(who) as number[])),
    );
    const { last_seq } = await room.host.ask<{ last_seq: number }>("GET", room.path);
    const stored = await allPages<Message>(room.host, `${room.path}messages/?after=0&limit=100`);
    expect(stored.length).toBe([...mine.values()].flat().length);
    for (const [i, who] of people.entries()) {
      const door = doors[i] as OpenSocket;
      // Who was cut off in the end comes back and asks for everything.
      const socket = door.isOpen ? door : await who.socket();
      await socket.resume(room.log, room.epoch, 0);
      await socket.reaches(room.log, last_seq);
      expect(heard(socket.frames, room.id), `seed ${chance.seed}`).toEqual(stored);
    }
  });
});

/** Fifteen things that somebody does in a room. */
const busy = async (
  who: Person,
  socket: OpenSocket,
  room: Classroom,
  chance: ReturnType<typeof chanceOf>,
  mine: number[],
): Promise<void> => {
  for (let i = 0; i < 15; i++) {
    const dice = chance.below(10);
    const old = mine[chance.below(mine.length || 1)];
    if (dice < 4 && socket.isOpen) mine.push((await socket.chat(`${who.id} says ${i}`, { room: room.id })).id);
    else if (dice < 7 || old === undefined) mine.push((await say(who, room, `${who.id} writes ${i}`)).id);
    else if (dice === 7)
      await who.call("PATCH", `/api/chat/messages/${old}/`, { content: `edited ${i} ${randomUUID()}` });
    else if (dice === 8) await who.ask("DELETE", `/api/chat/messages/${old}/`);
    else if (who.id % 4 === 0) socket.cut();
  }
};
