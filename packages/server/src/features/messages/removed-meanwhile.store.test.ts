// Somebody leaves a room while something of it is read for them: at whatever point between two questions to the database
// that happens, nothing that was said afterwards is shown to them.
import type { Message, Operations, UserCard } from "@homeroom/protocol";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { freshDatabases, type OpenDatabase } from "../../../../../tests/kit/databases.ts";
import { featuresKit, type FeaturesKit } from "../../../../../tests/kit/features.ts";
import { interrupted, type Interrupted } from "../../../../../tests/kit/meanwhile.ts";

let opened: OpenDatabase;
let points: Interrupted;
let kit: FeaturesKit;
let host: UserCard;
let pupil: UserCard;
let room: number;
let root: Message;
beforeAll(async () => {
  opened = await freshDatabases.sqlite();
  points = interrupted(opened.db);
  kit = featuresKit({ ...opened, db: points.db });
  host = await kit.user("teacher");
  pupil = await kit.user();
  room = (await kit.room(host, [pupil])).id;
  root = await kit.say(host, room, "Question");
  await kit.say(pupil, room, "Answer", { thread_root: root.id });
  await kit.ask(host, "pinMessage", { params: { id: root.id } });
});
afterAll(() => opened.drop());

/** As it was in the beginning, whatever happened since. */
const restore = async () => {
  await kit.ask(pupil, "joinRoom", here());
  await kit.ask(host, "editMessage", { params: { id: root.id }, body: { content: "Question" } });
  const said = opened.db.read.selectFrom("messages").select("id").where("content", "like", "%afterwards");
  for (const { id } of await said.execute()) await kit.ask(host, "deleteMessage", { params: { id } });
};
beforeEach(restore);

const here = () => ({ params: { id: room } });

test.each<[what: string, name: keyof Operations, given: () => object]>([
  ["a page of history", "listMessages", here],
  ["a page with events", "listMessages", () => ({ ...here(), query: { include: "events" } })],
  ["a reply thread", "getThread", () => ({ params: { id: root.id } })],
  ["the threads that they follow", "listThreads", () => ({})],
  ["what is pinned", "listPins", here],
  ["a search in all rooms", "searchMessages", () => ({ query: { q: "question" } })],
  ["a search in the room", "searchMessages", () => ({ query: { q: "question", room } })],
  ["the list of rooms", "listRooms", () => ({})],
  ["the room", "getRoom", here],
])("%s", async (_what, name, given) => {
  const leaveAndSayMore = async () => {
    await kit.ask(pupil, "leaveRoom", here());
    await kit.ask(host, "editMessage", { params: { id: root.id }, body: { content: "Question, said afterwards" } });
    await kit.say(host, room, "Another question, said afterwards");
    await kit.say(host, room, "And one in the thread, said afterwards", { thread_root: root.id });
  };
  const read = () => kit.ask(pupil, name, given()).catch(({ key }: { key?: string }) => ({ key }));
  let times = 0;
  for await (const shown of points.atEachPoint(read, leaveAndSayMore)) {
    times++;
    expect(JSON.stringify(shown)).not.toMatch(/said afterwards/);
    await restore();
  }
  expect(times).toBeGreaterThan(0);
});
