// After any drop, from anywhere in the log: what was missed comes once, in order, and then the present.
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { chanceOf } from "../kit/chance.ts";
import { fill } from "../kit/fill.ts";
import { type Classroom, eachSchool, type OpenSocket, type Person } from "../kit/school.ts";
import { say } from "../kit/story.ts";

const ids = (socket: OpenSocket, room: Classroom) => socket.events(room.log).map((frame) => frame.seq);
const upTo = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i + 1);

eachSchool((school) => {
  test("who was cut off gets what they missed, and then what comes", async () => {
    const [ada, ben] = (await school().people(2)) as [Person, Person];
    const room = await school().room([ada, ben]);
    const before = await ben.socket(room.log);
    const known = await say(ada, room, "Before");
    await before.reaches(room.log, known.seq);
    before.cut();
    const missed = await say(ada, room, "Missed");
    await ada.ask("PATCH", `/api/chat/messages/${known.id}/`, { content: "Before, edited" });
    await ada.ask("DELETE", `/api/chat/messages/${missed.id}/`);
    const after = await ben.socket(room.log);
    expect(after.hello.logs).toEqual([{ room: room.id, epoch: room.epoch, head: known.seq + 3, read: known.seq - 1 }]);
    expect(await after.resume(room.log, room.epoch, known.seq)).toMatchObject({ type: "resumed", head: known.seq + 3 });
    await say(ada, room, "Now");
    await after.next("chat_message", (frame) => frame.message.content === "Now");
    // With today's content: what was deleted comes as its tombstone.
    const told = after.events(room.log).map((f) => [f.seq, f.type, "message" in f ? f.message.content : ""]);
    expect(told).toEqual([
      [known.seq + 1, "chat_message", ""],
      [known.seq + 2, "message_edited", "Before, edited"],
      [known.seq + 3, "message_deleted", ""],
      [known.seq + 4, "chat_message", "Now"],
    ]);
  });

  test("any depth will do, also beyond a thousand events, while others are writing", async () => {
    const chance = chanceOf();
    const [ada, ben] = (await school().people(2)) as [Person, Person];
    const room = await school().room([ada, ben]);
    const filled = await fill(school().kit, room.id, ada.id, 2_500);
    const writer = await ada.socket(room.log);
    const sent: Promise<unknown>[] = [];
    const writing = setInterval(() => sent.push(writer.chat("More")), 5);
    for (const after of [0, 1, filled - 2_001, filled - 200, filled - 1, filled, chance.below(filled)]) {
      const socket = await ben.socket(chance.below(2) ? room.log : null);
      const answer = await socket.resume(room.log, room.epoch, after);
      expect(answer, `seed ${chance.seed}`).toMatchObject({ type: "resumed", room: room.id });
      await socket.close();
    }
    clearInterval(writing);
    await Promise.all(sent);
    const socket = await ben.socket();
    await socket.resume(room.log, room.epoch, 3);
    expect(ids(socket, room)).toEqual(upTo(3, filled + sent.length));
  });

  test("who drops again and again, at any moment, ends with every event once", async () => {
    const chance = chanceOf();
    const [ada, ben] = (await school().people(2)) as [Person, Person];
    const room = await school().room([ada, ben]);
    const writer = await ada.socket(room.log);
    const sent: Promise<unknown>[] = [];
    const writing = setInterval(() => sent.push(writer.chat("On and on")), 4);
    const seen = new Set<number>();
    let head = 0;
    for (let drop = 0; drop < 15; drop++) {
      const socket = await ben.socket(room.log);
      socket.send({ type: "resume", logs: [{ epoch: room.epoch, after: head }] });
      await pause(chance.between(0, 60));
      socket.cut();
      for (const { seq } of socket.events(room.log)) seen.add(seq);
      while (seen.has(head + 1)) head++;
    }
    clearInterval(writing);
    await Promise.all(sent);
    const socket = await ben.socket(room.log);
    const { head: end } = socket.hello.logs[0] ?? { head: 0 };
    await socket.resume(room.log, room.epoch, head);
    for (const { seq } of socket.events(room.log)) seen.add(seq);
    expect(
      [...seen].toSorted((a, b) => a - b),
      `seed ${chance.seed}`,
    ).toEqual(upTo(0, end));
  });

  test("who comes back together gets the same, and who comes later what it is by then", async () => {
    const [ada, ben, cem] = (await school().people(3)) as [Person, Person, Person];
    const room = await school().room([ada, ben, cem]);
    const first = await say(ada, room, "First");
    const second = await say(ada, room, "Second");
    const missed = async (who: Person) => {
      const socket = await who.socket(room.log);
      const head = socket.hello.logs[0]?.head;
      expect(await socket.resume(room.log, room.epoch, first.seq - 1)).toMatchObject({ type: "resumed", head });
      return socket.events(room.log).flatMap((frame) => ("message" in frame ? [frame.message] : []));
    };
    const together = await Promise.all([ben, cem, ben, cem].map(missed));
    expect(together[0]).toMatchObject([{ content: "First" }, { content: "Second" }]);
    for (const one of together) expect(one).toEqual(together[0]);
    await ada.ask("PATCH", `/api/chat/messages/${first.id}/`, { content: "Edited" });
    expect((await missed(ben))[0]).toMatchObject({ content: "Edited" });
    await cem.ask("PUT", `/api/chat/messages/${first.id}/reactions/👍/`);
    expect((await missed(ben))[0]).toMatchObject({ reactions: [{ emoji: "👍", user_ids: [cem.card.id] }] });
    // No event of any log, and shown all the same.
    await ada.ask("PATCH", "/api/auth/me/", { display_name: "Ada the Second" });
    expect((await missed(ben))[1]).toMatchObject({ sender: { display_name: "Ada the Second" } });
    await ada.ask("DELETE", `/api/chat/messages/${second.id}/`);
    expect((await missed(ben))[1]).toMatchObject({ content: "", deleted: true });
  });

  test("many logs are resumed with one frame, in the order asked for", async () => {
    const ada = await school().person();
    const rooms = [await school().room([ada]), await school().room([ada]), await school().room([ada])];
    const socket = await ada.socket();
    const logs = rooms.map(({ id, epoch }) => ({ room: id, epoch, after: 0 }));
    socket.send({ type: "resume", ref: "all", logs });
    for (const { id } of rooms)
      expect(await socket.next("resumed")).toEqual({ type: "resumed", room: id, head: 2, ref: "all" });
  });

  test("another epoch, or a place that is still to come, starts from the present", async () => {
    const ada = await school().person();
    const room = await school().room([ada]);
    const reset = { type: "reset", room: room.id, epoch: room.epoch, head: 2 };
    for (const socket of [await ada.socket(), await ada.socket(room.log)]) {
      expect(await socket.resume(room.log, "another", 1)).toMatchObject(reset);
      expect(await socket.resume(room.log, room.epoch, 3)).toMatchObject(reset);
      expect(await socket.resume(room.log, room.epoch, 2)).toMatchObject({ type: "resumed", head: 2 });
    }
  });

  test("nobody resumes what is not theirs, and a wrong request leaves the socket open", async () => {
    const [ada, ben] = (await school().people(2)) as [Person, Person];
    const [hers, his] = [await school().room([ada]), await school().room([ben])];
    const socket = await ada.socket(hers.log);
    const refused = { type: "error", code: "not_a_member", stored: false };
    expect(await socket.resume(his.log, his.epoch, 0)).toMatchObject({ ...refused, room: his.id });
    expect(await socket.resume({ thread: hers.id }, hers.epoch, 0)).toMatchObject({ ...refused, thread: hers.id });
    expect(await socket.ask({ type: "resume", logs: [] })).toMatchObject({ code: "bad_request" });
    const both = { room: hers.id, thread: 1, epoch: hers.epoch, after: 0 };
    expect(await socket.ask({ type: "resume", logs: [both] })).toMatchObject({ code: "bad_request" });
    expect(await socket.ask({ type: "resume", logs: [{ ...hers.log, epoch: hers.epoch, after: -1 }] })).toMatchObject({
      code: "bad_request",
    });
    expect(await socket.ask({ type: "ping" })).toMatchObject({ type: "pong" });
  });

  test("long messages reach a slow line in pieces instead of closing it", async () => {
    const [ada, ben] = (await school().people(2)) as [Person, Person];
    const room = await school().room([ada, ben]);
    const head = await fill(school().kit, room.id, ada.id, 400, () => "🐌".repeat(10_000));
    const socket = await ben.socket(room.log);
    const resumed = socket.resume(room.log, room.epoch, 3);
    const breathing = setInterval(() => {
      socket.pause();
      setTimeout(() => socket.unpause(), 15);
    }, 20);
    expect(await resumed).toMatchObject({ type: "resumed", head });
    clearInterval(breathing);
    expect(ids(socket, room)).toEqual(upTo(3, head));
  });
});
