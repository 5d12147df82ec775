// A client_id that was used before, asked with again: what may be learnt from the answer.
import type { UserCard } from "@homeroom/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { eachDatabase, type OpenDatabase } from "../../../../../tests/kit/databases.ts";
import { featuresKit, type FeaturesKit } from "../../../../../tests/kit/features.ts";
import { refusal } from "../../../../../tests/kit/rooms.ts";

eachDatabase((open) => {
  let opened: OpenDatabase;
  let kit: FeaturesKit;
  let teacher: UserCard;
  let ada: UserCard;
  beforeAll(async () => {
    opened = await open();
    kit = featuresKit(opened);
  });
  afterAll(() => opened.drop());
  beforeEach(async () => {
    [teacher, ada] = [await kit.user("teacher"), await kit.user()];
  });

  describe("a client_id that was used in another room", () => {
    const again = async (room: number) => {
      const mine = await kit.room(teacher, [ada]);
      await kit.say(ada, mine.id, "hello", { client_id: `c-${mine.id}` });
      return refusal(kit.say(ada, room, "hello", { client_id: `c-${mine.id}` }));
    };

    test("does not tell a hidden room from none", async () => {
      const hidden = await kit.room(await kit.user("teacher"), [], { public: false, discoverable: false });
      expect(await again(hidden.id)).toBe("not_found");
      expect(await again(999_999)).toBe("not_found");
    });

    test("does not tell somebody else's private thread from none", async () => {
      const [ben, cleo] = [await kit.user(), await kit.user()];
      const room = await kit.room(teacher, [ben, cleo]);
      const thread = await kit.openThread(ben, room.id, cleo);
      const mine = await kit.room(teacher, [ada]);
      await kit.say(ada, mine.id, "hello", { client_id: `t-${mine.id}` });
      const body = { content: "hello", client_id: `t-${mine.id}` };
      expect(await refusal(kit.ask(ada, "sendPrivateMessage", { params: { id: thread.id }, body }))).toBe("not_found");
    });

    test("is answered as any message is where the sender may not write, and is a conflict where they may", async () => {
      const listed = await kit.room(await kit.user("teacher"));
      expect(await again(listed.id)).toBe("not_a_member");
      const joined = await kit.room(await kit.user("teacher"), [ada]);
      expect(await again(joined.id)).toBe("idempotency_conflict");
    });
  });
});
