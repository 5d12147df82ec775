// What the database writes of a message is what we would write: on both databases, whatever stands in it.
import type { Message, UserCard } from "@homeroom/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshDatabases, type OpenDatabase } from "../../../../../tests/kit/databases.ts";
import { featuresKit, type FeaturesKit } from "../../../../../tests/kit/features.ts";
import { viewMessages } from "./message-view.ts";

const ODD = [
  'He said "no", and \\ that was it',
  "One\nTwo\r\n\tThree",
  "100 %s of %d, %% %q",
  "\u0001\u001e\u001f\u007f\u2028\u2029",
  "Größe, 日本語, 👩‍👩‍👧, </script>, 'quoted'",
  "[1,2]",
  '{"a":1}',
  "null",
  "",
];

describe.each(["sqlite", "postgres"] as const)("on %s", (dialect) => {
  let opened: OpenDatabase;
  let kit: FeaturesKit;
  let host: UserCard;
  let room: number;
  beforeAll(async () => {
    opened = await freshDatabases[dialect]();
    kit = featuresKit(opened);
    host = await kit.user("teacher");
    room = (await kit.room(host)).id;
    for (const [i, content] of ODD.entries()) {
      await kit.say(host, room, content, i % 2 ? { client_id: `client "${i}"` } : {});
    }
    const [root, gone, edited, pinned, liked] = await Promise.all(
      ["Root", "Gone", "Edited", "Pinned", "Liked"].map((content) => kit.say(host, room, content)),
    );
    await kit.say(host, room, "In the thread", { thread_root: root?.id });
    await kit.say(host, room, "In both", { thread_root: root?.id, also_in_room: true });
    await kit.say(host, room, "Quoting", { reply_to: gone?.id });
    await kit.ask(host, "deleteMessage", { params: { id: gone?.id } });
    await kit.ask(host, "editMessage", { params: { id: edited?.id }, body: { content: 'Edited "twice"' } });
    await kit.ask(host, "pinMessage", { params: { id: pinned?.id } });
    await kit.ask(host, "addReaction", { params: { id: liked?.id, emoji: "👍" } });
    await opened.db.write((tx) =>
      tx.updateTable("users").set({ display_name: 'Ms "O\'Neil" \\ 100 %s' }).where("id", "=", host.id).execute(),
    );
  });
  afterAll(() => opened.drop());

  const page = async (query: object) => {
    const { results } = await kit.ask(host, "listMessages", { params: { id: room }, query });
    return results as Message[];
  };

  test("a page shows each message as it is shown by itself", async () => {
    const results = await page({});
    const alone = await viewMessages(
      opened.db.read,
      "room",
      results.map(({ id }) => id),
      host.id,
    );
    expect(results).toEqual(results.map(({ id }) => alone.get(id)));
    expect(results.map(({ content }) => content).slice(0, ODD.length)).toEqual(ODD);
    expect(results[0]?.sender.display_name).toBe('Ms "O\'Neil" \\ 100 %s');
  });

  test("with events, messages are the same", async () => {
    const all = await page({ include: "events" });
    const messages = all.filter((item) => "kind" in item && item.kind === "message");
    expect(messages).toEqual((await page({})).map((message) => ({ kind: "message", ...message })));
  });
});
