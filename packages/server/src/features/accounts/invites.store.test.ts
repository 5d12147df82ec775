// Codes that open a room, over both databases: they are worth what the word of their maker is worth today.
import type { UserCard } from "@homeroom/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eachDatabase, type OpenDatabase } from "../../../../../tests/kit/databases.ts";
import { featuresKit, type FeaturesKit } from "../../../../../tests/kit/features.ts";
import { refusal } from "../../../../../tests/kit/rooms.ts";

eachDatabase((open) => {
  let opened: OpenDatabase;
  let kit: FeaturesKit;
  let visitors = 0;
  beforeAll(async () => {
    opened = await open();
    kit = featuresKit(opened, { REGISTRATION: "invite" });
  });
  afterAll(() => opened.drop());

  const visit = (code: string) => refusal(kit.register(`visitor${++visitors}`, code));
  const codeOf = async (who: UserCard, room: number) =>
    (await kit.ask(who, "createInvite", { body: { role: "student", room } })).code;
  const person = (room: number, who: UserCard) => ({ params: { id: room, user_id: who.id } });

  /** A room with a cohost who is a teacher and has made a code. */
  const school = async () => {
    const [host, cohost] = [await kit.user("teacher"), await kit.user("teacher")];
    const { id } = await kit.room(host, [cohost]);
    await kit.ask(host, "setRoomRole", { ...person(id, cohost), body: { room_role: "cohost" } });
    return { host, cohost, room: id, code: await codeOf(cohost, id) };
  };

  describe("a code that opens a room lets nobody in, like a wrong one,", () => {
    test("once its maker was removed from the room, and does again when they lead it again", async () => {
      const { host, cohost, room, code } = await school();
      expect(await visit(code)).toBe(undefined);
      await kit.ask(host, "kickMember", person(room, cohost));
      expect(await visit(code)).toBe("bad_request");
      const { id } = await kit.ask(cohost, "createJoinRequest", { params: { id: room } });
      await kit.ask(host, "approveJoin", { params: { id: room, request_id: id } });
      expect(await visit(code)).toBe("bad_request");
      await kit.ask(host, "setRoomRole", { ...person(room, cohost), body: { room_role: "cohost" } });
      expect(await visit(code)).toBe(undefined);
    });

    test("once its maker has left, or is a plain member", async () => {
      const { host, cohost, room, code } = await school();
      await kit.ask(host, "setRoomRole", { ...person(room, cohost), body: { room_role: "member" } });
      expect(await visit(code)).toBe("bad_request");
      await kit.ask(cohost, "leaveRoom", { params: { id: room } });
      expect(await visit(code)).toBe("bad_request");
    });

    test("once its maker has handed the room over and left", async () => {
      const { host, cohost, room } = await school();
      const code = await codeOf(host, room);
      await kit.ask(host, "transferHost", { params: { id: room }, body: { user_id: cohost.id } });
      expect(await visit(code)).toBe(undefined);
      await kit.ask(host, "leaveRoom", { params: { id: room } });
      expect(await visit(code)).toBe("bad_request");
    });

    test("and is not used up by that", async () => {
      const { host, cohost, room, code } = await school();
      await kit.ask(host, "kickMember", person(room, cohost));
      await visit(code);
      const { results } = await kit.ask(cohost, "listInvites");
      expect(results.map(({ uses }) => uses)).toEqual([0]);
    });
  });

  test("a code of an admin opens any room, also one that they are not in", async () => {
    const { room } = await school();
    expect(await visit(await codeOf(await kit.user("admin"), room))).toBe(undefined);
  });
});
