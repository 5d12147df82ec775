// The demo school: as described, whoever looks at it, and made only once.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type {
  JoinRequest,
  Message,
  PrivateMessage,
  PrivateThread,
  Room,
  RoomWithParticipants,
} from "@homeroom/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { failedStart, homeroom, signedIn } from "../kit/cli.ts";
import { type RunningServer, startServer } from "../kit/server.ts";

interface List<T> {
  results: T[];
}

const PASSWORD = "homeroom-demo";
const MINUTE = 60_000;
const dataDir = mkdtempSync(join(tmpdir(), "homeroom-demo-"));
let server: RunningServer;

beforeAll(async () => {
  server = await startServer({ dataDir, args: ["--demo"], env: { LIMITS: "off" } });
});
afterAll(async () => {
  await server.dispose();
  rmSync(dataDir, { recursive: true, force: true });
});

const as = (username: string) => signedIn(server.url, username, PASSWORD);
const roomsOf = async (username: string) => {
  const { get } = await as(username);
  const { results } = await get<List<Room>>("/api/chat/rooms/");
  return new Map(results.map((room) => [room.name, room]));
};
const roomOf = async (username: string, name: string): Promise<Room> => {
  const room = (await roomsOf(username)).get(name);
  if (!room) throw new Error(`${username} sees no room ${name}`);
  return room;
};
/** The whole room, newest page first asked for, oldest message first. */
const historyOf = async (username: string, name: string): Promise<Message[]> => {
  const { id } = await roomOf(username, name);
  const { get } = await as(username);
  const all: Message[] = [];
  for (let before = ""; ; before = `&before=${all[0]?.seq}`) {
    const page = await get<List<Message> & { previous: string | null }>(
      `/api/chat/rooms/${id}/messages/?limit=100${before}`,
    );
    all.unshift(...page.results);
    if (!page.previous) return all;
  }
};

test("everybody can sign in, under a name of their own and in their role", async () => {
  const names = ["admin", "teacher1", "teacher2", "student1", "student2", "student3", "student4", "student5"];
  const people = await Promise.all(names.map(as));
  const roles = people.map(({ user }) => user.role);
  expect(roles).toEqual(["admin", "teacher", "teacher", ...Array.from({ length: 5 }, () => "student")]);
  const shown = people.map(({ user }) => user.display_name);
  expect(new Set(shown).size).toBe(8);
  for (const name of shown) expect(names).not.toContain(name);
  const setup = await fetch(`${server.url}/api/setup/`).then((answer) => answer.json());
  expect(setup).toMatchObject({ needed: false, school_name: "Gymnasium am Lindenberg", registration: "open" });
});

describe("Biology 7b", () => {
  test("is public, teacher1's, with all students but student5", async () => {
    const { id } = await roomOf("teacher1", "Biology 7b");
    const { get } = await as("teacher1");
    const room = await get<RoomWithParticipants>(`/api/chat/rooms/${id}/`);
    expect(room).toMatchObject({ public: true, my_role: "host", participant_count: 5, host: { username: "teacher1" } });
    expect(room.participants.map((p) => p.username).toSorted()).toEqual([
      "student1",
      "student2",
      "student3",
      "student4",
      "teacher1",
    ]);
    expect((await roomOf("student5", "Biology 7b")).my_role).toBeNull();
  });

  test("is read by teacher1 and student1; student2 has three messages before them", async () => {
    const counts = async (who: string) => (await roomOf(who, "Biology 7b")).unread_count;
    expect([await counts("teacher1"), await counts("student1"), await counts("student2")]).toEqual([0, 0, 3]);
    const threads = async (who: string) => {
      const { results } = await (await as(who)).get<List<Message>>("/api/chat/threads/");
      return results.map((root) => root.replies?.unread_count);
    };
    expect([await threads("teacher1"), await threads("student1")]).toEqual([
      [0, 0, 0],
      [0, 0],
    ]);
    expect(await threads("student2")).toEqual([2]);
  });

  test("was written in on at least four days, up to some minutes ago and never in the future", async () => {
    const history = await historyOf("student1", "Biology 7b");
    expect(history.length).toBeGreaterThanOrEqual(60);
    const times = history.map((message) => Date.parse(message.created_at));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(new Set(times.map((time) => new Date(time).toDateString())).size).toBeGreaterThanOrEqual(4);
    const ago = Date.now() - (times.at(-1) ?? 0);
    expect(ago).toBeGreaterThan(MINUTE);
    // The server may have taken a while to start.
    expect(ago).toBeLessThan(15 * MINUTE);
    const isEditedLater = ({ created_at, edited_at }: Message) => !edited_at || edited_at > created_at;
    expect(history.filter((message) => !isEditedLater(message))).toEqual([]);
  });

  test("has reactions of several people and two pinned messages", async () => {
    const history = await historyOf("student1", "Biology 7b");
    const reacted = history.flatMap((message) => message.reactions);
    expect(new Set(reacted.map(({ emoji }) => emoji)).size).toBeGreaterThan(5);
    expect(reacted.filter(({ count }) => count > 1)).not.toHaveLength(0);
    const { id } = await roomOf("student1", "Biology 7b");
    const { results } = await (await as("student1")).get<List<Message>>(`/api/chat/rooms/${id}/pins/`);
    expect(results.map(({ content }) => content.slice(0, 15))).toEqual(["Question of the", "The plan for th"]);
  });

  test("has quotes, edits, a deleted message, mentions and threads, one with a reply that is also in the room", async () => {
    const history = await historyOf("student1", "Biology 7b");
    expect(history.filter((message) => message.reply_preview).length).toBeGreaterThan(10);
    expect(history.filter((message) => message.edited_at)).not.toHaveLength(0);
    expect(history.filter((message) => message.deleted)).toMatchObject([{ content: "" }]);
    expect(history.filter((message) => message.content.includes("@student1"))).not.toHaveLength(0);
    const also = history.filter((message) => message.also_in_room);
    expect(also).toHaveLength(1);
    const roots = history.filter((message) => message.replies);
    expect(roots).toHaveLength(3);
    const root = roots.find(({ id }) => id === also[0]?.thread_root);
    const { get } = await as("student1");
    const { results } = await get<List<Message>>(`/api/chat/messages/${root?.id}/thread/`);
    expect(results.length).toBeGreaterThanOrEqual(3);
    expect(root?.replies).toMatchObject({ count: results.length, following: true });
  });
});

