// The fence: a kick is one event of the log, and nothing above it comes from the kicked or reaches them. Also how else
// a membership ends, and who may not speak.
import { setTimeout as pause } from "node:timers/promises";
import type { JoinRequest } from "@homeroom/protocol";
import { expect, test } from "vitest";
import { chanceOf } from "../kit/chance.ts";
import { fill } from "../kit/fill.ts";
import { type Classroom, eachSchool, type OpenSocket, type Person } from "../kit/school.ts";
import type { Refused } from "../kit/socket.ts";
import { say } from "../kit/story.ts";

const ROUNDS = 20;
const EVERY_MS = 20;
/** Who waits for so many answers says nothing more: on a busy machine it would only get busier with every round. */
const MOST_UNANSWERED = 8;

const letIn = async (room: Classroom, who: Person) => {
  const { id } = await who.ask<JoinRequest>("POST", `${room.path}join-request/`);
  await room.host.ask("POST", `${room.path}approve-join/${id}/`);
};

/** Says something every so often until told to stop; resolves when the last of it is answered. */
const chatter = (send: (content: string) => Promise<unknown>) => {
  const answers: Promise<unknown>[] = [];
  let unanswered = 0;
  const speak = async () => {
    unanswered += 1;
    await send(`word ${answers.length}`).catch(() => undefined);
    unanswered -= 1;
  };
  const timer = setInterval(() => {
    if (unanswered < MOST_UNANSWERED) answers.push(speak());
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
    return Promise.all(answers);
  };
};

eachSchool((school) => {
  test(`in ${ROUNDS} kicks at random moments nothing above the kick comes from the kicked or reaches them`, async () => {
    const chance = chanceOf();
    const [ann, vic] = (await school().people(2)) as [Person, Person];
    const room = await school().room([ann, vic]);
    const [witness, hosts] = [await ann.socket(room.log), await room.host.socket()];
    const everything = await vic.socket();
    const stopAnn = chatter((content) => witness.chat(content));
    for (let round = 1; round <= ROUNDS; round++) {
      const there = await vic.socket(room.log);
      const sending = await vic.socket();
      const stopVic = chatter((content) =>
        chance.below(2) ? sending.chat(content, { room: room.id }) : say(vic, room, content),
      );
      // Every third time they are just asking for all that was said before.
      if (round % 3 === 0) there.send({ type: "resume", logs: [{ ...room.log, epoch: room.epoch, after: 0 }] });
      await pause(chance.between(20, 90));
      const kick = { type: "kick_user", room: room.id, user_id: vic.id, reason: "Enough" };
      if (round % 2) await room.host.ask("POST", `${room.path}kick/${vic.id}/`, { reason: "Enough" });
      else hosts.send(kick);
      const { seq: k } = await witness.next("user_left", (frame) => frame.kicked);
      // From the kick's answer on.
      expect((await vic.call("GET", `${room.path}messages/`)).status).toBe(403);
      expect((await vic.call("POST", `${room.path}messages/`, { content: "But!" })).status).toBe(403);
      expect(await there.closed).toEqual({ code: 4403, reason: "kicked" });
      expect(there.frames.at(-1)).toMatchObject({ type: "kick_user", room: room.id, reason: "Enough" });
      await stopVic();
      for (const socket of [everything, sending]) {
        await socket.next("kick_user");
        await socket.settled();
        expect(await socket.resume(room.log, room.epoch, 0)).toMatchObject({ type: "error", code: "not_a_member" });
      }
      for (const socket of [everything, sending, there]) {
        expect(Math.max(0, ...socket.events(room.log).map((frame) => frame.seq))).toBeLessThan(k);
      }
      const mine = (frame: { message: { sender: { id: number } }; seq: number }) => frame.message.sender.id === vic.id;
      await witness.settled();
      expect(
        Math.max(
          0,
          ...witness
            .of("chat_message")
            .filter(mine)
            .map((frame) => frame.seq),
        ),
      ).toBeLessThan(k);
      await sending.close();
      await letIn(room, vic);
      await everything.next("room_added");
    }
    await stopAnn();
  });

  test("a kick in the middle of a long resume ends it", async () => {
    const [ann, vic] = (await school().people(2)) as [Person, Person];
    const room = await school().room([ann, vic]);
    await fill(school().kit, room.id, ann.id, 3_000);
    const socket = await vic.socket();
    socket.send({ type: "resume", logs: [{ ...room.log, epoch: room.epoch, after: 0 }] });
    await socket.reaches(room.log, 100);
    await room.host.ask("POST", `${room.path}kick/${vic.id}/`);
    await socket.next("kick_user");
    await socket.settled();
    expect(socket.of("resumed")).toEqual([]);
    expect(socket.frames.findLastIndex((f) => "seq" in f && "room" in f)).toBeLessThan(
      socket.frames.findIndex((f) => f.type === "kick_user"),
    );
  });

  test("only hosts and cohosts kick, and neither the host nor themselves, over a socket as over REST", async () => {
    const [ann, ben] = (await school().people(2)) as [Person, Person];
    const room = await school().room([ann, ben]);
    const [anns, hosts] = [await ann.socket(room.log), await room.host.socket(room.log)];
    const refusalOf = async (socket: OpenSocket, user_id: number) => socket.ask({ type: "kick_user", user_id });
    expect(await refusalOf(anns, ben.id)).toMatchObject({ type: "error", code: "forbidden", stored: false });
    expect(await refusalOf(hosts, room.host.id)).toMatchObject({ code: "cannot_target_self" });
    expect(await refusalOf(hosts, 999_999)).toMatchObject({ code: "not_found" });
    await room.host.ask("POST", `${room.path}members/${ann.id}/`, { room_role: "cohost" });
    expect(await refusalOf(anns, room.host.id)).toMatchObject({ code: "cannot_target_host" });
    anns.send({ type: "kick_user", user_id: ben.id });
    expect(await hosts.next("user_left")).toMatchObject({ user: ben.card, kicked: true });
  });

  test("who leaves is out everywhere at once, and their other devices know", async () => {
    const [ann, ben] = (await school().people(2)) as [Person, Person];
    const room = await school().room([ann, ben]);
    const [everything, there, bens] = [await ann.socket(), await ann.socket(room.log), await ben.socket(room.log)];
    await ann.ask("POST", `${room.path}leave/`);
    expect(await there.closed).toEqual({ code: 4403, reason: "left" });
    const left = { user: ann.card, kicked: false, room: room.id };
    const told = await Promise.all([everything, bens].map((socket) => socket.next("user_left")));
    for (const frame of told) expect(frame).toMatchObject(left);
    await say(ben, room, "Is she gone?");
    await bens.next("chat_message");
    await everything.settled();
    expect(everything.of("chat_message")).toEqual([]);
    expect((await ann.knock(room.log).closed).code).toBe(4403);
    await ann.ask("POST", `${room.path}join/`);
    expect((await everything.next("room_added")).details).toMatchObject({ id: room.id, my_role: "member" });
    await say(ben, room, "Back again?");
    expect((await everything.next("chat_message")).message.content).toBe("Back again?");
  });

  test("a room that is deleted closes its sockets with 4404, and those for everything live on", async () => {
    const [ann] = (await school().people(1)) as [Person];
    const [room, other] = [await school().room([ann]), await school().room([ann])];
    const [everything, there] = [await ann.socket(), await ann.socket(room.log)];
    await room.host.ask("DELETE", room.path);
    expect(await there.closed).toEqual({ code: 4404, reason: "deleted" });
    await there.next("room_deleted");
    await everything.next("room_deleted", (frame) => frame.room === room.id);
    expect(await everything.chat("Still here", { room: other.id })).toMatchObject({ room: other.id });
    await expect(everything.chat("Anybody?", { room: room.id })).rejects.toThrow("not_found");
    expect((await ann.knock(room.log).closed).code).toBe(4404);
  });

  test("the muted are told for how long, over every door, and may take back what they said", async () => {
    const [ann] = (await school().people(1)) as [Person];
    const room = await school().room([ann]);
    const socket = await ann.socket(room.log);
    const { id } = await socket.chat("Rude words");
    const mute = `${room.path}members/${ann.id}/mute/`;
    await room.host.ask("POST", mute, { minutes: 5 });
    const told = await socket.next("member_updated");
    expect(Date.parse(told.muted_until ?? "")).toBeGreaterThan(Date.now());
    const refusal = await socket.chat("But").catch((error: unknown) => error);
    expect((refusal as Refused).frame).toMatchObject({ code: "muted", stored: false });
    expect((refusal as Refused).frame.retry_after_ms).toBeGreaterThan(4 * 60_000);
    const rest = await ann.call("POST", `${room.path}messages/`, { content: "But" });
    expect(rest).toMatchObject({ status: 403, body: { code: "muted" } });
    expect(await socket.ask({ type: "typing" })).toMatchObject({ type: "error", code: "muted" });
    expect((await ann.call("PATCH", `/api/chat/messages/${id}/`, { content: "Nice words" })).status).toBe(403);
    expect((await ann.call("DELETE", `/api/chat/messages/${id}/`)).status).toBe(204);
    await room.host.ask("DELETE", mute);
    await socket.next("member_updated", (frame) => frame.muted_until === null);
    await socket.chat("Thank you");
  });

  test("an archived room is heard and not written to", async () => {
    const [ann] = (await school().people(1)) as [Person];
    const room = await school().room([ann]);
    const socket = await ann.socket(room.log);
    const { id } = await socket.chat("Last words");
    await room.host.ask("PATCH", room.path, { is_active: false });
    expect((await socket.next("room_updated")).details.is_active).toBe(false);
    await expect(socket.chat("One more")).rejects.toThrow("room_inactive");
    for (const [method, body] of [
      ["PATCH", { content: "Other words" }],
      ["DELETE", undefined],
    ] as const) {
      const answer = await ann.call(method, `/api/chat/messages/${id}/`, body);
      expect(answer).toMatchObject({ status: 409, body: { code: "room_inactive" } });
    }
    await socket.resume(room.log, room.epoch, 0);
    expect(socket.of("chat_message").at(-1)?.message.content).toBe("Last words");
  });
});
