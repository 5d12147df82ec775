// Private threads over both databases: whom policy lets write, who closes them, and what their room's end means.
import type { UserCard } from "@homeroom/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { eachDatabase, type OpenDatabase } from "../../../../../tests/kit/databases.ts";
import { featuresKit, type FeaturesKit } from "../../../../../tests/kit/features.ts";
import { refusal } from "../../../../../tests/kit/rooms.ts";

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
});
