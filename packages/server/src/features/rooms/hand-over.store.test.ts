// What becomes of the rooms of a teacher who is made a student, over both databases.
import type { UserCard } from "@homeroom/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { eachDatabase, type OpenDatabase } from "../../../../../tests/kit/databases.ts";
import { featuresKit, type FeaturesKit } from "../../../../../tests/kit/features.ts";

eachDatabase((open) => {
  let opened: OpenDatabase;
  let kit: FeaturesKit;
  let admin: UserCard;
  let host: UserCard;
  let student: UserCard;
  beforeAll(async () => {
    opened = await open();
    kit = featuresKit(opened);
    admin = await kit.user("admin");
  });
  afterAll(() => opened.drop());
  beforeEach(async () => {
    [host, student] = [await kit.user("teacher"), await kit.user()];
  });

  const make = (who: UserCard, body: object) => kit.ask(admin, "updateUser", { params: { id: who.id }, body });
  const rolesIn = async (room: number) => {
    const view = await kit.ask(student, "getRoom", { params: { id: room } });
    if (!("participants" in view)) throw new Error("the student is not in the room");
    return [view.host.id, ...view.participants.map((p) => `${p.id} ${p.room_role}`)];
  };

  describe("a host who becomes a student", () => {
    test("hands each room to a teacher in it and goes on there as cohost", async () => {
      const colleague = await kit.user("teacher");
      const room = await kit.room(host, [colleague, student]);
      kit.base.taken();
      await make(host, { role: "student" });
      expect(await rolesIn(room.id)).toEqual([
        colleague.id,
        `${colleague.id} host`,
        `${host.id} cohost`,
        `${student.id} member`,
      ]);
      const told = kit.base.taken().flatMap((effect) => (effect.do === "deliver" ? [effect.frame.type] : []));
      expect(told).toEqual(["member_updated", "room_updated", "member_updated"]);
    });

    test("hands a room without another teacher to the admin who did it", async () => {
      const room = await kit.room(host, [student]);
      await make(host, { role: "student" });
      expect(await rolesIn(room.id)).toEqual([
        admin.id,
        `${admin.id} host`,
        `${host.id} cohost`,
        `${student.id} member`,
      ]);
    });

    test("keeps no room when the account is closed in the same stroke", async () => {
      const room = await kit.room(host, [student]);
      await make(host, { role: "student", is_active: false });
      expect(await rolesIn(room.id)).toEqual([admin.id, `${admin.id} host`, `${student.id} member`]);
    });
  });

  test("an admin who becomes a teacher keeps their rooms", async () => {
    const second = await kit.user("admin");
    const room = await kit.room(second, [student]);
    await make(second, { role: "teacher" });
    expect(await rolesIn(room.id)).toEqual([second.id, `${second.id} host`, `${student.id} member`]);
  });
});
