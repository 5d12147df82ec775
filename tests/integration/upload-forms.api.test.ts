// Forms that are none: whatever is sent in place of one file is refused within its bounds, and leaves nothing behind.
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { connect } from "node:net";
import { SIZES } from "@homeroom/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSchool, type Person, type School } from "../kit/school.ts";
import { tryUpload, UPLOADS } from "../kit/uploads.ts";

let school: School;
let ada: Person;
beforeAll(async () => {
  school = await openSchool("sqlite");
  ada = await school.person();
});
afterAll(() => school.close());

const staged = () => readdirSync(school.kit.staging);
const rows = async () => (await school.kit.db.read.selectFrom("attachments").select("id").execute()).length;

const BOUNDARY = "in-between";
const part = (disposition: string, text: string, more = "") =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; ${disposition}\r\n${more}\r\n${text}\r\n`;
const END = `--${BOUNDARY}--\r\n`;
const FILE = part('name="file"; filename="notes.txt"', "Light, water, air.");

/** A form as it is written, whole or not. */
const post = async (body: string, type = `multipart/form-data; boundary=${BOUNDARY}`, token = ada.token) => {
  const response = await fetch(school.url + UPLOADS, {
    method: "POST",
    headers: { "content-type": type, ...(token && { authorization: `Bearer ${token}` }) },
    body,
  });
  const said = (await response.json()) as { code?: string; limit?: number; fields?: object };
  return { status: response.status, ...said };
};

/** Bytes on a line of their own. `answer` is all that came back when the line ended. */
const line = (headers: Record<string, string>) => {
  const socket = connect(Number(new URL(school.url).port), "127.0.0.1");
  let said = "";
  socket.on("data", (bytes) => void (said += bytes.toString()));
  const answer = new Promise<string>((resolve) => {
    socket.once("close", () => resolve(said));
    socket.once("error", () => resolve(said));
  });
  const head = Object.entries({ host: "x", ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`POST ${UPLOADS} HTTP/1.1\r\n${head.join("")}\r\n`);
  return { socket, answer };
};
const form = (length: number) => ({
  authorization: `Bearer ${ada.token}`,
  "content-type": `multipart/form-data; boundary=${BOUNDARY}`,
  "content-length": String(length),
});

const nothingLeft = async (before: number) => {
  await expect.poll(staged).toEqual([]);
  expect(await rows()).toBe(before);
};

test.each<[string, string, string?]>([
  ["no parts", END],
  ["no file", part('name="kind"', "document") + END],
  ["two files", FILE + FILE + END],
  ["the file under another name", part('name="avatar"; filename="a.txt"', "Hello.") + END],
  ["a field nobody knows", part('name="room"', "1") + FILE + END],
  ["a field twice", part('name="kind"', "document") + part('name="kind"', "document") + FILE + END],
  ["a kind that is none", part('name="kind"', "program") + FILE + END],
  ["a length that is none", part('name="duration_ms"', "long") + FILE + END],
  ["a waveform that is too long", part('name="waveform"', `[${"1,".repeat(300)}1]`) + FILE + END],
  ["a field that is too long", part('name="waveform"', " ".repeat(5_000)) + FILE + END],
  ["a hundred fields", Array.from({ length: 100 }, (_, i) => part(`name="f${i}"`, "x")).join("") + FILE + END],
  ["a hundred files", FILE.repeat(100) + END],
  ["a name of a field without end", part(`name="${"n".repeat(20_000)}"`, "x") + FILE + END],
  ["a thousand headers", part('name="file"; filename="a.txt"', "Hello.", "X-A: b\r\n".repeat(1_000)) + "no end"],
  ["no end", FILE],
  ["no boundary in it", "Light, water, air."],
  ["nothing", ""],
  ["no boundary named", FILE + END, "multipart/form-data"],
])("a form with %s is a bad request", async (_what, body, type) => {
  const before = await rows();
  expect(await post(body, type)).toMatchObject({ status: 400, code: "bad_request" });
  await nothingLeft(before);
});

test("what is no form is told to be one", async () => {
  for (const type of [
    "application/json",
    "text/plain",
    "multipart/mixed; boundary=x",
    "application/x-www-form-urlencoded",
  ]) {
    expect(await post("{}", type)).toMatchObject({ status: 415, code: "unsupported_media_type" });
  }
});

test("a file of exactly the limit is taken, and one byte more is refused with the limit named", async () => {
  const uploader = { url: school.url, token: ada.token };
  const bytes = new Uint8Array(SIZES.upload_bytes + 1).fill(0x61);
  const most = await tryUpload(uploader, { bytes: bytes.subarray(1), name: "most.txt" });
  expect([most.status, most.body.size]).toEqual([201, SIZES.upload_bytes]);
  const before = await rows();
  const over = await tryUpload(uploader, { bytes, name: "over.txt" });
  expect([over.status, over.body.code, over.body.limit]).toEqual([413, "too_large", SIZES.upload_bytes]);
  await nothingLeft(before);
});

test("a file that is announced as too large is refused before a byte of it is sent", async () => {
  const { socket, answer } = line({ ...form(10 * SIZES.upload_bytes), connection: "close" });
  expect(await answer).toMatch(/^HTTP\/1\.1 413 [\s\S]*"limit":26214400/);
  socket.destroy();
  await nothingLeft(await rows());
});

test("a file without an announced length is counted as it comes, and refused before its end", async () => {
  const { "content-length": _length, ...headers } = form(0);
  const { socket, answer } = line({ ...headers, "transfer-encoding": "chunked", connection: "close" });
  const chunk = Buffer.alloc(1 << 20, 0x61);
  const start = Buffer.from(FILE.slice(0, FILE.indexOf("Light")));
  const write = (bytes: Buffer) => {
    socket.write(`${bytes.length.toString(16)}\r\n`);
    socket.write(bytes);
    return socket.write("\r\n");
  };
  write(start);
  for (let sent = 0; sent < 200 && !socket.destroyed; sent++) {
    if (!write(chunk)) await Promise.race([once(socket, "drain"), answer]);
  }
  expect(await answer).toMatch(/^HTTP\/1\.1 413 /);
  await nothingLeft(await rows());
});

test("who is not signed in is told so before a byte of the body is read", async () => {
  const { authorization: _none, ...headers } = form(1_000_000);
  const { socket, answer } = line({ ...headers, connection: "close" });
  expect(await answer).toMatch(/^HTTP\/1\.1 401 /);
  socket.destroy();
  expect(staged()).toEqual([]);
});

test("a cookie is not enough to upload: no other page can send a file in somebody's name", async () => {
  const body = new FormData();
  body.set("file", new Blob(["Hello."]), "notes.txt");
  const cookie = "homeroom_files=x; homeroom_refresh=y";
  const answer = await fetch(school.url + UPLOADS, { method: "POST", headers: { cookie }, body });
  expect(answer.status).toBe(401);
});

test("a connection that is cut in the middle leaves nothing", async () => {
  const before = await rows();
  const { socket } = line(form(1_000_000));
  socket.write(FILE.slice(0, -10));
  await expect.poll(() => staged().length).toBe(1);
  socket.destroy();
  await nothingLeft(before);
  expect(school.logged.filter((text) => text.includes('"level":"error"'))).toEqual([]);
});

test("of one person five files are on their way at once, and the sixth is told to wait", async () => {
  const [ben, eve] = [await school.person(), await school.person()];
  const hang = Array.from({ length: SIZES.uploads_at_once }, () => {
    const { socket } = line({ ...form(1_000_000), authorization: `Bearer ${ben.token}` });
    socket.write(FILE.slice(0, -10));
    return socket;
  });
  await expect.poll(() => staged().length).toBe(SIZES.uploads_at_once);
  const sixth = await tryUpload({ url: school.url, token: ben.token }, { bytes: "Hello.", name: "a.txt" });
  expect([sixth.status, sixth.body.code, sixth.body.limit]).toEqual([429, "rate_limited", SIZES.uploads_at_once]);
  expect(sixth.headers.get("retry-after")).not.toBeNull();
  expect((await tryUpload({ url: school.url, token: eve.token }, { bytes: "Hello.", name: "a.txt" })).status).toBe(201);
  for (const socket of hang) socket.destroy();
  await expect.poll(staged).toEqual([]);
  expect((await tryUpload({ url: school.url, token: ben.token }, { bytes: "Hello.", name: "a.txt" })).status).toBe(201);
});

test("forty files of one person may wait to be sent, and no more until one was sent or thrown away", async () => {
  const ben = await school.person();
  const uploader = { url: school.url, token: ben.token };
  const ids: string[] = [];
  for (let i = 0; i < SIZES.uploads_unsent; i++) {
    const { status, body } = await tryUpload(uploader, { bytes: `Number ${i}.`, name: "a.txt" });
    expect(status).toBe(201);
    ids.push(body.id);
  }
  const more = await tryUpload(uploader, { bytes: "Hello.", name: "a.txt" });
  expect([more.status, more.body.limit]).toEqual([429, SIZES.uploads_unsent]);
  await ben.ask("DELETE", `${UPLOADS}${ids[0]}/`);
  expect((await tryUpload(uploader, { bytes: "Hello.", name: "a.txt" })).status).toBe(201);
});