test("Biology 7b shares pictures, a handout, a table and a voice message, all checked and there to be had", async () => {
  const history = await historyOf("student2", "Biology 7b");
  const files = history.flatMap(({ attachments }) => attachments);
  expect(files.map(({ kind, mime, state }) => `${kind} ${mime} ${state}`).toSorted()).toEqual([
    "document application/pdf ready",
    "document text/csv ready",
    "image image/png ready",
    "image image/png ready",
    "image image/png ready",
    "voice audio/wav ready",
  ]);
  expect(history.map(({ attachments }) => attachments.length)).toContain(2);
  const voice = files.find(({ kind }) => kind === "voice");
  expect(voice?.duration_ms).toBeGreaterThan(1_000);
  expect(voice?.waveform?.length).toBeGreaterThan(20);
  const { access } = await as("student2");
  for (const { kind, size, url, thumb_url } of files) {
    expect(thumb_url !== null).toBe(kind === "image");
    const answer = await fetch(server.url + url, { headers: { authorization: `Bearer ${access}` } });
    expect((await answer.arrayBuffer()).byteLength).toBe(size);
  }
});

test("Maths olympiad is private, with student1 in it and student2 at the door", async () => {
  const room = await roomOf("teacher1", "Maths olympiad");
  expect(room).toMatchObject({ public: false, discoverable: true, my_role: "host", participant_count: 2 });
  expect((await roomOf("student1", "Maths olympiad")).my_role).toBe("member");
  const { get } = await as("teacher1");
  const { results } = await get<List<JoinRequest>>(`/api/chat/rooms/${room.id}/join-requests/?status=pending`);
  expect(results).toMatchObject([{ user: { username: "student2" }, status: "pending" }]);
  expect(results[0]?.note).not.toBe("");
  expect((await roomOf("student2", "Maths olympiad")).join_request).toMatchObject({ status: "pending" });
});

test("the Staff room is teacher2's, with teacher1 in it, and nobody else sees it", async () => {
  const room = await roomOf("teacher2", "Staff room");
  expect(room).toMatchObject({ public: false, discoverable: false, my_role: "host", participant_count: 2 });
  expect((await roomOf("teacher1", "Staff room")).my_role).toBe("member");
  for (const who of ["student1", "student2", "student5", "admin"]) {
    expect([...(await roomsOf(who)).keys()]).not.toContain("Staff room");
  }
});

test("student1 and teacher1 talk privately, in a chain of quotes, and nobody else sees it", async () => {
  const { get } = await as("student1");
  const { results } = await get<List<PrivateThread>>("/api/chat/private-threads/");
  expect(results).toMatchObject([
    { user1: { username: "student1" }, user2: { username: "teacher1" }, unread_count: 0 },
  ]);
  const path = `/api/chat/private-threads/${results[0]?.id}/messages/`;
  const messages = (await get<List<PrivateMessage>>(path)).results;
  expect(messages.filter((message) => message.reply_preview).length).toBeGreaterThanOrEqual(3);
  for (const who of ["student2", "teacher2"]) {
    expect((await (await as(who)).get<List<PrivateThread>>("/api/chat/private-threads/")).results).toEqual([]);
  }
});

test("a second time it is left as it is, by the command and by a start", async () => {
  const before = await historyOf("teacher1", "Biology 7b");
  const said = "The demo school is there already. Nothing was done.";
  expect(await homeroom(["demo-data"], { env: { DATA_DIR: dataDir } })).toEqual({ code: 0, out: said, err: "" });
  const again = await startServer({ dataDir, args: ["--demo"], env: { LIMITS: "off" } });
  await again.dispose();
  expect(again.output).toContain(said);
  expect(await historyOf("teacher1", "Biology 7b")).toEqual(before);
});

test("a start with the demo is refused in production", async () => {
  const run = await failedStart(["--demo"], { env: { DATA_DIR: dataDir, PORT: "0", NODE_ENV: "production" } });
  expect(run.code).toBe(1);
  expect(run.err).toMatch(/^The demo school is refused with NODE_ENV=production/);
});

test("it is not mixed with accounts of the same names", async () => {
  const env = { DATA_DIR: join(dataDir, "other") };
  const given = ["--username", "Teacher1", "--role", "teacher", "--password", "long enough"];
  expect((await homeroom(["user:add", ...given], { env })).code).toBe(0);
  expect(await homeroom(["demo-data"], { env })).toEqual({
    code: 1,
    out: "",
    err: "The demo school cannot be filled in: there are accounts named Teacher1 already.",
  });
});
