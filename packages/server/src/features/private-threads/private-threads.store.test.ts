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

  describe("a message of the room, quoted in private", () => {
    const view = (who: UserCard, id: number) => kit.ask(who, "getPrivateThread", { params: { id } });
    const quotes = async (who: UserCard, id: number) => {
      const { results } = await kit.ask(who, "listPrivateMessages", { params: { id } });
      return results.map(({ reply_preview }) => reply_preview);
    };
    const quote = (who: UserCard, thread: number, reply_to: number) =>
      kit.ask(who, "sendPrivateMessage", { params: { id: thread }, body: { content: "Why?", reply_to } });

    test("is shown to both as long as both are in the room, and not to who opens and closes the thread", async () => {
      const { teacher, ada, ben, room } = await classroom();
      const said = await kit.say(ben, room, "Page  12,\nplease");
      const thread = await kit.ask(ada, "openPrivateThread", { body: { message_id: said.id } });
      const shown = { id: said.id, sender: ben, excerpt: "Page 12, please", deleted: false, room };
      expect(thread).toMatchObject({ owner_message: said.id, owner_preview: shown });
      const other = await kit.say(teacher, room, "Homework");
      const sent = await quote(ada, thread.id, other.id);
      expect(sent).toMatchObject({ reply_to: other.id, reply_preview: { excerpt: "Homework", room } });
      expect(await quotes(ben, thread.id)).toEqual([sent.reply_preview]);

      await kit.ask(ben, "leaveRoom", { params: { id: room } });
      await kit.ask(teacher, "deleteMessage", { params: { id: other.id } });
      const hidden = { excerpt: "", deleted: false, room };
      for (const who of [ada, ben]) {
        expect((await view(who, thread.id)).owner_preview).toEqual({ ...hidden, id: said.id, sender: ben });
        expect(await quotes(who, thread.id)).toEqual([{ ...hidden, id: other.id, sender: teacher }]);
      }
      await kit.ask(ben, "joinRoom", { params: { id: room } });
      expect((await view(ben, thread.id)).owner_preview).toEqual(shown);
      expect(await quotes(ben, thread.id)).toMatchObject([{ excerpt: "", deleted: true, room }]);
      const closed = { params: { id: thread.id }, body: { is_active: false } };
      expect(await kit.ask(teacher, "updatePrivateThread", closed)).toMatchObject({ owner_preview: null });
    });

    test("is of the thread's own room; everything else is no message here, and rooms quote only themselves", async () => {
      const { teacher, ada, ben, room } = await classroom();
      const elsewhere = (await kit.room(teacher, [ada, ben])).id;
      const thread = await kit.openThread(ada, room, ben);
      const [other, secret] = [await kit.openThread(ada, room, teacher), await kit.say(ben, elsewhere, "Elsewhere")];
      const mine = await kit.tell(ada, other.id, "To the teacher");
      for (const id of [secret.id, mine.id, 999_999]) {
        expect(await refusal(quote(ada, thread.id, id))).toBe("bad_request");
      }
      const said = await kit.say(ada, room, "Hello");
      const whispered = await kit.tell(ada, thread.id, "Psst");
      expect(await refusal(kit.say(ada, room, "Why?", { reply_to: whispered.id }))).toBe("bad_request");
      expect(await refusal(kit.say(ada, elsewhere, "Why?", { reply_to: said.id }))).toBe("bad_request");
      expect(await quote(ben, thread.id, whispered.id)).not.toHaveProperty("reply_preview.room");
    });

    test("cannot be quoted to or by who is not in the room any more", async () => {
      const { teacher, ada, room } = await classroom();
      const thread = await kit.openThread(ada, room, teacher);
      const said = await kit.say(teacher, room, "Homework");
      await kit.ask(teacher, "kickMember", { params: { id: room, user_id: ada.id } });
      for (const who of [ada, teacher]) {
        expect(await refusal(quote(who, thread.id, said.id))).toBe("bad_request");
        await kit.tell(who, thread.id, "Without a quote");
      }
    });
  });

  test("who may write is told so, and who may not, why", async () => {
    const { teacher, ada, ben, room } = await classroom();
    const [pupils, withHost] = [await kit.openThread(ada, room, ben), await kit.openThread(ada, room, teacher)];
    const is = async (who: UserCard, id: number) => {
      const { results } = await kit.ask(who, "listPrivateThreads");
      const { can_write, write_refusal } = results.find((thread) => thread.id === id) ?? {};
      expect(can_write).toBe(write_refusal === null);
      expect(can_write).toBe((await refusal(kit.tell(who, id, "hello"))) === undefined);
      return write_refusal;
    };
    const change = (body: object) => kit.ask(teacher, "updateRoom", { params: { id: room }, body });
    expect([await is(ada, pupils.id), await is(ada, withHost.id)]).toEqual([null, null]);
    await change({ private_replies: false });
    expect([await is(ada, pupils.id), await is(ada, withHost.id)]).toEqual(["private_threads_restricted", null]);
    await change({ private_replies: true, is_active: false });
    expect(await is(ada, pupils.id)).toBe("room_inactive");
    await change({ is_active: true });
    await kit.ask(teacher, "updatePrivateThread", { params: { id: pupils.id }, body: { is_active: false } });
    expect(await is(ben, pupils.id)).toBe("thread_inactive");
    await kit.ask(teacher, "updatePrivateThread", { params: { id: pupils.id }, body: { is_active: true } });
    await kit.ask(ada, "leaveRoom", { params: { id: room } });
    expect([await is(ada, pupils.id), await is(ben, pupils.id)]).toEqual(["not_a_member", "partner_gone"]);
    expect([await is(ada, withHost.id), await is(teacher, withHost.id)]).toEqual([null, null]);
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

  test("how far the other person has read is told to the two, and to nobody else", async () => {
    const { teacher, ada, ben, room } = await classroom();
    const [{ id }, silent] = [await kit.openThread(ada, room, ben), await kit.openThread(ada, room, teacher)];
    await kit.tell(ada, id, "one");
    await kit.ask(ben, "readPrivateThread", { params: { id }, body: { seq: 1 } });
    const marks = async (who: UserCard) => {
      const { results } = await kit.ask(who, "listPrivateThreads");
      return Object.fromEntries(results.map((thread) => [thread.id, thread.partner_read]));
    };
    expect(await marks(ada)).toEqual({ [id]: 1, [silent.id]: 0 });
    expect((await marks(ben))[id]).toBe(0);
    const closed = await kit.ask(teacher, "updatePrivateThread", { params: { id }, body: { is_active: false } });
    expect(closed.partner_read).toBeNull();
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
