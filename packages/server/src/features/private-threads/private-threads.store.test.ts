// Private threads over both databases: whom policy lets write, who closes them, and what their room's end means.
import type { UserCard } from "@homeroom/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { eachDatabase, type OpenDatabase } from "../../../../../tests/kit/databases.ts";
import { featuresKit, type FeaturesKit } from "../../../../../tests/kit/features.ts";
import { refusal } from "../../../../../tests/kit/rooms.ts";
import { directoryOf } from "../../compose.ts";
import { logRef } from "../../kit/ports.ts";

eachDatabase((open) => {
  let opened: OpenDatabase;
  let kit: FeaturesKit;
  beforeAll(async () => {
    opened = await open();
    kit = featuresKit(opened);
  });
  afterAll(() => opened.drop());
  beforeEach(() => void kit.base.taken());

  const classroom = async () => {
    const [teacher, ada, ben] = [await kit.user("teacher"), await kit.user(), await kit.user()];
    return { teacher, ada, ben, room: (await kit.room(teacher, [ada, ben])).id };
  };

  /** How a message is answered under another policy of the school. */
  const written = (policy: string, who: UserCard, thread: number) => {
    const under = featuresKit(opened, { PRIVATE_THREADS: policy });
    return refusal(under.tell(who, thread, "hello"));
  };

  describe("a thread that was opened before the rules changed", () => {
    test("is no way around PRIVATE_THREADS=staff for two students, and goes on with a teacher", async () => {
      const { teacher, ada, ben, room } = await classroom();
      const [pupils, withTeacher] = [await kit.openThread(ada, room, ben), await kit.openThread(ada, room, teacher)];
      expect(await written("supervised", ada, pupils.id)).toBe(undefined);
      expect(await written("staff", ada, pupils.id)).toBe("private_threads_restricted");
      expect(await written("staff", ada, withTeacher.id)).toBe(undefined);
      expect(await written("off", ada, withTeacher.id)).toBe("private_threads_restricted");
    });

    test("is written in by two members only while the room allows private replies", async () => {
      const { teacher, ada, ben, room } = await classroom();
      const [pupils, withHost] = [await kit.openThread(ada, room, ben), await kit.openThread(ada, room, teacher)];
      await kit.ask(teacher, "updateRoom", { params: { id: room }, body: { private_replies: false } });
      expect(await refusal(kit.tell(ben, pupils.id, "hello"))).toBe("private_threads_restricted");
      await kit.tell(ada, withHost.id, "hello");
      await kit.ask(teacher, "updateRoom", { params: { id: room }, body: { private_replies: true } });
      await kit.tell(ben, pupils.id, "hello");
    });
  });

  describe("who closes a thread", () => {
    const close = (who: UserCard, thread: number) =>
      refusal(kit.ask(who, "updatePrivateThread", { params: { id: thread }, body: { is_active: false } }));
    const cohost = (host: UserCard, room: number, who: UserCard) =>
      kit.ask(host, "setRoomRole", { params: { id: room, user_id: who.id }, body: { room_role: "cohost" } });

    test("is the host, or a cohost who is a teacher, but no student who helps to lead the room", async () => {
      const { teacher, ada, ben, room } = await classroom();
      const [helper, colleague] = [await kit.user(), await kit.user("teacher")];
      for (const who of [helper, colleague]) {
        await kit.ask(who, "joinRoom", { params: { id: room } });
        await cohost(teacher, room, who);
      }
      await cohost(teacher, room, ben);
      const thread = await kit.openThread(ada, room, ben);
      expect(await close(helper, thread.id)).toBe("not_found");
      expect(await close(ben, thread.id)).toBe("forbidden");
      expect(await close(ada, thread.id)).toBe("forbidden");
      expect(await close(colleague, thread.id)).toBe(undefined);
      expect(await close(teacher, thread.id)).toBe(undefined);
    });
  });

  test("that somebody marks a message unread is told to their own sockets, and reading also to the partner", async () => {
    const { ada, ben, room } = await classroom();
    const thread = await kit.openThread(ada, room, ben);
    await kit.tell(ada, thread.id, "one");
    kit.base.taken();
    const read = (body: object) => kit.ask(ben, "readPrivateThread", { params: { id: thread.id }, body });
    await read({ seq: 1 });
    expect(await read({ seq: 0, unread: true })).toMatchObject({ seq: 0, unread_count: 1 });
    const told = kit.base.taken().map((effect) => (effect.do === "tell" ? effect.userIds : effect.do));
    expect(told).toEqual([[ben.id, ada.id], [ben.id]]);
  });

  describe("when the room is deleted", () => {
    test("sockets of its threads close too, and nobody follows or enters them any more", async () => {
      const { teacher, ada, ben, room } = await classroom();
      const thread = await kit.openThread(ada, room, ben);
      const kept = await kit.openThread(ada, (await kit.room(teacher, [ada, ben])).id, ben);
      const directory = directoryOf(kit.features, kit.kit);
      const log = logRef("thread", thread.id);
      expect(await directory.mayFollow(ada.id, log)).toBe(true);
      expect(await directory.enterThread(ada, thread.id)).toMatchObject({ kind: "thread", id: thread.id, head: 0 });
      kit.base.taken();

      await kit.ask(teacher, "deleteRoom", { params: { id: room } });
      const closed = kit.base.taken().filter((effect) => effect.do === "close");
      expect(closed).toEqual([
        { do: "close", log: expect.objectContaining(logRef("room", room)), code: 4404 },
        { do: "close", log, code: 4404 },
      ]);
      expect(await directory.mayFollow(ada.id, log)).toBe(false);
      expect(await directory.mayFollow(ada.id, logRef("room", room))).toBe(false);
      expect(await refusal(directory.enterThread(ada, thread.id))).toBe("not_found");
      expect(await refusal(directory.enterRoom(ada, room))).toBe("not_found");
      expect(await directory.mayFollow(ada.id, logRef("thread", kept.id))).toBe(true);
    });
  });

  test("an outsider can neither follow nor enter a thread", async () => {
    const { teacher, ada, ben, room } = await classroom();
    const thread = await kit.openThread(ada, room, ben);
    const directory = directoryOf(kit.features, kit.kit);
    expect(await directory.mayFollow(teacher.id, logRef("thread", thread.id))).toBe(false);
    expect(await refusal(directory.enterThread(teacher, thread.id))).toBe("not_found");
  });
});
