// The policy table, cell by cell, over HTTP. What a cell refuses must change nothing, and what it must not know of must
// look like nothing.
import { type Operation, operations } from "@homeroom/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rowCounts } from "../../kit/row-counts.ts";
import {
  type Answer,
  type LooseCall,
  openStrict,
  type OperationId,
  type Person,
  type StrictServer,
} from "../../kit/strict-client.ts";
import { GENERAL_REQUESTS } from "./general-requests.ts";
import {
  type Actor,
  GENERAL_POLICY,
  meaning,
  ROOM_POLICY,
  type Row,
  THREAD_POLICY,
  type ThreadState,
} from "./policy.ts";
import { HARMLESS, ONLY_ONCE, ROOM_REQUESTS, THREAD_REQUESTS, withoutEach } from "./requests.ts";
import { Builder, type Cast, castOf, personOf, type World } from "./world.ts";

const ALL = [...GENERAL_POLICY, ...ROOM_POLICY, ...THREAD_POLICY];
const REQUESTS: Readonly<Record<string, unknown>> = { ...GENERAL_REQUESTS, ...ROOM_REQUESTS, ...THREAD_REQUESTS };

describe("the policy table", () => {
  it("has a row for every operation of the contract, and none for others", () => {
    expect([...new Set(ALL.map(({ operation }) => operation))].toSorted()).toEqual(Object.keys(operations).toSorted());
  });

  it("has at least 1,500 cells, and a request for each row", () => {
    expect(ALL.reduce((cells, row) => cells + row.cells.size, 0)).toBeGreaterThanOrEqual(1_500);
    expect(ALL.filter(({ key }) => !(key in REQUESTS))).toEqual([]);
  });

  it("agrees with what each operation declares of who may use it", () => {
    const open = GENERAL_POLICY.filter((row) => row.cells.get("anonymous") !== "na").map(({ operation }) => operation);
    const declared = Object.entries(operations as Record<string, Operation>).filter(([, o]) => o.authz === "anyone");
    expect([...new Set([...open, "refresh"])].toSorted()).toEqual(declared.map(([id]) => id).toSorted());
  });
});

const verdict = ({ status, code }: Answer) => (code === null ? String(status) : `${status} ${code}`);

/** What somebody can see of an answer, but for the time and the request's own number. */
const outside = ({ status, headers, text }: Answer) => {
  const shown = [...headers].filter(([name]) => name !== "date" && name !== "x-request-id");
  return JSON.stringify([status, shown.toSorted(([a], [b]) => (a < b ? -1 : 1)), text]);
};

const isSuccess = (cell: string) => cell.startsWith("2");

/** All rows of one operation (and case), in the order of the table. */
const byKey = <R extends Row>(rows: readonly R[]): [string, R[]][] => [
  ...Map.groupBy(rows, ({ key }) => key).entries(),
];

