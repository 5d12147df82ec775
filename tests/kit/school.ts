// A whole server in the test's own process, over either database, and people who use it through its doors.
import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Role, Room, ServerFrameOf, UserCard } from "@homeroom/protocol";
import { afterAll, beforeAll, describe } from "vitest";
import type { ClientOptions } from "ws";
import { readConfig } from "../../packages/server/src/config.ts";
import { createUser, issueToken } from "../../packages/server/src/features/accounts/accounts.ts";
import type { Kit } from "../../packages/server/src/kit/kit.ts";
import type { Dialect } from "../../packages/server/src/kit/ports.ts";
import { startServer } from "../../packages/server/src/main.ts";
import { freshDatabase } from "./postgres.ts";
import { type LogName, socketUrl, TestSocket } from "./socket.ts";

export interface Answer<T = Record<string, unknown>> {
  status: number;
  body: T;
  headers: Headers;
}

export interface Person {
  readonly card: UserCard;
  readonly id: number;
  readonly token: string;
  /** Any call, answered whatever its status is. */
  call<T = Record<string, unknown>>(method: string, path: string, body?: object): Promise<Answer<T>>;
  /** A call that must succeed; its body. */
  ask<T = Record<string, unknown>>(method: string, path: string, body?: object): Promise<T>;
  /** A socket that has had its hello: of everything, or of one log. */
  socket(log?: LogName | null, options?: ClientOptions): Promise<OpenSocket>;
  /** A socket as it comes, for those that are turned away. */
  knock(log?: LogName | null, options?: ClientOptions): TestSocket;
}
export type OpenSocket = TestSocket & { hello: ServerFrameOf<"hello"> };

export interface School {
  readonly url: string;
  readonly kit: Kit;
  /** What the server wrote to its log, a JSON text each. */
  readonly logged: string[];
  person(role?: Role): Promise<Person>;
  people(count: number, role?: Role): Promise<Person[]>;
  /** A public room of a teacher of its own, with these members; made private afterwards if asked. */
  room(members: readonly Person[], body?: object): Promise<Classroom>;
  close(): Promise<void>;
}
export interface Classroom {
  readonly id: number;
  readonly host: Person;
  readonly epoch: string;
  readonly path: string;
  readonly log: { room: number };
}

const quiet = (logged: string[]) => {
  const write = (level: string) => (facts: object, what: string) => {
    // As the real one, it writes an error by its message and stack.
    const err = "err" in facts && facts.err instanceof Error ? { err: `${facts.err.stack}` } : {};
    logged.push(JSON.stringify({ level, what, ...facts, ...err }));
  };
  return { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
};

/** Calls a server over HTTP as somebody. */
export const caller =
  (url: string, token: string) =>
  async <T>(method: string, path: string, body?: object): Promise<Answer<T>> => {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : {}) as T, headers: response.headers };
  };

const personOf = (url: string, card: UserCard, token: string): Person => {
  const call = caller(url, token);
  const knock = (log: LogName | null = null, options: ClientOptions = {}) =>
    new TestSocket(socketUrl(url, log, { token }), options);
  return {
    card,
    id: card.id,
    token,
    call,
    ask: async <T>(method: string, path: string, body?: object) => {
      const answer = await call<T>(method, path, body);
      if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body;
    },
    knock,
    socket: async (log, options) => {
      const socket = knock(log, options);
      return Object.assign(socket, { hello: await socket.next("hello") });
    },
  };
};

export const openSchool = async (dialect: Dialect, env: Record<string, string> = {}): Promise<School> => {
  const dataDir = mkdtempSync(join(tmpdir(), "homeroom-school-"));
  const postgres = dialect === "postgres" ? await freshDatabase() : null;
  const database = postgres ? { DATABASE_URL: postgres.url, JWT_SECRET: randomBytes(32).toString("hex") } : {};
  const settings = { PORT: "0", DATA_DIR: dataDir, LIMITS: "off", DURABILITY: "relaxed", REGISTRATION: "open" };
  const logged: string[] = [];
  const running = await startServer(readConfig({ ...settings, ...database, ...env }), quiet(logged));
  const { url, kit } = running;
  const person = async (role: Role = "student"): Promise<Person> => {
    const username = `${role}-${randomUUID().slice(0, 12)}`;
    const card = await createUser(kit, { username, display_name: `The ${username}`, role, password_hash: "none" });
    return personOf(url, card, await issueToken(kit, card.id, 3_600));
  };
  const people = (count: number, role?: Role) => Promise.all(Array.from({ length: count }, () => person(role)));
  return {
    url,
    kit,
    logged,
    person,
    people,
    room: async (members, body = {}) => {
      const host = await person("teacher");
      const settings = { name: "Biology 7b", ...body };
      const { id, epoch } = await host.ask<Room>("POST", "/api/chat/rooms/", { ...settings, public: true });
      const path = `/api/chat/rooms/${id}/`;
      for (const member of members) await member.ask("POST", `${path}join/`);
      if ("public" in body && body.public === false) await host.ask("PATCH", path, { public: false });
      return { id, host, epoch, path, log: { room: id } };
    },
    close: async () => {
      await running.close();
      await postgres?.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};

/** Declares the suite once per database, each time in a school of its own that opens before and closes after it. */
export const eachSchool = (suite: (school: () => School) => void, env: Record<string, string> = {}): void => {
  for (const dialect of ["sqlite", "postgres"] as const) {
    describe(`on ${dialect}`, () => {
      let school: School;
      beforeAll(async () => void (school = await openSchool(dialect, env)));
      afterAll(() => school.close());
      suite(() => school);
    });
  }
};
