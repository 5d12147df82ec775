// The policy table over sockets: who may open which, and what each frame answers to whom, whatever the door.
import type { ServerFrame } from "@homeroom/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NO_ID, openStrict, type StrictServer } from "../../kit/strict-client.ts";
import { openWire, type Wire } from "../../kit/wire.ts";
import {
  type Actor,
  type FrameCase,
  FRAMES,
  meaning,
  ROOM_DOOR_POLICY,
  ROOM_POLICY,
  type Row,
  THREAD_DOOR_POLICY,
  THREAD_POLICY,
  type ThreadState,
} from "./policy.ts";
import { Builder, type Cast, castOf, personOf, type World } from "./world.ts";

const STATES = ["P", "L", "H", "A", "C", "D"] as const satisfies readonly ThreadState[];
const DOORS: readonly Row<Actor>[] = [...ROOM_DOOR_POLICY, ...THREAD_DOOR_POLICY];
const EVERYBODY = [...new Set(DOORS.flatMap(({ cells }) => [...cells.keys()]))];

let school: StrictServer;
let cast: Cast;
let builder: Builder;
const worlds = new Map<ThreadState, World>();
const wires = new Set<Wire>();

beforeAll(async () => {
  school = await openStrict();
  cast = await castOf(school);
  builder = new Builder(school, cast);
  for (const state of STATES)
    worlds.set(state, await builder.build({ state, actors: EVERYBODY, threadsWith: "victim" }));
});
afterAll(async () => {
  await Promise.all([...wires].map((wire) => wire.end()));
  await school.close();
});

const worldOf = (state: string): World => {
  const world = worlds.get(state as ThreadState);
  if (!world) throw new Error(`no world ${state}`);
  return world;
};

const knock = async (path: string, actor: Actor): Promise<Wire> => {
  const token = personOf(cast, actor)?.token;
  const wire = await openWire(school.url, token === undefined ? path : `${path}?token=${token}`);
  wires.add(wire);
  return wire;
};

const threadOf = (world: World, actor: Actor) =>
  (world.threads.get(actor) ?? world.threads.get("participant"))?.id ?? NO_ID;
const logOf = (world: World, actor: Actor, kind: "room" | "thread") =>
  kind === "room" ? world.room : threadOf(world, actor);
const doorOf = (kind: "room" | "thread", id: number) => `/ws/chat/${kind === "room" ? "rooms" : "private"}/${id}/`;

/** `hello`, `lobby`, or the code it was closed with. */
const welcome = async (wire: Wire): Promise<string> => {
  const [first] = wire.frames;
  if (first?.type === "hello") return first.lobby ? "lobby" : "hello";
  return String((await wire.closed).code);
};

const frameOf = ({ type, log }: FrameCase, id: number | null): object => {
  const where = id === null ? {} : { [log]: id };
  const ref = "here";
  if (type === "chat_message" || type === "private_message") return { type, ...where, content: "Hello", ref };
  if (type === "kick_user") return { type, ...where, user_id: cast.victim.user.id, ref };
  if (type === "read") return { type, ...where, seq: 1, ref };
  if (type === "resume") return { type, logs: [{ ...where, epoch: "another", after: 0 }], ref };
  return { type, ...where, ref };
};

/** The code of the refusal, or how it succeeded. */
const say = async (wire: Wire, frame: object): Promise<ServerFrame | null> => {
  wire.send(frame);
  const answers = await wire.answers();
  return (
    answers.find((f) => ["error", "ack", "reset", "resumed"].includes(f.type) && "ref" in f && f.ref === "here") ?? null
  );
};

const verdict = (answer: ServerFrame | null) => (answer?.type === "error" ? answer.code : "ok");

/** What the table says of a frame, as a code of an error or `ok`. */
const wanted = ({ as, log }: FrameCase, state: string, actor: Actor): string => {
  const rows: readonly Row<Actor>[] = log === "room" ? ROOM_POLICY : THREAD_POLICY;
  const rowState = log === "room" && state === "C" ? "P" : state;
  if (as === null) {
    const reads = rows.find(
      (r) => r.key === (log === "room" ? "readRoom" : "readPrivateThread") && r.state === rowState,
    );
    return reads?.cells.get(actor) === "200" ? "ok" : "not_a_member";
  }
  const cell = rows.find((row) => row.key === as && row.state === rowState)?.cells.get(actor);
  if (cell === undefined) throw new Error(`no cell for ${as} ${state} ${actor}`);
  return meaning(cell).split(" ")[1] ?? "ok";
};

/** Those of whom the table of rooms, or of threads, speaks and who can open a socket at all. */
const speakers = (log: "room" | "thread") =>
  EVERYBODY.filter(
    (actor) =>
      !["anonymous", "deactivated"].includes(actor) &&
      DOORS.some(({ key, cells }) => key === `${log}-door` && cells.has(actor)),
  );

