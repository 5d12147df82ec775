// Starting, being ready, and what is said when either is impossible.
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, describe, expect, inject, test } from "vitest";
import { failedStart } from "../kit/cli.ts";
import { freshDatabase } from "../kit/postgres.ts";
import { startServer } from "../kit/server.ts";

const SECRET = "0123456789abcdef0123456789abcdef";
const undo: Array<() => unknown> = [];
afterEach(async () => {
  for (const one of undo.splice(0).toReversed()) await one();
});

const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), "homeroom-start-"));
  undo.push(() => rmSync(made, { recursive: true, force: true }));
  return made;
};

describe("a start ends with one sentence and exit code 1", () => {
  const wrong: Array<[env: Record<string, string>, sentence: string]> = [
    [{ PORT: "lots" }, 'PORT is "lots", but must be a whole number from 0 (any free port) to 65535.'],
    [{ JWT_SECRET: "short" }, "JWT_SECRET is too short: it must have at least 32 characters, chosen by chance."],
    [{ ALLOWED_ORIGINS: "*" }, 'ALLOWED_ORIGINS is "*", but must name each origin, like https://chat.example.org.'],
    [
      { DATABASE_URL: "postgres://homeroom@127.0.0.1/homeroom" },
      "JWT_SECRET is missing: with DATABASE_URL it must be given, the same one on every node.",
    ],
    [
      { LIMITS: "off", NODE_ENV: "production" },
      "LIMITS is off, which is for benchmarks only and refused with NODE_ENV=production.",
    ],
    [
      { DATABASE_URL: "postgres://nobody:nothing@127.0.0.1:1/nowhere", JWT_SECRET: SECRET },
      "DATABASE_URL leads to no database that can be used: connect ECONNREFUSED 127.0.0.1:1.",
    ],
    [
      { CLAMAV_URL: "127.0.0.1:3310" },
      'CLAMAV_URL is "127.0.0.1:3310", but must be like tcp://127.0.0.1:3310 or unix:/run/clamav/clamd.ctl.',
    ],
    [
      { S3_URL: "https://127.0.0.1:9000/school" },
      "S3_URL must look like https://KEY:SECRET@host:port/bucket?region=name, but it has no key or no secret. " +
        "In KEY and SECRET, write / as %2F, + as %2B and % as %25.",
    ],
  ];
  test.each(wrong)("with %o", async (env, err) => {
    expect(await failedStart([], { env: { PORT: "0", DATA_DIR: folder(), ...env } })).toEqual({
      code: 1,
      out: "",
      err,
    });
  });

  test("where another program listens already", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    undo.push(() => other.close());
    const { port } = other.address() as { port: number };
    const run = await failedStart([], { env: { PORT: String(port), DATA_DIR: folder() } });
    expect(run).toEqual({ code: 1, out: "", err: `PORT ${port} is taken by another program.` });
  });

  test("where this machine has no such address", async () => {
    const run = await failedStart([], { env: { PORT: "0", HOST: "203.0.113.7", DATA_DIR: folder() } });
    expect(run).toEqual({ code: 1, out: "", err: "HOST 203.0.113.7 is no address of this machine." });
  });

  test("where a database is wanted that the server does not have", async () => {
    const url = new URL(inject("postgresUrl"));
    url.pathname = "/not_there";
    const run = await failedStart([], { env: { DATABASE_URL: url.href, JWT_SECRET: SECRET, DATA_DIR: folder() } });
    const err = 'DATABASE_URL leads to no database that can be used: database "not_there" does not exist.';
    expect(run).toEqual({ code: 1, out: "", err });
  });
});

test("the secret is made once, for nobody else to read", async () => {
  const dataDir = folder();
  const file = join(dataDir, "jwt-secret");
  const first = await startServer({ dataDir });
  const made = statSync(file);
  expect(made.mode & 0o777).toBe(0o600);
  expect(await first.end()).toBe(0);
  const second = await startServer({ dataDir });
  expect(statSync(file).ino).toBe(made.ino);
  await second.dispose();
});

interface Ready {
  status: number;
  body: { ready: boolean; durability: string; parts: Record<string, { ok: boolean; detail?: string }> };
}

const ask = async (url: string, path: string): Promise<Ready> => {
  const answer = await fetch(url + path);
  return { status: answer.status, body: (await answer.json()) as Ready["body"] };
};

test("a ready server says so, and how durable what it acknowledges is", async () => {
  const server = await startServer({ env: { DURABILITY: "relaxed" } });
  undo.push(() => server.dispose());
  expect(await ask(server.url, "/readyz")).toEqual({
    status: 200,
    body: {
      ready: true,
      durability: "relaxed",
      parts: {
        database: { ok: true },
        server: { ok: true },
        files: { ok: true },
        scanner: { ok: true, detail: "not configured: files are not checked for viruses" },
        jobs: { ok: true, detail: "0 waiting" },
      },
    },
  });
  expect(await ask(server.url, "/healthz")).toEqual({ status: 200, body: { status: "ok" } });
  expect(server.output.join("\n")).toContain("No virus scanner is configured (CLAMAV_URL)");
});

test("without its scanner and its store of files a server says so, and chat goes on", async () => {
  const env = { CLAMAV_URL: "tcp://127.0.0.1:1", S3_URL: "http://key:hunter2hunter2@127.0.0.1:1/school" };
  const server = await startServer({ env });
  undo.push(() => server.dispose());
  const { status, body } = await ask(server.url, "/readyz");
  expect([status, body.ready]).toEqual([200, true]);
  expect(body.parts).toMatchObject({
    database: { ok: true },
    files: { ok: false, detail: "connect ECONNREFUSED 127.0.0.1:1" },
    scanner: { ok: false, detail: "clamd cannot be reached: connect ECONNREFUSED 127.0.0.1:1" },
    jobs: { ok: true },
  });
  expect(await ask(server.url, "/api/setup/")).toMatchObject({ status: 200 });
  const said = server.output.join("\n");
  expect(said).not.toContain("No virus scanner");
  expect(said + JSON.stringify(body)).not.toContain("hunter2");
});

test("without its database a server lives, names the part that is down, and is ready again when it is back", async () => {
  const database = await freshDatabase();
  undo.push(() => database.drop());
  const { url } = database;
  const server = await startServer({ env: { DATABASE_URL: url, JWT_SECRET: SECRET } });
  undo.push(() => server.dispose());
  const admin = new pg.Client({ connectionString: inject("postgresUrl") });
  await admin.connect();
  undo.push(() => admin.end());
  const name = new URL(url).pathname.slice(1);
  expect((await ask(server.url, "/readyz")).body).toMatchObject({ ready: true, durability: "full" });

  await admin.query(`alter database ${name} allow_connections false`);
  await admin.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [name]);
  const down = await ask(server.url, "/readyz");
  expect([down.status, down.body.ready]).toEqual([503, false]);
  expect(down.body.parts).toMatchObject({ database: { ok: false }, server: { ok: true } });
  expect(down.body.parts["database"]?.detail).not.toBe("");
  expect((await ask(server.url, "/healthz")).status).toBe(200);
  expect(await ask(server.url, "/api/setup/")).toMatchObject({ status: 503, body: { code: "unavailable" } });

  await admin.query(`alter database ${name} allow_connections true`);
  expect(await ask(server.url, "/readyz")).toMatchObject({ status: 200, body: { ready: true } });
  expect(await ask(server.url, "/api/setup/")).toMatchObject({ status: 200 });
  expect(await server.end()).toBe(0);
});
