// The command line, as processes: beside a live server, and where it must refuse.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Message, Room } from "@homeroom/protocol";
import { afterEach, describe, expect, test } from "vitest";
import { homeroom, type RunOptions, signedIn } from "../kit/cli.ts";
import { freshDatabase } from "../kit/postgres.ts";
import { type RunningServer, startServer } from "../kit/server.ts";
import { TestSocket } from "../kit/socket.ts";

const SECRET = "0123456789abcdef0123456789abcdef";
const undo: Array<() => unknown> = [];
afterEach(async () => {
  for (const one of undo.splice(0).toReversed()) await one();
});

const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), "homeroom-cli-"));
  undo.push(() => rmSync(made, { recursive: true, force: true }));
  return made;
};

const serverIn = async (env: Record<string, string>): Promise<RunningServer> => {
  const server = await startServer({ env: { LIMITS: "off", ...env }, dataDir: env["DATA_DIR"] ?? "" });
  undo.push(() => server.dispose());
  return server;
};

/** An empty place to work in. */
const onSqlite = (): Promise<Record<string, string>> => Promise.resolve({ DATA_DIR: folder() });
const onPostgres = async (): Promise<Record<string, string>> => {
  const database = await freshDatabase();
  undo.push(() => database.drop());
  return { DATA_DIR: folder(), DATABASE_URL: database.url, JWT_SECRET: SECRET };
};

const add = (username: string, role: string, options: RunOptions, ...more: string[]) =>
  homeroom(["user:add", "--username", username, "--role", role, ...more], options);

describe.each([
  ["SQLite", onSqlite],
  ["PostgreSQL", onPostgres],
])("on %s", (_name, place) => {
  test("migrate makes the tables, and a second time does nothing", async () => {
    const env = await place();
    const first = await homeroom(["migrate"], { env });
    expect(first).toMatchObject({ code: 0, err: "" });
    expect(first.out).toMatch(/^Done: 0001-core/);
    expect(await homeroom(["migrate"], { env })).toEqual({ code: 0, out: "The database is up to date.", err: "" });
  });

  test("who was added beside a live server signs in at once", async () => {
    const env = await place();
    const server = await serverIn(env);
    const given = ["--password", "a good one for once", "--display-name", "Aylin Öztürk"];
    expect(await add("aylin", "teacher", { env }, ...given)).toEqual({
      code: 0,
      out: "aylin can sign in now (role: teacher).",
      err: "",
    });
    const { user } = await signedIn(server.url, "Aylin", "a good one for once");
    expect(user).toMatchObject({ role: "teacher", display_name: "Aylin Öztürk" });
    const setup = await fetch(`${server.url}/api/setup/`).then((answer) => answer.json());
    expect(setup).toMatchObject({ needed: false });
  });

  test("load data are a room whose members have a socket each and whose numbers are right", async () => {
    const env = await place();
    const server = await serverIn(env);
    const out = join(env["DATA_DIR"] ?? "", "sockets");
    const loaded = await homeroom(["load-data", "--users", "50", "--messages", "500", "--out", out], { env });
    expect(loaded).toMatchObject({ code: 0, err: "" });
    const lines = readFileSync(out, "utf8").trimEnd().split("\n");
    expect(new Set(lines).size).toBe(50);
    expect(statSync(out).mode & 0o077).toBe(0);

    const sockets = [0, 1, 49].map((i) => new TestSocket(server.url.replace("http", "ws") + lines[i]));
    const [host, one, last] = sockets as [TestSocket, TestSocket, TestSocket];
    const hellos = await Promise.all(sockets.map((socket) => socket.next("hello")));
    expect(hellos.map(({ user }) => user.username)).toEqual(["load0", "load1", "load49"]);
    // Fifty came in, five hundred messages were written.
    for (const { logs } of hellos) expect(logs).toMatchObject([{ head: 550, read: 550 }]);
    const { seq, room = 0 } = await one.chat("The first word from outside");
    expect(seq).toBe(551);
    for (const socket of [host, last]) expect((await socket.next("chat_message")).message.seq).toBe(551);

    const { get } = await signedIn(server.url, "load7", "homeroom-load");
    const details = await get<Room>(`/api/chat/rooms/${room}/`);
    expect(details).toMatchObject({ participant_count: 50, public: true, my_role: "member", unread_count: 1 });
    const { results } = await get<{ results: Message[] }>(`/api/chat/rooms/${room}/messages/?limit=100`);
    expect(results.map((message) => message.seq)).toEqual(Array.from({ length: 100 }, (_, i) => 452 + i));
    const after = { type: "resume", logs: [{ room, epoch: hellos[2]?.logs[0]?.epoch ?? "", after: 0 }] };
    last.send(after);
    expect(await last.next("resumed")).toMatchObject({ head: 551 });
    expect([last.of("user_joined").length, last.of("chat_message").length]).toEqual([50, 502]);
  });
});

