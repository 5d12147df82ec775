// How a page shows files without a token at hand: by a cookie that is good for looking at files, and for nothing else.
import { createUser, hashPassword } from "../../packages/server/src/features/accounts/accounts.ts";
import type { Attachment } from "@homeroom/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSchool, type Person, type School } from "../kit/school.ts";
import { upload } from "../kit/uploads.ts";

const PASSWORD = "correct horse";
let school: School;
let ada: Person;
beforeAll(async () => {
  school = await openSchool("sqlite");
  ada = await school.person();
});
afterAll(() => school.close());

const json = { "content-type": "application/json" };
const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  fetch(school.url + path, { method: "POST", headers: { ...json, ...headers }, body: JSON.stringify(body) });

/** What a browser would send back, by name. */
const cookiesOf = (answer: Response) =>
  new Map(
    answer.headers.getSetCookie().map((cookie): [string, string] => {
      const [name = "", value = ""] = cookie.split(";")[0]?.split("=") ?? [];
      return [name, value];
    }),
  );

let made = 0;
/** Somebody who signed in with a browser, and a file of theirs. */
const visitor = async () => {
  const username = `visitor${++made}`;
  const password_hash = await hashPassword(PASSWORD);
  await createUser(school.kit, { username, display_name: username, role: "student", password_hash });
  const answer = await post("/api/auth/login/", { username, password: PASSWORD, session: "cookie" });
  const { access, csrf } = (await answer.json()) as { access: string; csrf: string };
  const cookies = cookiesOf(answer);
  const file = await upload({ url: school.url, token: access }, { bytes: "Light.", name: "notes.txt" });
  const cookie = [...cookies].map((pair) => pair.join("=")).join("; ");
  return { answer, access, csrf, cookie, files: `homeroom_files=${cookies.get("homeroom_files")}`, file };
};

const look = (file: Attachment, cookie: string, headers: Record<string, string> = {}) =>
  fetch(school.url + file.url, { headers: { cookie, ...headers } }).then(({ status }) => status);

test("it is set at sign-in, for the files' own path, for no script and no other site", async () => {
  const { answer } = await visitor();
  const [cookie] = answer.headers.getSetCookie().filter((one) => one.startsWith("homeroom_files="));
  for (const word of [/HttpOnly/i, /SameSite=Strict/i, /Path=\/api\/chat\/attachments\/(;|$)/i])
    expect(cookie).toMatch(word);
  const { username } = ada.card;
  expect(cookie).not.toContain(username);
});

test("with it a file is had, and without it nobody is known", async () => {
  const { file, files } = await visitor();
  expect([await look(file, files), await look(file, "")]).toEqual([200, 401]);
  const other = await visitor();
  expect(await look(file, other.files)).toBe(404);
});

test("it opens nothing but files, and no other cookie opens them", async () => {
  const { cookie, file, files } = await visitor();
  for (const path of ["/api/auth/me/", "/api/chat/rooms/", "/api/chat/search/?q=a"]) {
    expect((await fetch(school.url + path, { headers: { cookie } })).status).toBe(401);
  }
  const discard = await fetch(`${school.url}/api/chat/uploads/${file.id}/`, { method: "DELETE", headers: { cookie } });
  expect(discard.status).toBe(401);
  const refresh = cookie.split("; ").find((one) => one.startsWith("homeroom_refresh=")) ?? "";
  expect(await look(file, refresh.replace("homeroom_refresh", "homeroom_files"))).toBe(401);
  expect(await look(file, `homeroom_refresh=${files.split("=")[1]}`)).toBe(401);
});

test("a made-up one, one of another server and one of a page elsewhere open nothing", async () => {
  const { file, files } = await visitor();
  const [name, value = ""] = files.split("=");
  const [session = "", proof = ""] = value.split(".");
  for (const wrong of [
    "",
    "x",
    session,
    `${session}.`,
    `${session}.${"A".repeat(43)}`,
    `other.${proof}`,
    `${value}x`,
  ]) {
    expect([wrong, await look(file, `${name}=${wrong}`)]).toEqual([wrong, 401]);
  }
  expect(await look(file, files, { origin: "https://evil.example" })).toBe(401);
  expect(await look(file, files, { origin: school.url })).toBe(200);
});

test("a token goes before it: who asks as somebody is that person", async () => {
  const { file, files } = await visitor();
  expect(await look(file, files, { authorization: `Bearer ${ada.token}` })).toBe(404);
  expect(await look(file, files, { authorization: "Bearer nonsense" })).toBe(401);
});

test("it comes along with every refresh, and is taken back when the session ends", async () => {
  const { cookie, csrf, file, files } = await visitor();
  const own = { cookie, "x-csrf-token": csrf, origin: school.url };
  const renewed = cookiesOf(await post("/api/auth/refresh/", {}, own));
  expect(await look(file, `homeroom_files=${renewed.get("homeroom_files")}`)).toBe(200);
  const out = await post("/api/auth/logout/", {}, own);
  expect(out.headers.getSetCookie().join("\n")).toMatch(/homeroom_files=;.*Max-Age=0/i);
  expect(await look(file, files)).toBe(401);
});