const suite = (database: "sqlite" | "postgres", states: string) => {
  let school: StrictServer;
  let cast: Cast;
  let builder: Builder;
  /** Worlds in which only what is refused is tried. */
  const shared = new Map<string, World>();

  beforeAll(async () => {
    school = await openStrict({ database });
    cast = await castOf(school);
    builder = new Builder(school, cast);
  });
  afterAll(() => school.close());

  const actorsOf = (rows: readonly Row<Actor>[]) => [...new Set(rows.flatMap(({ cells }) => [...cells.keys()]))];

  const sharedWorld = async (state: ThreadState, actors: readonly Actor[], withWhom?: "victim" | "host") => {
    const name = `${state} ${withWhom ?? ""}`;
    const found =
      shared.get(name) ??
      (await builder.build({ state, actors, deletedMessages: true, files: true, threadsWith: withWhom }));
    shared.set(name, found);
    return found;
  };

  /** One cell; null where it is as the table says. */
  const mismatch = async (row: Row<Actor>, actor: Actor, person: Person | null, call: LooseCall) => {
    const cell = row.cells.get(actor) ?? "";
    const answer = await school.call(person, row.operation as OperationId, call);
    const where = `${row.key} ${row.state} ${actor}`;
    if (verdict(answer) !== meaning(cell)) return `${where}: ${verdict(answer)} instead of ${meaning(cell)}`;
    if (cell !== "nf") return null;
    const ids = withoutEach(call);
    const twins = await Promise.all(ids.map((other) => school.call(person, row.operation as OperationId, other)));
    const differs = twins.find((twin) => outside(twin) !== outside(answer));
    return differs ? `${where}: ${outside(answer)}, but for an id of nothing ${outside(differs)}` : null;
  };

  type Requests = Readonly<Record<string, (world: World, actor: Actor) => LooseCall>>;

  /** What is refused or harmless runs in the shared world, and what is refused must leave no trace; the rest in new ones. */
  const check = async (
    rows: readonly Row<Actor>[],
    requests: Requests,
    everybody: readonly Actor[],
    withWhom?: "victim" | "host",
  ) => {
    const wrong: (string | null)[] = [];
    for (const row of rows) {
      const state = row.state as ThreadState;
      const run = (world: World, actors: readonly Actor[]) =>
        Promise.all(actors.map((a) => mismatch(row, a, personOf(cast, a), requests[row.key]?.(world, a) ?? {})));
      const refused = [...row.cells.keys()].filter((actor) => !isSuccess(row.cells.get(actor) ?? ""));
      const allowed = [...row.cells.keys()].filter((actor) => !refused.includes(actor));
      const world = await sharedWorld(state, everybody, withWhom);
      const before = await rowCounts(school.server.kit.db);
      wrong.push(...(await run(world, refused)));
      const after = await rowCounts(school.server.kit.db);
      if (JSON.stringify(after) !== JSON.stringify(before)) wrong.push(`${row.key} ${state}: refused, but written`);
      const isOnce = ONLY_ONCE.has(row.operation as OperationId);
      for (const group of isOnce ? allowed.map((actor) => [actor]) : [allowed]) {
        const actors: Actor[] = withWhom ? [...group, "participant"] : group;
        const wanted = { state, actors, deletedMessages: row.variant === "deleted", threadsWith: withWhom };
        wrong.push(...(await run(HARMLESS.has(row.key) ? world : await builder.build(wanted), group)));
      }
    }
    return wrong.filter((line) => line !== null);
  };

  describe("about no room", () => {
    it.each(byKey(GENERAL_POLICY))("%s", async (key, rows) => {
      const wrong: (string | null)[] = [];
      for (const row of rows) {
        for (const principal of row.cells.keys()) {
          const asked = await GENERAL_REQUESTS[key]?.(school, cast, principal);
          wrong.push(await mismatch(row, principal, asked?.person ?? null, asked?.call ?? {}));
        }
      }
      expect(wrong.filter((line) => line !== null)).toEqual([]);
    });
  });

  describe("about a room", () => {
    const rows = ROOM_POLICY.filter(({ state }) => states.includes(state));
    const everybody = actorsOf(rows);
    it.each(byKey(rows))("%s", async (_key, some) => {
      expect(await check(some, ROOM_REQUESTS, everybody)).toEqual([]);
    });
  });

  describe("about a private thread", () => {
    const rows = THREAD_POLICY.filter(({ state }) => states.includes(state));
    const everybody = actorsOf(rows);
    it.each(byKey(rows))("%s", async (_key, some) => {
      const threadsWith = some[0]?.variant === "host" ? "host" : "victim";
      expect(await check(some, THREAD_REQUESTS, everybody, threadsWith)).toEqual([]);
    });
  });
};

describe("every cell over HTTP, on SQLite", () => {
  suite("sqlite", "PLHACD");
});
describe("public and hidden rooms over HTTP, on PostgreSQL", () => {
  suite("postgres", "PH");
});