test("load data are not loaded twice into one database", async () => {
  const env = await onSqlite();
  const load = ["load-data", "--users", "2", "--messages", "0", "--out", join(env["DATA_DIR"] ?? "", "sockets")];
  expect((await homeroom(load, { env })).code).toBe(0);
  expect(await homeroom(load, { env })).toEqual({
    code: 1,
    out: "",
    err: "This database has load data already. Use another DATA_DIR or DATABASE_URL.",
  });
});

test("a password that is not on the command line is read from standard input", async () => {
  const env = await onSqlite();
  expect((await add("ben", "admin", { env, input: "typed in another window\n" })).code).toBe(0);
  const server = await serverIn(env);
  expect((await signedIn(server.url, "ben", "typed in another window")).user.role).toBe("admin");
});

describe("an account is refused in one sentence", () => {
  const refusals: Array<[what: string, args: string[], sentence: string]> = [
    [
      "of an unknown role",
      ["--username", "eva", "--role", "king", "--password", "long enough"],
      "error: option '--role <role>' argument 'king' is invalid. Allowed choices are student, teacher, admin.",
    ],
    [
      "without a name",
      ["--role", "student", "--password", "long enough"],
      "error: required option '--username <name>' not specified",
    ],
    [
      "whose name is no name",
      ["--username", "eva b", "--role", "student", "--password", "long enough"],
      "--username: 2 to 40 letters, digits, dots, dashes or underscores.",
    ],
    [
      "whose password is too short",
      ["--username", "eva", "--role", "student", "--password", "short"],
      "--password: Must have at least 8 characters.",
    ],
    [
      "without any password",
      ["--username", "eva", "--role", "student"],
      "A password is missing: give --password, or write it to standard input.",
    ],
  ];
  test.each(refusals)("%s", async (_what, args, err) => {
    expect(await homeroom(["user:add", ...args], { env: await onSqlite() })).toEqual({ code: 1, out: "", err });
  });

  test("whose name somebody has, however it is written", async () => {
    const env = await onSqlite();
    expect((await add("straße", "student", { env }, "--password", "long enough")).code).toBe(0);
    const err = 'The user name "STRASSE" is taken. Choose another --username.';
    expect(await add("STRASSE", "student", { env }, "--password", "long enough")).toEqual({ code: 1, out: "", err });
  });
});

describe("in production", () => {
  const env = async () => ({ ...(await onSqlite()), NODE_ENV: "production" });
  const load = ["load-data", "--users", "1", "--messages", "1", "--out", join(tmpdir(), "homeroom-never-written")];

  test.each([[["demo-data"]], [["demo-data", "--force"]], [load], [[...load, "--force"]]])(
    "%j is refused",
    async (args) => {
      const { code, out, err } = await homeroom(args, { env: await env() });
      expect([code, out]).toEqual([1, ""]);
      expect(err).toMatch(/^\S[^\n]* is refused with NODE_ENV=production, [^\n]+give --force twice\.$/);
    },
  );

  test("who is told twice does it", async () => {
    const { code, out } = await homeroom(["demo-data", "--force", "--force"], { env: await env() });
    expect([code, out]).toEqual([0, expect.stringContaining("The demo school is there")]);
  });

  test("accounts are made as everywhere", async () => {
    expect((await add("eva", "admin", { env: await env() }, "--password", "long enough")).code).toBe(0);
  });
});

describe("what is wrong around it is said in one sentence", () => {
  test("an unknown command", async () => {
    expect(await homeroom(["fly"])).toEqual({ code: 1, out: "", err: "error: unknown command 'fly'" });
  });

  test("a wrong setting", async () => {
    const err = 'PORT is "x", but must be a whole number from 0 (any free port) to 65535.';
    expect(await homeroom(["migrate"], { env: { PORT: "x" } })).toEqual({ code: 1, out: "", err });
  });

  test("a number that is none", async () => {
    const { code, err } = await homeroom(["load-data", "--users", "many", "--messages", "0", "--out", "x"]);
    expect(code).toBe(1);
    expect(err).toBe(
      "error: option '--users <number>' argument 'many' is invalid. It must be a whole number from 1 to 100000.",
    );
  });

  test("a file that cannot be written, before any work", async () => {
    const env = await onSqlite();
    const out = join(env["DATA_DIR"] ?? "", "no", "such", "folder");
    const load = await homeroom(["load-data", "--users", "1", "--messages", "0", "--out", out], { env });
    expect(load).toEqual({ code: 1, out: "", err: `${out} is not there.` });
  });

  test("a database that is none", async () => {
    const env = await onSqlite();
    writeFileSync(join(env["DATA_DIR"] ?? "", "homeroom.sqlite"), "Dear diary, today nothing was stored in you.");
    const err = "The database in DATA_DIR cannot be used: file is not a database.";
    expect(await homeroom(["migrate"], { env })).toEqual({ code: 1, out: "", err });
  });

  test("a database that is away", async () => {
    const env = { DATABASE_URL: "postgres://nobody:nothing@127.0.0.1:1/nowhere", JWT_SECRET: SECRET };
    const err = "DATABASE_URL leads to no database that can be used: connect ECONNREFUSED 127.0.0.1:1.";
    expect(await homeroom(["migrate"], { env })).toEqual({ code: 1, out: "", err });
  });
});
