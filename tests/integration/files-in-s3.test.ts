// A whole school whose files lie in an S3-compatible store: the same doors, and chat goes on while the store is away.
import { randomBytes } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Message } from "@homeroom/protocol";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startS3, type S3Server } from "../kit/s3.ts";
import { openSchool, type Person, type School } from "../kit/school.ts";
import { download, tryUpload, upload } from "../kit/uploads.ts";

let s3: S3Server;
let school: School;
let ada: Person;
let ben: Person;
beforeAll(async () => {
  s3 = await startS3();
  school = await openSchool("sqlite", { S3_URL: s3.url() });
  [ada, ben] = (await school.people(2)) as [Person, Person];
});
afterAll(async () => {
  await school?.close();
  await s3?.dispose();
});

const by = ({ token }: Person) => ({ url: school.url, token });
const keys = async () => {
  const all: string[] = [];
  for await (const { key } of school.kit.files.list()) all.push(key);
  return all;
};
/** A text of some hundred thousand bytes. */
const text = () => `${randomBytes(150_000).toString("base64")}\n`;

test("documents and pictures go through it, whole and in parts, and nothing of them stays on this machine", async () => {
  const room = await school.room([ada, ben]);
  const socket = await ada.socket();
  const notes = text();
  const photo = await sharp({ create: { width: 900, height: 600, channels: 3, background: "teal" } })
    .jpeg()
    .toBuffer();
  const document = await upload(by(ada), { bytes: notes, name: "notes.txt" });
  const picture = await upload(by(ada), { bytes: photo, name: "photo.jpg" });
  expect((await socket.next("upload_updated")).attachment).toMatchObject({ id: picture.id, state: "ready" });
  const body = { content: "", attachments: [document.id, picture.id] };
  const sent = await ada.ask<Message>("POST", `${room.path}messages/`, body);
  expect((await download(by(ben), document.url)).bytes.toString()).toBe(notes);
  const part = await download(by(ben), document.url, { range: "bytes=100000-100099" });
  expect([part.status, part.bytes.toString()]).toEqual([206, notes.slice(100_000, 100_100)]);
  const thumb = await download(by(ben), sent.attachments[1]?.thumb_url ?? "");
  expect(await sharp(thumb.bytes).metadata()).toMatchObject({ format: "webp", width: 480, height: 320 });
  // The document, the picture made anew and its two thumbnails; the picture as it came is gone.
  await expect.poll(async () => (await keys()).length).toBe(4);
  const { dataDir } = school.kit.config;
  expect(readdirSync(join(dataDir, "staging"))).toEqual([]);
  expect(existsSync(join(dataDir, "files"))).toBe(false);
});

test("while it is away uploads and files are refused, nothing is left of them, and chat goes on", async () => {
  const room = await school.room([ada, ben]);
  const notes = text();
  const document = await upload(by(ada), { bytes: notes, name: "notes.txt" });
  const before = await keys();
  await s3.stop();
  try {
    const refused = await tryUpload(by(ada), { bytes: text(), name: "more.txt" });
    expect([refused.status, refused.body.code]).toEqual([503, "unavailable"]);
    expect((await download(by(ada), document.url)).status).toBe(503);
    await ada.ask("POST", `${room.path}messages/`, { content: "Still here", attachments: [document.id] });
    const answer = await fetch(`${school.url}/readyz`);
    const ready = (await answer.json()) as { parts: Record<string, { ok: boolean }> };
    expect([answer.status, ready.parts["files"]?.ok]).toEqual([200, false]);
    expect(readdirSync(join(school.kit.config.dataDir, "staging"))).toEqual([]);
  } finally {
    await s3.start();
  }
  expect(await keys()).toEqual(before);
  expect((await download(by(ben), document.url)).bytes.toString()).toBe(notes);
  expect(school.logged.join("\n")).not.toContain("S3RVER");
});
