// Open sockets follow their session: whatever ends it closes them with 4401 within two seconds, and no other socket.
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningServer, startServer } from "../../../../../tests/kit/server.ts";

const PASSWORD = "correct horse battery";
let server: RunningServer;
let count = 0;

interface Answer {
  access: string;
  refresh: string;
  user: { id: number };
  ticket?: string;
  expires_in?: number;
  results?: { id: number; current: boolean }[];
}

const ask = async (method: string, path: string, body?: object, token?: string): Promise<Answer> => {
  const headers = { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) };
  const response = await fetch(server.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  const text = await response.text();
  return (text ? JSON.parse(text) : {}) as Answer;
};

interface Line {
  /** The close code, or null while it is open. */
  code(): number | null;
  closed: Promise<number>;
}

const connect = (query: string): Promise<Line> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${server.url.replace("http", "ws")}/ws/chat/?${query}`);
    let code: number | null = null;
    const closed = new Promise<number>((done) => {
      socket.addEventListener("close", (event) => done((code = event.code)));
    });
    socket.addEventListener("message", () => resolve({ code: () => code, closed }), { once: true });
    void closed.then((early) => reject(new Error(`closed with ${early}`)));
  });

const within2s = (closed: Promise<number>): Promise<number | string> =>
  Promise.race([closed, new Promise<string>((done) => setTimeout(() => done("still open"), 2_000))]);

let admin: string;
beforeAll(async () => {
  server = await startServer();
  const school = { school_name: "School", username: "head", password: PASSWORD, display_name: "Head" };
  admin = (await ask("POST", "/api/setup/", school)).access;
});
afterAll(() => server.dispose());

const register = async () => {
  const username = `person${++count}`;
  return { username, ...(await ask("POST", "/api/auth/register/", { username, password: PASSWORD })) };
};
type Person = Awaited<ReturnType<typeof register>>;

const elsewhere = ({ username }: Person) => ask("POST", "/api/auth/login/", { username, password: PASSWORD });

const TRIGGERS: Array<[name: string, trigger: (person: Person) => Promise<unknown>]> = [
  ["signing out", ({ access }) => ask("POST", "/api/auth/logout/", {}, access)],
  [
    "a new password, set elsewhere",
    async (person) => {
      const body = { current_password: PASSWORD, new_password: "another long one" };
      return ask("POST", "/api/auth/password/", body, (await elsewhere(person)).access);
    },
  ],
  [
    "being signed out from another device",
    async (person) => {
      const { access } = await elsewhere(person);
      const { results } = await ask("GET", "/api/auth/sessions/", undefined, access);
      const [other] = (results ?? []).filter(({ current }) => !current);
      return ask("DELETE", `/api/auth/sessions/${other?.id}/`, undefined, access);
    },
  ],
  [
    "being signed out everywhere else",
    async (person) => ask("POST", "/api/auth/sessions/end-others/", {}, (await elsewhere(person)).access),
  ],
  ["a closed account", ({ user }) => ask("PATCH", `/api/users/${user.id}/`, { is_active: false }, admin)],
  [
    "an old refresh token that comes back",
    async ({ refresh }) => {
      const second = await ask("POST", "/api/auth/refresh/", { refresh });
      await ask("POST", "/api/auth/refresh/", { refresh: second.refresh });
      return ask("POST", "/api/auth/refresh/", { refresh });
    },
  ],
];

test.each(TRIGGERS)("%s closes the sockets of the session with 4401", async (_, trigger) => {
  const [person, bystander] = [await register(), await register()];
  const [line, other] = [await connect(`token=${person.access}`), await connect(`token=${bystander.access}`)];
  await trigger(person);
  expect(await within2s(line.closed)).toBe(4401);
  expect(other.code()).toBeNull();
});

test("signing out in one place leaves the sockets of another session open", async () => {
  const person = await register();
  const second = await elsewhere(person);
  const line = await connect(`token=${second.access}`);
  await ask("POST", "/api/auth/logout/", {}, person.access);
  expect(await within2s(line.closed)).toBe("still open");
});

test("a token that is no good is told apart from no connection: 4401", async () => {
  await expect(connect("token=x.y.z")).rejects.toThrow("closed with 4401");
  await expect(connect("")).rejects.toThrow("closed with 4401");
});

test("a ticket opens one socket, once", async () => {
  const { access } = await register();
  const { ticket, expires_in } = await ask("POST", "/api/auth/ws-ticket/", {}, access);
  expect(expires_in).toBe(30);
  const line = await connect(`ticket=${ticket}`);
  await expect(connect(`ticket=${ticket}`)).rejects.toThrow("closed with 4401");
  expect(line.code()).toBeNull();
});
