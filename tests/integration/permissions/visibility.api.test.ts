// What lists, rooms and hellos show to whom: a word in the room's name and one in all that is said there must turn up
// exactly where the contract lets them.
import { type Operation, operations } from "@homeroom/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStrict, type OperationId, requestOf, type StrictServer } from "../../kit/strict-client.ts";
import { openWire } from "../../kit/wire.ts";
import { type Actor, PRINCIPALS, type RoomState, type ThreadState } from "./policy.ts";
import { Builder, type Cast, castOf, personOf, type World } from "./world.ts";

const STATES = ["P", "L", "H", "A", "D"] as const satisfies readonly RoomState[];
const PEOPLE: readonly Actor[] = [
  ...PRINCIPALS.filter((p) => p !== "anonymous" && p !== "deactivated"),
  "participant",
  "left-participant",
  "kicked-participant",
];
const MEMBERS: readonly Actor[] = ["member", "muted", "cohost", "host", "participant"];
/** They read what was said between the two of them also after they had to leave the room. */
const TALKERS: readonly Actor[] = ["participant", "left-participant", "kicked-participant"];

const canaries = (state: ThreadState) => ({ name: `finch-${state}`, words: `goldcrest-${state}` });
const showsName = (state: RoomState, actor: Actor) => {
  if (state === "D") return false;
  return state === "P" || state === "L" || MEMBERS.includes(actor);
};

let school: StrictServer;
let cast: Cast;
const worlds = new Map<RoomState, World>();

beforeAll(async () => {
  school = await openStrict();
  cast = await castOf(school);
  const builder = new Builder(school, cast);
  for (const state of STATES) {
    const wanted = {
      state,
      actors: [...PRINCIPALS, ...PEOPLE],
      canaries: canaries(state),
      threadsWith: "victim" as const,
    };
    worlds.set(state, await builder.build(wanted));
  }
});
afterAll(() => school.close());

const worldOf = (state: RoomState): World => {
  const world = worlds.get(state);
  if (!world) throw new Error(`no world ${state}`);
  return world;
};

const getters = (Object.entries(operations) as [OperationId, Operation][]).filter(([, { method }]) => method === "get");

/** Everything that somebody can read: all GETs, lists whole, about this room, its messages, its people. */
const readAll = async (actor: Actor, { room, messages, threads }: World, about: "room" | "thread"): Promise<string> => {
  const person = personOf(cast, actor);
  const id = about === "thread" ? (threads.get(actor) ?? threads.get("participant"))?.id : room;
  const texts = getters.flatMap(([name, declared]) => {
    const isMessage = declared.path.includes("/messages/{id}/");
    const isThread = declared.path.includes("private-threads/");
    if (isThread !== (about === "thread")) return [];
    const params = { id: (isMessage ? messages.get("victim") : id) ?? 0 };
    const asked = requestOf(operations[name], person, { params, ...(declared.query && { query: { limit: 100 } }) });
    return [school.raw(asked).then(({ text }) => text)];
  });
  return (await Promise.all(texts)).join("\n");
};

describe.each(STATES)("in a room of state %s", (state) => {
  it.each(PEOPLE)("%s reads of it what they may, and nothing else", async (actor) => {
    const { name, words } = canaries(state);
    const text = await readAll(actor, worldOf(state), "room");
    expect([text.includes(name), text.includes(words)]).toEqual([
      showsName(state, actor),
      state !== "D" && MEMBERS.includes(actor),
    ]);
  });

  it.each(PEOPLE)("%s reads of private threads only their own", async (actor) => {
    const text = await readAll(actor, worldOf(state), "thread");
    expect(text.includes(canaries(state).words)).toBe(state !== "D" && TALKERS.includes(actor));
  });

  it.each(PEOPLE)("%s finds by its words what they may read, and nothing else", async (actor) => {
    const { room, threads } = worldOf(state);
    const person = personOf(cast, actor);
    if (!person) return;
    const { results } = await school.ok(person, "searchMessages", {
      query: { q: canaries(state).words, limit: "100" },
    });
    const mine = threads.get(actor)?.id;
    const found = new Set(results.map((m) => ("room" in m ? `room ${m.room}` : `thread ${m.thread}`)));
    const expected = [
      ...(MEMBERS.includes(actor) ? [`room ${room}`] : []),
      ...(TALKERS.includes(actor) ? [`thread ${mine}`] : []),
    ];
    expect([...found].toSorted()).toEqual(state === "D" ? [] : expected);
  });

  it("the list has the whole room for members and its card for others", async () => {
    const { room } = worldOf(state);
    for (const actor of PEOPLE) {
      const person = personOf(cast, actor);
      if (!person) continue;
      const { results } = await school.ok(person, "listRooms", { query: { limit: "100" } });
      const found = results.find(({ id }) => id === room);
      const shown = found ? ("epoch" in found ? "whole" : "card") : "nothing";
      const expected = MEMBERS.includes(actor) ? "whole" : "card";
      expect([actor, shown]).toEqual([actor, showsName(state, actor) ? expected : "nothing"]);
    }
  });

  it("hello names it for members, and for nobody else", async () => {
    const { room } = worldOf(state);
    for (const actor of PEOPLE) {
      const wire = await openWire(school.url, `/ws/chat/?token=${personOf(cast, actor)?.token}`);
      const [hello] = wire.frames;
      const named = hello?.type === "hello" && hello.logs.some((log) => log.room === room);
      expect([actor, named]).toEqual([actor, state !== "D" && MEMBERS.includes(actor)]);
      await wire.end();
    }
  });
});

describe("people", () => {
  it("are shown to those who share a room with them, and all of them to staff", async () => {
    const stranger = await school.person();
    const names = async (actor: Actor) => {
      const person = personOf(cast, actor);
      const found = person && (await school.ok(person, "listUsers", { query: { limit: "100" } }));
      return new Set(found?.results.map(({ id }) => id));
    };
    for (const actor of ["outsider", "left", "kicked", "pending"] as const) {
      const seen = await names(actor);
      expect([actor, seen.has(cast.member.user.id), seen.has(stranger.user.id)]).toEqual([actor, false, false]);
    }
    for (const actor of ["member", "muted", "cohost"] as const) {
      const seen = await names(actor);
      expect([actor, seen.has(cast.victim.user.id), seen.has(stranger.user.id)]).toEqual([actor, true, false]);
    }
    for (const actor of ["teacher", "host", "admin"] as const) {
      const seen = await names(actor);
      expect([actor, seen.has(cast.victim.user.id), seen.has(stranger.user.id)]).toEqual([actor, true, true]);
    }
  });

  it("are never shown with an e-mail address or anything secret", async () => {
    await school.ok(cast.member, "updateMe", { body: { email: "member@school.example" } });
    for (const actor of PEOPLE.filter((name) => name !== "member")) {
      const text = (await Promise.all(STATES.map((state) => readAll(actor, worldOf(state), "room")))).join("\n");
      expect([actor, text.includes("member@school.example")]).toEqual([actor, false]);
      expect(text).not.toMatch(/password|"email_key"|"nonce"|first_digest/);
    }
  });
});