describe("the doors", () => {
  it.each(DOORS.map((row) => [`${row.key} ${row.state}`, row] as const))("%s", async (_name, row) => {
    const world = worldOf(row.state);
    const kind = row.key === "room-door" ? "room" : "thread";
    const open = async ([actor, cell]: [Actor, string]) => {
      const wire = await knock(doorOf(kind, logOf(world, actor, kind)), actor);
      const found = await welcome(wire);
      if (found !== cell) return `${actor}: ${found} instead of ${cell}`;
      if (cell !== "4404") return null;
      const nothing = await knock(doorOf(kind, NO_ID), actor);
      const [here, there] = await Promise.all([wire.closed, nothing.closed]);
      return JSON.stringify(here) === JSON.stringify(there) ? null : `${actor}: told apart from nothing`;
    };
    const wrong = await Promise.all([...row.cells].map(open));
    expect(wrong.filter((line) => line !== null)).toEqual([]);
  });

  it("the socket of everything opens for everybody with an account, and for nobody else", async () => {
    const found = await Promise.all(
      EVERYBODY.map(async (actor) => [actor, await welcome(await knock("/ws/chat/", actor))]),
    );
    const shut = ["anonymous", "deactivated"];
    expect(found).toEqual(EVERYBODY.map((actor) => [actor, shut.includes(actor) ? "4401" : "hello"]));
  });
});

/** To stop typing is nothing where one may not type: silence is as good as the refusal. */
const isRight = (frame: FrameCase, found: string, expected: string) =>
  found === expected || (frame.type === "stop_typing" && found === "ok");

const withoutIds = (answer: ServerFrame | null) => JSON.stringify({ ...answer, room: 0, thread: 0 });

describe.each(FRAMES)("$type in a $log", (frame) => {
  const ends = frame.type === "kick_user";
  const isAllowed = (state: string, actor: Actor) => wanted(frame, state, actor) === "ok";
  const freshFor = (state: ThreadState, actor: Actor) =>
    ends && isAllowed(state, actor) ? builder.build({ state, actors: [actor] }) : Promise.resolve(worldOf(state));

  it.each(STATES)("over the socket of everything, state %s", async (state) => {
    const speak = async (actor: Actor) => {
      const world = await freshFor(state, actor);
      const wire = await knock("/ws/chat/", actor);
      const answer = await say(wire, frameOf(frame, logOf(world, actor, frame.log)));
      const expected = wanted(frame, state, actor);
      if (!isRight(frame, verdict(answer), expected)) return `${actor}: ${verdict(answer)} instead of ${expected}`;
      if (expected !== "not_found") return null;
      const nothing = await say(wire, frameOf(frame, NO_ID));
      return withoutIds(nothing) === withoutIds(answer) ? null : `${actor}: told apart from nothing`;
    };
    expect((await Promise.all(speakers(frame.log).map(speak))).filter((line) => line !== null)).toEqual([]);
  });

  it.each(STATES)("over the log's own socket, named or not, state %s", async (state) => {
    const speak = async (actor: Actor) => {
      const world = await freshFor(state, actor);
      const id = logOf(world, actor, frame.log);
      const wire = await knock(doorOf(frame.log, id), actor);
      const inside = await welcome(wire);
      if (/^\d/.test(inside)) return null;
      const expected = inside === "lobby" ? "not_a_member" : wanted(frame, state, actor);
      const lines: string[] = [];
      for (const name of ends && expected === "ok" ? [null] : [id, null]) {
        const answer = verdict(await say(wire, frameOf(frame, name)));
        if (!isRight(frame, answer, expected)) lines.push(`${actor} ${name}: ${answer} instead of ${expected}`);
      }
      return lines.length > 0 ? lines.join("; ") : null;
    };
    expect((await Promise.all(speakers(frame.log).map(speak))).filter((line) => line !== null)).toEqual([]);
  });

  it("over the socket of something else is refused, named or not", async () => {
    const world = worldOf("P");
    const other = frame.log === "room" ? "thread" : "room";
    const elsewhere = { room: doorOf("room", world.room), thread: doorOf("thread", threadOf(world, "participant")) };
    const wire = await knock(elsewhere[other], "participant");
    const another = await knock(elsewhere[frame.log], "participant");
    const found = [
      await say(wire, frameOf(frame, logOf(world, "participant", frame.log))),
      await say(
        another,
        frameOf(frame, frame.log === "room" ? worldOf("L").room : threadOf(worldOf("L"), "participant")),
      ),
    ];
    const expected = frame.type === "resume" ? "not_a_member" : "bad_request";
    expect(found.map((answer) => verdict(answer))).toEqual([expected, expected]);
  });
});
